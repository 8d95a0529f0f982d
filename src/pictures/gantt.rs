//! A team's plan against the calendar: one line a milestone, laid from left to right in time (diagramme de Gantt).
//!
//! A milestone with planned hours is a bar that ends at its date: the thick part is the work itself, at 7 h a day as
//! [`plan::calendar`](crate::domain::plan::calendar) lays it; the thin part before it goes back to the date of what it needs,
//! or to the start of the brief. One without hours is a diamond. From one that is late a hatched line goes to today. What a
//! milestone needs is joined to it by an arrow, and the chain that decides the date is thick.
//!
//! `/planning` makes a [`Chart`] and draws it. Milestones are in the order of their dates within their group; one without a
//! date says so in its line.

mod draw;
mod groups;
mod key;
mod labels;
mod links;
mod rows;
mod ways;
mod words;

#[cfg(test)]
mod tests;

use super::planned::{Planned, Status, joined};
use super::{Picture, Theme, Words};
use crate::domain::reminder::Calendar;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// By what milestones are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Grouping {
    /// By what they work for.
    #[default]
    Deliverable,
    /// By who does them: those of several people are together, with their names.
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
    /// The hours that it stands for, as they stand beside its heading; no words where that says nothing.
    load: String,
    bars: Vec<Bar>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq)]
struct Bar {
    number: u32,
    title: String,
    /// Its day and its hours, as they stand under its title.
    facts: String,
    /// Its people, where no heading says them.
    people: String,
    status: Status,
    is_critical: bool,
    /// What must be done before, without what others of them imply.
    needs: Vec<u32>,
    span: Option<Span>,
}

/// When a milestone is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    /// The date of what it needs, or the start of the brief, where that leaves time before the work.
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
        let defence = planned.plan.defence.map(|at| mark(MarkKind::Defence, at, "Soutenance"));
        Self {
            title: format!("Planning de l’équipe «\u{a0}{}\u{a0}»", planned.team),
            groups: groups::of(planned, grouping),
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

/// Numbers of milestones in a sentence.
fn numbers(numbers: &[u32]) -> String {
    joined(&numbers.iter().map(u32::to_string).collect::<Vec<_>>())
}
