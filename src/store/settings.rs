//! What the people of a space chose.

use super::{Store, StoreError};
use jiff::Timestamp;
use std::collections::BTreeMap;
use vigie_chat::{ConnectorName, SpaceId};

/// A space on its network: whose things are read and written.
#[derive(Debug, Clone, Copy)]
pub struct NetworkSpace<'a> {
    /// The network.
    pub connector: &'a ConnectorName,
    /// The space.
    pub space: &'a SpaceId,
}

impl Store {
    /// What a space chose under a key.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn setting(&self, of: NetworkSpace<'_>, key: &str) -> Result<Option<String>, StoreError> {
        let value = sqlx::query_scalar(
            "select value from settings
             where connector = $1 and space = $2 and key = $3",
        );
        let value = value.bind(of.connector.as_str()).bind(of.space.as_str()).bind(key);
        Ok(value.fetch_optional(&self.pool).await?)
    }

    /// Everything that a space chose, by key.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn settings(&self, of: NetworkSpace<'_>) -> Result<BTreeMap<String, String>, StoreError> {
        let all = sqlx::query_as::<_, (String, String)>(
            "select key, value from settings
             where connector = $1 and space = $2",
        );
        let all = all.bind(of.connector.as_str()).bind(of.space.as_str());
        Ok(all.fetch_all(&self.pool).await?.into_iter().collect())
    }

    /// Notes what a space chose, in the place of what it had.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn set(&self, of: NetworkSpace<'_>, key: &str, value: &str, now: Timestamp) -> Result<(), StoreError> {
        let set = sqlx::query(
            "insert into settings (connector, space, key, value, changed_at)
             values ($1, $2, $3, $4, $5)
             on conflict (connector, space, key) do update
                 set value = excluded.value, changed_at = excluded.changed_at",
        );
        let set = set.bind(of.connector.as_str()).bind(of.space.as_str()).bind(key).bind(value);
        set.bind(now.as_millisecond()).execute(&self.pool).await?;
        Ok(())
    }
}
