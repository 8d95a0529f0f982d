//! Names that networks give to people, places and messages.
//!
//! All are opaque: only the connector that made one knows what it looks like. They are unique within one connector, so
//! whoever stores one stores the [`ConnectorName`] beside it.

use serde::{Deserialize, Serialize};

macro_rules! opaque {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the network's own writing as it is.
            #[must_use]
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The network's own writing.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use opaque;

opaque! {
    /// A connector, such as `discord`, `matrix` or `console`.
    ConnectorName
}
opaque! {
    /// A person on one network.
    PersonId
}
opaque! {
    /// A room, a channel or a direct conversation.
    RoomId
}
opaque! {
    /// A space: one tenant on one network, for instance a Discord server.
    SpaceId
}
opaque! {
    /// A role that a network gives to people.
    RoleId
}
opaque! {
    /// A message within its room, as one value even where the network needed several payloads for it: the connector
    /// then packs their ids into this one.
    MessageId
}
opaque! {
    /// One thing that happened on a network: the same when the network delivers it twice, and never given to another.
    EventId
}

/// A person, and the name under which others know them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Who it is.
    pub id: PersonId,
    /// Name to show. It is the person's own text: a renderer escapes it.
    pub name: String,
}

impl Person {
    /// A person by id and name.
    #[must_use]
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: PersonId::new(id), name: name.into() }
    }
}

/// A message that was sent, wherever it is.
///
/// It stands for the whole message: when the connector had to split it into several payloads, editing it replaces all of
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MessageRef {
    /// The room that it is in.
    pub room: RoomId,
    /// Its id there.
    pub id: MessageId,
}
