//! To which tenant a room belongs: a Matrix space, or else the room by itself.
//!
//! A room belongs to a Matrix space when both say so, as far as the bot can see: the room names the space as its parent, and
//! the space, in which the bot is too, names the room as its child. If one word were enough, whoever administers one of the
//! two could draw the other into a tenant of theirs.

use crate::{NAME, send};
use futures::{StreamExt as _, pin_mut};
use matrix_sdk::{Client, Room, RoomState, room::ParentSpace};
use ruma::{OwnedRoomId, RoomId};
use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};
use vigie_chat::{App, ConnectorName, RoomKind, Sealed, Space, SpaceId};

/// Which room belongs to which tenant, as far as it was asked since something changed.
#[derive(Debug, Default)]
pub(crate) struct Tenants {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    of: HashMap<OwnedRoomId, Option<Space>>,
    /// How often something was forgotten: what was looked up meanwhile may be of before.
    forgotten: u64,
}

impl Tenants {
    /// The tenant of a room; a direct room has none. Where it can't be looked up, the room stands alone for this time.
    pub(crate) async fn of(&self, room: &Room) -> Option<Space> {
        self.looked_up(room).await.unwrap_or_else(|| Some(named(room, String::new())))
    }

    /// The same; nothing at all where it can't be looked up.
    async fn looked_up(&self, room: &Room) -> Option<Option<Space>> {
        // Asked each time: what is a direct room may change without anything being said about it in the room.
        if send::kind(room).await == RoomKind::Direct {
            return Some(None);
        }
        let before = {
            let known = self.known();
            if let Some(known) = known.of.get(room.room_id()) {
                return Some(known.clone());
            }
            known.forgotten
        };
        let space = tenant(room).await?;
        let mut known = self.known();
        if known.forgotten == before {
            known.of.insert(room.room_id().to_owned(), space.clone());
        }
        Some(space)
    }

    /// Forgets what was known of a room that changed; of all, when it is a space, which may have others under it.
    pub(crate) fn forget(&self, client: &Client, room: &RoomId) {
        let mut known = self.known();
        known.forgotten += 1;
        match client.get_room(room) {
            Some(one) if !one.is_space() => drop(known.of.remove(room)),
            _ => known.of.clear(),
        }
    }

    /// Tells the application in which tenants the bot is, and no longer is; returns what is to be said in which room.
    pub(crate) async fn tell(&self, client: &Client, app: &dyn App) -> Vec<(Room, Sealed)> {
        let name = ConnectorName::new(NAME);
        let mut present: HashSet<SpaceId> = HashSet::new();
        let mut welcomes = Vec::new();
        for room in client.joined_rooms() {
            let Some(space) = self.looked_up(&room).await else {
                // Whoever isn't known to be present isn't known to be gone.
                return welcomes;
            };
            let Some(space) = space else { continue };
            if present.insert(space.id.clone())
                && let Some(welcome) = app.joined(&name, &space).await
            {
                welcomes.push((room, welcome));
            }
        }
        for space in app.spaces(&name).await {
            if !present.contains(&space) {
                app.left(&name, &space).await;
            }
        }
        welcomes
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The tenant of a room; the outer nothing where that can't be looked up.
async fn tenant(room: &Room) -> Option<Option<Space>> {
    if room.is_space() {
        return Some(None);
    }
    let of = parent(room).await?.unwrap_or_else(|| room.clone());
    let name = of.display_name().await.map(|name| name.to_string()).unwrap_or_default();
    Some(Some(named(&of, name)))
}

fn named(room: &Room, name: String) -> Space {
    Space { id: SpaceId::new(room.room_id().as_str()), name }
}

/// The space that a room belongs to. Of several, the one whose id comes first, so that it is the same at each start.
async fn parent(room: &Room) -> Option<Option<Room>> {
    let parents = room.parent_spaces().await.ok()?;
    pin_mut!(parents);
    let mut found: Vec<Room> = Vec::new();
    while let Some(parent) = parents.next().await {
        match parent {
            Ok(ParentSpace::Reciprocal(space)) if space.state() == RoomState::Joined && space.is_space() => {
                found.push(space);
            }
            Ok(_) => {}
            Err(_) => return None,
        }
    }
    Some(found.into_iter().min_by(|one, other| one.room_id().cmp(other.room_id())))
}
