//! Claiming what is due, and noting what became of it.
//!
//! Claims come one after the other, on both databases: each begins by counting itself. So of two processes none gets what
//! the other has, and of what goes to one place only the first is ever claimed: whatever happens to it, the next waits.

use crate::domain::key::{DeliveryKey, TenantKey};
use crate::domain::occasion::{OccasionKey, OccasionKind};
use crate::domain::person::PersonKey;
use crate::store::rows::{AT_ONCE, damaged, instant, number, values};
use crate::store::{Store, StoreError};
use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use vigie_chat::{ConnectorName, MessageRef};

/// Who claims, until when it is theirs, and how much.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// A name that no other process has.
    pub owner: &'a str,
    /// Now.
    pub now: Timestamp,
    /// Until when nobody else takes it.
    pub lease_until: Timestamp,
    /// How many at most.
    pub most: u16,
}

/// Something to send, which nobody else sends for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Which row.
    pub key: DeliveryKey,
    /// To whom, about what.
    pub of: OccasionKey,
    /// The step that it says.
    pub step: Timestamp,
    /// How many steps it stands for.
    pub steps: u32,
    /// Its name on networks and behind its buttons.
    pub token: String,
    /// Which of the destinations.
    pub stage: u32,
    /// How often it failed at this stage. What whoever vanished began doesn't count: a process that ends is no fault of the
    /// network's.
    pub failures: u32,
    /// When it was first tried at this stage; none: never.
    pub tried: Option<Timestamp>,
    /// What went wrong so far.
    pub why: Option<String>,
}

/// What became of something that was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It was sent.
    Sent {
        /// The network.
        connector: ConnectorName,
        /// The message.
        message: MessageRef,
    },
    /// There is nothing left to say.
    Dropped {
        /// A word of ours.
        why: &'static str,
    },
    /// It reaches nobody.
    Failed {
        /// What went wrong at each stage.
        why: String,
    },
    /// To be said later, at an hour at which the person wants to hear of it.
    Held {
        /// When.
        until: Timestamp,
    },
    /// To be tried again at the same destination; what follows it there waits.
    Again {
        /// When.
        at: Timestamp,
        /// How often it failed at this stage.
        failures: u32,
        /// What went wrong; none where nothing did.
        why: Option<String>,
    },
    /// To be tried at the next destination.
    Next {
        /// Which.
        stage: u32,
        /// Where that is.
        lane: String,
        /// What went wrong so far.
        why: String,
    },
}

#[derive(sqlx::FromRow)]
struct Row {
    tenant_id: i64,
    id: i64,
    kind: String,
    subject_id: i64,
    person_id: i64,
    step_at: i64,
    steps: i64,
    token: String,
    stage: i64,
    failures: i64,
    tried_at: Option<i64>,
    urgent_at: i64,
    why: Option<String>,
}

impl TryFrom<Row> for Claimed {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            key: DeliveryKey(row.id),
            of: OccasionKey {
                tenant: TenantKey(row.tenant_id),
                kind: OccasionKind::read(&row.kind).ok_or_else(|| damaged("kind"))?,
                subject: row.subject_id,
                person: PersonKey(row.person_id),
            },
            step: instant(row.step_at)?,
            steps: number(row.steps)?,
            token: row.token,
            stage: number(row.stage)?,
            failures: number(row.failures)?,
            tried: row.tried_at.map(instant).transpose()?,
            why: row.why,
        })
    }
}

impl Store {
    /// Takes what is due, what is due first first. Of what goes to one place, the first alone.
    ///
    /// The question is put so that no database has to guess well: counted when nothing was due, one would otherwise compare
    /// each of twenty thousand with all the others. `+ 0` keeps it from the index by instants, which has another order.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing is claimed then.
    pub async fn claim(&self, claim: Claim<'_>) -> Result<Vec<Claimed>, StoreError> {
        // Looking costs nothing; counting a claim is a write, twice a second for as long as the program runs.
        if self.next_delivery().await?.is_none_or(|next| next > claim.now) {
            return Ok(Vec::new());
        }
        let now = claim.now.as_millisecond();
        // That it was tried must outlive a power cut: whoever tries next looks then whether it left.
        let mut tx = self.begin().await?;
        sqlx::query("update dispatch set turns = turns + 1 where id = 1").execute(&mut *tx).await?;
        // Said as its index says it: SQLite takes it for nothing else.
        let opened = sqlx::query(
            "update deliveries set state = 'due'
             where state in ('due', 'held') and state = 'held' and try_at <= $1",
        );
        opened.bind(now).execute(&mut *tx).await?;
        let expired = sqlx::query(
            "update deliveries set state = 'due', owner = null, lease_until = null
             where state = 'sending' and lease_until <= $1",
        );
        expired.bind(now).execute(&mut *tx).await?;
        let claimed = sqlx::query_as::<_, Row>(
            "update deliveries
             set state = 'sending', owner = $2, lease_until = $3, tried_at = coalesce(tried_at, $1)
             where (tenant_id, id) in (
                 select first.tenant_id, first.id from deliveries as first
                 where first.state = 'due' and first.try_at + 0 <= $1
                   and (first.step_at, first.tenant_id, first.id) = (
                       select before.step_at, before.tenant_id, before.id from deliveries as before
                       where before.lane = first.lane and before.state in ('due', 'sending')
                       order by before.step_at, before.tenant_id, before.id
                       limit 1
                   )
                 order by first.urgent_at, first.tenant_id, first.id
                 limit $4
             )
             returning tenant_id, id, kind, subject_id, person_id, step_at, steps, token, stage, failures, tried_at,
                       urgent_at, why",
        );
        let claimed = claimed.bind(now).bind(claim.owner).bind(claim.lease_until.as_millisecond());
        let mut rows = claimed.bind(i64::from(claim.most)).fetch_all(&mut *tx).await?;
        self.finish(tx).await?;
        // The order of what is returned is the database's own.
        rows.sort_unstable_by_key(|row| (row.urgent_at, row.tenant_id, row.id));
        let mut claimed = rows.into_iter().map(Claimed::try_from).collect::<Result<Vec<_>, _>>()?;
        for one in &mut claimed {
            // This very claim notes itself as the first.
            one.tried = one.tried.filter(|tried| tried.as_millisecond() != now);
        }
        Ok(claimed)
    }

