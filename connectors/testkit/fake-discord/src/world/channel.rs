//! A channel: a text channel of a guild, a private thread of one, or a direct conversation with the bot.

use super::ThreadData;
use crate::{id::Id, permissions::Permissions};

/// A place for messages.
#[derive(Clone, Debug)]
pub(crate) struct ChannelData {
    pub(crate) id: Id,
    pub(crate) place: Place,
    pub(crate) name: String,
    pub(crate) overwrites: Vec<Overwrite>,
    /// Oldest first.
    pub(crate) messages: Vec<Id>,
    pub(crate) thread: Option<ThreadData>,
}

impl ChannelData {
    /// What it takes to write here.
    pub(crate) fn writing(&self) -> Permissions {
        if self.thread.is_some() { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES }
    }
}

/// Where a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a guild.
    Guild { guild: Id },
    /// Between the bot and one person.
    Direct { user: Id },
}

impl Place {
    pub(crate) fn guild(self) -> Option<Id> {
        match self {
            Self::Guild { guild } => Some(guild),
            Self::Direct { .. } => None,
        }
    }
}

/// What is otherwise in this channel, for a role or for one member.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Overwrite {
    /// The role or the member.
    pub(crate) id: Id,
    /// 0 for a role, 1 for a member, as Discord has it.
    pub(crate) kind: u8,
    pub(crate) allow: Permissions,
    pub(crate) deny: Permissions,
}
