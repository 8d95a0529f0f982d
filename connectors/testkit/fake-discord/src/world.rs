//! What exists: users, guilds, channels, messages, files, registered commands.
//!
//! Plain data, kept by [`crate::hub::State`]. Handles such as [`crate::Guild`] and the REST endpoints change it; the
//! functions of `payload` render it as Discord's JSON.

mod channel;
mod file;
mod guild;
mod message;
mod user;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

pub(crate) use self::{
    channel::{ChannelData, Overwrite, Place},
    file::StoredFile,
    guild::{GuildData, MemberData, RoleData},
    message::{AttachmentData, Audience, MessageData, flags},
    user::{DirectMessages, UserData},
};
use crate::id::Id;

/// Everything that exists on this Discord.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) users: BTreeMap<Id, UserData>,
    pub(crate) guilds: BTreeMap<Id, GuildData>,
    pub(crate) channels: BTreeMap<Id, ChannelData>,
    pub(crate) messages: HashMap<Id, MessageData>,
    pub(crate) files: HashMap<Id, StoredFile>,
    /// Registered commands: the global ones under `None`, then those of each guild.
    pub(crate) commands: HashMap<Option<Id>, Vec<Value>>,
}

impl World {
    /// The messages of a channel, oldest first, as far as `viewer` sees them.
    pub(crate) fn messages_in(&self, channel: Id, viewer: Option<Id>) -> Vec<Id> {
        let Some(channel) = self.channels.get(&channel) else { return Vec::new() };
        let seen = |id: &&Id| self.messages.get(id).is_some_and(|message| message.audience.includes(viewer));
        channel.messages.iter().filter(seen).copied().collect()
    }

    /// Forgets a message, as if it had never been.
    pub(crate) fn forget_message(&mut self, id: Id) -> Option<MessageData> {
        let message = self.messages.remove(&id)?;
        if let Some(channel) = self.channels.get_mut(&message.channel) {
            channel.messages.retain(|other| *other != id);
        }
        Some(message)
    }

    /// Puts a message in its channel.
    pub(crate) fn post(&mut self, message: MessageData) {
        if let Some(channel) = self.channels.get_mut(&message.channel) {
            channel.messages.push(message.id);
        }
        self.messages.insert(message.id, message);
    }

    /// The direct channel with this user, when one was opened.
    pub(crate) fn direct_channel(&self, user: Id) -> Option<Id> {
        self.channels.values().find(|channel| channel.place == Place::Direct { user }).map(|channel| channel.id)
    }
}
