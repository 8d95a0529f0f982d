//! The spaces that the bot is in, and what is erased once it has left one.

use super::{NetworkSpace, Store, StoreError, erasing};
use jiff::Timestamp;
use std::collections::BTreeSet;
use vigie_chat::{ConnectorName, Space, SpaceId};

/// How a space is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// For the first time, or after all that was known of it was erased.
    Newcomer,
    /// It was left, and what is known of it is still there.
    Returned,
    /// The bot was there already.
    Known,
}

impl Store {
    /// Notes that the bot is in a space, and says how it comes there.
    ///
    /// Of two that ask at the same time, one at most is told something else than [`Arrival::Known`].
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn joined(
        &self,
        connector: &ConnectorName,
        space: &Space,
        now: Timestamp,
    ) -> Result<Arrival, StoreError> {
        // At each start every space is asked about: those that are known as they are cost one question and no writing.
        let known = sqlx::query_as::<_, (String, Option<i64>)>(
            "select name, left_at from spaces where connector = $1 and id = $2",
        );
        let known = known.bind(connector.as_str()).bind(space.id.as_str()).fetch_optional(&self.pool).await?;
        match known {
            Some((name, None)) if name == space.name => return Ok(Arrival::Known),
            Some((_, None)) => {
                let renamed = sqlx::query("update spaces set name = $3 where connector = $1 and id = $2");
                let renamed = renamed.bind(connector.as_str()).bind(space.id.as_str()).bind(space.name.as_str());
                renamed.execute(&self.pool).await?;
                return Ok(Arrival::Known);
            }
            Some((_, Some(_))) => {
                let returned = sqlx::query(
                    "update spaces set name = $3, joined_at = $4, left_at = null
                     where connector = $1 and id = $2 and left_at is not null",
                );
                let returned = returned.bind(connector.as_str()).bind(space.id.as_str()).bind(space.name.as_str());
                let returned = returned.bind(now.as_millisecond()).execute(&self.pool).await?;
                if returned.rows_affected() > 0 {
                    self.look_at_space(NetworkSpace { connector, space: &space.id }).await?;
                    return Ok(Arrival::Returned);
                }
            }
            None => {}
        }
        let new = sqlx::query(
            "insert into spaces (connector, id, name, joined_at)
             values ($1, $2, $3, $4)
             on conflict (connector, id) do nothing",
        );
        let new = new.bind(connector.as_str()).bind(space.id.as_str()).bind(space.name.as_str());
        let new = new.bind(now.as_millisecond()).execute(&self.pool).await?;
        Ok(if new.rows_affected() > 0 { Arrival::Newcomer } else { Arrival::Known })
    }

    /// Notes that the bot is no longer in a space. Its things are kept until [`Self::erase_left_before`].
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn left(&self, connector: &ConnectorName, space: &SpaceId, now: Timestamp) -> Result<(), StoreError> {
        let left = sqlx::query(
            "update spaces set left_at = $3
             where connector = $1 and id = $2 and left_at is null",
        );
        let left = left.bind(connector.as_str()).bind(space.as_str()).bind(now.as_millisecond());
        left.execute(&self.pool).await?;
        self.look_at_space(NetworkSpace { connector, space }).await?;
        Ok(())
    }

    /// The spaces of a network in which the bot is, as far as it knows.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn present(&self, connector: &ConnectorName) -> Result<Vec<SpaceId>, StoreError> {
        let present = sqlx::query_scalar::<_, String>(
            "select id from spaces
             where connector = $1 and left_at is null
             order by joined_at, id",
        );
        let present = present.bind(connector.as_str()).fetch_all(&self.pool).await?;
        Ok(present.into_iter().map(SpaceId::new).collect())
    }

    /// Erases the spaces that were left before an instant, with all that is theirs, and says how many there were.
    ///
    /// A space that rooms joined lasts as long as the bot is in one of them, and its grace counts from the last that it
    /// left. A room that was left keeps its place in its space meanwhile. A tenant lasts as long as one of its spaces.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing is erased then.
    pub async fn erase_left_before(&self, instant: Timestamp) -> Result<usize, StoreError> {
        let mut all = self.pool.begin().await?;
        // The spaces first: whoever comes back at this moment waits, and comes as a newcomer.
        let erased = sqlx::query_as::<_, (String, String)>(
            "delete from spaces where left_at < $1
               and not exists (
                   select 1 from rooms
                   join spaces as own on own.connector = rooms.connector and own.id = rooms.id
                   where rooms.connector = spaces.connector
                     and rooms.space = spaces.id
                     and (own.left_at is null or own.left_at >= $1)
               )
             returning connector, id",
        );
        let erased = erased.bind(instant.as_millisecond()).fetch_all(&mut *all).await?;
        let mut tenants = BTreeSet::new();
        for (connector, space) in &erased {
            for theirs in [
                "delete from buttons where connector = $1 and space = $2",
                "delete from settings where connector = $1 and space = $2",
                "delete from rooms where connector = $1 and (space = $2 or id = $2)",
                "delete from joining_codes where connector = $1 and space = $2",
            ] {
                sqlx::query(theirs).bind(connector).bind(space).execute(&mut *all).await?;
            }
            let own = sqlx::query_scalar::<_, i64>(
                "delete from tenant_spaces
                 where connector = $1 and space = $2
                 returning tenant_id",
            );
            tenants.extend(own.bind(connector).bind(space).fetch_optional(&mut *all).await?);
        }
        // In the order of their numbers: nobody who holds two waits for one that holds the other.
        for tenant in tenants {
            if erasing::hold(&mut all, tenant).await? {
                erasing::unless_spaces(&mut all, tenant).await?;
            }
        }
        all.commit().await?;
        self.bindings.forget();
        Ok(erased.len())
    }
}
