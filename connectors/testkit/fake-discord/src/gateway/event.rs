//! Events, and which sessions hear them.

use std::sync::Arc;

use serde_json::Value;

use super::Out;
use crate::{
    hub::State,
    id::Id,
    payload,
    permissions::Permissions,
    world::{Audience, MessageData, Place},
};

/// The intents that events ask for.
pub(crate) mod intents {
    /// Guilds, channels, roles.
    pub(crate) const GUILDS: u64 = 1;
    /// Messages in guilds.
    pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
    /// Messages in direct conversations.
    pub(crate) const DIRECT_MESSAGES: u64 = 1 << 12;
    /// Those that must be asked for: members, presences, message content.
    pub(crate) const PRIVILEGED: u64 = (1 << 1) | (1 << 8) | (1 << 15);
    /// No intent needed.
    pub(crate) const NONE: u64 = 0;
}

/// Who hears of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hearers {
    /// The shard of this guild.
    Guild(Id),
    /// The first shard.
    Direct,
    /// One session.
    Connection(u64),
}

impl From<Place> for Hearers {
    fn from(place: Place) -> Self {
        match place {
            Place::Guild { guild } => Self::Guild(guild),
            Place::Direct { .. } => Self::Direct,
        }
    }
}

impl State {
    /// Sends an event to the sessions that hear it; returns how many there are, connected or not.
    pub(crate) fn emit(&mut self, event: &'static str, hearers: Hearers, intent: u64, data: &Value) -> usize {
        let data: Arc<str> = data.to_string().into();
        let mut heard = 0;
        for session in self.gateway.sessions.values_mut() {
            let concerned = match hearers {
                Hearers::Guild(guild) => guild.shard(session.shards) == session.shard,
                Hearers::Direct => session.shard == 0,
                Hearers::Connection(connection) => session.connection == Some(connection),
            };
            if !concerned || session.intents & intent != intent {
                continue;
            }
            let frame = session.hear(event, Arc::clone(&data));
            if let Some(connection) = session.connection.and_then(|id| self.gateway.connections.get(&id)) {
                connection.send(Out::Frame(frame));
            }
            heard += 1;
        }
        heard
    }

    fn bot_sees(&self, channel: Id) -> bool {
        let channel = self.world.channels.get(&channel);
        channel.is_some_and(|channel| self.world.permissions(self.bot, channel).has(Permissions::VIEW_CHANNEL))
    }

    /// Announces a message, or its change, to the bot, unless it is ephemeral.
    pub(crate) fn emit_message(&mut self, event: &'static str, message: &MessageData, base_url: &str) {
        let Some(place) = self.place(message.channel) else { return };
        if message.audience != Audience::Everyone || !self.bot_sees(message.channel) {
            return;
        }
        let mut value = payload::message(&self.world, base_url, message);
        let is_for_the_bot = message.mentions.contains(&self.bot) || message.author == self.bot;
        if place.guild().is_some() && !is_for_the_bot {
            value = payload::without_content(value);
        }
        let guild = place.guild().and_then(|guild| self.world.guilds.get(&guild));
        if let Some(guild) = guild {
            value["guild_id"] = Value::String(guild.id.to_string());
            let mut member = payload::member(&self.world, guild, message.author);
            if let Some(member) = member.as_object_mut() {
                member.remove("user");
            }
            value["member"] = member;
        }
        let intent = if guild.is_some() { intents::GUILD_MESSAGES } else { intents::DIRECT_MESSAGES };
        self.emit(event, place.into(), intent, &value);
    }

    /// Announces that a message is gone.
    pub(crate) fn emit_deleted(&mut self, message: &MessageData) {
        let Some(place) = self.place(message.channel) else { return };
        if message.audience != Audience::Everyone {
            return;
        }
        let value = serde_json::json!({
            "id": message.id, "channel_id": message.channel, "guild_id": place.guild(),
        });
        let intent = if place.guild().is_some() { intents::GUILD_MESSAGES } else { intents::DIRECT_MESSAGES };
        self.emit("MESSAGE_DELETE", place.into(), intent, &value);
    }
}
