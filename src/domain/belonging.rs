//! To which space a room belongs, as far as people may change it.
//!
//! A network reports the space of each room: a Discord server, a Matrix space. A room that neither holds is reported as a
//! space of its own, under its own id, and its administrators may have it join another.

use vigie_chat::{Origin, RoomKind, SpaceId};

/// How a room belongs to the space in which it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belonging {
    /// It is somebody's direct room, which belongs to none.
    Direct,
    /// The network says so, and nobody here can change it.
    OfNetwork,
    /// It is a space of its own.
    Alone,
    /// Its administrators had it join.
    Joined,
}

/// Whether the network reports a room as a space of its own.
#[must_use]
pub fn stands_alone(origin: &Origin) -> bool {
    let own = |space: &SpaceId| space.as_str() == origin.room.id.as_str();
    origin.room.kind == RoomKind::Shared && origin.space.as_ref().is_some_and(own)
}

/// How the room of an origin belongs to its space, given the space that the room joined, if it did.
#[must_use]
pub fn belonging(origin: &Origin, joined: Option<&SpaceId>) -> Belonging {
    match (&origin.space, origin.room.kind) {
        (None, _) | (_, RoomKind::Direct) => Belonging::Direct,
        (Some(space), _) if joined == Some(space) => Belonging::Joined,
        _ if stands_alone(origin) => Belonging::Alone,
        // Also a room that joined, before the network put it in a space: the network's word counts.
        _ => Belonging::OfNetwork,
    }
}
