//! Room upgrades: a room ends and points to the one that continues it.

use crate::{NAME, failure::Failure, wire::Online};
use matrix_sdk::{Client, Room, RoomState};
use ruma::{OwnedServerName, RoomId, RoomOrAliasId, events::room::tombstone::RoomTombstoneEventContent};
use vigie_chat::{App, ConnectorName, RoomId as PortRoomId};

/// Whether a room continues one that the bot is in, as that one says.
pub(crate) fn is_successor(client: &Client, id: &RoomId) -> bool {
    client.joined_rooms().iter().any(|room| room.successor_room().is_some_and(|successor| successor.room_id == id))
}

/// Follows a room to the one that continues it, if there is one and it can be joined: what belonged to the room then belongs
/// to its successor. A room that is only open to those invited is joined once somebody invites the bot.
pub(crate) async fn follow(online: &Online, app: &dyn App, room: &Room) {
    let Some(successor) = room.successor_room() else { return };
    let joined = |room: &Room| room.state() == RoomState::Joined;
    if !online.client.get_room(&successor.room_id).as_ref().is_some_and(joined) {
        let via: Vec<OwnedServerName> = upgrader_server(room).await.into_iter().collect();
        let joining = online.client.join_room_by_id_or_alias(<&RoomOrAliasId>::from(&*successor.room_id), &via).await;
        if let Err(error) = joining {
            let failure = Failure::from(error);
            tracing::info!(%failure, "a room was upgraded; the bot waits to be invited to the new one");
            return;
        }
    }
    let name = ConnectorName::new(NAME);
    let id = |room: &RoomId| PortRoomId::new(room.as_str());
    app.moved(&name, &id(room.room_id()), &id(&successor.room_id)).await;
    tracing::info!("followed a room to the one that continues it");
    if let Err(error) = room.leave().await {
        tracing::debug!(%error, "the former room can't be left");
    }
}

/// The server of whoever upgraded the room, which knows the new one.
async fn upgrader_server(room: &Room) -> Option<OwnedServerName> {
    let raw = room.get_state_event_static::<RoomTombstoneEventContent>().await.ok()??;
    Some(raw.deserialize().ok()?.sender().server_name().to_owned())
}
