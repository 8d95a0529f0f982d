//! Guilds and roles, as a test holds them.

mod events;

pub use self::events::ScheduledEvent;

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Value, json};

use crate::{
    gateway::{Hearers, intents},
    hub::{Hub, State},
    id::Id,
    payload,
    people::Person,
    permissions::Permissions,
    place::Channel,
    world::{GuildData, MemberData, RoleData, UserData},
};

/// A guild (server).
#[derive(Clone, Debug)]
pub struct Guild {
    hub: Arc<Hub>,
    id: Id,
}

impl Guild {
    pub(crate) fn create(hub: &Arc<Hub>, name: &str) -> Self {
        let id = hub.change(|state| {
            let (id, owner, now_ms) = (state.new_id(), state.new_id(), state.now_ms());
            state.world.users.insert(owner, UserData::person(owner, &format!("owner of {name}")));
            let permissions = Permissions::of_everyone();
            let everyone = RoleData { id, name: "@everyone".to_owned(), permissions, bot: None };
            let member = MemberData { roles: Vec::new(), nick: None, joined_ms: now_ms };
            let guild = GuildData {
                id,
                name: name.to_owned(),
                owner,
                roles: vec![everyone],
                members: BTreeMap::from([(owner, member)]),
                channels: Vec::new(),
                system_channel: None,
                is_available: true,
            };
            state.world.guilds.insert(id, guild);
            id
        });
        Self { hub: Arc::clone(hub), id }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// A new text channel, which everybody sees. The first is also where Discord welcomes newcomers.
    #[must_use]
    pub fn channel(&self, name: &str) -> Channel {
        Channel::create(&self.hub, self.id, name)
    }

    /// A new role.
    #[must_use]
    pub fn role(&self, name: &str) -> Role {
        let id = self.change(|state, guild| {
            let id = state.new_id();
            let role = RoleData { id, name: name.to_owned(), permissions: Permissions::NONE, bot: None };
            let roles = &mut state.world.guilds.get_mut(&guild)?.roles;
            roles.push(role);
            let role = payload::role(roles.last()?, roles.len() - 1);
            let value = json!({ "guild_id": guild, "role": role });
            state.emit("GUILD_ROLE_CREATE", Hearers::Guild(guild), intents::GUILDS, &value);
            Some(id)
        });
        Role { hub: Arc::clone(&self.hub), guild: self.id, id }
    }

    /// Somebody who is a member: the person of that name, made if there is none.
    #[must_use]
    pub fn member(&self, name: &str) -> Person {
        self.join(Person::named(&self.hub, name))
    }

    /// Somebody leaves the guild.
    pub fn loses(&self, person: &Person) {
        self.change(|state, guild| Some(state.world.guilds.get_mut(&guild)?.members.remove(&person.id())));
    }

    /// Another bot that is a member.
    #[must_use]
    pub fn other_bot(&self, name: &str) -> Person {
        self.join(Person::other_bot(&self.hub, name))
    }

    fn join(&self, person: Person) -> Person {
        let id = person.id();
        self.change(|state, guild| {
            let joined_ms = state.now_ms();
            let member = MemberData { roles: Vec::new(), nick: None, joined_ms };
            state.world.guilds.get_mut(&guild)?.members.entry(id).or_insert(member);
            Some(())
        });
        person
    }

    /// The guild's owner, who may do everything.
    #[must_use]
    pub fn owner(&self) -> Person {
        let owner = self.change(|state, guild| Some(state.world.guilds.get(&guild)?.owner));
        Person::with_id(&self.hub, owner)
    }

    /// Somebody invites the bot, with what a chat bot usually asks for.
    pub fn invite_bot(&self) {
        self.invite_bot_with(Permissions::of_everyone());
    }

    /// Somebody invites the bot with these permissions in its own role.
    pub fn invite_bot_with(&self, permissions: Permissions) {
        self.change(|state, guild| {
            state.bot_joins(guild, permissions);
            Some(())
        });
    }

    /// Somebody removes the bot.
    pub fn remove_bot(&self) {
        self.change(|state, guild| Some(state.bot_leaves(guild)));
    }

    /// Discord has an outage here: the guild is unavailable until [`Self::comes_back`].
    pub fn goes_unavailable(&self) {
        self.change(|state, guild| {
            state.world.guilds.get_mut(&guild)?.is_available = false;
            state.emit("GUILD_DELETE", Hearers::Guild(guild), intents::GUILDS, &payload::unavailable(guild));
            Some(())
        });
    }

    /// The outage is over.
    pub fn comes_back(&self) {
        self.change(|state, guild| {
            state.world.guilds.get_mut(&guild)?.is_available = true;
            state.announce_guild(guild);
            Some(())
        });
    }

    /// The commands registered for this guild alone.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.hub.look(|state| state.world.commands.get(&Some(self.id)).cloned().unwrap_or_default())
    }

    fn change<T>(&self, change: impl FnOnce(&mut State, Id) -> Option<T>) -> T {
        self.hub.change(|state| change(state, self.id)).expect("a guild is never forgotten")
    }
}

/// A role of a guild.
#[derive(Clone, Debug)]
pub struct Role {
    hub: Arc<Hub>,
    guild: Id,
    id: Id,
}

impl Role {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Gives the role permissions, beside those it has.
    #[must_use]
    pub fn allows(self, permissions: Permissions) -> Self {
        self.hub.change(|state| {
            let guild = state.world.guilds.get_mut(&self.guild);
            let mut roles = guild.into_iter().flat_map(|guild| &mut guild.roles);
            if let Some(role) = roles.find(|role| role.id == self.id) {
                role.permissions |= permissions;
            }
        });
        self
    }

    pub(crate) fn give_to(&self, user: Id) {
        self.hub.change(|state| {
            let guild = state.world.guilds.get_mut(&self.guild);
            let member = guild.and_then(|guild| guild.members.get_mut(&user));
            member.expect("only a member can be given a role").roles.push(self.id);
        });
    }
}
