//! Doing what is missing: each row one step, claimed before it and noted after it.
//!
//! A network knows no key for an event. So what is asked for is noted before it is asked for, and what nobody heard the end of
//! is looked for before anything else is done about it: found, it is taken up; not found, it never was.

use super::Scheduling;
use super::compare::{NOBODY, stands};
use crate::app::counts;
use crate::domain::key::TenantKey;
use crate::store::{Acting, Begun, ScheduledEvent, StoreError};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use vigie_chat::{Connector, ConnectorName, ScheduledId, SendError, SpaceId};

/// Claimed at once.
const AT_ONCE: usize = 20;

/// How long a network may take for one step: some wait a minute by themselves where they are asked to.
const PATIENCE: Duration = Duration::from_secs(90);

/// How much the clocks of two processes may differ.
const MARGIN: Duration = Duration::from_secs(5);

/// How long nobody else takes what was claimed. What isn't begun early enough to be over by then is left for later.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// How long what a network refuses is left alone.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// The first wait after a failure; each further one is twice as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(5);

/// The longest wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(30);

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// To look for what may have been made.
    Find,
    /// To make it.
    Make,
    /// To change what stands.
    Change,
    /// To take away what stands.
    Remove,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// It stands, and says what was wanted when it was claimed.
    Stands(ScheduledId),
    /// It was there: what was asked for stands.
    Found(ScheduledId),
    /// Nothing stands: it was taken away, somebody deleted it, or it was never made.
    Nothing,
    /// It was not begun.
    NotBegun,
    /// It failed.
    Failed(SendError),
}

impl Outcome {
    /// The event that stands by it.
    fn event(&self) -> Option<&ScheduledId> {
        match self {
            Self::Stands(event) | Self::Found(event) => Some(event),
            Self::Nothing | Self::NotBegun | Self::Failed(_) => None,
        }
    }
}

fn step(one: &ScheduledEvent) -> Option<Step> {
    match (&one.event, &one.said, &one.wanted) {
        (None, Some(_), _) => Some(Step::Find),
        (None, None, Some(_)) => Some(Step::Make),
        (Some(_), _, Some(_)) => Some(Step::Change),
        (Some(_), _, None) => Some(Step::Remove),
        (None, None, None) => None,
    }
}

impl Scheduling {
    /// Does some of what is due on each network that can be asked, and says how many steps that took.
    pub(super) async fn act(&self) -> Result<usize, StoreError> {
        let mut steps = 0;
        for network in self.networks.iter().filter(|network| network.can_send()) {
            let now = self.now();
            for (tenant, _) in self.store.next_events(&network.name()).await?.into_iter().filter(|(_, at)| *at <= now) {
                let done = self.of_tenant(tenant, self.act_in(network, tenant, now).await).unwrap_or_default();
                steps += done;
                // What changed meanwhile is compared before the next tenant has its turn.
                if done > 0 {
                    break;
                }
            }
        }
        Ok(steps)
    }

    async fn act_in(
        &self,
        network: &Arc<dyn Connector>,
        tenant: TenantKey,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let (claimed, mut all) = self.claim((tenant, &network.name()), now).await?;
        let last_call = now + LEASE - PATIENCE - MARGIN;
        let mut warned = BTreeSet::new();
        let mut outcomes = Vec::with_capacity(claimed.len());
        for one in claimed {
            let outcome = if self.now() >= last_call {
                Outcome::NotBegun
            } else {
                let doing = taken(network.as_ref(), &one, &all);
                let done = tokio::time::timeout(PATIENCE, doing).await;
                done.unwrap_or_else(|_| Outcome::Failed(SendError::Network("it takes too long".to_owned())))
            };
            if let Outcome::Failed(error) = &outcome {
                tell(error, &one.of.space, &mut warned);
            }
            if let (Some(event), Some(row)) = (outcome.event(), all.iter_mut().find(|row| row.of == one.of)) {
                // The next that is looked for is another one, though it may have the same name and hour.
                row.event = Some(event.clone());
            }
            outcomes.push((one, outcome));
        }
        self.note(tenant, &outcomes).await?;
        Ok(outcomes.len())
    }

