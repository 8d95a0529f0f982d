//! Reading the ledger: for whoever asked to be reminded, for the operator, and for the health of the whole.

use super::DeliveryState;
use crate::domain::key::{DeliveryKey, TenantKey};
use crate::domain::occasion::{OccasionKey, OccasionKind};
use crate::domain::person::PersonKey;
use crate::store::rows::{damaged, instant, number};
use crate::store::{Scope, Store, StoreError};
use jiff::Timestamp;

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Which row.
    pub key: DeliveryKey,
    /// To whom, about what.
    pub of: OccasionKey,
    /// The step that it says.
    pub step: Timestamp,
    /// What became of it.
    pub state: DeliveryState,
    /// Which of the destinations.
    pub stage: u32,
    /// How often it failed at that stage.
    pub failures: u32,
    /// Not before.
    pub try_at: Timestamp,
    /// What went wrong: words of ours.
    pub why: Option<String>,
    /// The network that took it.
    pub connector: Option<String>,
    /// When it ended, well or not.
    pub ended: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    tenant_id: i64,
    id: i64,
    kind: String,
    subject_id: i64,
    person_id: i64,
    step_at: i64,
    state: String,
    stage: i64,
    failures: i64,
    try_at: i64,
    why: Option<String>,
    connector: Option<String>,
    ended_at: Option<i64>,
}

impl TryFrom<Row> for Delivery {
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
            state: DeliveryState::read(&row.state).ok_or_else(|| damaged("state"))?,
            stage: number(row.stage)?,
            failures: number(row.failures)?,
            try_at: instant(row.try_at)?,
            why: row.why,
            connector: row.connector,
            ended: row.ended_at.map(instant).transpose()?,
        })
    }
}

fn deliveries(rows: Vec<Row>) -> Result<Vec<Delivery>, StoreError> {
    Ok(rows.into_iter().map(Delivery::try_from).collect::<Result<_, _>>()?)
}

/// Which rows an operator looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ledger {
    /// The newest of all.
    Newest,
    /// Those that reached nobody.
    Failed,
    /// Those that wait.
    Waiting,
}

/// How much is in each state, and since when the oldest has been due.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerCounts {
    /// By state, as it is kept.
    pub states: Vec<(String, u64)>,
    /// Alarms that wait for their time.
    pub planned: u64,
    /// Since when the oldest of what should have been said by now has been due.
    pub overdue_since: Option<Timestamp>,
}

/// Since when what should have been said by an instant ($1) has been due.
pub(in crate::store) const OLDEST: &str = "select min(at) from (
     select min(look_at) as at from alarms where look_at <= $1
     union all
     select min(made_at) as at from deliveries where state in ('due', 'sending')
     union all
     select min(since_at) as at from changes where since_at <= $1
     ) as waiting";

impl Scope<'_> {
    /// What was or is to be said to somebody, the newest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deliveries_to(&self, person: PersonKey, most: u16) -> Result<Vec<Delivery>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(
            "select tenant_id, id, kind, subject_id, person_id, step_at, state, stage, failures, try_at, why, connector,
                    ended_at
             from deliveries
             where tenant_id = $1 and person_id = $2
             order by id desc
             limit $3",
        );
        let rows = rows.bind(self.tenant.0).bind(person.0).bind(i64::from(most));
        deliveries(rows.fetch_all(&self.store.pool).await?)
    }
}

impl Store {
    /// The row that a token stands for, whatever its tenant: only who was sent it knows it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn delivery_by_token(&self, token: &str) -> Result<Option<Delivery>, StoreError> {
        let row = sqlx::query_as::<_, Row>(
            "select tenant_id, id, kind, subject_id, person_id, step_at, state, stage, failures, try_at, why, connector,
                    ended_at
             from deliveries
             where token = $1",
        );
        Ok(row.bind(token).fetch_optional(&self.pool).await?.map(Delivery::try_from).transpose()?)
    }

    /// Rows for an operator, the newest first, of every tenant.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn ledger(&self, which: Ledger, most: u16) -> Result<Vec<Delivery>, StoreError> {
        let sql = match which {
            Ledger::Newest => {
                "select tenant_id, id, kind, subject_id, person_id, step_at, state, stage, failures, try_at, why,
                        connector, ended_at
                 from deliveries
                 order by made_at desc, tenant_id, id desc
                 limit $1"
            }
            Ledger::Failed => {
                "select tenant_id, id, kind, subject_id, person_id, step_at, state, stage, failures, try_at, why,
                        connector, ended_at
                 from deliveries
                 where state = 'failed'
                 order by made_at desc, tenant_id, id desc
                 limit $1"
            }
            Ledger::Waiting => {
                "select tenant_id, id, kind, subject_id, person_id, step_at, state, stage, failures, try_at, why,
                        connector, ended_at
                 from deliveries
                 where state in ('due', 'held', 'sending')
                 order by urgent_at, tenant_id, id
                 limit $1"
            }
        };
        deliveries(sqlx::query_as::<_, Row>(sql).bind(i64::from(most)).fetch_all(&self.pool).await?)
    }

    /// How much is in each state. It counts the whole ledger: for an operator, not for every second.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn ledger_counts(&self, now: Timestamp) -> Result<LedgerCounts, StoreError> {
        let states = sqlx::query_as::<_, (String, i64)>(
            "select state, count(*) from deliveries
             group by state
             order by state",
        );
        let states = states.fetch_all(&self.pool).await?;
        let planned = sqlx::query_scalar::<_, i64>("select count(*) from alarms").fetch_one(&self.pool).await?;
        let states = states.into_iter().map(|(state, count)| (state, count.unsigned_abs())).collect();
        let overdue_since = self.overdue_since(now).await?;
        Ok(LedgerCounts { states, planned: planned.unsigned_abs(), overdue_since })
    }

    /// Since when the oldest of what should have been said by now has been due. What waits for an hour at which its person
    /// wants to hear of it isn't overdue.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn overdue_since(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let oldest = sqlx::query_scalar::<_, Option<i64>>(OLDEST);
        let oldest = oldest.bind(now.as_millisecond()).fetch_one(&self.pool).await?;
        Ok(oldest.map(instant).transpose()?)
    }

    /// Forgets what ended before an instant, and says how many rows that were.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn erase_ended_before(&self, instant: Timestamp) -> Result<u64, StoreError> {
        let erased = sqlx::query("delete from deliveries where ended_at < $1");
        Ok(erased.bind(instant.as_millisecond()).execute(&self.pool).await?.rows_affected())
    }
}
