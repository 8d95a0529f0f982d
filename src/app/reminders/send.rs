//! What the ledger holds: to the networks, each at its place, and back into the ledger with what came of it.
//!
//! What is said is made from what is true at that moment. What isn't true any more is dropped, what would come at an hour at
//! which the person wants nothing waits for the next one, and what a network doesn't take is tried again, then at the next
//! place. A place that fails keeps nobody waiting but those who wait for it too.

use super::Reminders;
use super::measures;
use super::place::{self, Hearer, Place};
use super::plan::People;
use crate::app::chance;
use crate::domain::key::{DeliveryKey, TenantKey};
use crate::domain::occasion::{OccasionKind, Thing};
use crate::domain::reminder::Schedule;
use crate::store::{Circle, Claim, Claimed, Occasion, Recipient, Settled, Someone, StoreError, Whose};
use crate::views;
use crate::views::reminder::{Addressee, Said, presses};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use vigie_chat::{Destination, IdempotencyKey, MessageRef, SendError};

/// How long nobody else takes what was claimed. Longer than all of it can take: what isn't sent by then is given up.
const LEASE: SignedDuration = SignedDuration::from_secs(150);

/// When a network that is logging in is asked again.
const LOGGING_IN: SignedDuration = SignedDuration::from_secs(2);

/// How long a network may take for one message.
const PATIENCE: Duration = Duration::from_secs(15);

/// How much the clocks of two processes may differ.
const MARGIN: Duration = Duration::from_secs(5);

/// The first wait after a failure; each further one is twice as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(5);

/// The longest wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(30);

/// Failures at a place before the next one is tried: some three days. A network that fails may have taken the message all the
/// same, and elsewhere it would be said twice; one that refuses it has said so, and the next place is tried at once.
const FAILURES: u32 = 150;

/// What came of something that was claimed.
pub(super) type Sent = (TenantKey, DeliveryKey, Settled);

/// What the messages of one claim are made from.
struct Batch {
    /// Nothing is begun after it: by the end of the lease it couldn't be over.
    last_call: Timestamp,
    occasions: BTreeMap<Thing, Occasion>,
    people: People,
}

