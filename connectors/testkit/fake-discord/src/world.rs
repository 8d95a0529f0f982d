//! What exists: users, guilds, channels, messages, files, registered commands.
//!
//! Plain data, kept by [`crate::hub::State`]. Handles such as [`crate::Guild`] and the REST endpoints change it; the
//! functions of `payload` render it as Discord's JSON.

mod channel;
mod event;
mod file;
mod guild;
mod message;
mod thread;
mod user;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

pub(crate) use self::{
    channel::{ChannelData, Overwrite, Place},
    event::EventData,
    file::StoredFile,
    guild::{GuildData, MemberData, RoleData},
    message::{AttachmentData, Audience, MessageData, flags},
    thread::ThreadData,
    user::{DirectMessages, UserData},
};
use crate::{id::Id, permissions::Permissions};

/// Everything that exists on this Discord.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) users: BTreeMap<Id, UserData>,
    pub(crate) guilds: BTreeMap<Id, GuildData>,
    pub(crate) channels: BTreeMap<Id, ChannelData>,
    pub(crate) events: BTreeMap<Id, EventData>,
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

    /// The channel by whose permissions a channel goes: itself, unless it is a thread.
    pub(crate) fn parent(&self, channel: Id) -> Option<&ChannelData> {
        let channel = self.channels.get(&channel)?;
        channel.thread.as_ref().map_or(Some(channel), |thread| self.channels.get(&thread.parent))
    }

    /// What somebody may do in a channel. A thread is there for its members, and for those who manage threads.
    pub(crate) fn permissions(&self, user: Id, channel: &ChannelData) -> Permissions {
        let Some(guild) = channel.place.guild() else { return Permissions::ALL };
        let Some(guild) = self.guilds.get(&guild) else { return Permissions::NONE };
        let sum = self.parent(channel.id).map_or(Permissions::NONE, |parent| guild.permissions(user, Some(parent)));
        let is_in = channel.thread.as_ref().is_none_or(|thread| thread.members.contains(&user));
        if is_in || sum.has(Permissions::MANAGE_THREADS) { sum } else { Permissions::NONE }
    }

    /// The threads of a guild that somebody sees and that aren't put aside.
    pub(crate) fn threads(&self, guild: Id, viewer: Id, now_ms: i64) -> impl Iterator<Item = &ChannelData> {
        let of_guild = move |channel: &&ChannelData| channel.place.guild() == Some(guild);
        let is_active =
            move |channel: &&ChannelData| channel.thread.as_ref().is_some_and(|thread| !thread.is_aside(now_ms));
        let all = self.channels.values().filter(of_guild).filter(is_active);
        all.filter(move |channel| self.permissions(viewer, channel).has(Permissions::VIEW_CHANNEL))
    }

    /// The scheduled events of a guild, oldest first, those that are over too.
    pub(crate) fn events_of(&self, guild: Id) -> impl Iterator<Item = &EventData> {
        self.events.values().filter(move |event| event.guild == guild)
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
