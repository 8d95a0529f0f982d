//! How much is kept of what was handed in: of a team, from its rows; of a tenant, by a count on its own row.
//!
//! The count grows in the transaction that hands a file in. What is erased is taken off by [`Store::recount_files`], once in a
//! while: until then a tenant seems to keep more than it does, never less.

use crate::domain::handin::{Quotas, Room, Size};
use crate::domain::key::{DeliverableKey, TenantKey};
use crate::domain::limits;
use crate::store::{Scope, Store, StoreError, Write, erasing};
use sqlx::AnyConnection;

/// What a tenant keeps by its rows. PostgreSQL sums numbers of this size to one without limits, which no other can read.
const BY_ROWS: &str = "(select cast(coalesce(sum(handins.size), 0) as bigint) from handins
          where handins.tenant_id = tenants.id and handins.sha256 is not null)";

impl Scope<'_> {
    /// Whether there is room for one more version of a deliverable, a file of this size.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn room_for(
        &self,
        deliverable: DeliverableKey,
        given: Size,
        quotas: &Quotas,
    ) -> Result<Room, StoreError> {
        let mut connection = self.store.pool.acquire().await?;
        room(&mut connection, (self.tenant, deliverable), given, quotas).await
    }
}

impl Write<'_> {
    /// The same, as it stays until the end of the transaction.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn room_for(
        &mut self,
        deliverable: DeliverableKey,
        given: Size,
        quotas: &Quotas,
    ) -> Result<Room, StoreError> {
        room(&mut self.tx, (self.tenant, deliverable), given, quotas).await
    }

    /// Counts a file that is handed in.
    pub(super) async fn count_file(&mut self, size: i64) -> Result<(), StoreError> {
        let counted = sqlx::query("update tenants set file_bytes = file_bytes + $2 where id = $1");
        counted.bind(self.tenant.0).bind(size).execute(&mut *self.tx).await?;
        Ok(())
    }
}

async fn room(
    connection: &mut AnyConnection,
    (tenant, deliverable): (TenantKey, DeliverableKey),
    given: Size,
    quotas: &Quotas,
) -> Result<Room, StoreError> {
    let counted = sqlx::query_as::<_, (i64, i64, i64)>(
        "select deliverables.versions, tenants.file_bytes,
                (select cast(coalesce(sum(handins.size), 0) as bigint) from handins
                 join deliverables as theirs on theirs.tenant_id = $1 and theirs.id = handins.deliverable_id
                 where handins.tenant_id = $1 and handins.sha256 is not null
                   and theirs.team_id = deliverables.team_id)
         from deliverables
         join tenants on tenants.id = $1
         where deliverables.tenant_id = $1 and deliverables.id = $2 and deliverables.deleted_at is null",
    );
    let counted = counted.bind(tenant.0).bind(deliverable.0).fetch_optional(connection).await?;
    let Some((versions, space, team)) = counted else { return Ok(Room::Gone) };
    let most = limits::VERSIONS.most();
    if usize::try_from(versions).unwrap_or(usize::MAX) >= most {
        return Ok(Room::Versions(most));
    }
    let size = |bytes: i64| Size(u64::try_from(bytes).unwrap_or_default());
    Ok(quotas.room(given, size(team), size(space)))
}

impl Store {
    /// Takes off the counts what was erased since.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the tenants before the one that failed are right then.
    pub async fn recount_files(&self) -> Result<(), StoreError> {
        let wrong = format!("select id from tenants where id > 0 and file_bytes <> {BY_ROWS}");
        let wrong = sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(wrong)).fetch_all(&self.pool).await?;
        for tenant in wrong {
            let mut all = self.pool.begin().await?;
            // Whoever hands something in at this moment is waited for, and counted.
            erasing::hold(&mut all, tenant).await?;
            let counted = format!("update tenants set file_bytes = {BY_ROWS} where id = $1");
            sqlx::query(sqlx::AssertSqlSafe(counted)).bind(tenant).execute(&mut *all).await?;
            all.commit().await?;
        }
        Ok(())
    }
}
