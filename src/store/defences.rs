//! Defences (soutenances): who defends when, where, before whom.
//!
//! A slot may be longer than the others; nothing says why. No room and no jury is taken twice at the same time, in the
//! whole tenant: names are compared as people read them, without case or accents.

mod plan;

pub use plan::{Planning, Shared};

use super::revision::Revision;
use super::rows::{When, damaged, number};
use super::{Scope, StoreError, Write};
use crate::domain::duration::Minutes;
use crate::domain::key::{BriefKey, DefenceKey, TeamKey, TenantKey};
use sqlx::{AnyConnection, AssertSqlSafe};

/// The defence of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defence {
    /// Which one.
    pub key: DefenceKey,
    /// Of which brief.
    pub brief: BriefKey,
    /// Who defends.
    pub team: TeamKey,
    /// Its place in the order that the trainer gave, from 1.
    pub rank: u32,
    /// When, where, before whom.
    pub slot: DefenceSlot,
    /// What whoever changes it says that they saw.
    pub revision: Revision,
}

/// When a defence takes place, where and before whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefenceSlot {
    /// When it begins.
    pub starts: When,
    /// How long it lasts, in all.
    pub minutes: Minutes,
    /// In which room of the school.
    pub room: Option<String>,
    /// Before whom.
    pub jury: Option<String>,
}

impl DefenceSlot {
    /// First and last millisecond, the last one no longer in it.
    fn span(&self) -> (i64, i64) {
        let start = self.starts.at.as_millisecond();
        (start, start + i64::from(self.minutes.get()) * 60_000)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    brief_id: i64,
    team_id: i64,
    rank: i64,
    starts_on_wall: String,
    zone: String,
    starts_at: i64,
    minutes: i64,
    room: Option<String>,
    jury: Option<String>,
    revision: i64,
}

impl TryFrom<Row> for Defence {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let starts = When::read((Some(row.starts_on_wall), Some(row.zone), Some(row.starts_at)))?;
        let slot = DefenceSlot {
            starts: starts.ok_or_else(|| damaged("starts_at"))?,
            minutes: Minutes::new(number(row.minutes)?).ok_or_else(|| damaged("minutes"))?,
            room: row.room,
            jury: row.jury,
        };
        Ok(Self {
            key: DefenceKey(row.id),
            brief: BriefKey(row.brief_id),
            team: TeamKey(row.team_id),
            rank: number(row.rank)?,
            slot,
            revision: Revision(row.revision),
        })
    }
}

/// Reads defences of a tenant that meet a condition on two values, in their order.
async fn read(
    connection: &mut AnyConnection,
    of: TenantKey,
    condition: &'static str,
    values: (i64, i64),
) -> Result<Vec<Defence>, sqlx::Error> {
    let sql = format!(
        "select id, brief_id, team_id, rank, starts_on_wall, zone, starts_at, minutes, room, jury, revision
         from defences
         where tenant_id = $1 and {condition}
         order by rank, id"
    );
    let rows = sqlx::query_as::<_, Row>(AssertSqlSafe(sql)).bind(of.0).bind(values.0).bind(values.1);
    rows.fetch_all(connection).await?.into_iter().map(Defence::try_from).collect()
}

/// The same brief, said twice: every condition takes two values.
const OF_BRIEF: &str = "brief_id = $2 and brief_id = $3";

impl Scope<'_> {
    /// The defences of a brief, in the order that the trainer gave.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn defences_of(&self, brief: BriefKey) -> Result<Vec<Defence>, StoreError> {
        Ok(read(&mut *self.store.pool.acquire().await?, self.tenant, OF_BRIEF, (brief.0, brief.0)).await?)
    }

    /// The defence of a team.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn defence_of(&self, brief: BriefKey, team: TeamKey) -> Result<Option<Defence>, StoreError> {
        let condition = "brief_id = $2 and team_id = $3";
        let mut connection = self.store.pool.acquire().await?;
        Ok(read(&mut connection, self.tenant, condition, (brief.0, team.0)).await?.pop())
    }
}

impl Write<'_> {
    /// The defences of a brief as they are now.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn defences_of(&mut self, brief: BriefKey) -> Result<Vec<Defence>, StoreError> {
        Ok(read(&mut self.tx, self.tenant, OF_BRIEF, (brief.0, brief.0)).await?)
    }
}
