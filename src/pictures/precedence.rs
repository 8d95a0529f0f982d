//! What comes before what: each milestone in a box with its duration, its earliest and latest days and its slack, joined by
//! arrows from top to bottom (réseau de précédence, PERT).
//!
//! The référentiel Projet IA asks candidates for exactly this: tasks, durations, resources, what precedes what. The
//! reckoning is [`plan::schedule`](crate::domain::plan::schedule()); here it is only laid out. Three boxes stand side by side, so that
//! letters stay large on a phone, and what comes after stands below; an arrow that another two already say is left out, and
//! every box names in words what comes before it.

mod climb;
mod crossings;
mod draw;
mod key;
mod lanes;
mod place;
mod routes;
mod tracks;
mod when;
mod words;

#[cfg(test)]
mod tests;

use super::needs::links;
use super::planned::{Planned, Status, joined};
use super::{Ink, Picture, Theme, Words};
use crate::domain::duration::hours;
use crate::domain::plan::{Float, Task};
use std::collections::HashSet;
use when::Chains;
use words::Headline;

/// What is drawn: plain values.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    title: String,
    headlines: Vec<Headline>,
    /// The day on which it was drawn, the last dates, and how much there is.
    dated: [String; 2],
    nodes: Vec<Node>,
    /// From what is needed to what needs it, by their ranks: no cycle, nothing twice, nothing that others imply.
    links: Vec<(usize, usize)>,
    /// Those of a critical path.
    critical: HashSet<(usize, usize)>,
    words: Words,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq)]
struct Node {
    number: u32,
    title: String,
    who: String,
    status: Status,
    is_critical: bool,
    /// Numbers of what must be done before, in ascending order.
    after: Vec<u32>,
    duration: Duration,
    /// Its date, as a day.
    due: Option<String>,
    times: Option<Times>,
}

/// How long a milestone takes.
#[derive(Debug, Clone, PartialEq)]
struct Duration {
    /// From its start to its end: what is left, if it was begun.
    long: String,
    /// The whole work, where that isn't the same.
    work: Option<String>,
}

/// When an open milestone can and must be worked on: days, and hours of work since the schedule's origin.
#[derive(Debug, Clone, PartialEq)]
struct Times {
    earliest: [(String, String); 2],
    latest: [String; 2],
    float: String,
    ink: Ink,
}

impl Network {
    /// What there is to draw of a plan.
    #[must_use]
    pub fn new(planned: &Planned<'_>) -> Self {
        let chains = Chains::of(planned);
        let mut known = HashSet::new();
        // Where two bear one number, the first counts.
        let mut tasks: Vec<&Task> = planned.plan.tasks.iter().filter(|task| known.insert(task.number)).collect();
        tasks.sort_by_key(|task| task.number);
        let nodes = tasks.iter().map(|task| node(planned, task, &chains)).collect();
        let links = links(&tasks);
        let joined = links.iter().filter(|(from, to)| chains.joins(planned, tasks[*from].number, tasks[*to].number));
        Self {
            title: format!("Réseau des jalons de l’équipe «\u{a0}{}\u{a0}»", planned.team),
            headlines: words::headlines(planned, &chains),
            dated: words::dated(planned),
            nodes,
            critical: joined.copied().collect(),
            links,
            words: words::of(planned, &chains),
        }
    }

    /// The picture.
    #[must_use]
    pub fn draw(&self, theme: Theme) -> Picture {
        draw::picture(self, theme)
    }
}

fn node(planned: &Planned<'_>, task: &Task, chains: &Chains) -> Node {
    let mut after: Vec<u32> = task.needs.clone();
    after.sort_unstable();
    after.dedup();
    let times = planned.schedule.row(task.number).filter(|_| task.is_open()).map(|row| {
        let (from, until) = when::earliest(planned, row);
        let float = planned.schedule.float(row);
        Times {
            earliest: [(from, row.earliest_start()), (until, row.earliest_end)]
                .map(|(at, work)| (planned.day_of_month(at), hours(work))),
            latest: [row.must_start, row.must_end].map(|at| planned.day_of_month(at)),
            float: when::short(float),
            ink: if matches!(float, Float::Late(_)) { Ink::Late } else { Ink::Text },
        }
    });
    Node {
        number: task.number,
        title: task.title.clone(),
        who: planned.who(task),
        status: planned.status(task),
        is_critical: task.is_open() && chains.critical.contains(&task.number),
        after,
        duration: duration(task),
        due: task.due.map(|due| planned.day_of_month(due)),
        times,
    }
}

/// How long a milestone takes its people, who work side by side; of one that was begun, what is left.
fn duration(task: &Task) -> Duration {
    let Some(minutes) = task.minutes else { return Duration { long: "durée\u{a0}?".to_owned(), work: None } };
    let people = u32::try_from(task.people.len()).unwrap_or(u32::MAX).max(1);
    let all = hours(i64::from(minutes));
    let is_begun = task.is_open() && task.spent_minutes > 0;
    let long = if is_begun {
        format!("reste {}", hours(i64::from(task.minutes_left_each())))
    } else {
        hours(i64::from(minutes.div_ceil(people)))
    };
    let work = match (is_begun, people) {
        (false, 1) => None,
        (true, 1) => Some(format!("(sur {all})")),
        (false, people) => Some(format!("({all} à {people})")),
        (true, people) => Some(format!("(sur {all} à {people})")),
    };
    Duration { long, work }
}

/// Numbers of milestones in a sentence.
fn numbers(numbers: &[u32]) -> String {
    joined(&numbers.iter().map(u32::to_string).collect::<Vec<_>>())
}
