//! The connectors' notebooks.

use super::{Clock, Store, StoreError};
use async_trait::async_trait;
use std::fmt;
use vigie_chat::{ConnectorName, Notebook, NotebookError, PersonId, RoomId};

/// A connector's notebook, kept in the store.
#[derive(Clone)]
pub struct StoredNotebook {
    store: Store,
    connector: ConnectorName,
    clock: Clock,
}

impl Store {
    /// The notebook of a connector, apart from the others'.
    #[must_use]
    pub fn notebook(&self, connector: ConnectorName, clock: Clock) -> StoredNotebook {
        StoredNotebook { store: self.clone(), connector, clock }
    }
}

impl fmt::Debug for StoredNotebook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredNotebook").field("connector", &self.connector).finish_non_exhaustive()
    }
}

#[async_trait]
impl Notebook for StoredNotebook {
    async fn read(&self, key: &str) -> Result<Option<String>, NotebookError> {
        sqlx::query_scalar("select value from notes where connector = $1 and key = $2")
            .bind(self.connector.as_str())
            .bind(key)
            .fetch_optional(&self.store.pool)
            .await
            .map_err(failed)
    }

    async fn write(&self, key: &str, value: &str) -> Result<(), NotebookError> {
        let written = sqlx::query(
            "insert into notes (connector, key, value, written_at)
             values ($1, $2, $3, $4)
             on conflict (connector, key) do update
                 set value = excluded.value, written_at = excluded.written_at",
        );
        let written = written.bind(self.connector.as_str()).bind(key).bind(value);
        let written = written.bind((self.clock)().as_millisecond()).execute(&self.store.pool).await;
        written.map(|_| ()).map_err(failed)
    }

    async fn erase(&self, key: &str) -> Result<(), NotebookError> {
        let erased = sqlx::query("delete from notes where connector = $1 and key = $2");
        let erased = erased.bind(self.connector.as_str()).bind(key).execute(&self.store.pool).await;
        erased.map(|_| ()).map_err(failed)
    }

    async fn direct_room(&self, person: &PersonId) -> Result<Option<RoomId>, NotebookError> {
        self.store.direct_room(&self.connector, person).await.map_err(failed)
    }

    async fn note_direct_room(&self, person: &PersonId, room: &RoomId) -> Result<(), NotebookError> {
        self.store.note_direct_room(&self.connector, person, room).await.map_err(failed)
    }
}

fn failed(error: impl Into<StoreError>) -> NotebookError {
    NotebookError(error.into().to_string())
}
