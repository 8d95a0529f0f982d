//! Events in the calendars of networks: which one stands for which defence, and what is to be done about it.
//!
//! Only `app::scheduling` writes here, and always with the tenant's own [`Write`]: of two processes the second sees what the
//! first took. A row holds what everybody in its space may see, and nothing that could tell how long a defence lasts.

mod defences;
mod looking;

pub use defences::{BriefShown, DefenceShown};
pub(super) use looking::look_at;

use super::rows::{instant, number};
use super::{Store, StoreError, Write};
use crate::domain::key::{DefenceKey, TenantKey};
use jiff::Timestamp;
use vigie_chat::{ConnectorName, Scheduled, ScheduledId, SpaceId};

/// A defence in the calendar of a space.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Showing {
    /// The defence.
    pub defence: DefenceKey,
    /// The network.
    pub connector: ConnectorName,
    /// The space.
    pub space: SpaceId,
}

/// How far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduledEvent {
    /// Of what, where.
    pub of: Showing,
    /// The network's name of the event; none is known to stand otherwise.
    pub event: Option<ScheduledId>,
    /// What it says, or was to say when it was asked for.
    pub said: Option<Scheduled>,
    /// What it should say; none: it should go.
    pub wanted: Option<Scheduled>,
    /// Not before; none: nothing is to be done. While somebody does it, until when nobody else does.
    pub try_at: Option<Timestamp>,
    /// Who does it.
    pub owner: Option<String>,
    /// Failures in a row.
    pub failures: u32,
    /// What went wrong: a word of ours.
    pub why: Option<String>,
}

impl ScheduledEvent {
    /// One of which nothing stands yet.
    #[must_use]
    pub fn new(of: Showing) -> Self {
        Self { of, event: None, said: None, wanted: None, try_at: None, owner: None, failures: 0, why: None }
    }

    /// When the defence begins, as far as the row tells.
    fn starts(&self) -> Timestamp {
        let starts = [&self.wanted, &self.said].into_iter().flatten().map(|event| event.starts_at);
        starts.max().unwrap_or(Timestamp::MIN)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    defence_id: i64,
    connector: String,
    space: String,
    event: Option<String>,
    said: Option<String>,
    wanted: Option<String>,
    try_at: Option<i64>,
    owner: Option<String>,
    failures: i64,
    why: Option<String>,
}

impl TryFrom<Row> for ScheduledEvent {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            of: Showing {
                defence: DefenceKey(row.defence_id),
                connector: ConnectorName::new(row.connector),
                space: SpaceId::new(row.space),
            },
            event: row.event.map(ScheduledId::new),
            said: said(row.said.as_deref()),
            wanted: said(row.wanted.as_deref()),
            try_at: row.try_at.map(instant).transpose()?,
            owner: row.owner,
            failures: number(row.failures)?,
            why: row.why,
        })
    }
}

/// What an event says. What can't be read, as what a later program wrote, is taken for nothing: it is written anew.
fn said(text: Option<&str>) -> Option<Scheduled> {
    // The error itself may repeat the words of the event, which are in no log.
    let told = |error: &serde_json::Error| {
        let kind = error.classify();
        tracing::warn!(?kind, "what an event in a calendar says can't be read; it is put right");
    };
    serde_json::from_str(text?).inspect_err(told).ok()
}

fn json(event: Option<&Scheduled>) -> Result<Option<String>, sqlx::Error> {
    event.map(serde_json::to_string).transpose().map_err(|error| sqlx::Error::Encode(error.into()))
}

impl Store {
    /// The tenants of which something is to be done on a network, each with since or from when; no other process does it.
    /// What has been due longest comes first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn next_events(&self, connector: &ConnectorName) -> Result<Vec<(TenantKey, Timestamp)>, StoreError> {
        let next = sqlx::query_as::<_, (i64, i64)>(
            "select tenant_id, min(try_at) from scheduled
             where connector = $1 and try_at is not null
             group by tenant_id
             order by 2, 1",
        );
        let next = next.bind(connector.as_str()).fetch_all(&self.pool).await?;
        let next = next.into_iter().map(|(tenant, at)| Ok::<_, sqlx::Error>((TenantKey(tenant), instant(at)?)));
        Ok(next.collect::<Result<_, _>>()?)
    }

    /// Has what a network refused tried at once, not in a day: whoever starts the program may have given it the right.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn try_refused_events(&self, now: Timestamp) -> Result<(), StoreError> {
        let again = sqlx::query(
            "update scheduled set try_at = $1
             where tenant_id > 0 and why is not null and owner is null and try_at > $1",
        );
        again.bind(now.as_millisecond()).execute(&self.pool).await?;
        Ok(())
    }

    /// Forgets the events of defences that began before an instant. Networks end theirs by themselves.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn erase_past_events(&self, before: Timestamp) -> Result<u64, StoreError> {
        let erased = sqlx::query("delete from scheduled where tenant_id > 0 and starts_at < $1");
        Ok(erased.bind(before.as_millisecond()).execute(&self.pool).await?.rows_affected())
    }
}

impl Write<'_> {
    /// All that stands, or is to stand, for the defences of the tenant: the nearest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn scheduled_events(&mut self) -> Result<Vec<ScheduledEvent>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(
            "select defence_id, connector, space, event, said, wanted, try_at, owner, failures, why from scheduled
             where tenant_id = $1
             order by starts_at, defence_id, connector, space",
        );
        let rows = rows.bind(self.tenant.0).fetch_all(&mut *self.tx).await?;
        Ok(rows.into_iter().map(ScheduledEvent::try_from).collect::<Result<_, _>>()?)
    }

    /// Writes how far these have come, in the place of what was written of them.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn keep_events(&mut self, events: &[ScheduledEvent]) -> Result<(), StoreError> {
        for one in events {
            let keep = sqlx::query(
                "insert into scheduled (
                     tenant_id, defence_id, connector, space, event, said, wanted, starts_at, try_at, owner, failures, why
                 ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                 on conflict (tenant_id, defence_id, connector, space) do update
                     set event = excluded.event, said = excluded.said, wanted = excluded.wanted,
                         starts_at = excluded.starts_at, try_at = excluded.try_at, owner = excluded.owner,
                         failures = excluded.failures, why = excluded.why",
            );
            let keep = keep.bind(self.tenant.0).bind(one.of.defence.0).bind(one.of.connector.as_str());
            let keep = keep.bind(one.of.space.as_str()).bind(one.event.as_ref().map(|event| event.as_str().to_owned()));
            let keep = keep.bind(json(one.said.as_ref())?).bind(json(one.wanted.as_ref())?);
            let keep = keep.bind(one.starts().as_millisecond()).bind(one.try_at.map(Timestamp::as_millisecond));
            let keep = keep.bind(one.owner.as_deref()).bind(i64::from(one.failures)).bind(one.why.as_deref());
            keep.execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Forgets these: nothing stands for them, or nobody can tell any more.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn forget_events(&mut self, events: &[Showing]) -> Result<(), StoreError> {
        for one in events {
            let gone = sqlx::query(
                "delete from scheduled
                 where tenant_id = $1 and defence_id = $2 and connector = $3 and space = $4",
            );
            let gone = gone.bind(self.tenant.0).bind(one.defence.0).bind(one.connector.as_str());
            gone.bind(one.space.as_str()).execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}