    /// Lets go of what others had claimed: for a start on a file that no other process can have open.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn release_claims(&self) -> Result<(), StoreError> {
        if self.lock.is_some() {
            let released = sqlx::query(
                "update deliveries set state = 'due', owner = null, lease_until = null
                 where state = 'sending'",
            );
            released.execute(&self.pool).await?;
            let scheduled = sqlx::query("update scheduled set owner = null, try_at = 0 where owner is not null");
            scheduled.execute(&self.pool).await?;
        }
        Ok(())
    }

    /// Notes what became of what `owner` had claimed. What somebody else claimed meanwhile is theirs to note.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing is noted then, and all of it is claimed again in time.
    pub async fn settle(
        &self,
        owner: &str,
        now: Timestamp,
        settled: &[(TenantKey, DeliveryKey, Settled)],
    ) -> Result<(), StoreError> {
        let now = now.as_millisecond();
        let mut tx = self.pool.begin().await?;
        let mut sent = Vec::new();
        for (tenant, key, what) in settled {
            let (becomes, at, ended, stage, lane, why) = match what {
                Settled::Sent { connector, message } => {
                    sent.push((tenant.0, key.0, connector, message));
                    continue;
                }
                Settled::Dropped { why } => ("dropped", None, Some(now), None, None, Some(*why)),
                Settled::Failed { why } => ("failed", None, Some(now), None, None, Some(why.as_str())),
                Settled::Held { until } => ("held", Some(*until), None, None, None, None),
                Settled::Again { at, why, .. } => ("due", Some(*at), None, None, None, why.as_deref()),
                Settled::Next { stage, lane, why } => {
                    ("due", None, None, Some(i64::from(*stage)), Some(lane.as_str()), Some(why.as_str()))
                }
            };
            let noted = sqlx::query(
                "update deliveries
                 set state = $4, try_at = coalesce($5, try_at), ended_at = $6, lane = coalesce($8, lane),
                     why = coalesce($9, why), owner = null, lease_until = null,
                     failures = case when $7 is null then coalesce($10, failures) else 0 end,
                     tried_at = case when $7 is null then tried_at else null end,
                     stage = coalesce($7, stage)
                 where tenant_id = $1 and id = $2 and owner = $3 and state = 'sending'",
            );
            let noted = noted.bind(tenant.0).bind(key.0).bind(owner).bind(becomes);
            let noted = noted.bind(at.map(Timestamp::as_millisecond)).bind(ended).bind(stage).bind(lane).bind(why);
            let failures = match what {
                Settled::Again { failures, .. } => Some(i64::from(*failures)),
                _ => None,
            };
            noted.bind(failures).execute(&mut *tx).await?;
        }
        for some in sent.chunks(AT_ONCE) {
            let sql = format!(
                "with done (tenant_id, id, connector, room, message) as (values {})
                 update deliveries
                 set state = 'sent', ended_at = $1, owner = null, lease_until = null,
                     connector = done.connector, room = done.room, message = done.message
                 from done
                 where deliveries.tenant_id = done.tenant_id and deliveries.id = done.id
                   and deliveries.owner = $2 and deliveries.state = 'sending'",
                rows_after(some.len())
            );
            let mut noted = sqlx::query(AssertSqlSafe(sql)).bind(now).bind(owner);
            for (tenant, key, connector, message) in some {
                noted = noted.bind(*tenant).bind(*key).bind(connector.as_str());
                noted = noted.bind(message.room.as_str()).bind(message.id.as_str());
            }
            noted.execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// When something may be sent next, or is taken back from whoever vanished. None: nothing waits. What waits for another
    /// that goes to the same place isn't counted: whoever waits for the instant would look in vain until that one is gone.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn next_delivery(&self) -> Result<Option<Timestamp>, StoreError> {
        let next = sqlx::query_scalar::<_, Option<i64>>(
            "select min(at) from (
                 select (
                     select first.try_at from deliveries as first
                     where first.state in ('due', 'held')
                       and (first.state = 'held' or not exists (
                           select 1 from deliveries as before
                           where before.lane = first.lane and before.state in ('due', 'sending')
                             and (before.step_at, before.tenant_id, before.id) < (first.step_at, first.tenant_id, first.id)
                       ))
                     order by first.try_at
                     limit 1
                 ) as at
                 union all
                 select min(lease_until) as at from deliveries where state = 'sending'
             ) as waiting",
        );
        Ok(next.fetch_one(&self.pool).await?.map(instant).transpose()?)
    }
}

/// `($3, $4, $5, $6, $7), ($8, …)`: five values a row, after two that are said once.
fn rows_after(rows: usize) -> String {
    values(rows, 2, 5).replace("($1, $2, ", "(")
}
