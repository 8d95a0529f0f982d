//! A team's plan against the calendar: one line a milestone, laid from left to right in time (diagramme de Gantt).
//!
//! A milestone with planned hours is a bar that ends at its date: the full part is the work itself, at 7 h a day as
//! [`plan::calendar`](crate::domain::plan::calendar) lays it; the light part before it goes back to the date of what it needs.
//! One without hours is a diamond. What it needs is joined to it by an arrow, and the chain that decides the date is thick.
//!
//! `/planning` makes a [`Chart`] and draws it. Milestones are in the order of their dates within their group; one without a
//! date says so in its line.

mod draw;
mod links;
mod rows;
mod words;

#[cfg(test)]
mod tests;

use super::lettering::drawable;
use super::needs::links;
use super::planned::{Planned, Status, hours, joined};
use super::{Picture, Theme, Words};
use crate::domain::plan::{Task, calendar};
use crate::domain::reminder::Calendar;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, HashMap, HashSet};

/// By what milestones are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Grouping {
    /// By what they work for.
    #[default]
    Deliverable,
    /// By who does them: those of several people are together under all their names.
    Person,
}

/// What is drawn: plain values, in the order of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    title: String,
    groups: Vec<Group>,
    now: Mark,
    marks: Vec<Mark>,
    starts_at: Option<Timestamp>,
    calendar: Calendar,
    zone: TimeZone,
    summary: String,
    words: Words,
}

/// Milestones under one heading.
#[derive(Debug, Clone, PartialEq)]
struct Group {
    heading: String,
    bars: Vec<Bar>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq)]
struct Bar {
    number: u32,
    title: String,
    /// Its day, its people and its hours, as they stand under its title.
    details: String,
    status: Status,
    is_critical: bool,
    /// What must be done before, without what others of them imply.
    needs: Vec<u32>,
    span: Option<Span>,
}

/// When a milestone is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    /// The date of what it needs, where that leaves time before the work.
    free_from: Option<Timestamp>,
    /// Where its work must begin at the latest; none without planned hours.
    work_from: Option<Timestamp>,
    due: Timestamp,
}

/// An instant that is marked across the whole chart.
#[derive(Debug, Clone, PartialEq)]
struct Mark {
    kind: MarkKind,
    at: Timestamp,
    label: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MarkKind {
    Today,
    Deadline,
    Defence,
}

impl Chart {
    /// What there is to draw of a plan.
    #[must_use]
    pub fn new(planned: &Planned<'_>, grouping: Grouping) -> Self {
        let mark = |kind, at: Timestamp, name: &str| {
            let label = format!("{name}\u{a0}: {}", planned.moment(at).short());
            Mark { kind, at, label }
        };
        let deadline = planned.plan.deadline.map(|at| mark(MarkKind::Deadline, at, "Échéance"));
        let defence = planned.defence.map(|at| mark(MarkKind::Defence, at, "Soutenance"));
        Self {
            title: format!("Planning de l’équipe «\u{a0}{}\u{a0}»", planned.team),
            groups: groups(planned, grouping),
            now: mark(MarkKind::Today, planned.now.timestamp(), "Aujourd’hui"),
            marks: deadline.into_iter().chain(defence).collect(),
            starts_at: planned.plan.starts_at,
            calendar: planned.calendar.clone(),
            zone: planned.now.time_zone().clone(),
            summary: words::summary(planned),
            words: words::of(planned),
        }
    }

    /// The picture.
    #[must_use]
    pub fn draw(&self, theme: Theme) -> Picture {
        draw::picture(self, theme)
    }

    fn bars(&self) -> impl Iterator<Item = &Bar> {
        self.groups.iter().flat_map(|group| &group.bars)
    }
}

/// Milestones under their headings, in order.
fn groups(planned: &Planned<'_>, grouping: Grouping) -> Vec<Group> {
    let mut dues: HashMap<u32, Timestamp> = HashMap::new();
    for task in &planned.plan.tasks {
        if let Some(due) = task.due {
            dues.entry(task.number).or_insert(due);
        }
    }
    let mut known = HashSet::new();
    let first: Vec<&Task> = planned.plan.tasks.iter().filter(|task| known.insert(task.number)).collect();
    let mut needs: HashMap<u32, Vec<u32>> = HashMap::new();
    for (from, to) in links(&first) {
        needs.entry(first[to].number).or_default().push(first[from].number);
    }
    let critical: HashSet<u32> = planned.schedule.critical_path().into_iter().collect();
    let mut tasks: Vec<&Task> = planned.plan.tasks.iter().collect();
    tasks.sort_by_key(|task| (task.due.unwrap_or(Timestamp::MAX), task.number));
    // What has no heading of its own comes last.
    let mut found: BTreeMap<(usize, String), Vec<Bar>> = BTreeMap::new();
    for task in tasks {
        let mut bar = bar(planned, task, &dues);
        bar.is_critical = task.is_open() && critical.contains(&task.number);
        bar.needs = needs.get(&task.number).cloned().unwrap_or_default();
        found.entry(heading(planned, task, grouping)).or_default().push(bar);
    }
    found.into_iter().map(|((_, heading), bars)| Group { heading, bars }).collect()
}

/// The heading under which a milestone stands, after its rank.
fn heading(planned: &Planned<'_>, task: &Task, grouping: Grouping) -> (usize, String) {
    match grouping {
        Grouping::Deliverable => {
            let wanted = task.deliverable.and_then(|number| {
                planned.plan.deliverables.iter().enumerate().find(|(_, wanted)| wanted.number == number)
            });
            wanted.map_or((usize::MAX, "Sans livrable".to_owned()), |(rank, wanted)| {
                let title = drawable(&wanted.title);
                let colon = if title.is_empty() { "" } else { "\u{a0}: " };
                (rank, format!("Livrable {}{colon}{title}", wanted.number))
            })
        }
        Grouping::Person if task.people.is_empty() => (usize::MAX, "Sans responsable".to_owned()),
        Grouping::Person => {
            let mut people = task.people.clone();
            people.sort_by_cached_key(|person| (planned.people.get(person), *person));
            people.dedup();
            let rank = people.len();
            (rank, planned.who(&Task { people, ..Task::default() }))
        }
    }
}

fn bar(planned: &Planned<'_>, task: &Task, dues: &HashMap<u32, Timestamp>) -> Bar {
    let people = i64::try_from(task.people.len()).unwrap_or(1).max(1);
    let each = task.minutes.map(|minutes| (i64::from(minutes) + people - 1) / people).filter(|minutes| *minutes > 0);
    let span = task.due.map(|due| {
        let work_from = each.map(|minutes| calendar::after(due, -minutes));
        let needed = task.needs.iter().filter_map(|need| dues.get(need)).max().copied();
        let free_from = needed.filter(|free| work_from.is_some_and(|work| *free < work));
        Span { free_from, work_from, due }
    });
    let date = task.due.map_or("sans date".to_owned(), |due| planned.day(due));
    let work = task.minutes.map(|minutes| hours(i64::from(minutes)));
    let details = [Some(date), Some(planned.who(task)).filter(|who| !who.is_empty()), work];
    let details: Vec<String> = details.into_iter().flatten().collect();
    Bar {
        number: task.number,
        title: task.title.clone(),
        details: details.join(" · "),
        status: planned.status(task),
        is_critical: false,
        needs: Vec::new(),
        span,
    }
}

/// Numbers of milestones in a sentence.
fn numbers(numbers: &[u32]) -> String {
    joined(&numbers.iter().map(u32::to_string).collect::<Vec<_>>())
}