impl Reminders {
    /// Claims what may be sent now, so many at most, and makes it ready to be sent.
    pub(super) async fn claim(&self, most: u16) -> Result<Vec<BoxFuture<'_, Sent>>, StoreError> {
        if most == 0 {
            return Ok(Vec::new());
        }
        let now = self.now();
        let lease_until = now + LEASE;
        let claimed = self.store.claim(Claim { owner: &self.owner, now, lease_until, most }).await?;
        if claimed.is_empty() {
            return Ok(Vec::new());
        }
        let batch = Arc::new(self.batch(&claimed, lease_until - PATIENCE - MARGIN).await?);
        Ok(claimed.into_iter().map(|one| self.one(one, Arc::clone(&batch)).boxed()).collect())
    }

    /// Notes what came of what was claimed, and says how many that were.
    pub(super) async fn note(&self, sent: &[Sent]) -> Result<usize, StoreError> {
        if !sent.is_empty() {
            self.store.settle(&self.owner, self.now(), sent).await?;
        }
        Ok(sent.len())
    }

    async fn batch(&self, claimed: &[Claimed], last_call: Timestamp) -> Result<Batch, StoreError> {
        let things: BTreeSet<Thing> = claimed.iter().map(|one| one.of.thing()).collect();
        let occasions = self.store.occasions(&things).await?;
        let mut people: BTreeSet<Someone> = claimed.iter().map(|one| (one.of.tenant, one.of.person)).collect();
        for occasion in occasions.values() {
            people.extend(occasion.people.iter().map(|person| (occasion.thing.tenant, *person)));
            if let Whose::Team(team) = &occasion.whose {
                people.insert((occasion.thing.tenant, team.trainer));
            }
        }
        let (known, wishes) = self.store.reminded(&people).await?;
        Ok(Batch { last_call, occasions, people: People { known, wishes } })
    }

    async fn one(&self, claimed: Claimed, batch: Arc<Batch>) -> Sent {
        let settled = self.settled(&claimed, &batch).await;
        match &settled {
            Settled::Sent { .. } => measures::sent(claimed.step, self.now()),
            Settled::Failed { .. } => measures::failed(),
            Settled::Again { .. } | Settled::Next { .. } => measures::tried_again(),
            Settled::Dropped { .. } | Settled::Held { .. } => {}
        }
        (claimed.of.tenant, claimed.key, settled)
    }

    async fn settled(&self, claimed: &Claimed, batch: &Batch) -> Settled {
        let (of, now) = (claimed.of, self.now());
        let someone = (of.tenant, of.person);
        let Some(recipient) = batch.people.known.get(&someone) else { return Settled::Dropped { why: "nobody" } };
        let occasion = batch.occasions.get(&of.thing()).filter(|one| one.people.contains(&of.person));
        let own = Whose::Own;
        let whose = match (of.kind, occasion) {
            (OccasionKind::Digest, _) => &own,
            (_, Some(occasion)) => &occasion.whose,
            (_, None) => return Settled::Dropped { why: "over" },
        };
        let circle = Circle::of(of.tenant, whose, of.person);
        let habits = batch.people.wishes.habits(circle, recipient, &self.zone);
        let planned = occasion.and_then(|occasion| batch.people.wishes.schedule(occasion, circle));
        let deadline = planned.as_ref().and_then(Schedule::deadline);
        if matches!(of.kind, OccasionKind::Defence | OccasionKind::Rights) && deadline.is_some_and(|at| at <= now) {
            return Settled::Dropped { why: "begun" };
        }
        let open = match &planned {
            Some(schedule) => schedule.may_be_sent(now, &habits),
            // A digest is about many things, and comes when its person asked for it.
            None => habits.quiet.next_open(now, &habits.zone),
        };
        if open > now {
            return Settled::Held { until: open };
        }
        let trainer = match whose {
            Whose::Team(team) if of.kind != OccasionKind::Rights && of.kind != OccasionKind::Asked => {
                batch.people.known.get(&(of.tenant, team.trainer))
            }
            _ => None,
        };
        let places = place::all(&self.networks, Some(whose), recipient, trainer);
        let stage = usize::try_from(claimed.stage).unwrap_or(usize::MAX);
        let Some(place) = places.get(stage) else {
            return Settled::Failed { why: word(claimed, "nowhere_left") };
        };
        if !place.network.can_send() {
            return later(claimed, now + jittered(LOGGING_IN));
        }
        let wall = now.to_zoned(habits.zone.clone());
        let digest = match of.kind {
            OccasionKind::Digest => match self.store.occasions_of_person(of.tenant, of.person).await {
                Ok(all) => all,
                Err(error) => return Self::again(claimed, &SendError::Network(error.to_string()), now, None),
            },
            _ => Vec::new(),
        };
        let name = |person| batch.people.known.get(&(of.tenant, person)).and_then(|one| one.name.as_deref());
        let said = Said {
            kind: of.kind,
            occasion,
            digest: &digest,
            addressee: addressee(place, recipient),
            person: of.person,
            name: &name,
            missed: claimed.steps.saturating_sub(1),
            late_since: is_late(claimed.step, now).then_some(claimed.step),
            now: &wall,
            token: &claimed.token,
            contact: self.contact.as_ref(),
        };
        let Some(draft) = views::reminder::reminder(&said) else { return Settled::Dropped { why: "nothing_to_say" } };
        let message = draft.seal(|press| presses::token(&claimed.token, &press));
        let key = IdempotencyKey::new(format!("{}-{}", claimed.token, claimed.stage));
        let _turn = self.paces.turn(place.network.name()).await;
        // A process that was stopped for a while has no claim any more on what it didn't begin: another may send it.
        if self.now() >= batch.last_call {
            return later(claimed, self.now());
        }
        let sending = async {
            match claimed.tried {
                Some(since) => place.network.send_again(&place.to, &message, &key, since).await,
                None => place.network.send(&place.to, &message, &key).await,
            }
        };
        let sent = tokio::time::timeout(PATIENCE, sending).await;
        match sent.unwrap_or_else(|_| Err(SendError::Network("it takes too long".to_owned()))) {
            Ok(message) => Self::sent(place, message),
            Err(error) => Self::again(claimed, &error, self.now(), next_place(&places, stage)),
        }
    }

    fn sent(place: &Place, message: MessageRef) -> Settled {
        Settled::Sent { connector: place.network.name(), message }
    }

    /// What to do about a message that didn't leave.
    fn again(claimed: &Claimed, error: &SendError, now: Timestamp, next: Option<(u32, String)>) -> Settled {
        let (why, failures) = (word(claimed, reason(error)), claimed.failures.saturating_add(1));
        let patience = match error {
            SendError::RateLimited { retry_after } => {
                let after = SignedDuration::try_from(*retry_after).unwrap_or(LONGEST_WAIT);
                let at = now + jittered(after.max(SignedDuration::from_millis(50)));
                // Patience that is asked for is no failure.
                return Settled::Again { at, failures: claimed.failures, why: Some(why) };
            }
            SendError::Network(_) | SendError::Expired => (failures < FAILURES).then(|| wait(failures)),
            SendError::DirectClosed | SendError::Gone | SendError::Forbidden(_) | SendError::TooLarge(_) => None,
        };
        tracing::info!(reason = reason(error), failures, "a reminder did not leave");
        match (patience, next) {
            (Some(wait), _) => Settled::Again { at: now + jittered(wait), failures, why: Some(why) },
            (None, Some((stage, lane))) => Settled::Next { stage, lane, why },
            (None, None) => Settled::Failed { why },
        }
    }
}

