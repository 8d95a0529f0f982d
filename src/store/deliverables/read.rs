//! Reading deliverables, each with its newest hand-in: two questions, however many there are.

use super::{Deliverable, DeliverableDraft, DeliverableState};
use crate::domain::key::{BriefKey, DeliverableKey, TeamKey, TenantKey};
use crate::store::handins::{self, Handin};
use crate::store::rows::{damaged, instant, number};
use crate::store::which::Which;
use crate::store::{Revision, Scope, StoreError, When, Write};
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::HashMap;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    team_id: i64,
    number: i64,
    title: String,
    brief_key: Option<String>,
    required: i64,
    due_on_wall: Option<String>,
    zone: Option<String>,
    due_at: Option<i64>,
    state: String,
    revision: i64,
    made_at: i64,
}

impl TryFrom<Row> for Deliverable {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let due = When::read((row.due_on_wall, row.zone, row.due_at))?;
        Ok(Self {
            key: DeliverableKey(row.id),
            team: TeamKey(row.team_id),
            number: number(row.number)?,
            brief_key: row.brief_key,
            draft: DeliverableDraft { title: row.title, is_required: row.required != 0, due },
            state: DeliverableState::read(&row.state).ok_or_else(|| damaged("state"))?,
            revision: Revision(row.revision),
            latest: None,
            made_at: instant(row.made_at)?,
        })
    }
}

/// Reads deliverables, by team and number; their revisions first, as with milestones.
async fn read(connection: &mut AnyConnection, of: TenantKey, which: Which) -> Result<Vec<Deliverable>, sqlx::Error> {
    let condition = which.condition("deliverables");
    let (first, second) = which.values();
    let rows = format!(
        "select id, team_id, number, title, brief_key, required, due_on_wall, zone, due_at, state, revision, made_at
         from deliverables
         where tenant_id = $1 and {condition} and deleted_at is null
         order by team_id, number"
    );
    let mut rows = sqlx::query_as::<_, Row>(AssertSqlSafe(rows)).bind(of.0).bind(first);
    if let Some(second) = second {
        rows = rows.bind(second);
    }
    let rows = rows.fetch_all(&mut *connection).await?;
    let mut deliverables = rows.into_iter().map(Deliverable::try_from).collect::<Result<Vec<_>, _>>()?;
    if deliverables.iter().all(|deliverable| deliverable.state == DeliverableState::Expected) {
        return Ok(deliverables);
    }
    let latest = format!(
        "select {columns}
         from deliverables
         join handins on handins.tenant_id = $1 and handins.deliverable_id = deliverables.id
         where deliverables.tenant_id = $1 and {condition} and deliverables.deleted_at is null
           and handins.version = (
               select max(version) from handins as newest
               where newest.tenant_id = $1 and newest.deliverable_id = deliverables.id and newest.deleted_at is null
           )",
        columns = handins::COLUMNS,
    );
    let mut latest = sqlx::query_as::<_, handins::Row>(AssertSqlSafe(latest)).bind(of.0).bind(first);
    if let Some(second) = second {
        latest = latest.bind(second);
    }
    let latest = latest.fetch_all(connection).await?;
    let latest = latest.into_iter().map(Handin::try_from).collect::<Result<Vec<_>, _>>()?;
    let mut latest: HashMap<_, _> = latest.into_iter().map(|handin| (handin.deliverable, handin)).collect();
    for deliverable in &mut deliverables {
        deliverable.latest = latest.remove(&deliverable.key);
    }
    Ok(deliverables)
}

impl Scope<'_> {
    async fn deliverables(&self, which: Which) -> Result<Vec<Deliverable>, StoreError> {
        Ok(read(&mut *self.store.pool.acquire().await?, self.tenant, which).await?)
    }

    /// The deliverables of a team, by number.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deliverables_of(&self, team: TeamKey) -> Result<Vec<Deliverable>, StoreError> {
        self.deliverables(Which::Team(team)).await
    }

    /// The deliverables of every team at work on a brief, by team and number: as many questions as for one team.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deliverables_of_brief(&self, brief: BriefKey) -> Result<Vec<Deliverable>, StoreError> {
        self.deliverables(Which::Brief(brief)).await
    }

    /// A deliverable by its key.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deliverable(&self, key: DeliverableKey) -> Result<Option<Deliverable>, StoreError> {
        Ok(self.deliverables(Which::One(key.0)).await?.pop())
    }

    /// A deliverable of a team by the number that people say.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deliverable_numbered(&self, team: TeamKey, number: u32) -> Result<Option<Deliverable>, StoreError> {
        Ok(self.deliverables(Which::Numbered(team, number)).await?.pop())
    }
}

impl Write<'_> {
    /// The deliverables of a team as they are now, by number.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deliverables_of(&mut self, team: TeamKey) -> Result<Vec<Deliverable>, StoreError> {
        Ok(read(&mut self.tx, self.tenant, Which::Team(team)).await?)
    }

    /// A deliverable as it is now.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deliverable(&mut self, key: DeliverableKey) -> Result<Option<Deliverable>, StoreError> {
        Ok(read(&mut self.tx, self.tenant, Which::One(key.0)).await?.pop())
    }

    /// A deliverable of a team as it is now, by the number that people say.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn deliverable_numbered(
        &mut self,
        team: TeamKey,
        number: u32,
    ) -> Result<Option<Deliverable>, StoreError> {
        Ok(read(&mut self.tx, self.tenant, Which::Numbered(team, number)).await?.pop())
    }
}
