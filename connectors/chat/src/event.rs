//! What people do, as connectors report it.

use crate::{
    action::Token,
    id::{ConnectorName, EventId, MessageId, Person, RoleId, RoomId, SpaceId},
    invocation::Invocation,
    parse::Misread,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that a person did and that deserves an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A command was given, typed or through the network's own commands.
    Command {
        /// What was asked.
        invocation: Invocation,
        /// Who, where and when.
        origin: Origin,
    },
    /// A command was typed, but couldn't be read.
    Misread {
        /// What was wrong, with what to say about it.
        misread: Misread,
        /// Who, where and when.
        origin: Origin,
    },
    /// Free text was said to the bot, in a direct room or by mention.
    Text {
        /// The text, without the mention.
        text: String,
        /// Who, where and when.
        origin: Origin,
    },
    /// A button was pressed or an option chosen.
    Press {
        /// What the action held.
        token: Token,
        /// Who, where and when; its message is the one pressed.
        origin: Origin,
    },
    /// A form was submitted.
    Submit {
        /// What the form held.
        token: Token,
        /// What was filled in, by parameter. Empty fields are left out. Nothing vouches for the names or the values:
        /// [`crate::Form::fill`] checks them.
        fields: BTreeMap<String, String>,
        /// Who, where and when.
        origin: Origin,
    },
}

impl Event {
    /// Who, where and when.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        match self {
            Self::Command { origin, .. }
            | Self::Misread { origin, .. }
            | Self::Text { origin, .. }
            | Self::Press { origin, .. }
            | Self::Submit { origin, .. } => origin,
        }
    }

    /// The same, to be changed.
    #[must_use]
    pub fn origin_mut(&mut self) -> &mut Origin {
        match self {
            Self::Command { origin, .. }
            | Self::Misread { origin, .. }
            | Self::Text { origin, .. }
            | Self::Press { origin, .. }
            | Self::Submit { origin, .. } => origin,
        }
    }
}

/// Who did something, where and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The connector that reports it.
    pub connector: ConnectorName,
    /// The space, where the network knows one; a direct room has none.
    pub space: Option<SpaceId>,
    /// The room.
    pub room: Room,
    /// The person.
    pub person: Person,
    /// What the network lets the person do in the space.
    pub standing: Standing,
    /// Roles that the network gives them in the space.
    pub roles: Vec<Role>,
    /// The person's language, as a BCP 47 tag, if the network tells.
    pub locale: Option<String>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// When.
    pub at: Timestamp,
    /// What happened, for good: the interaction on Discord, the event on Matrix. Whoever handles an event twice under one
    /// id does its work once.
    pub event: EventId,
    /// The message: the one said, or the one whose action was pressed or led to the form. Several events may have the
    /// same one.
    pub message: Option<MessageId>,
}

/// What a network lets a person do in a space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// What everybody may.
    #[default]
    Member,
    /// To administer the space.
    Administrator,
}

/// A role that a network gives to people.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Role {
    /// Which one.
    pub id: RoleId,
    /// Its name on the network.
    pub name: String,
}

/// A room, and what kind it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Room {
    /// Which one.
    pub id: RoomId,
    /// Its kind.
    pub kind: RoomKind,
}

/// A space that the bot is in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Space {
    /// Which one.
    pub id: SpaceId,
    /// Its name. It is its people's own text.
    pub name: String,
}

/// Who is in a room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// Several people.
    #[default]
    Shared,
    /// One person and the bot.
    Direct,
}

/// A file that came with an event. Its bytes stay on the network until [`crate::Reply::fetch`] asks for them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attachment {
    /// What the connector needs to fetch it.
    pub source: String,
    /// Name with its extension. It is the sender's own text.
    pub name: String,
    /// Media type, if the network tells.
    pub media_type: Option<String>,
    /// Size in bytes, as the network tells it.
    pub size: u64,
}

/// A parameter that somebody is typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionQuery {
    /// The command being typed, with its other values so far.
    pub invocation: Invocation,
    /// The parameter being typed.
    pub param: String,
    /// What is typed of it so far.
    pub typed: String,
    /// Who, where and when.
    pub origin: Origin,
}

/// A value that could be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Words to show, 100 characters at most.
    pub label: String,
    /// The value, 100 characters at most.
    pub value: String,
}
