//! The connectors' inboxes: what was read and isn't answered yet, and how far each network was read.
//!
//! One process reads an account: nothing here shares out what waits between several.

use super::{Clock, Store, StoreError};
use async_trait::async_trait;
use jiff::Timestamp;
use std::fmt;
use vigie_chat::{Arrival, ConnectorName, EventId, Inbox, InboxError, RoomId};

/// Rows written by one statement: few enough for the least that a database takes (32,766 values on SQLite), many enough
/// that a thousand arrivals are a few questions to a server.
const AT_ONCE: usize = 250;

/// A connector's inbox, kept in the store.
#[derive(Clone)]
pub struct StoredInbox {
    store: Store,
    connector: ConnectorName,
    clock: Clock,
}

impl Store {
    /// The inbox of a connector, apart from the others'.
    #[must_use]
    pub fn inbox(&self, connector: ConnectorName, clock: Clock) -> StoredInbox {
        StoredInbox { store: self.clone(), connector, clock }
    }

    /// Forgets the ids of what was answered before an instant, and says how many there were. Told again by its network, it
    /// would be answered again.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn erase_done_before(&self, instant: Timestamp) -> Result<u64, StoreError> {
        let erased = sqlx::query("delete from inbox where done_at < $1");
        let erased = erased.bind(instant.as_millisecond()).execute(&self.pool).await?;
        Ok(erased.rows_affected())
    }
}

impl fmt::Debug for StoredInbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredInbox").field("connector", &self.connector).finish_non_exhaustive()
    }
}

#[async_trait]
impl Inbox for StoredInbox {
    async fn mark(&self) -> Result<Option<String>, InboxError> {
        let mark = sqlx::query_scalar("select mark from marks where connector = $1");
        mark.bind(self.connector.as_str()).fetch_optional(&self.store.pool).await.map_err(failed)
    }

    async fn take(&self, arrivals: &[Arrival], mark: &str) -> Result<Vec<EventId>, InboxError> {
        self.take_all(arrivals, mark).await.map_err(failed)
    }

    async fn waiting(&self) -> Result<Vec<Arrival>, InboxError> {
        let waiting = sqlx::query_as::<_, (String, String, Vec<u8>)>(
            "select id, room, content from inbox
             where connector = $1 and done_at is null
             order by rank",
        );
        let waiting = waiting.bind(self.connector.as_str()).fetch_all(&self.store.pool).await.map_err(failed)?;
        let arrival = |(id, room, content): (String, String, Vec<u8>)| {
            let (id, room) = (EventId::new(id), RoomId::new(room));
            Arrival { id, room, content }
        };
        Ok(waiting.into_iter().map(arrival).collect())
    }

    async fn done(&self, id: &EventId) -> Result<(), InboxError> {
        let done = sqlx::query(
            "update inbox set done_at = $3, content = null, room = null
             where connector = $1 and id = $2 and done_at is null",
        );
        let done = done.bind(self.connector.as_str()).bind(id.as_str()).bind((self.clock)().as_millisecond());
        done.execute(&self.store.pool).await.map(|_| ()).map_err(failed)
    }
}

impl StoredInbox {
    async fn take_all(&self, arrivals: &[Arrival], mark: &str) -> Result<Vec<EventId>, sqlx::Error> {
        let (connector, now) = (self.connector.as_str(), (self.clock)().as_millisecond());
        let mut all = self.store.pool.begin().await?;
        // The mark first: whoever takes at the same moment waits for its row, and ranks what it has after this.
        let marked = sqlx::query(
            "insert into marks (connector, mark, written_at)
             values ($1, $2, $3)
             on conflict (connector) do update
                 set mark = excluded.mark, written_at = excluded.written_at",
        );
        marked.bind(connector).bind(mark).bind(now).execute(&mut *all).await?;
        let mut fresh: Vec<String> = Vec::new();
        if !arrivals.is_empty() {
            let last = sqlx::query_scalar::<_, i64>(
                "select coalesce(max(rank), 0) from inbox
                 where connector = $1 and done_at is null",
            );
            let mut rank = last.bind(connector).fetch_one(&mut *all).await?;
            for some in arrivals.chunks(AT_ONCE) {
                // The text is made of numbers alone. Its length differs each time: not worth remembering.
                let new = sqlx::query_scalar(sqlx::AssertSqlSafe(insertion(some.len()))).persistent(false);
                let mut new = new.bind(connector).bind(now);
                for arrival in some {
                    rank += 1;
                    new = new.bind(arrival.id.as_str()).bind(arrival.room.as_str());
                    new = new.bind(rank).bind(arrival.content.as_slice());
                }
                fresh.extend(new.fetch_all(&mut *all).await?);
            }
        }
        all.commit().await?;
        Ok(fresh.into_iter().map(EventId::new).collect())
    }
}

/// Writes so many arrivals, whose connector and instant are the first two values; what is known stays as it is. Gives the ids
/// of those that weren't.
fn insertion(arrivals: usize) -> String {
    let row = |rank: usize| {
        let first = 3 + 4 * rank;
        format!("($1, $2, ${first}, ${}, ${}, ${})", first + 1, first + 2, first + 3)
    };
    let rows: Vec<String> = (0..arrivals).map(row).collect();
    format!(
        "insert into inbox (connector, taken_at, id, room, rank, content)
         values {}
         on conflict (connector, id) do nothing
         returning id",
        rows.join(", "),
    )
}

fn failed(error: impl Into<StoreError>) -> InboxError {
    InboxError(error.into().to_string())
}
