//! Changing what others may change too: who writes says what they saw, and is told when it isn't so any more.
//!
//! Writers of one tenant come one after the other (see [`Write`]), so that what is compared here can't move before the
//! transaction ends. What is deleted can be brought back for [`UNDO`], and is erased after it. Numbers that people say are
//! counted within a team and never given twice, not even those of what was erased.

use super::Write;
use crate::domain::key::{MilestoneKey, TeamKey};
use crate::domain::person::PersonKey;
use jiff::{SignedDuration, Timestamp};

/// How long what was deleted can be brought back.
pub const UNDO: SignedDuration = SignedDuration::from_hours(24);

/// How often something was changed: what one saw is still so as long as this is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub i64);

/// What comes of a change to something that was seen at a revision. Only [`Change::Made`] is worth committing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is changed.
    Made,
    /// Somebody else changed it meanwhile: nothing is written.
    Changed,
    /// It isn't there, or no longer.
    Gone,
    /// It comes from the brief, and is the brief's to change.
    OfBrief,
    /// It would name something that isn't there.
    Missing(Missing),
}

/// What comes of adding something. Only [`Addition::Added`] is worth committing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addition<T> {
    /// It is there.
    Added(T),
    /// The team isn't there, or no longer.
    NoTeam,
    /// The team has as many as it may have: the number that it may have.
    Full(usize),
    /// It would name something that isn't there.
    Missing(Missing),
}

/// Something that was named and isn't there, or no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A person who isn't a member of the team.
    Member(PersonKey),
    /// A milestone of the team.
    Milestone(MilestoneKey),
    /// A milestone of the team, by its number.
    MilestoneNumber(u32),
    /// A deliverable of the team, by its number.
    Deliverable(u32),
}

/// What comes of bringing something back. Only [`Undoing::Undone`] is worth committing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undoing {
    /// It is there again.
    Undone,
    /// It was deleted more than [`UNDO`] ago.
    TooLate,
    /// It wasn't deleted, or isn't known.
    NotDeleted,
    /// There is no room for it any more.
    Full,
}

/// What a team counts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Counted {
    Milestones,
    Deliverables,
}

impl Write<'_> {
    /// Draws so many numbers for a team and gives the first of them.
    pub(super) async fn numbers(
        &mut self,
        team: TeamKey,
        counted: Counted,
        how_many: usize,
    ) -> Result<i64, sqlx::Error> {
        let (milestones, deliverables) = match counted {
            Counted::Milestones => (how_many, 0),
            Counted::Deliverables => (0, how_many),
        };
        let bind = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let last = sqlx::query_as::<_, (i64, i64)>(
            "insert into team_numbers (tenant_id, team_id, milestones, deliverables)
             values ($1, $2, $3, $4)
             on conflict (tenant_id, team_id) do update
                 set milestones = team_numbers.milestones + $3,
                     deliverables = team_numbers.deliverables + $4
             returning milestones, deliverables",
        );
        let last = last.bind(self.tenant.0).bind(team.0).bind(bind(milestones)).bind(bind(deliverables));
        let last = last.fetch_one(&mut *self.tx).await?;
        Ok(1 + match counted {
            Counted::Milestones => last.0 - bind(how_many),
            Counted::Deliverables => last.1 - bind(how_many),
        })
    }

    /// Whether a team is there and at work.
    pub(super) async fn is_active(&mut self, team: TeamKey) -> Result<bool, sqlx::Error> {
        let active = sqlx::query_scalar::<_, i64>(
            "select id from teams
             where tenant_id = $1 and id = $2 and state = 'active'",
        );
        Ok(active.bind(self.tenant.0).bind(team.0).fetch_optional(&mut *self.tx).await?.is_some())
    }

    /// Whether something that was deleted then may still be brought back.
    pub(super) fn is_undoable(&self, deleted_at: Timestamp) -> bool {
        self.now.duration_since(deleted_at) < UNDO
    }
}
