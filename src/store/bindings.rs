//! Rooms that joined a space: by a code, until they are released or erased.
//!
//! Every event in a room that stands alone asks whether the room joined a space, so what was read is known for half a
//! minute: a question to SQLite costs some 50 µs and one to PostgreSQL a way over the network, and a room hardly ever
//! joins. What this process changes is known to it at once; what another one changes, within that half minute.

use super::rooms::PLACE;
use super::{NetworkSpace, Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use vigie_chat::{ConnectorName, RoomId, SpaceId};

/// How long what was read is taken for what is.
const FRESH: SignedDuration = SignedDuration::from_secs(30);

/// How long an event waits for the store to say where it belongs.
const PATIENCE: Duration = Duration::from_millis(250);

/// Rooms remembered before all are forgotten: some megabytes.
const MANY: usize = 10_000;

/// A room and the name under which its people know it, where the network told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRoom {
    /// Which one.
    pub id: RoomId,
    /// Its people's own text.
    pub name: Option<String>,
}

/// What comes of a code that is said in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joining {
    /// The room now belongs to this space.
    Joined {
        /// The space.
        space: SpaceId,
        /// The room in which the code was asked for.
        told: RoomId,
    },
    /// It already belonged to it. The code may still be used.
    Known,
    /// Other rooms belong to this one, and would be left behind. The code may still be used.
    Holds,
    /// No such code, or no longer.
    Unknown,
}

/// What was read of late.
#[derive(Debug, Default)]
pub(super) struct Bindings(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    known: HashMap<(ConnectorName, RoomId), (Option<SpaceId>, Timestamp)>,
    /// How often something changed: what was read before a change isn't noted after it.
    changes: u64,
}

impl Bindings {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what was read: something changes.
    pub(super) fn forget(&self) {
        let mut book = self.book();
        book.known.clear();
        book.changes += 1;
    }
}

