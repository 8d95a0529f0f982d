//! Erasing what was deleted, once it can no longer be brought back.

use super::{Store, StoreError};
use jiff::Timestamp;

/// Whether a tenant ($1) has something that was deleted before an instant ($2).
const ANY: &str = "select 1 from milestones where tenant_id = $1 and deleted_at < $2
     union all
     select 1 from deliverables where tenant_id = $1 and deleted_at < $2
     union all
     select 1 from handins where tenant_id = $1 and deleted_at < $2
     union all
     select 1 from hours where tenant_id = $1 and deleted_at < $2
     union all
     select 1 from reminders where tenant_id = $1 and deleted_at < $2
     limit 1";

/// What hangs on something that goes, then what goes.
const ERASE: [&str; 11] = [
    "delete from milestone_people
     where tenant_id = $1
       and milestone_id in (select id from milestones where tenant_id = $1 and deleted_at < $2)",
    "delete from milestone_needs
     where tenant_id = $1
       and milestone_id in (select id from milestones where tenant_id = $1 and deleted_at < $2)",
    "delete from milestone_needs
     where tenant_id = $1
       and needs_id in (select id from milestones where tenant_id = $1 and deleted_at < $2)",
    "delete from milestone_criteria
     where tenant_id = $1
       and milestone_id in (select id from milestones where tenant_id = $1 and deleted_at < $2)",
    "delete from milestones where tenant_id = $1 and deleted_at < $2",
    "delete from handins
     where tenant_id = $1
       and deliverable_id in (select id from deliverables where tenant_id = $1 and deleted_at < $2)",
    "delete from deliverables where tenant_id = $1 and deleted_at < $2",
    "delete from handins where tenant_id = $1 and deleted_at < $2",
    "delete from hours where tenant_id = $1 and deleted_at < $2",
    "delete from acknowledgements
     where tenant_id = $1
       and reminder_id in (select id from reminders where tenant_id = $1 and deleted_at < $2)",
    "delete from reminders where tenant_id = $1 and deleted_at < $2",
];

impl Store {
    /// Erases what was deleted before an instant, in every tenant, and says how many rows that were. Files stay until
    /// [`Files::sweep`](super::Files::sweep).
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the tenants before the one that failed are done then.
    pub async fn erase_deleted_before(&self, instant: Timestamp) -> Result<u64, StoreError> {
        let tenants = sqlx::query_scalar::<_, i64>("select id from tenants order by id").fetch_all(&self.pool).await?;
        let mut erased = 0;
        for tenant in tenants {
            let any = sqlx::query(ANY).bind(tenant).bind(instant.as_millisecond());
            if any.fetch_optional(&self.pool).await?.is_none() {
                continue;
            }
            let mut all = self.pool.begin().await?;
            // As writers do: whoever brings something back at this moment comes before or after.
            let counted = sqlx::query("update tenants set writes = writes + 1 where id = $1");
            counted.bind(tenant).execute(&mut *all).await?;
            for sql in ERASE {
                let rows = sqlx::query(sql).bind(tenant).bind(instant.as_millisecond());
                erased += rows.execute(&mut *all).await?.rows_affected();
            }
            all.commit().await?;
        }
        Ok(erased)
    }
}
