//! Alarms: for each thing and each person, when to say something next.
//!
//! They are worked out from what is true (see [`changes`](super::changes)), and hold nothing that isn't written elsewhere
//! but what was said already and what the person put off. A million of them cost the disk, not the memory: what is due is
//! found by an index, a few hundred at a time.

use super::rows::{AT_ONCE, damaged, instant, keys, values};
use super::{Scope, Store, StoreError, Write};
use crate::domain::key::{TeamKey, TenantKey};
use crate::domain::occasion::{OccasionKey, OccasionKind};
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

/// When to say something to one person about one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alarm {
    /// Who is told about what.
    pub of: OccasionKey,
    /// The team that it is about.
    pub team: Option<TeamKey>,
    /// The next step; none is left.
    pub step: Option<Timestamp>,
    /// When they asked to hear of it again.
    pub again: Option<Timestamp>,
}

impl Alarm {
    /// When to look. None: there is nothing left to say.
    #[must_use]
    pub fn look(&self) -> Option<Timestamp> {
        [self.step, self.again].into_iter().flatten().min()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    tenant_id: i64,
    kind: String,
    subject_id: i64,
    person_id: i64,
    team_id: i64,
    step_at: Option<i64>,
    again_at: Option<i64>,
}

impl TryFrom<Row> for Alarm {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            of: OccasionKey {
                tenant: TenantKey(row.tenant_id),
                kind: OccasionKind::read(&row.kind).ok_or_else(|| damaged("kind"))?,
                subject: row.subject_id,
                person: PersonKey(row.person_id),
            },
            team: (row.team_id != 0).then_some(TeamKey(row.team_id)),
            step: row.step_at.map(instant).transpose()?,
            again: row.again_at.map(instant).transpose()?,
        })
    }
}

fn alarms(rows: Vec<Row>) -> Result<Vec<Alarm>, sqlx::Error> {
    rows.into_iter().map(Alarm::try_from).collect()
}

impl Store {
    /// The tenant whose alarm has been due longest, and since when.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn next_alarm(&self) -> Result<Option<(TenantKey, Timestamp)>, StoreError> {
        let next = sqlx::query_as::<_, (i64, i64)>(
            "select tenant_id, look_at from alarms
             order by look_at, tenant_id
             limit 1",
        );
        let Some((tenant, at)) = next.fetch_optional(&self.pool).await? else { return Ok(None) };
        Ok(Some((TenantKey(tenant), instant(at)?)))
    }
}

impl Scope<'_> {
    /// What somebody will be told next, the first first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn alarms_of(&self, person: PersonKey, most: u16) -> Result<Vec<Alarm>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(
            "select tenant_id, kind, subject_id, person_id, team_id, step_at, again_at from alarms
             where tenant_id = $1 and person_id = $2
             order by look_at, kind, subject_id
             limit $3",
        );
        let rows = rows.bind(self.tenant.0).bind(person.0).bind(i64::from(most));
        Ok(alarms(rows.fetch_all(&self.store.pool).await?)?)
    }
}

impl Write<'_> {
    /// The alarms that are due now, those due longest first; so many at most.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn due_alarms(&mut self, most: u16) -> Result<Vec<Alarm>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(
            "select tenant_id, kind, subject_id, person_id, team_id, step_at, again_at from alarms
             where tenant_id = $1 and look_at <= $2
             order by look_at, kind, subject_id, person_id
             limit $3",
        );
        let rows = rows.bind(self.tenant.0).bind(self.now.as_millisecond()).bind(i64::from(most));
        Ok(alarms(rows.fetch_all(&mut *self.tx).await?)?)
    }

    /// The alarms about a team.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn alarms_about(&mut self, team: TeamKey) -> Result<Vec<Alarm>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(
            "select tenant_id, kind, subject_id, person_id, team_id, step_at, again_at from alarms
             where tenant_id = $1 and team_id = $2 and team_id <> 0",
        );
        Ok(alarms(rows.bind(self.tenant.0).bind(team.0).fetch_all(&mut *self.tx).await?)?)
    }

    /// The alarms of somebody that are about no team.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn own_alarms_of(&mut self, person: PersonKey) -> Result<Vec<Alarm>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(
            "select tenant_id, kind, subject_id, person_id, team_id, step_at, again_at from alarms
             where tenant_id = $1 and person_id = $2 and team_id = 0",
        );
        Ok(alarms(rows.bind(self.tenant.0).bind(person.0).fetch_all(&mut *self.tx).await?)?)
    }

    /// The alarms of a reminder that somebody asked for.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn alarms_asked(&mut self, reminder: i64) -> Result<Vec<Alarm>, StoreError> {
        let rows = sqlx::query_as::<_, Row>(
            "select tenant_id, kind, subject_id, person_id, team_id, step_at, again_at from alarms
             where tenant_id = $1 and kind = 'reminder' and subject_id = $2",
        );
        Ok(alarms(rows.bind(self.tenant.0).bind(reminder).fetch_all(&mut *self.tx).await?)?)
    }

    /// One alarm.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn alarm(&mut self, of: OccasionKey) -> Result<Option<Alarm>, StoreError> {
        let row = sqlx::query_as::<_, Row>(
            "select tenant_id, kind, subject_id, person_id, team_id, step_at, again_at from alarms
             where tenant_id = $1 and kind = $2 and subject_id = $3 and person_id = $4",
        );
        let row = row.bind(self.tenant.0).bind(of.kind.word()).bind(of.subject).bind(of.person.0);
        Ok(row.fetch_optional(&mut *self.tx).await?.map(Alarm::try_from).transpose()?)
    }

    /// Sets alarms, in the place of what they were; those that have nothing left to say are taken away.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn set_alarms(&mut self, alarms: &[Alarm]) -> Result<(), StoreError> {
        let (kept, gone): (Vec<&Alarm>, Vec<&Alarm>) = alarms.iter().partition(|alarm| alarm.look().is_some());
        for some in kept.chunks(AT_ONCE) {
            let sql = format!(
                "insert into alarms (tenant_id, kind, subject_id, person_id, team_id, step_at, again_at, look_at)
                 values {}
                 on conflict (tenant_id, kind, subject_id, person_id) do update
                     set team_id = excluded.team_id, step_at = excluded.step_at, again_at = excluded.again_at,
                         look_at = excluded.look_at",
                values(some.len(), 1, 7)
            );
            let mut set = sqlx::query(AssertSqlSafe(sql)).bind(self.tenant.0);
            for alarm in some {
                let millisecond = |at: Option<Timestamp>| at.map(Timestamp::as_millisecond);
                set = set.bind(alarm.of.kind.word()).bind(alarm.of.subject).bind(alarm.of.person.0);
                set = set.bind(alarm.team.map_or(0, |team| team.0)).bind(millisecond(alarm.step));
                set = set.bind(millisecond(alarm.again)).bind(millisecond(alarm.look()));
            }
            set.execute(&mut *self.tx).await?;
        }
        for some in gone.chunks(AT_ONCE) {
            let sql = format!(
                "delete from alarms
                 where (tenant_id, kind, subject_id, person_id) in ({})",
                keys(some.len(), 1, 3)
            );
            let mut delete = sqlx::query(AssertSqlSafe(sql)).bind(self.tenant.0);
            for alarm in some {
                delete = delete.bind(alarm.of.kind.word()).bind(alarm.of.subject).bind(alarm.of.person.0);
            }
            delete.execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}
