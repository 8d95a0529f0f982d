//! Deliverables (livrables): what a team hands in, asked for by its brief or by itself.
//!
//! A deliverable's state is what its newest hand-in says (see [`handins`](super::handins)). Those of the brief (`brief_key`)
//! are the brief's to change. Who may do what is for the caller to see.

mod brief;
mod change;
mod read;

pub use brief::BriefDeliverable;

use super::{Handin, Revision, When};
use crate::domain::key::{DeliverableKey, TeamKey};
use jiff::Timestamp;

/// A deliverable of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deliverable {
    /// Which one.
    pub key: DeliverableKey,
    /// Whose.
    pub team: TeamKey,
    /// What people call it, within the team.
    pub number: u32,
    /// The brief's own key of it; none for the team's own.
    pub brief_key: Option<String>,
    /// What is asked.
    pub draft: DeliverableDraft,
    /// How far it is.
    pub state: DeliverableState,
    /// What whoever changes it says that they saw. Hand-ins and verdicts change it too.
    pub revision: Revision,
    /// The newest hand-in that wasn't withdrawn.
    pub latest: Option<Handin>,
    /// When it was added.
    pub made_at: Timestamp,
}

/// What is asked under a deliverable: all that a change may replace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliverableDraft {
    /// Its people's own words.
    pub title: String,
    /// Whether it must be handed in.
    pub is_required: bool,
    /// Until when.
    pub due: Option<When>,
}

/// How far a deliverable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliverableState {
    /// Nothing is handed in, or nothing any more.
    Expected,
    /// Handed in; no trainer said anything yet.
    HandedIn,
    /// A trainer accepted it.
    Accepted,
    /// A trainer sent it back.
    SentBack,
}

impl DeliverableState {
    pub(super) fn read(text: &str) -> Option<Self> {
        Some(match text {
            "expected" => Self::Expected,
            "handed_in" => Self::HandedIn,
            "accepted" => Self::Accepted,
            "sent_back" => Self::SentBack,
            _ => return None,
        })
    }
}
