//! Rooms that go on as others: a Matrix room of a newer version takes the place of the former one.

use super::{Store, StoreError, erasing};
use sqlx::{Any, Transaction};
use vigie_chat::{ConnectorName, RoomId};

impl Store {
    /// Gives what belongs to a room to the one that continues it: its space or its person, what settings and buttons say of
    /// it and, when it is a space of its own, that space with all that is theirs: the briefs and
    /// the teams too. Doing it again does nothing.
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
        move_tenant(&mut all, connector, (from, to)).await?;
        all.commit().await?;
        self.bindings.forget();
        Ok(())
    }
}

/// Gives the tenant of a room, and what names the room in any tenant, to the room that continues it.
///
/// When somebody spoke in the new room first, it has a tenant of its own by now, which goes if it holds nothing. If it does,
/// it stays, and the former one's things stay under the former room.
async fn move_tenant(
    all: &mut Transaction<'static, Any>,
    connector: &str,
    (from, to): (&str, &str),
) -> Result<(), StoreError> {
    let tenants = sqlx::query_as::<_, (String, i64)>(
        "select space, tenant_id from tenant_spaces
         where connector = $1 and space in ($2, $3)
         order by tenant_id",
    );
    let tenants = tenants.bind(connector).bind(from).bind(to).fetch_all(&mut **all).await?;
    let of = |room: &str| tenants.iter().find(|(space, _)| space == room).map(|(_, tenant)| *tenant);
    let (former, new) = (of(from), of(to));
    for (_, tenant) in &tenants {
        erasing::hold(all, *tenant).await?;
    }
    let stays = match new {
        Some(new) if former.is_some() && former != Some(new) => erasing::holds_something(all, new).await?,
        _ => false,
    };
    if stays {
        tracing::warn!("two rooms of which one continues the other both have briefs: each keeps its own");
    }
    if let Some(former) = former.filter(|_| !stays) {
        for said in [
            "insert into tenant_spaces (connector, space, tenant_id)
             values ($1, $3, $4)
             on conflict (connector, space) do update
                 set tenant_id = excluded.tenant_id
                 where tenant_spaces.space <> $2",
            "delete from tenant_spaces
             where connector = $1 and space = $2 and tenant_id = $4 and space <> $3",
        ] {
            sqlx::query(said).bind(connector).bind(from).bind(to).bind(former).execute(&mut **all).await?;
        }
        if let Some(new) = new.filter(|new| *new != former) {
            erasing::unless_spaces(all, new).await?;
        }
    }
    for said in [
        "update teams set room = $3 where tenant_id > 0 and connector = $1 and room = $2",
        // The message stays in the former room: it can't be changed from the new one.
        "update briefs set room = $3, message = null where tenant_id > 0 and connector = $1 and room = $2",
    ] {
        sqlx::query(said).bind(connector).bind(from).bind(to).execute(&mut **all).await?;
    }
    Ok(())
}

/// A text as JSON writes it: nothing that is longer by a letter is taken for it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
