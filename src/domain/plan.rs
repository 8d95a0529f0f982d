//! A team's plan: its milestones, who does them, what they need, and what the brief asks.
//!
//! The plan is read whole from the store by `/planning`, `/jalon` and `/suivi`, put in order ([`order`]), laid against the
//! calendar ([`schedule()`]) and checked ([`check()`]). Nothing here changes a plan, reads a clock or writes a sentence; the
//! sentences are `views::findings`. Everything is iterative and close to linear in milestones and dependencies, so that a
//! plan of 5,000 milestones or a chain of as many is no trouble, and data that should not exist (an unknown need, a cycle)
//! never makes anything panic.

pub mod calendar;
pub mod check;
mod dues;
mod finding;
pub mod order;
mod people;
pub mod schedule;
#[cfg(test)]
mod tests;

pub use check::check;
pub use dues::is_for_defence;
pub use finding::{Finding, Severity};
pub use order::cycle_by_adding;
pub use schedule::{Float, Schedule, schedule};

use super::person::PersonKey;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How far a milestone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To do, or being done.
    #[default]
    Open,
    /// Somebody said that it can't go on.
    Blocked,
    /// Done.
    Done,
}

/// Where a milestone comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// From the brief: the team reads it and can't change it.
    Brief,
    /// From the team.
    #[default]
    Team,
}

/// A milestone (jalon): a date to meet, and the work before it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Task {
    /// Its number in the team, as people say it.
    pub number: u32,
    /// Its people's own words.
    pub title: String,
    /// When it must be done; the whole of that minute counts.
    pub due: Option<Timestamp>,
    /// Planned work in minutes, all its people together.
    pub minutes: Option<u32>,
    /// Minutes of work already logged on it.
    pub spent_minutes: u32,
    /// How far it is.
    pub state: State,
    /// Who is responsible. They share its work equally.
    pub people: Vec<PersonKey>,
    /// Numbers of the milestones that must be done before. One that isn't in the plan is disregarded.
    pub needs: Vec<u32>,
    /// Number of the deliverable that it works for.
    pub deliverable: Option<u32>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Task {
    /// Whether work remains.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state != State::Done
    }

    /// Minutes of work left, all its people together; none for one that is done or has no planned hours.
    #[must_use]
    pub fn minutes_left(&self) -> u32 {
        if self.is_open() { self.minutes.unwrap_or(0).saturating_sub(self.spent_minutes) } else { 0 }
    }

    /// Minutes of work left for each of its people: they work side by side.
    #[must_use]
    pub fn minutes_left_each(&self) -> u32 {
        let people = u32::try_from(self.people.len()).unwrap_or(u32::MAX).max(1);
        self.minutes_left().div_ceil(people)
    }
}

/// A deliverable that the brief asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its number in the brief.
    pub number: u32,
    /// The brief's own words.
    pub title: String,
    /// Whether the brief requires it.
    pub is_required: bool,
    /// Whether the team has handed it in.
    pub is_handed_in: bool,
}

/// The hours of preparation that a brief gives.
///
/// "Préparation de la MSPR par équipe de 4 max / Durée de préparation : 30h" (référentiel Projet IA) sets the duration
/// beside the team, and names no hours a person: it is read as the team's own budget, all its people together. A brief that
/// says "par personne" or "par candidat" gives each member theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// Minutes for the team, all its members together.
    Team(u32),
    /// Minutes for each member.
    EachPerson(u32),
}

impl Budget {
    /// Minutes for a team of so many members.
    #[must_use]
    pub fn total(self, members: usize) -> u32 {
        match self {
            Self::Team(minutes) => minutes,
            Self::EachPerson(minutes) => minutes.saturating_mul(u32::try_from(members).unwrap_or(u32::MAX)),
        }
    }
}

/// A team's plan, with what the brief says of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Milestones, those of the brief and the team's own. Where two bear one number, the first counts.
    pub tasks: Vec<Task>,
    /// Members at present.
    pub members: Vec<PersonKey>,
    /// Hours of preparation.
    pub budget: Option<Budget>,
    /// What has to be handed in.
    pub deliverables: Vec<Wanted>,
    /// When the work may begin.
    pub starts_at: Option<Timestamp>,
    /// When all must be done; the whole of that minute counts.
    pub deadline: Option<Timestamp>,
    /// When the team defends its work: what is for that, its support or a rehearsal, may come after the deadline.
    pub defence: Option<Timestamp>,
}

impl Plan {
    /// Planned minutes in all, done or not.
    #[must_use]
    pub fn minutes(&self) -> u64 {
        self.tasks.iter().filter_map(|task| task.minutes).map(u64::from).sum()
    }
}
