//! Room upgrades: a room ends and points to the one that continues it, which points back.

use crate::{
    NAME,
    failure::Failure,
    wire::{Online, Wire},
};
use matrix_sdk::{Client, Room, RoomState};
use ruma::{OwnedServerName, RoomId, RoomOrAliasId, events::room::tombstone::RoomTombstoneEventContent};
use vigie_chat::{App, ConnectorName, RoomId as PortRoomId};

/// Whether a room, to which the bot is perhaps only invited, continues one that the bot is in, as both say.
pub(crate) fn is_successor(client: &Client, id: &RoomId) -> bool {
    let Some(room) = client.get_room(id) else { return false };
    client.joined_rooms().iter().any(|old| continues(old, &room))
}

/// Whether both rooms say that one continues the other. The word of one is not enough: whoever administers a room could give
/// it out for another, and draw what belongs to that one to themselves.
fn continues(old: &Room, new: &Room) -> bool {
    old.successor_room().is_some_and(|successor| successor.room_id == new.room_id())
        && new.predecessor_room().is_some_and(|predecessor| predecessor.room_id == old.room_id())
}

/// Follows a room to the one that continues it, if there is one and it can be joined: what belonged to the room then belongs
/// to its successor. A room that is only open to those invited is joined once somebody invites the bot.
pub(crate) async fn follow(wire: &Wire, online: &Online, app: &dyn App, room: &Room) {
    let Some(successor) = room.successor_room() else { return };
    let joined = online.client.get_room(&successor.room_id).filter(|room| room.state() == RoomState::Joined);
    let Some(new) = joined else {
        let via: Vec<OwnedServerName> = upgrader_server(room).await.into_iter().collect();
        let joining = online.client.join_room_by_id_or_alias(<&RoomOrAliasId>::from(&*successor.room_id), &via).await;
        // Its state comes with the next answer of the homeserver, which then looks at it again.
        wire.is_followed(&successor.room_id);
        if let Err(error) = joining {
            let failure = Failure::from(error);
            tracing::info!(%failure, "a room was upgraded; the bot waits to be invited to the new one");
        }
        return;
    };
    if !continues(room, &new) {
        tracing::warn!("a room gives another out for its successor, which doesn't know of it; it is not followed");
        if wire.was_followed(new.room_id()) && new.leave().await.is_err() {
            tracing::warn!("what was taken for the successor of a room can't be left");
        }
        return;
    }
    let id = |room: &RoomId| PortRoomId::new(room.as_str());
    let old = id(room.room_id());
    if !app.moved(&ConnectorName::new(NAME), &old, &id(new.room_id())).await {
        return;
    }
    // What was said in the former room is still answered there.
    let waits = wire.options.inbox.waiting().await.is_ok_and(|all| all.iter().any(|arrival| arrival.room == old));
    if waits {
        return;
    }
    match room.leave().await {
        Ok(()) => tracing::info!("followed a room to the one that continues it"),
        Err(error) => {
            let failure = Failure::from(error);
            tracing::debug!(%failure, "the former room can't be left");
        }
    }
}

/// The server of whoever upgraded the room, which knows the new one.
async fn upgrader_server(room: &Room) -> Option<OwnedServerName> {
    let raw = room.get_state_event_static::<RoomTombstoneEventContent>().await.ok()??;
    Some(raw.deserialize().ok()?.sender().server_name().to_owned())
}