/// To be tried again though nothing failed.
fn later(claimed: &Claimed, at: Timestamp) -> Settled {
    Settled::Again { at, failures: claimed.failures, why: None }
}

fn next_place(places: &[Place], stage: usize) -> Option<(u32, String)> {
    let next = places.get(stage + 1)?;
    Some((u32::try_from(stage + 1).ok()?, next.lane()))
}

fn addressee<'a>(place: &'a Place, recipient: &'a Recipient) -> Addressee<'a> {
    match (place.hearer, &place.to) {
        (Hearer::Trainer, _) => Addressee::Trainer,
        (Hearer::Person, Destination::Direct(_)) => Addressee::Person,
        (Hearer::Team, _) | (Hearer::Person, Destination::Room(_)) => {
            let here = place.network.name();
            let account = recipient.accounts.iter().find(|account| account.connector == here);
            Addressee::Team { notify: account.map(|account| &account.id) }
        }
    }
}

/// Whether it is so late that it must be said: more than ten minutes.
fn is_late(step: Timestamp, now: Timestamp) -> bool {
    now.duration_since(step) > SignedDuration::from_mins(10)
}

/// `5 s`, `10 s`, `20 s` and so on.
fn wait(failures: u32) -> SignedDuration {
    let doubled = 1_i32.checked_shl(failures.saturating_sub(1).min(20)).unwrap_or(i32::MAX);
    FIRST_WAIT.checked_mul(doubled).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
}

/// A little more, so that what failed together isn't tried again together.
fn jittered(wait: SignedDuration) -> SignedDuration {
    let chance = chance::number().unwrap_or_default() % 250;
    let more = wait.as_millis() * i128::from(chance) / 1_000;
    wait.saturating_add(SignedDuration::from_millis(i64::try_from(more).unwrap_or_default()))
}

/// What is kept of why it didn't leave: a word of ours, never the network's.
fn reason(error: &SendError) -> &'static str {
    match error {
        SendError::DirectClosed => "direct_closed",
        SendError::Gone => "gone",
        SendError::Forbidden(_) => "forbidden",
        SendError::RateLimited { .. } => "rate_limited",
        SendError::Network(_) => "network",
        SendError::TooLarge(_) => "too_large",
        SendError::Expired => "expired",
    }
}

/// What went wrong so far, each thing once.
fn word(claimed: &Claimed, reason: &'static str) -> String {
    let former = claimed.why.as_deref().unwrap_or_default();
    let mut words: Vec<&str> = former.split_whitespace().collect();
    if words.last() != Some(&reason) {
        words.push(reason);
    }
    // The newest are kept: the first of many are alike.
    let first = words.len().saturating_sub(8);
    words[first..].join(" ")
}
