//! What a tenant chose, whatever the network it was chosen on.

use super::{Scope, StoreError, Write};

impl Scope<'_> {
    /// What was chosen under a key.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn chosen(&self, key: &str) -> Result<Option<String>, StoreError> {
        let chosen = sqlx::query_scalar("select value from tenant_settings where tenant_id = $1 and key = $2");
        Ok(chosen.bind(self.tenant.0).bind(key).fetch_optional(&self.store.pool).await?)
    }
}

impl Write<'_> {
    /// Notes what was chosen under a key, in the place of what was.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn choose(&mut self, key: &'static str, value: &str) -> Result<(), StoreError> {
        let chosen = sqlx::query(
            "insert into tenant_settings (tenant_id, key, value, changed_at)
             values ($1, $2, $3, $4)
             on conflict (tenant_id, key) do update
                 set value = excluded.value, changed_at = excluded.changed_at",
        );
        let chosen = chosen.bind(self.tenant.0).bind(key).bind(value).bind(self.now.as_millisecond());
        chosen.execute(&mut *self.tx).await?;
        self.journal("setting.changed", &format!("setting:{key}")).await
    }
}
