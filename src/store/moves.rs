//! Rooms that go on as others: a Matrix room of a newer version takes the place of the former one.

use super::{Store, StoreError};
use vigie_chat::{ConnectorName, RoomId};

impl Store {
    /// Gives what belongs to a room to the one that continues it: its space or its person, what settings and buttons say of
    /// it and, when it is a space of its own, that space with all that is theirs. Doing it again does nothing.
    ///
    /// Where the new room is known already, it keeps its name, whether the bot is there, and the space in which it was
    /// placed unless that is its own; of two settings the one changed last holds. Otherwise the bot is taken to be there.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing has moved then.
    pub async fn move_room(&self, connector: &ConnectorName, from: &RoomId, to: &RoomId) -> Result<(), StoreError> {
        if from == to {
            return Ok(());
        }
        let (connector, from, to) = (connector.as_str(), from.as_str(), to.as_str());
        let mut all = self.pool.begin().await?;
        let former = sqlx::query_as::<_, (Option<String>, Option<String>)>(
            "delete from rooms where connector = $1 and id = $2
             returning space, person",
        );
        let former = former.bind(connector).bind(from).fetch_optional(&mut *all).await?;
        if let Some((space, person)) = former {
            // A room that is a space of its own is placed nowhere in particular.
            let placed = sqlx::query(
                "insert into rooms (connector, id, space, person)
                 values ($1, $2, $3, $4)
                 on conflict (connector, id) do update
                     set space = excluded.space, person = excluded.person
                     where rooms.space = rooms.id",
            );
            placed.bind(connector).bind(to).bind(space).bind(person).execute(&mut *all).await?;
        }
        for theirs in [
            "insert into spaces (connector, id, name, joined_at)
             select connector, cast($3 as text), name, joined_at from spaces
             where connector = $1 and id = $2
             on conflict (connector, id) do update
                 set joined_at = excluded.joined_at
                 where excluded.joined_at < spaces.joined_at",
            "insert into settings (connector, space, key, value, changed_at)
             select connector, cast($3 as text), key, value, changed_at from settings
             where connector = $1 and space = $2
             on conflict (connector, space, key) do update
                 set value = excluded.value, changed_at = excluded.changed_at
                 where excluded.changed_at > settings.changed_at",
            "update rooms set space = $3 where connector = $1 and space = $2",
            "update buttons set space = $3 where connector = $1 and space = $2",
            "update settings set value = $3 where connector = $1 and value = $2",
        ] {
            sqlx::query(theirs).bind(connector).bind(from).bind(to).execute(&mut *all).await?;
        }
        for former in [
            "delete from settings where connector = $1 and space = $2",
            "delete from spaces where connector = $1 and id = $2",
            "delete from joining_codes where connector = $1 and (space = $2 or room = $2)",
        ] {
            sqlx::query(former).bind(connector).bind(from).execute(&mut *all).await?;
        }
        let named = sqlx::query(
            "update buttons set presses = replace(presses, $2, $3)
             where connector = $1 and presses <> replace(presses, $2, $3)",
        );
        named.bind(connector).bind(quoted(from)).bind(quoted(to)).execute(&mut *all).await?;
        all.commit().await?;
        self.bindings.forget();
        Ok(())
    }
}

/// A text as JSON writes it: nothing that is longer by a letter is taken for it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
