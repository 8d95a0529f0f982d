//! All teams of a brief at a glance, or one of them, for `/suivi`: as many questions for sixty teams as for one.
//!
//! It counts and doesn't judge. Who is at risk, and why, is for `domain::plan` to say, from
//! [`milestones_of_brief`](Scope::milestones_of_brief). Nothing here is about one person.

mod read;

use super::Numbered;
use super::Scope;
use super::deliverables::DeliverableState;
use crate::domain::key::{DeliverableKey, MilestoneKey, TeamKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;

/// Late milestones told of one team, the oldest first; all are counted.
pub const LATE_TOLD: u32 = 5;

/// Where a team stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamOverview {
    /// Which team, and what people call it by number.
    pub team: Numbered<TeamKey>,
    /// Its name.
    pub name: String,
    /// Who is in it.
    pub members: Vec<PersonKey>,
    /// Its milestones, counted.
    pub milestones: MilestoneCounts,
    /// The next date: the milestone that isn't done, isn't late and is due first.
    pub next: Option<DatedMilestone>,
    /// Those that are late, the oldest first, [`LATE_TOLD`] at most.
    pub late: Vec<DatedMilestone>,
    /// Required deliverables that aren't handed in, or were sent back, by number.
    pub wanting: Vec<WantingDeliverable>,
    /// Minutes that its members logged.
    pub minutes: u32,
    /// Minutes logged on milestones, by their number.
    pub minutes_by_milestone: Vec<(u32, u32)>,
    /// Criteria in progress.
    pub criteria_in_progress: u32,
    /// Criteria covered.
    pub criteria_covered: u32,
    /// When it defends.
    pub defence_at: Option<Timestamp>,
}

/// How many milestones there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MilestoneCounts {
    /// In all.
    pub all: u32,
    /// Done.
    pub done: u32,
    /// Blocked.
    pub blocked: u32,
    /// Not done, and past their date.
    pub late: u32,
}

/// A milestone that has a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedMilestone {
    /// Which one.
    pub milestone: Numbered<MilestoneKey>,
    /// The team's own words.
    pub title: String,
    /// When it is due.
    pub due_at: Timestamp,
}

/// A required deliverable that isn't there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantingDeliverable {
    /// Which one.
    pub deliverable: Numbered<DeliverableKey>,
    /// What is asked, in its people's own words.
    pub title: String,
    /// Until when.
    pub due_at: Option<Timestamp>,
    /// Whether it was never handed in, or was sent back.
    pub state: DeliverableState,
    /// Whether its date is past.
    pub is_late: bool,
}
