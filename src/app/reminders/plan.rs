//! Working out what changed: which alarms there are, and for when.
//!
//! What had fallen due before the change and wasn't said yet stays due. Everything else is planned anew from the instant of
//! the change, by what is true now: of what has passed by then nothing is said.

use super::Reminders;
use crate::domain::key::TeamKey;
use crate::domain::occasion::{OccasionKey, OccasionKind, Thing};
use crate::domain::person::PersonKey;
use crate::domain::reminder::Schedule;
use crate::store::{
    Acting, Alarm, Begun, Changed, Circle, Occasion, Recipient, Someone, StoreError, Unplanned, Whose, Wishes, Write,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// Changes worked out in one round: sending isn't kept waiting by a large one.
const MOST: usize = 64;

/// Nobody: what the program does by itself.
pub(super) const NOBODY: PersonKey = PersonKey(0);

/// Who is reminded, and how they want to be.
pub(super) struct People {
    pub(super) known: BTreeMap<Someone, Recipient>,
    pub(super) wishes: Wishes,
}

impl Reminders {
    /// Works out what changed, and says how much that was.
    pub(super) async fn plan(&self) -> Result<usize, StoreError> {
        for done in 0..MOST {
            let Some(change) = self.store.next_change().await? else { return Ok(done) };
            self.work_out(change).await?;
        }
        Ok(MOST)
    }

    async fn work_out(&self, change: Unplanned) -> Result<(), StoreError> {
        let acting = Acting { tenant: change.tenant, person: NOBODY, now: self.now(), cause: None };
        let begun = match self.store.write(&acting).await {
            Ok(begun) => begun,
            // The tenant was erased meanwhile, and with it what changed.
            Err(error) => {
                return self.store.next_change().await.and_then(
                    |next| {
                        if next == Some(change) { Err(error) } else { Ok(()) }
                    },
                );
            }
        };
        let Begun::New(mut write) = begun else { return Ok(()) };
        // One part of a large change a transaction: the people of the space aren't kept waiting.
        let teams = write.teams_changed(change.what).await?;
        let people = write.people_changed(change.what).await?;
        if teams.len() + people.len() > 1 {
            let parts = teams.into_iter().map(Changed::Team);
            let own = people.iter().filter(|_| change.what == Changed::Space).copied().map(Changed::Person);
            let parts: Vec<Changed> = parts.chain(own).collect();
            write.spread(change.since, &parts).await?;
            if let Changed::Person(person) = change.what {
                plan_person(&mut write, person, change.since, &self.zone).await?;
            }
        } else {
            for team in teams {
                plan_team(&mut write, team, change.since, &self.zone).await?;
            }
            for person in people {
                plan_person(&mut write, person, change.since, &self.zone).await?;
            }
        }
        if let Changed::Reminder(reminder) = change.what {
            let thing = Thing { tenant: change.tenant, kind: OccasionKind::Asked, subject: reminder.0 };
            let there: Vec<Occasion> = write.occasion(thing).await?.into_iter().collect();
            let former = write.alarms_asked(reminder.0).await?;
            plan_occasions(&mut write, &there, former, (change.since, &self.zone)).await?;
        }
        write.worked_out(change.what).await?;
        write.commit().await
    }
}

async fn plan_team(write: &mut Write<'_>, team: TeamKey, since: Timestamp, zone: &TimeZone) -> Result<(), StoreError> {
    let occasions = write.occasions_of(team).await?;
    let former = write.alarms_about(team).await?;
    plan_occasions(write, &occasions, former, (since, zone)).await
}

async fn plan_person(
    write: &mut Write<'_>,
    person: PersonKey,
    since: Timestamp,
    zone: &TimeZone,
) -> Result<(), StoreError> {
    let occasions = write.occasions_asked_by(person).await?;
    let former = write.own_alarms_of(person).await?;
    let digest: Vec<Alarm> = former.iter().filter(|alarm| alarm.of.kind == OccasionKind::Digest).copied().collect();
    let asked = former.into_iter().filter(|alarm| alarm.of.kind != OccasionKind::Digest).collect();
    plan_occasions(write, &occasions, asked, (since, zone)).await?;
    let (known, wishes) = write.reminded(&[person].into()).await?;
    let tenant = write.tenant();
    let circle = Circle::of(tenant, &Whose::Own, person);
    let next = known.get(&(tenant, person)).and_then(|recipient| {
        let habits = wishes.habits(circle, recipient, zone);
        let schedule = Schedule::Recurring { from: since, rule: wishes.digest(circle)? };
        schedule.next(&habits, since)
    });
    let of = OccasionKey { tenant, kind: OccasionKind::Digest, subject: person.0, person };
    let kept = digest.first().and_then(|alarm| alarm.step).filter(|step| *step <= since && next.is_some());
    write.set_alarms(&[Alarm { of, team: None, step: kept.or(next), again: None }]).await
}

/// Sets the alarms of these occasions, and takes away those former ones that are about nothing any more.
async fn plan_occasions(
    write: &mut Write<'_>,
    occasions: &[Occasion],
    former: Vec<Alarm>,
    (since, zone): (Timestamp, &TimeZone),
) -> Result<(), StoreError> {
    let people: BTreeSet<PersonKey> = occasions.iter().flat_map(|one| one.people.iter().copied()).collect();
    let (known, wishes) = write.reminded(&people).await?;
    let mut former: BTreeMap<OccasionKey, Alarm> = former.into_iter().map(|alarm| (alarm.of, alarm)).collect();
    let mut alarms = Vec::new();
    for occasion in occasions {
        for person in &occasion.people {
            let of = occasion.thing.of(*person);
            let circle = Circle::of(of.tenant, &occasion.whose, *person);
            let recipient = known.get(&(of.tenant, *person));
            let planned = wishes.schedule(occasion, circle).zip(recipient);
            let next =
                planned.and_then(|(schedule, recipient)| schedule.next(&wishes.habits(circle, recipient, zone), since));
            let before = former.remove(&of);
            let overdue = before.and_then(|alarm| alarm.step).filter(|step| *step <= since);
            let alarm =
                Alarm { of, team: circle.team, step: overdue.or(next), again: before.and_then(|alarm| alarm.again) };
            if before != Some(alarm) {
                alarms.push(alarm);
            }
        }
    }
    let gone = former.into_values().map(|alarm| Alarm { step: None, again: None, ..alarm });
    alarms.extend(gone);
    write.set_alarms(&alarms).await
}
