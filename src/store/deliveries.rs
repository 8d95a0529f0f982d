//! The ledger: what had to be said to whom, what became of it, and why.
//!
//! A row is written in the transaction that moves its alarm on, so that a step is said once and none is left out. Whoever
//! sends it claims it for a while ([`claim`]); if they vanish, it is claimed again, under the same name on the network.

mod claim;
mod read;

pub use claim::{Claim, Claimed, Settled};
pub(super) use read::OLDEST;
pub use read::{Delivery, Ledger, LedgerCounts};

use super::rows::{AT_ONCE, values};
use super::{StoreError, Write};
use crate::domain::occasion::OccasionKey;
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryDraft {
    /// To whom, about what.
    pub of: OccasionKey,
    /// The step that it says; the last of them where several were missed.
    pub step: Timestamp,
    /// How many steps it stands for.
    pub steps: u32,
    /// Drawn at random: its name on networks and behind its buttons.
    pub token: String,
    /// Where it goes first.
    pub lane: String,
    /// What is due first is said first: when the thing is due.
    pub urgent: Timestamp,
    /// Not before, where it isn't at once.
    pub held_until: Option<Timestamp>,
}

/// What became of something to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// It waits for its turn.
    Due,
    /// It waits for an hour at which the person wants to hear of it.
    Held,
    /// Somebody sends it.
    Sending,
    /// It was sent.
    Sent,
    /// There was nothing left to say when its turn came.
    Dropped,
    /// It reaches nobody.
    Failed,
}

impl DeliveryState {
    /// As it is kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Held => "held",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Dropped => "dropped",
            Self::Failed => "failed",
        }
    }

    fn read(word: &str) -> Option<Self> {
        let all = [Self::Due, Self::Held, Self::Sending, Self::Sent, Self::Dropped, Self::Failed];
        all.into_iter().find(|state| state.word() == word)
    }
}

impl Write<'_> {
    /// Writes what is to be said. What was written already for the same step stays as it is.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deliver(&mut self, drafts: &[DeliveryDraft]) -> Result<(), StoreError> {
        let now = self.now.as_millisecond();
        for some in drafts.chunks(AT_ONCE) {
            let sql = format!(
                "insert into deliveries (
                     tenant_id, made_at, stage, failures, id, kind, subject_id, person_id, step_at, steps, token, lane,
                     state, urgent_at, try_at
                 ) values {}
                 on conflict (tenant_id, kind, subject_id, person_id, step_at) do nothing",
                values(some.len(), 4, 11)
            );
            let mut insert = sqlx::query(AssertSqlSafe(sql)).bind(self.tenant.0).bind(now).bind(0_i64).bind(0_i64);
            for draft in some {
                let state = if draft.held_until.is_some() { DeliveryState::Held } else { DeliveryState::Due };
                let at = draft.held_until.unwrap_or(self.now);
                let id = self.draw();
                insert = insert.bind(id).bind(draft.of.kind.word()).bind(draft.of.subject).bind(draft.of.person.0);
                insert = insert.bind(draft.step.as_millisecond()).bind(i64::from(draft.steps));
                insert = insert.bind(draft.token.as_str()).bind(draft.lane.as_str()).bind(state.word());
                insert = insert.bind(draft.urgent.as_millisecond()).bind(at.as_millisecond());
            }
            insert.execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}
