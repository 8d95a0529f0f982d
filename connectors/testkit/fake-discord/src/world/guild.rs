//! A guild (server): its roles, its members, and what a member may do in its channels.

use std::collections::BTreeMap;

use super::ChannelData;
use crate::{id::Id, permissions::Permissions};

/// A server.
#[derive(Clone, Debug)]
pub(crate) struct GuildData {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) owner: Id,
    /// The first is everyone's, whose id is the guild's.
    pub(crate) roles: Vec<RoleData>,
    pub(crate) members: BTreeMap<Id, MemberData>,
    pub(crate) channels: Vec<Id>,
    pub(crate) system_channel: Option<Id>,
    /// False while Discord has an outage there.
    pub(crate) is_available: bool,
}

/// A role of a guild.
#[derive(Clone, Debug)]
pub(crate) struct RoleData {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) permissions: Permissions,
    /// The bot to whom the role belongs, if it is such a role.
    pub(crate) bot: Option<Id>,
}

/// A user's membership.
#[derive(Clone, Debug)]
pub(crate) struct MemberData {
    pub(crate) roles: Vec<Id>,
    pub(crate) nick: Option<String>,
    pub(crate) joined_ms: i64,
}

impl GuildData {
    /// What a member may do in a channel, or in the guild as a whole.
    pub(crate) fn permissions(&self, user: Id, channel: Option<&ChannelData>) -> Permissions {
        let Some(member) = self.members.get(&user) else { return Permissions::NONE };
        if user == self.owner {
            return Permissions::ALL;
        }
        let mut sum = Permissions::NONE;
        for role in &self.roles {
            if role.id == self.id || member.roles.contains(&role.id) {
                sum |= role.permissions;
            }
        }
        if sum.has(Permissions::ADMINISTRATOR) {
            return Permissions::ALL;
        }
        let Some(channel) = channel else { return sum };
        let everyone = channel.overwrites.iter().filter(|overwrite| overwrite.id == self.id);
        for overwrite in everyone {
            sum = sum.overwritten(overwrite.allow, overwrite.deny);
        }
        let (mut allow, mut deny) = (Permissions::NONE, Permissions::NONE);
        for overwrite in channel.overwrites.iter().filter(|overwrite| member.roles.contains(&overwrite.id)) {
            allow |= overwrite.allow;
            deny |= overwrite.deny;
        }
        sum = sum.overwritten(allow, deny);
        for overwrite in channel.overwrites.iter().filter(|overwrite| overwrite.kind == 1 && overwrite.id == user) {
            sum = sum.overwritten(overwrite.allow, overwrite.deny);
        }
        sum
    }
}
