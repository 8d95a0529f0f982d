//! To which tenant a room belongs: a Matrix space, or else the room by itself.
//!
//! A room belongs to a Matrix space when both say so, as far as the bot can see: the room names the space as its parent, and
//! the space, in which the bot is too, names the room as its child. If one word were enough, whoever administers one of the
//! two could draw the other into a tenant of theirs.

use crate::{NAME, send};
use futures::{StreamExt as _, pin_mut};
use matrix_sdk::{Client, Room, room::ParentSpace};
use ruma::OwnedRoomId;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use vigie_chat::{App, ConnectorName, RoomKind, Sealed, Space, SpaceId};

/// Which room belongs to which tenant, as far as it was asked since something changed.
#[derive(Debug, Default)]
pub(crate) struct Tenants {
    known: Mutex<HashMap<OwnedRoomId, Option<Space>>>,
}

impl Tenants {
    /// The tenant of a room; a direct room has none.
    pub(crate) async fn of(&self, room: &Room) -> Option<Space> {
        // Asked each time: what is a direct room may change without anything being said about it in the room.
        if send::kind(room).await == RoomKind::Direct {
            return None;
        }
        if let Some(known) = self.known().get(room.room_id()) {
            return known.clone();
        }
        let space = tenant(room).await;
        self.known().insert(room.room_id().to_owned(), space.clone());
        space
    }

    /// Forgets what was known: names, members or spaces changed somewhere.
    pub(crate) fn forget(&self) {
        self.known().clear();
    }

    /// Tells the application in which tenants the bot is, and no longer is; returns what is to be said in which room.
    pub(crate) async fn tell(&self, client: &Client, app: &dyn App) -> Vec<(Room, Sealed)> {
        let name = ConnectorName::new(NAME);
        let mut present: HashMap<SpaceId, ()> = HashMap::new();
        let mut welcomes = Vec::new();
        for room in client.joined_rooms() {
            let Some(space) = self.of(&room).await else { continue };
            if present.insert(space.id.clone(), ()).is_none()
                && let Some(welcome) = app.joined(&name, &space).await
            {
                welcomes.push((room, welcome));
            }
        }
        for space in app.spaces(&name).await {
            if !present.contains_key(&space) {
                app.left(&name, &space).await;
            }
        }
        welcomes
    }

    fn known(&self) -> MutexGuard<'_, HashMap<OwnedRoomId, Option<Space>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn tenant(room: &Room) -> Option<Space> {
    if room.is_space() {
        return None;
    }
    let of = match parent(room).await {
        Some(parent) => parent,
        None => room.clone(),
    };
    let name = match of.display_name().await {
        Ok(name) => name.to_string(),
        Err(_) => String::new(),
    };
    Some(Space { id: SpaceId::new(of.room_id().as_str()), name })
}

/// The space that a room belongs to. Of several, the one whose id comes first, so that it is the same at each start.
async fn parent(room: &Room) -> Option<Room> {
    let parents = room.parent_spaces().await.ok()?;
    pin_mut!(parents);
    let mut found: Vec<Room> = Vec::new();
    while let Some(parent) = parents.next().await {
        if let Ok(ParentSpace::Reciprocal(space)) = parent {
            found.push(space);
        }
    }
    found.into_iter().min_by(|one, other| one.room_id().cmp(other.room_id()))
}