    /// Takes what is due of a tenant on a network, the nearest first: as it was before, and all that the tenant has there.
    async fn claim(
        &self,
        (tenant, connector): (TenantKey, &ConnectorName),
        now: Timestamp,
    ) -> Result<(Vec<ScheduledEvent>, Vec<ScheduledEvent>), StoreError> {
        let acting = Acting { tenant, person: NOBODY, now, cause: None };
        let Begun::New(mut write) = self.store.write(&acting).await? else { return Ok((Vec::new(), Vec::new())) };
        let mut all = write.scheduled_events().await?;
        all.retain(|one| one.of.connector == *connector);
        let due = all.iter().filter(|one| one.try_at.is_some_and(|at| at <= now)).take(AT_ONCE);
        let due: Vec<ScheduledEvent> = due.cloned().collect();
        let held: Vec<ScheduledEvent> = due.iter().map(|one| self.held(one.clone(), now)).collect();
        write.keep_events(&held).await?;
        write.commit().await?;
        Ok((due, all))
    }

    /// The row while this process is at it. What is about to be made is noted as asked for.
    fn held(&self, mut one: ScheduledEvent, now: Timestamp) -> ScheduledEvent {
        if step(&one) == Some(Step::Make) {
            one.said.clone_from(&one.wanted);
        }
        one.owner = Some(self.owner.clone());
        one.try_at = Some(now + LEASE);
        one
    }

    /// Notes what came of the steps. What somebody else took meanwhile is theirs to note.
    async fn note(&self, tenant: TenantKey, outcomes: &[(ScheduledEvent, Outcome)]) -> Result<(), StoreError> {
        let now = self.now();
        let acting = Acting { tenant, person: NOBODY, now, cause: None };
        let Begun::New(mut write) = self.store.write(&acting).await? else { return Ok(()) };
        let present = write.scheduled_events().await?;
        let (mut kept, mut forgotten) = (Vec::new(), Vec::new());
        for (before, outcome) in outcomes {
            let mine = |one: &&ScheduledEvent| one.of == before.of && one.owner.as_ref() == Some(&self.owner);
            let Some(one) = present.iter().find(mine) else { continue };
            let outcome = if is_anothers(outcome, one, &present) { &Outcome::NotBegun } else { outcome };
            match after(one.clone(), before, outcome, now) {
                Some(one) => kept.push(one),
                None => forgotten.push(before.of.clone()),
            }
        }
        write.keep_events(&kept).await?;
        write.forget_events(&forgotten).await?;
        write.commit().await
    }
}

/// Asks the network for the step that a row needs.
async fn taken(network: &dyn Connector, one: &ScheduledEvent, all: &[ScheduledEvent]) -> Outcome {
    let space = &one.of.space;
    let done = match (&one.event, &one.said, &one.wanted) {
        (None, Some(said), _) => {
            let others: Vec<ScheduledId> =
                all.iter().filter(|other| other.of.space == *space).filter_map(|other| other.event.clone()).collect();
            network.find_event(space, said, &others).await.map(|found| found.map_or(Outcome::Nothing, Outcome::Found))
        }
        (None, None, Some(wanted)) => network.schedule(space, wanted, None).await.map(Outcome::Stands),
        (Some(event), _, Some(wanted)) => match network.schedule(space, wanted, Some(event)).await {
            // Somebody deleted it. The defence has changed since, so that there is something to show again.
            Err(SendError::Gone) => Ok(Outcome::Nothing),
            done => done.map(Outcome::Stands),
        },
        (Some(event), _, None) => match network.unschedule(space, event).await {
            Ok(()) | Err(SendError::Gone) => Ok(Outcome::Nothing),
            Err(error) => Err(error),
        },
        (None, None, None) => Ok(Outcome::Nothing),
    };
    done.unwrap_or_else(Outcome::Failed)
}

