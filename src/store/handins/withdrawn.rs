//! Reading what was withdrawn and can still be brought back.

use super::Handin;
use super::read::{COLUMNS, Row};
use crate::domain::key::DeliverableKey;
use crate::store::rows::instant;
use crate::store::{Scope, StoreError};
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

/// A hand-in, and when it was withdrawn.
#[derive(sqlx::FromRow)]
struct Withdrawn {
    #[sqlx(flatten)]
    handin: Row,
    deleted_at: i64,
}

impl Scope<'_> {
    /// What was withdrawn of a deliverable and isn't erased yet, with when it was: the last withdrawn first.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn withdrawn_of(&self, deliverable: DeliverableKey) -> Result<Vec<(Handin, Timestamp)>, StoreError> {
        let sql = format!(
            "select {COLUMNS}, handins.deleted_at from handins
             join deliverables on deliverables.tenant_id = $1 and deliverables.id = handins.deliverable_id
             where handins.tenant_id = $1 and handins.deliverable_id = $2
               and handins.deleted_at is not null and deliverables.deleted_at is null
             order by handins.deleted_at desc, handins.version desc"
        );
        let rows = sqlx::query_as::<_, Withdrawn>(AssertSqlSafe(sql)).bind(self.tenant.0).bind(deliverable.0);
        let rows = rows.fetch_all(&self.store.pool).await?;
        let read = |row: Withdrawn| Ok((Handin::try_from(row.handin)?, instant(row.deleted_at)?));
        Ok(rows.into_iter().map(read).collect::<Result<_, sqlx::Error>>()?)
    }
}
