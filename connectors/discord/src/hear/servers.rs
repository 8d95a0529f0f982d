//! What must be known of each server: its name and its roles, as the gateway tells them.
//!
//! Only that: members, channels and messages aren't kept, so that a thousand servers stay within a few megabytes.

use serenity::all::{Guild, GuildId, Permissions, Role as DiscordRole, RoleId as DiscordRoleId, UserId};
use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};
use vigie_chat::{Role, RoleId, Standing};

/// What lets a person administer the space.
const ADMINISTERS: Permissions = Permissions::ADMINISTRATOR.union(Permissions::MANAGE_GUILD);

/// The servers that this process serves.
#[derive(Debug, Default)]
pub(crate) struct Servers(RwLock<HashMap<GuildId, Server>>);

#[derive(Debug)]
struct Server {
    owner: UserId,
    roles: HashMap<DiscordRoleId, KnownRole>,
}

#[derive(Debug)]
struct KnownRole {
    name: Box<str>,
    administers: bool,
}

impl From<&DiscordRole> for KnownRole {
    fn from(role: &DiscordRole) -> Self {
        Self { name: role.name.as_str().into(), administers: role.permissions.intersects(ADMINISTERS) }
    }
}

/// What the network lets a person do, from the permissions that come with an interaction.
pub(crate) fn standing(permissions: Permissions) -> Standing {
    if permissions.intersects(ADMINISTERS) { Standing::Administrator } else { Standing::Member }
}

impl Servers {
    fn read(&self) -> RwLockReadGuard<'_, HashMap<GuildId, Server>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<GuildId, Server>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a server that the gateway describes.
    pub(crate) fn know(&self, guild: &Guild) {
        let roles = guild.roles.values().map(|role| (role.id, KnownRole::from(role))).collect();
        self.write().insert(guild.id, Server { owner: guild.owner_id, roles });
    }

    /// Notes that a server has a new owner.
    pub(crate) fn owned(&self, guild: GuildId, owner: UserId) {
        if let Some(server) = self.write().get_mut(&guild) {
            server.owner = owner;
        }
    }

    /// Forgets a server.
    pub(crate) fn forget(&self, guild: GuildId) {
        self.write().remove(&guild);
    }

    /// Notes a role that was made or changed.
    pub(crate) fn role(&self, guild: GuildId, role: &DiscordRole) {
        if let Some(server) = self.write().get_mut(&guild) {
            server.roles.insert(role.id, KnownRole::from(role));
        }
    }

    /// Forgets a role.
    pub(crate) fn no_role(&self, guild: GuildId, role: DiscordRoleId) {
        if let Some(server) = self.write().get_mut(&guild) {
            server.roles.remove(&role);
        }
    }

    /// How many servers are known.
    pub(crate) fn count(&self) -> usize {
        self.read().len()
    }

    /// The roles of a member, with their names.
    pub(crate) fn roles(&self, guild: GuildId, of: &[DiscordRoleId]) -> Vec<Role> {
        let servers = self.read();
        let known = servers.get(&guild);
        let name = |id| known.and_then(|server| server.roles.get(id)).map(|role| role.name.to_string());
        of.iter().filter_map(|id| Some(Role { id: RoleId::new(id.to_string()), name: name(id)? })).collect()
    }

    /// What a member may do, by their roles: messages don't tell permissions as interactions do.
    pub(crate) fn standing(&self, guild: GuildId, member: UserId, of: &[DiscordRoleId]) -> Standing {
        let servers = self.read();
        let Some(server) = servers.get(&guild) else { return Standing::Member };
        let by_role = |id| server.roles.get(id).is_some_and(|role| role.administers);
        // Everybody has the role that bears the server's own id.
        let everybody = DiscordRoleId::new(guild.get());
        if server.owner == member || by_role(&everybody) || of.iter().any(by_role) {
            Standing::Administrator
        } else {
            Standing::Member
        }
    }
}
