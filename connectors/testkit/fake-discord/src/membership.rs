//! Comings and goings: the bot in guilds, direct conversations, and whom the bot may reach.

use crate::{
    gateway::{Hearers, intents},
    hub::State,
    id::Id,
    payload,
    permissions::Permissions,
    rest::ApiError,
    world::{ChannelData, DirectMessages, MemberData, Place, RoleData},
};

impl State {
    /// Lets the bot into a guild with these permissions, and announces the guild to it.
    pub(crate) fn bot_joins(&mut self, guild: Id, permissions: Permissions) {
        let (bot, role, joined_ms) = (self.bot, self.new_id(), self.now_ms());
        let Some(data) = self.world.guilds.get_mut(&guild) else { return };
        let name = self.world.users.get(&bot).map(|user| user.name.clone()).unwrap_or_default();
        data.roles.retain(|role| role.bot != Some(bot));
        data.roles.push(RoleData { id: role, name, permissions, bot: Some(bot) });
        data.members.insert(bot, MemberData { roles: vec![role], nick: None, joined_ms });
        self.announce_guild(guild);
    }

    /// Sends `GUILD_CREATE`.
    pub(crate) fn announce_guild(&mut self, guild: Id) {
        let Some(data) = self.world.guilds.get(&guild) else { return };
        let value = payload::guild_create(&self.world, data, self.bot, self.now_ms());
        self.emit("GUILD_CREATE", Hearers::Guild(guild), intents::GUILDS, &value);
    }

    /// Takes the bot out of a guild; false when it wasn't in.
    pub(crate) fn bot_leaves(&mut self, guild: Id) -> bool {
        let bot = self.bot;
        let Some(data) = self.world.guilds.get_mut(&guild) else { return false };
        if data.members.remove(&bot).is_none() {
            return false;
        }
        data.roles.retain(|role| role.bot != Some(bot));
        self.world.commands.remove(&Some(guild));
        self.emit("GUILD_DELETE", Hearers::Guild(guild), intents::GUILDS, &serde_json::json!({ "id": guild }));
        true
    }

    /// The direct conversation between the bot and somebody, opened when there is none.
    pub(crate) fn direct_channel(&mut self, user: Id) -> Id {
        if let Some(channel) = self.world.direct_channel(user) {
            return channel;
        }
        let id = self.new_id();
        let name = self.world.users.get(&user).map(|user| user.name.clone()).unwrap_or_default();
        let place = Place::Direct { user };
        let channel = ChannelData { id, place, name, overwrites: Vec::new(), messages: Vec::new(), thread: None };
        self.world.channels.insert(id, channel);
        id
    }

    /// Whether the bot may write to somebody directly.
    pub(crate) fn reachable(&self, user: Id) -> Result<(), ApiError> {
        let Some(data) = self.world.users.get(&user) else { return Err(ApiError::CLOSED_DIRECT_MESSAGES) };
        let shares_a_guild = || {
            let mut guilds = self.world.guilds.values();
            guilds.any(|guild| guild.members.contains_key(&user) && guild.members.contains_key(&self.bot))
        };
        let has_written = || {
            let channel = self.world.direct_channel(user).and_then(|id| self.world.channels.get(&id));
            let mut messages = channel.into_iter().flat_map(|channel| &channel.messages);
            messages.any(|id| self.world.messages.get(id).is_some_and(|message| message.author == user))
        };
        if data.direct_messages == DirectMessages::Open && (shares_a_guild() || has_written()) {
            Ok(())
        } else {
            Err(ApiError::CLOSED_DIRECT_MESSAGES)
        }
    }
}
