//! Milestones (jalons): what a team plans, and the dates that the brief sets it.
//!
//! A milestone has a number within its team, which people say, and a key, which the program uses. Those of the brief
//! (`brief_key`) are the brief's to change: the team says how far they are and who is responsible. That no milestone needs
//! itself through others is for the caller to see, in the same transaction: see [`Write::plan_of`](super::Write::plan_of).

mod add;
mod assign;
mod brief;
mod change;
mod people;
mod read;

pub use brief::{BriefMilestone, Moved};
pub use change::Mark;
pub use people::{Released, Taking};

use super::{Revision, When};
use crate::domain::duration::Minutes;
use crate::domain::key::{MilestoneKey, TeamKey};
use crate::domain::person::PersonKey;
use jiff::Timestamp;

/// A milestone of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Which one.
    pub key: MilestoneKey,
    /// Whose.
    pub team: TeamKey,
    /// What people call it, within the team.
    pub number: u32,
    /// The brief's own key of it; none for the team's own.
    pub brief_key: Option<String>,
    /// What is planned.
    pub draft: MilestoneDraft,
    /// How far it is.
    pub progress: Progress,
    /// What whoever changes it says that they saw.
    pub revision: Revision,
    /// When it was added.
    pub made_at: Timestamp,
}

/// What is planned under a milestone: all that a change may replace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MilestoneDraft {
    /// Its people's own words.
    pub title: String,
    /// When it must be done.
    pub due: Option<When>,
    /// Planned work.
    pub minutes: Option<Minutes>,
    /// Number of the deliverable that it leads to.
    pub deliverable: Option<u32>,
    /// Who is responsible, by key.
    pub people: Vec<PersonKey>,
    /// What must be done before, by key.
    pub needs: Vec<MilestoneKey>,
    /// Criteria that it works on, by their codes, in their order.
    pub criteria: Vec<String>,
}

/// How far a milestone is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Not done.
    Open,
    /// Not done, and something is in the way.
    Blocked {
        /// What, in the team's own words.
        why: String,
    },
    /// Done.
    Done {
        /// When it was said to be.
        at: Timestamp,
        /// By whom.
        by: PersonKey,
    },
}

/// A key and the number that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Numbered<K> {
    /// For the program.
    pub key: K,
    /// For people.
    pub number: u32,
}
