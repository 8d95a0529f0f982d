//! To which tenant a room belongs: a Matrix space, or else the room by itself.
//!
//! A room belongs to a Matrix space when both say so, as far as the bot can see: the room names the space as its parent, and
//! the space, in which the bot is too, names the room as its child. If one word were enough, whoever administers one of the
//! two could draw the other into a tenant of theirs.
//!
//! A room that the bot opened beside another belongs to the tenant of that one, as a piece of state says that nobody else
//! could have set.

use super::Purpose;
use crate::{NAME, send};
use futures::{StreamExt as _, pin_mut};
use matrix_sdk::{Client, Room, RoomState, deserialized_responses::RawAnySyncOrStrippedState, room::ParentSpace};
use ruma::{OwnedRoomId, OwnedUserId, RoomId};
use serde::Deserialize;
use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};
use vigie_chat::{App, ConnectorName, RoomKind, Sealed, Space, SpaceId};

/// The state that says beside which room the bot opened a room.
pub(super) const BESIDE: &str = "fr.vigie.beside";
/// How often a room may have been upgraded since another was opened beside it.
const MOST_MOVES: usize = 100;

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
    pub(crate) async fn of(&self, room: &Room, kind: RoomKind) -> Option<Space> {
        self.looked_up(room, kind).await.unwrap_or_else(|| Some(named(room, String::new())))
    }

    /// The same; nothing at all where it can't be looked up.
    async fn looked_up(&self, room: &Room, kind: RoomKind) -> Option<Option<Space>> {
        // Never remembered: what is a direct room may change without anything being said about it in the room.
        if kind == RoomKind::Direct {
            return Some(None);
        }
        // What a room is isn't known before its state is.
        room.create_content()?;
        let base = match beside(room).await {
            // It is still being made.
            None if Purpose::of(room).await == Some(Purpose::Beside) => return None,
            beside => based(room, beside),
        };
        let Some(room) = base.room() else { return Some(Some(base.former(room).await)) };
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
            let Some(space) = self.looked_up(&room, send::kind(&room).await).await else {
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

/// To which room's tenant a room belongs.
pub(super) enum Base {
    /// To that of this one, which may be the room itself.
    Room(Room),
    /// To that of a room which the bot is no longer in, and which was this one then.
    Former(OwnedRoomId),
}

impl Base {
    /// The room, if the bot is still in it.
    pub(super) fn room(&self) -> Option<&Room> {
        match self {
            Self::Room(room) => Some(room),
            Self::Former(_) => None,
        }
    }

    /// The tenant as it was when a room was opened there.
    async fn former(&self, opened: &Room) -> Space {
        let (Self::Former(id), client) = (self, opened.client()) else { return named(opened, String::new()) };
        let known = client.get_room(id);
        let name = match &known {
            Some(room) => room.display_name().await.map(|name| name.to_string()).unwrap_or_default(),
            None => String::new(),
        };
        Space { id: SpaceId::new(id.as_str()), name }
    }
}

/// The room to whose tenant a room belongs: the one beside which the bot opened it, wherever that went since, or else the
/// room itself.
pub(super) async fn base(room: &Room) -> Base {
    based(room, beside(room).await)
}

fn based(room: &Room, beside: Option<Beside>) -> Base {
    let Some(Beside { room: near, tenant }) = beside else { return Base::Room(room.clone()) };
    let (client, mut at) = (room.client(), near.clone());
    for _ in 0..MOST_MOVES {
        let Some(next) = client.get_room(&at) else { break };
        match next.successor_room() {
            Some(successor) if client.get_room(&successor.room_id).is_some() => at = successor.room_id,
            _ if next.state() == RoomState::Joined => return Base::Room(next),
            _ => break,
        }
    }
    Base::Former(if tenant == near { at } else { tenant })
}

/// What the state of a room that the bot opened says.
#[derive(Deserialize)]
struct Beside {
    room: OwnedRoomId,
    /// The tenant of that room when this one was opened.
    tenant: OwnedRoomId,
}

/// Beside which room the bot opened a room, if it did. What others say of it doesn't count.
async fn beside(room: &Room) -> Option<Beside> {
    #[derive(Deserialize)]
    struct Said {
        sender: OwnedUserId,
        content: Beside,
    }
    let me = room.own_user_id();
    if !room.creators()?.iter().any(|creator| creator == me) {
        return None;
    }
    let RawAnySyncOrStrippedState::Sync(raw) = room.get_state_event(BESIDE.into(), "").await.ok()?? else {
        return None;
    };
    let said: Said = serde_json::from_str(raw.json().get()).ok()?;
    (said.sender == me && said.content.room != room.room_id()).then_some(said.content)
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
pub(super) async fn parent(room: &Room) -> Option<Option<Room>> {
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
