//! What is kept no longer than it is of use: some time after the end of a cohort, who was in it and what they handed in.
//!
//! A brief is *over* when it was closed before an instant, and with it every brief of its cohort. People go when nothing
//! that isn't over needs them and they weren't met since: their name and accounts, as if they had asked for it themselves
//! (see [`personal`](super::personal)). Of what is over, the files and links go that were handed in, and the names of
//! juries; the plan, the hours and the grid of a team stay, by nobody in particular. `app::housekeeping` asks for it.

use super::{Acting, Begun, Store, StoreError};
use crate::domain::key::TenantKey;
use crate::domain::person::PersonKey;
use jiff::Timestamp;

/// People of one tenant who go in one round; the next ones go in the next.
const AT_ONCE: i64 = 200;

/// Briefs of a tenant ($1) that are over since before an instant ($2).
macro_rules! over {
    () => {
        "select over_.id from briefs as over_
         where over_.tenant_id = $1
           and over_.state = 'closed'
           and over_.closed_at < $2
           and not exists (
               select 1 from briefs as other
               where other.tenant_id = $1
                 and other.cohort_id = over_.cohort_id
                 and (other.state = 'published' or (other.state = 'closed' and other.closed_at >= $2))
           )"
    };
}

/// People of a tenant ($1) who weren't met since an instant ($2) and whom nothing needs that isn't over; one of them ($3), or
/// all if that is 0; so many ($4).
const PAST: &str = concat!(
    "select people.id from people
     where people.tenant_id = $1
       and people.seen_at < $2
       and ($3 = 0 or people.id = $3)
       and (
           people.name is not null
           or exists (
               select 1 from accounts
               where accounts.tenant_id = $1 and accounts.person_id = people.id
           )
       )
       and not exists (
           select 1 from seats
           where seats.tenant_id = $1
             and seats.person_id = people.id
             and seats.left_at is null
             and seats.brief_id not in (",
    over!(),
    ")
       )
       and not exists (
           select 1 from briefs
           where briefs.tenant_id = $1
             and briefs.author_id = people.id
             and briefs.state <> 'draft'
             and briefs.id not in (",
    over!(),
    ")
       )
       and not exists (
           select 1 from trainers
           where trainers.tenant_id = $1 and trainers.kind = 'person' and trainers.value = cast(people.id as text)
       )
     order by people.id
     limit $4"
);

/// What was handed in for what is over.
const HANDED_IN: &str = concat!(
    "update handins set kind = 'erased', name = '', media_type = null, sha256 = null
     where tenant_id = $1
       and kind <> 'erased'
       and deliverable_id in (
           select deliverables.id from deliverables
           join teams on teams.tenant_id = $1 and teams.id = deliverables.team_id
           where deliverables.tenant_id = $1 and teams.brief_id in (",
    over!(),
    ")
       )"
);

/// Who was in the juries of what is over.
const JURIES: &str = concat!(
    "update defences set jury = null
     where tenant_id = $1 and jury is not null and brief_id in (",
    over!(),
    ")"
);

/// What was kept no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retired {
    /// People whose name and accounts went.
    pub people: u64,
    /// Hand-ins whose file or link went. Files leave the disk with the next sweep.
    pub handins: u64,
}

impl Store {
    /// Erases who and what is over since before an instant, in every tenant.
    ///
    /// # Errors
    ///
    /// The first [`StoreError`]; what failed in one tenant keeps no other from being done.
    pub async fn retire(&self, before: Timestamp, now: Timestamp) -> Result<Retired, StoreError> {
        let tenants = sqlx::query_scalar::<_, i64>("select id from tenants where id > 0 order by id");
        let (mut retired, mut failed) = (Retired::default(), None);
        for tenant in tenants.fetch_all(&self.pool).await?.into_iter().map(TenantKey) {
            if let Err(error) = self.retire_in(tenant, (before, now), &mut retired).await {
                failed.get_or_insert(error);
            }
        }
        if retired != Retired::default() {
            self.scrub().await;
        }
        failed.map_or(Ok(retired), Err)
    }

    async fn retire_in(
        &self,
        tenant: TenantKey,
        (before, now): (Timestamp, Timestamp),
        retired: &mut Retired,
    ) -> Result<(), StoreError> {
        for person in self.past(tenant, before).await? {
            retired.people += u64::from(self.retire_person((tenant, person), before, now).await?);
        }
        let mut all = self.pool.begin().await?;
        let handins = sqlx::query(HANDED_IN).bind(tenant.0).bind(before.as_millisecond());
        let handins = handins.execute(&mut *all).await?.rows_affected();
        let juries = sqlx::query(JURIES).bind(tenant.0).bind(before.as_millisecond());
        juries.execute(&mut *all).await?;
        all.commit().await?;
        retired.handins += handins;
        Ok(())
    }

    async fn past(&self, tenant: TenantKey, before: Timestamp) -> Result<Vec<PersonKey>, StoreError> {
        let past = sqlx::query_scalar::<_, i64>(PAST).bind(tenant.0).bind(before.as_millisecond());
        let past = past.bind(0_i64).bind(AT_ONCE).fetch_all(&self.pool).await?;
        Ok(past.into_iter().map(PersonKey).collect())
    }

    /// Erases one of them, unless they came back meanwhile.
    async fn retire_person(
        &self,
        (tenant, person): (TenantKey, PersonKey),
        before: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Begun::New(mut write) = self.write(&Acting { tenant, person, now, cause: None }).await? else {
            return Ok(false);
        };
        let still = sqlx::query_scalar::<_, i64>(PAST).bind(tenant.0).bind(before.as_millisecond());
        let still = still.bind(person.0).bind(1_i64).fetch_optional(&mut *write.tx).await?;
        if still.is_none() {
            return Ok(false);
        }
        write.forget_me().await?;
        write.commit().await?;
        Ok(true)
    }
}
