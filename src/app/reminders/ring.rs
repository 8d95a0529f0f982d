//! What is due: from alarms to rows of the ledger, each alarm moving on to its next step in the same transaction.

use super::Reminders;
use super::place::{self, Place};
use super::plan::{NOBODY, People};
use crate::app::chance;
use crate::domain::key::TenantKey;
use crate::domain::occasion::{OccasionKind, Thing};
use crate::domain::person::PersonKey;
use crate::domain::reminder::{Habits, Schedule};
use crate::store::{Acting, Alarm, Begun, Circle, DeliveryDraft, Occasion, StoreError, Whose};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Alarms that ring in one transaction.
const AT_ONCE: u16 = 250;

/// Transactions in one round: sending begins before everything has rung.
const MOST: usize = 20;

impl Reminders {
    /// Writes into the ledger what is due, and says how many alarms that were.
    pub(super) async fn ring(&self) -> Result<usize, StoreError> {
        let mut rung = 0;
        for _ in 0..MOST {
            let now = self.now();
            let Some((tenant, at)) = self.store.next_alarm().await? else { break };
            if at > now {
                break;
            }
            rung += self.ring_in(tenant, now).await?;
        }
        Ok(rung)
    }

    async fn ring_in(&self, tenant: TenantKey, now: Timestamp) -> Result<usize, StoreError> {
        let acting = Acting { tenant, person: NOBODY, now, cause: None };
        let Begun::New(mut write) = self.store.write(&acting).await? else { return Ok(0) };
        let due = write.due_alarms(AT_ONCE).await?;
        let rung = due.len();
        let things: BTreeSet<Thing> = due.iter().map(|alarm| alarm.of.thing()).collect();
        let occasions = write.occasions_among(&things).await?;
        let people: BTreeSet<PersonKey> = due.iter().map(|alarm| alarm.of.person).collect();
        let (known, wishes) = write.reminded(&people).await?;
        let people = People { known, wishes };
        let (mut moved, mut drafts) = (Vec::with_capacity(rung), Vec::with_capacity(rung));
        for alarm in due {
            // Without chance nothing can be named. Dropped here, the transaction changes nothing: all of it is still due.
            let Ok(token) = chance::draw::<26>() else {
                tracing::error!("no randomness: reminders wait for it");
                return Ok(0);
            };
            let (next, draft) = self.rung(alarm, occasions.get(&alarm.of.thing()), &people, (now, token));
            moved.push(next);
            drafts.extend(draft);
        }
        write.deliver(&drafts).await?;
        write.set_alarms(&moved).await?;
        write.commit().await?;
        super::measures::rung(drafts.len());
        Ok(rung)
    }

    /// What a due alarm becomes, and what is to be said.
    fn rung(
        &self,
        alarm: Alarm,
        occasion: Option<&Occasion>,
        people: &People,
        (now, token): (Timestamp, String),
    ) -> (Alarm, Option<DeliveryDraft>) {
        let over = Alarm { step: None, again: None, ..alarm };
        let someone = (alarm.of.tenant, alarm.of.person);
        let Some(recipient) = people.known.get(&someone) else { return (over, None) };
        let Some((schedule, circle)) = Self::planned(alarm, occasion, people) else { return (over, None) };
        let habits = people.wishes.habits(circle, recipient, &self.zone);
        let next = Alarm {
            step: match alarm.step {
                Some(step) if step > now => Some(step),
                _ => schedule.next(&habits, now),
            },
            again: alarm.again.filter(|again| *again > now),
            ..alarm
        };
        let mut said: Vec<Timestamp> = Vec::new();
        if let Some(step) = alarm.step.filter(|step| *step <= now) {
            said.push(step);
            said.extend(schedule.between(&habits, step, now));
        }
        said.extend(alarm.again.filter(|again| *again <= now));
        let Some(last) = said.iter().max().copied() else { return (next, None) };
        let first = place::first(&self.networks, occasion.map(|one| &one.whose), recipient);
        (next, Some(draft((alarm, last, said.len()), (&schedule, &habits), now, (token, first))))
    }

    /// When somebody is told of what an alarm is about; none when nothing is to be said of it any more.
    fn planned(alarm: Alarm, occasion: Option<&Occasion>, people: &People) -> Option<(Schedule, Circle)> {
        let (tenant, person) = (alarm.of.tenant, alarm.of.person);
        if alarm.of.kind == OccasionKind::Digest {
            let circle = Circle::of(tenant, &Whose::Own, person);
            let from = alarm.step.unwrap_or(Timestamp::MIN);
            return Some((Schedule::Recurring { from, rule: people.wishes.digest(circle)? }, circle));
        }
        let occasion = occasion.filter(|one| one.people.contains(&person))?;
        let circle = Circle::of(tenant, &occasion.whose, person);
        Some((people.wishes.schedule(occasion, circle)?, circle))
    }
}

fn draft(
    (alarm, step, steps): (Alarm, Timestamp, usize),
    (schedule, habits): (&Schedule, &Habits),
    now: Timestamp,
    (token, first): (String, Option<Place>),
) -> DeliveryDraft {
    let urgent = schedule.deadline();
    let open = schedule.may_be_sent(now, habits);
    DeliveryDraft {
        of: alarm.of,
        step,
        steps: u32::try_from(steps).unwrap_or(u32::MAX),
        token,
        // Those who can't be written to don't wait for each other.
        lane: first.map_or_else(|| format!("nobody {} {}", alarm.of.tenant.0, alarm.of.person.0), |place| place.lane()),
        urgent: urgent.unwrap_or(step),
        held_until: (open > now).then_some(open),
    }
}
