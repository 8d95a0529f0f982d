//! What comes before what: each milestone in a box with its duration, its earliest and latest days and its slack, joined by
//! arrows from top to bottom (réseau de précédence, PERT).
//!
//! The référentiel Projet IA asks candidates for exactly this: tasks, durations, resources, what precedes what. The
//! reckoning is [`plan::schedule`](crate::domain::plan::schedule()); here it is only laid out. Three boxes stand side by side, so that
//! letters stay large on a phone, and what comes after stands below; an arrow that another two already say is left out, and
//! every box names in words what comes before it.

mod draw;
mod place;
mod routes;
mod words;

#[cfg(test)]
mod tests;

use super::needs::links;
use super::planned::{Planned, Status, hours, joined};
use super::{Picture, Theme, Words};
use crate::domain::plan::Task;
use std::collections::HashSet;

/// What is drawn: plain values.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    title: String,
    summary: String,
    nodes: Vec<Node>,
    /// From what is needed to what needs it, by their ranks: no cycle, nothing twice, nothing that others imply.
    links: Vec<(usize, usize)>,
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
    duration: String,
    /// Its date, as a day.
    due: Option<String>,
    times: Option<Times>,
}

/// When an open milestone can and must be worked on, as days.
#[derive(Debug, Clone, PartialEq)]
struct Times {
    earliest: (String, String),
    latest: (String, String),
    slack: String,
}

impl Network {
    /// What there is to draw of a plan.
    #[must_use]
    pub fn new(planned: &Planned<'_>) -> Self {
        let critical: HashSet<u32> = planned.schedule.critical_path().into_iter().collect();
        let mut known = HashSet::new();
        // Where two bear one number, the first counts.
        let mut tasks: Vec<&Task> = planned.plan.tasks.iter().filter(|task| known.insert(task.number)).collect();
        tasks.sort_by_key(|task| task.number);
        let nodes = tasks.iter().map(|task| node(planned, task, &critical)).collect();
        Self {
            title: format!("Réseau des jalons de l’équipe «\u{a0}{}\u{a0}»", planned.team),
            summary: words::summary(planned),
            nodes,
            links: links(&tasks),
            words: words::of(planned),
        }
    }

    /// The picture.
    #[must_use]
    pub fn draw(&self, theme: Theme) -> Picture {
        draw::picture(self, theme)
    }
}

fn node(planned: &Planned<'_>, task: &Task, critical: &HashSet<u32>) -> Node {
    let mut after: Vec<u32> = task.needs.clone();
    after.sort_unstable();
    after.dedup();
    let times = planned.schedule.row(task.number).filter(|_| task.is_open()).map(|row| {
        let day = |work: i64| planned.day_of_month(planned.schedule.at(work));
        Times {
            earliest: (day(row.earliest_start()), day(row.earliest_end)),
            latest: (planned.day_of_month(row.must_start), planned.day_of_month(row.must_end)),
            slack: hours(row.slack()),
        }
    });
    Node {
        number: task.number,
        title: task.title.clone(),
        who: planned.who(task),
        status: planned.status(task),
        is_critical: task.is_open() && critical.contains(&task.number),
        after,
        duration: task.minutes.map_or("durée\u{a0}?".to_owned(), |minutes| hours(i64::from(minutes))),
        due: task.due.map(|due| planned.day_of_month(due)),
        times,
    }
}

/// Numbers of milestones in a sentence.
fn numbers(numbers: &[u32]) -> String {
    joined(&numbers.iter().map(u32::to_string).collect::<Vec<_>>())
}
