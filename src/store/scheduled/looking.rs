//! Which tenants are to be looked at: those where something changed that calendars show, and now and then all.

use crate::domain::key::TenantKey;
use crate::store::changes::Changed;
use crate::store::{NetworkSpace, Store, StoreError, Write};
use jiff::Timestamp;
use sqlx::{Any, Transaction};

/// Has a tenant looked at, if there is anything to see.
pub(in crate::store) async fn look_at(tx: &mut Transaction<'static, Any>, tenant: i64) -> Result<(), sqlx::Error> {
    let look = sqlx::query(
        "insert into scheduling (tenant_id)
         select tenants.id from tenants
         where tenants.id = $1
           and (exists (select 1 from defences where defences.tenant_id = $1)
                or exists (select 1 from scheduled where scheduled.tenant_id = $1))
         on conflict (tenant_id) do nothing",
    );
    look.bind(tenant).execute(&mut **tx).await?;
    Ok(())
}

impl Changed {
    /// Whether a calendar may show it: a defence is of a team and a brief.
    pub(in crate::store) fn may_be_scheduled(self) -> bool {
        matches!(self, Self::Team(_) | Self::Brief(_))
    }
}

impl Store {
    /// The first tenant after another that is to be looked at, by their numbers; after none: the first of all.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn next_to_schedule(&self, after: Option<TenantKey>) -> Result<Option<TenantKey>, StoreError> {
        let next = sqlx::query_scalar::<_, i64>(
            "select tenant_id from scheduling
             where tenant_id > $1
             order by tenant_id
             limit 1",
        );
        let next = next.bind(after.map_or(i64::MIN, |after| after.0));
        Ok(next.fetch_optional(&self.pool).await?.map(TenantKey))
    }

    /// Has every tenant looked at in which a defence is to come, or something stands: what no transaction of a tenant's tells,
    /// such as a space that was joined or left, is seen then.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn look_at_all(&self, now: Timestamp) -> Result<(), StoreError> {
        let all = sqlx::query(
            "insert into scheduling (tenant_id)
             select tenants.id from tenants
             where tenants.id > 0
               and (exists (select 1 from defences where defences.tenant_id = tenants.id and defences.starts_at > $1)
                    or exists (select 1 from scheduled where scheduled.tenant_id = tenants.id))
             on conflict (tenant_id) do nothing",
        );
        all.bind(now.as_millisecond()).execute(&self.pool).await?;
        Ok(())
    }

    /// Has the tenant of a space looked at.
    pub(in crate::store) async fn look_at_space(&self, space: NetworkSpace<'_>) -> Result<(), sqlx::Error> {
        let look = sqlx::query(
            "insert into scheduling (tenant_id)
             select own.tenant_id from tenant_spaces as own
             where own.connector = $1 and own.space = $2
             on conflict (tenant_id) do nothing",
        );
        look.bind(space.connector.as_str()).bind(space.space.as_str()).execute(&self.pool).await?;
        Ok(())
    }
}

impl Write<'_> {
    /// Takes the tenant as looked at: what this transaction writes comes of it. What changed again meanwhile isn't hidden by
    /// it, since writers of one tenant come one after the other.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn looked_at(&mut self) -> Result<(), StoreError> {
        let done = sqlx::query("delete from scheduling where tenant_id = $1");
        done.bind(self.tenant.0).execute(&mut *self.tx).await?;
        Ok(())
    }
}