/// Whether what was found is another row's by now: another process may have found it first. It is still to be looked for then.
fn is_anothers(outcome: &Outcome, one: &ScheduledEvent, present: &[ScheduledEvent]) -> bool {
    let Outcome::Found(event) = outcome else { return false };
    let place = |row: &ScheduledEvent| (row.of.connector.clone(), row.of.space.clone());
    let mut others = present.iter().filter(|other| other.of != one.of && other.event.as_ref() == Some(event));
    others.any(|other| place(other) == place(one))
}

/// The row after a step, `before` which it was taken; none when nothing stands and nothing is wanted.
fn after(
    mut one: ScheduledEvent,
    before: &ScheduledEvent,
    outcome: &Outcome,
    now: Timestamp,
) -> Option<ScheduledEvent> {
    one.owner = None;
    let mut wait = None;
    match outcome {
        Outcome::Stands(event) => (one.event, one.said) = (Some(event.clone()), before.wanted.clone()),
        Outcome::Found(event) => (one.event, one.said) = (Some(event.clone()), before.said.clone()),
        Outcome::Nothing => (one.event, one.said) = (None, None),
        // Nothing was asked: it stands as it stood, and is still to be done.
        Outcome::NotBegun => {
            one.said.clone_from(&before.said);
            wait = Some(SignedDuration::ZERO);
        }
        Outcome::Failed(error) => {
            let failures = one.failures.saturating_add(1);
            let patience = match error {
                // Nobody knows whether it was done: what was asked for stays noted.
                SendError::Network(_) | SendError::Expired => wait_after(failures),
                SendError::RateLimited { retry_after } => {
                    one.said.clone_from(&before.said);
                    SignedDuration::try_from(*retry_after).unwrap_or(LONGEST_WAIT).max(FIRST_WAIT)
                }
                SendError::Gone | SendError::Forbidden(_) | SendError::DirectClosed | SendError::TooLarge(_) => {
                    one.said.clone_from(&before.said);
                    A_DAY
                }
            };
            (one.failures, one.why) = (failures, Some(reason(error).to_owned()));
            wait = Some(patience);
        }
    }
    if one.event.is_none() && one.said.is_none() && one.wanted.is_none() {
        return None;
    }
    one.try_at = if let Some(wait) = wait {
        Some(now.saturating_add(wait).unwrap_or(Timestamp::MAX))
    } else {
        (one.failures, one.why) = (0, None);
        (!stands(&one)).then_some(now)
    };
    Some(one)
}

/// `5 s`, `10 s`, `20 s` and so on.
fn wait_after(failures: u32) -> SignedDuration {
    let doubled = 1_i32.checked_shl(failures.saturating_sub(1).min(20)).unwrap_or(i32::MAX);
    FIRST_WAIT.checked_mul(doubled).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
}

/// What is kept of why: a word of ours, never the network's.
fn reason(error: &SendError) -> &'static str {
    match error {
        SendError::Gone => "gone",
        SendError::RateLimited { .. } => "rate_limited",
        SendError::Network(_) | SendError::Expired => "network",
        SendError::Forbidden(_) | SendError::DirectClosed | SendError::TooLarge(_) => "forbidden",
    }
}

/// Tells the operator what a calendar refuses, once for each space and round: what is refused is left alone for a day.
fn tell(error: &SendError, space: &SpaceId, warned: &mut BTreeSet<SpaceId>) {
    let is_refused = matches!(reason(error), "forbidden" | "gone");
    if is_refused && warned.insert(space.clone()) {
        let space = counts::hashed(space);
        tracing::warn!(space, %error, "a defence can't be shown in the calendar of a space; tried again in a day");
    } else {
        tracing::debug!(reason = reason(error), "a step for the calendar of a space failed");
    }
}

#[cfg(test)]
mod tests;
