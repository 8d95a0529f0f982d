//! Rooms that are found again without asking the network.

use super::{Store, StoreError};
use vigie_chat::{ConnectorName, PersonId, RoomId, SpaceId};

/// Puts a room in a space.
pub(super) const PLACE: &str = "insert into rooms (connector, id, space)
     values ($1, $2, $3)
     on conflict (connector, id) do update
         set space = excluded.space, person = null";

impl Store {
    /// Notes the space that a room belongs to.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn place_room(
        &self,
        connector: &ConnectorName,
        room: &RoomId,
        space: &SpaceId,
    ) -> Result<(), StoreError> {
        let placed = sqlx::query(PLACE);
        placed.bind(connector.as_str()).bind(room.as_str()).bind(space.as_str()).execute(&self.pool).await?;
        self.bindings.forget();
        Ok(())
    }

    /// The space that a room belongs to, if it is known.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn space_of(&self, connector: &ConnectorName, room: &RoomId) -> Result<Option<SpaceId>, StoreError> {
        let space = sqlx::query_scalar::<_, Option<String>>("select space from rooms where connector = $1 and id = $2");
        let space = space.bind(connector.as_str()).bind(room.as_str()).fetch_optional(&self.pool).await?;
        Ok(space.flatten().map(SpaceId::new))
    }

    /// Notes the room in which a person is met alone, in the place of the former one.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; what was known then still is.
    pub async fn note_direct_room(
        &self,
        connector: &ConnectorName,
        person: &PersonId,
        room: &RoomId,
    ) -> Result<(), StoreError> {
        let mut all = self.pool.begin().await?;
        let former = sqlx::query("delete from rooms where connector = $1 and (person = $2 or id = $3)");
        former.bind(connector.as_str()).bind(person.as_str()).bind(room.as_str()).execute(&mut *all).await?;
        let direct = sqlx::query("insert into rooms (connector, id, person) values ($1, $2, $3)");
        direct.bind(connector.as_str()).bind(room.as_str()).bind(person.as_str()).execute(&mut *all).await?;
        Ok(all.commit().await?)
    }

    /// The room in which a person is met alone, if one was opened.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn direct_room(
        &self,
        connector: &ConnectorName,
        person: &PersonId,
    ) -> Result<Option<RoomId>, StoreError> {
        let room = sqlx::query_scalar::<_, String>("select id from rooms where connector = $1 and person = $2");
        let room = room.bind(connector.as_str()).bind(person.as_str()).fetch_optional(&self.pool).await?;
        Ok(room.map(RoomId::new))
    }
}
