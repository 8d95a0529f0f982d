//! What a plan's check finds: facts with their numbers, no sentences.

use crate::domain::person::PersonKey;
use crate::domain::timing::Lapse;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something is already wrong: a date has gone by, or the plan contradicts itself.
    Wrong,
    /// Something will go wrong if nothing changes.
    AtRisk,
    /// Something is missing or uneven.
    ToComplete,
}

/// One thing that a check found. Milestones, deliverables by their numbers; work in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Milestones that need each other: none can ever begin.
    Cycle {
        /// In ascending order.
        numbers: Vec<u32>,
    },
    /// The brief's deadline has gone by with milestones still open.
    DeadlinePassed {
        /// How long ago.
        by: Lapse,
        /// Milestones still open, in ascending order.
        open: Vec<u32>,
    },
    /// A milestone's date has gone by.
    Late {
        /// The milestone.
        number: u32,
        /// How long ago.
        by: Lapse,
    },
    /// A milestone's date is after the brief's deadline.
    AfterDeadline {
        /// The milestone.
        number: u32,
        /// How long after.
        by: Lapse,
    },
    /// A milestone's date is before that of one it needs, directly or through undated ones.
    OutOfOrder {
        /// The milestone.
        number: u32,
        /// The one that must be done before.
        needs: u32,
        /// How long before.
        by: Lapse,
    },
    /// The work that is left doesn't fit before the milestone's date.
    WillBeLate {
        /// The milestone.
        number: u32,
        /// What must be done one after the other to reach it, itself last: the nearest few.
        chain: Vec<u32>,
        /// Minutes of work left along the whole chain.
        work: i64,
        /// Minutes of work that fit before the date.
        room: i64,
    },
    /// The team planned nothing of its own.
    NothingPlanned,
    /// No milestone of the team's works for a required deliverable that isn't handed in.
    NothingForDeliverable {
        /// The deliverable.
        deliverable: u32,
    },
    /// A person's share of the work doesn't fit before a date.
    Overloaded {
        /// Who.
        person: PersonKey,
        /// The milestone whose date can't be met.
        number: u32,
        /// Minutes that are theirs by that date.
        work: i64,
        /// Minutes of work that fit before it.
        room: i64,
    },
    /// More work is planned than the brief gives.
    OverBudget {
        /// Minutes planned.
        planned: u64,
        /// Minutes given.
        budget: u64,
    },
    /// Somebody said that a milestone can't go on.
    Blocked {
        /// The milestone.
        number: u32,
    },
    /// A person has much more of the planned work than an equal share.
    Uneven {
        /// Who.
        person: PersonKey,
        /// Minutes that are theirs.
        minutes: u64,
        /// Minutes of an equal share.
        share: u64,
    },
    /// Open milestones without a date.
    WithoutDate {
        /// In ascending order.
        numbers: Vec<u32>,
    },
    /// Open milestones for which nobody is responsible.
    WithoutPerson {
        /// In ascending order.
        numbers: Vec<u32>,
    },
    /// Open milestones without planned hours: no check of work counts them.
    WithoutHours {
        /// In ascending order.
        numbers: Vec<u32>,
    },
}

impl Finding {
    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::Cycle { .. } | Self::DeadlinePassed { .. } | Self::Late { .. } | Self::AfterDeadline { .. } => {
                Severity::Wrong
            }
            Self::OutOfOrder { .. }
            | Self::WillBeLate { .. }
            | Self::NothingPlanned
            | Self::NothingForDeliverable { .. }
            | Self::Overloaded { .. }
            | Self::OverBudget { .. }
            | Self::Blocked { .. } => Severity::AtRisk,
            Self::Uneven { .. } | Self::WithoutDate { .. } | Self::WithoutPerson { .. } | Self::WithoutHours { .. } => {
                Severity::ToComplete
            }
        }
    }

    /// The order in which findings are told: the kind, then how far off it is (most first), then the number.
    pub(super) fn rank(&self) -> (u8, i64, u32) {
        let off = |lapse: &Lapse| i64::try_from(lapse.minutes()).map_or(i64::MIN, |minutes| -minutes);
        match self {
            Self::Cycle { numbers } => (0, 0, numbers.first().copied().unwrap_or(0)),
            Self::DeadlinePassed { .. } => (1, 0, 0),
            Self::Late { number, by } => (2, off(by), *number),
            Self::AfterDeadline { number, by } => (3, off(by), *number),
            Self::OutOfOrder { number, by, .. } => (4, off(by), *number),
            Self::WillBeLate { number, work, room, .. } => (5, room - work, *number),
            Self::NothingPlanned => (6, 0, 0),
            Self::NothingForDeliverable { deliverable } => (7, 0, *deliverable),
            Self::Overloaded { number, work, room, .. } => (8, room - work, *number),
            Self::OverBudget { .. } => (9, 0, 0),
            Self::Blocked { number } => (10, 0, *number),
            Self::Uneven { minutes, .. } => (11, i64::try_from(*minutes).map_or(i64::MIN, |minutes| -minutes), 0),
            Self::WithoutDate { .. } => (12, 0, 0),
            Self::WithoutPerson { .. } => (13, 0, 0),
            Self::WithoutHours { .. } => (14, 0, 0),
        }
    }
}