impl Store {
    /// The space that a room joined, as it was at most half a minute before `now`.
    ///
    /// A store that fails or is slow answers what it knew last.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when it never knew.
    pub async fn joined_space(
        &self,
        connector: &ConnectorName,
        room: &RoomId,
        now: Timestamp,
    ) -> Result<Option<SpaceId>, StoreError> {
        let key = (connector.clone(), room.clone());
        let (last, changes) = {
            let book = self.bindings.book();
            (book.known.get(&key).cloned(), book.changes)
        };
        let fresh = |read_at: Timestamp| (SignedDuration::ZERO..FRESH).contains(&now.duration_since(read_at));
        if let Some((space, read_at)) = &last
            && fresh(*read_at)
        {
            return Ok(space.clone());
        }
        let read = tokio::time::timeout(PATIENCE, self.space_of(connector, room)).await;
        let read = read.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut.into()));
        match (read, last) {
            (Ok(space), _) => {
                let mut book = self.bindings.book();
                if book.changes == changes {
                    if book.known.len() >= MANY {
                        book.known.clear();
                    }
                    book.known.insert(key, (space.clone(), now));
                }
                Ok(space)
            }
            (Err(_), Some((space, _))) => Ok(space),
            (Err(error), None) => Err(error),
        }
    }

    /// Keeps the hash of a code that leads to a space, in the place of the former one. `told` is the room in which it was
    /// asked for.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn offer(
        &self,
        to: NetworkSpace<'_>,
        told: &RoomId,
        hash: &str,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let offer = sqlx::query(
            "insert into joining_codes (connector, space, hash, room, expires_at)
             values ($1, $2, $3, $4, $5)
             on conflict (connector, space) do update
                 set hash = excluded.hash, room = excluded.room, expires_at = excluded.expires_at",
        );
        let offer = offer.bind(to.connector.as_str()).bind(to.space.as_str()).bind(hash).bind(told.as_str());
        offer.bind(expires_at.as_millisecond()).execute(&self.pool).await?;
        Ok(())
    }

    /// Whether a code was given on this network, and is still of use.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn is_offered(&self, connector: &ConnectorName, hash: &str, now: Timestamp) -> Result<bool, StoreError> {
        let offered = sqlx::query_scalar::<_, i64>(
            "select count(*) from joining_codes
             where connector = $1 and hash = $2 and expires_at > $3",
        );
        let offered = offered.bind(connector.as_str()).bind(hash).bind(now.as_millisecond());
        Ok(offered.fetch_one(&self.pool).await? > 0)
    }

    /// Takes back the code of this hash, and says in which room it was asked for.
    pub(super) async fn withdraw_offer(&self, hash: &str) -> Result<Option<(ConnectorName, RoomId)>, StoreError> {
        let gone = sqlx::query_as::<_, (String, String)>(
            "delete from joining_codes where hash = $1
             returning connector, room",
        );
        let gone = gone.bind(hash).fetch_optional(&self.pool).await?;
        Ok(gone.map(|(connector, room)| (ConnectorName::new(connector), RoomId::new(room))))
    }

    /// Has a room join the space that a code leads to, and uses the code up.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing has changed then.
    pub async fn join(
        &self,
        connector: &ConnectorName,
        room: &RoomId,
        hash: &str,
        now: Timestamp,
    ) -> Result<Joining, StoreError> {
        let mut all = self.pool.begin().await?;
        // First of all, so that of two who say it at the same time the second waits and finds nothing.
        let code = sqlx::query_as::<_, (String, String)>(
            "delete from joining_codes
             where connector = $1 and hash = $2 and expires_at > $3
             returning space, room",
        );
        let code = code.bind(connector.as_str()).bind(hash).bind(now.as_millisecond());
        let Some((space, told)) = code.fetch_optional(&mut *all).await? else { return Ok(Joining::Unknown) };
        let former =
            sqlx::query_scalar::<_, Option<String>>("select space from rooms where connector = $1 and id = $2");
        let former = former.bind(connector.as_str()).bind(room.as_str()).fetch_optional(&mut *all).await?.flatten();
        // What isn't committed is undone: the code may be said elsewhere.
        if former.as_deref().unwrap_or(room.as_str()) == space {
            return Ok(Joining::Known);
        }
        let held = sqlx::query_scalar::<_, i64>(
            "select count(*) from rooms
             where connector = $1 and space = $2 and id <> $2",
        );
        let held = held.bind(connector.as_str()).bind(room.as_str()).fetch_one(&mut *all).await?;
        if held > 0 {
            return Ok(Joining::Holds);
        }
        let placed = sqlx::query(PLACE).bind(connector.as_str()).bind(room.as_str()).bind(space.as_str());
        placed.execute(&mut *all).await?;
        // Whoever used a code of this room would be led to where nobody is any more.
        let own = sqlx::query("delete from joining_codes where connector = $1 and space = $2");
        own.bind(connector.as_str()).bind(room.as_str()).execute(&mut *all).await?;
        all.commit().await?;
        self.bindings.forget();
        Ok(Joining::Joined { space: SpaceId::new(space), told: RoomId::new(told) })
    }

    /// Makes a room a space of its own again, and says whether it had joined another.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn release(&self, connector: &ConnectorName, room: &RoomId) -> Result<bool, StoreError> {
        let released = sqlx::query("delete from rooms where connector = $1 and id = $2 and space is not null");
        let released = released.bind(connector.as_str()).bind(room.as_str()).execute(&self.pool).await?;
        self.bindings.forget();
        Ok(released.rows_affected() > 0)
    }

    /// The rooms that joined a space and in which the bot still is.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn rooms_of(&self, of: NetworkSpace<'_>) -> Result<Vec<NamedRoom>, StoreError> {
        let rooms = sqlx::query_as::<_, (String, Option<String>)>(
            "select rooms.id, spaces.name from rooms
             left join spaces on spaces.connector = rooms.connector and spaces.id = rooms.id
             where rooms.connector = $1
               and rooms.space = $2
               and rooms.id <> $2
               and spaces.left_at is null
             order by rooms.id",
        );
        let rooms = rooms.bind(of.connector.as_str()).bind(of.space.as_str()).fetch_all(&self.pool).await?;
        Ok(rooms.into_iter().map(|(id, name)| NamedRoom { id: RoomId::new(id), name }).collect())
    }

    /// The name that the network told of a space, if it did.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn name_of(&self, of: NetworkSpace<'_>) -> Result<Option<String>, StoreError> {
        let name = sqlx::query_scalar("select name from spaces where connector = $1 and id = $2");
        let name = name.bind(of.connector.as_str()).bind(of.space.as_str());
        Ok(name.fetch_optional(&self.pool).await?)
    }

    /// Forgets codes whose time is over.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn forget_codes(&self, now: Timestamp) -> Result<(), StoreError> {
        let expired = sqlx::query("delete from joining_codes where expires_at <= $1");
        expired.bind(now.as_millisecond()).execute(&self.pool).await?;
        self.forget_linking_codes(now).await
    }
}
