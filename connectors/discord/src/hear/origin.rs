//! Who did something, where and when, as the port tells it.

use super::servers::{Servers, standing};
use crate::NAME;
use jiff::Timestamp;
use serenity::all::{ApplicationId, ChannelId, GuildId, InteractionId, Member, Message, User};
use vigie_chat::{
    Attachment, ConnectorName, EventId, MessageId, Origin, Person, Room, RoomId, RoomKind, SpaceId, Standing,
};

/// What the interactions of all kinds have in common.
pub(crate) struct Asked<'a> {
    pub(crate) application: ApplicationId,
    pub(crate) id: InteractionId,
    pub(crate) guild: Option<GuildId>,
    pub(crate) channel: ChannelId,
    pub(crate) member: Option<&'a Member>,
    pub(crate) user: &'a User,
    pub(crate) locale: &'a str,
    pub(crate) message: Option<u64>,
}

impl Asked<'_> {
    /// The origin of what is asked at `now`.
    pub(crate) fn origin(&self, servers: &Servers, now: Timestamp) -> Origin {
        let name = self.member.map_or_else(|| self.user.display_name(), Member::display_name);
        let roles = match (self.guild, self.member) {
            (Some(guild), Some(member)) => servers.roles(guild, &member.roles),
            _ => Vec::new(),
        };
        Origin {
            connector: ConnectorName::new(NAME),
            space: space(self.guild),
            room: room(self.guild, self.channel),
            person: Person::new(self.user.id.to_string(), name),
            standing: self.member.and_then(|member| member.permissions).map_or(Standing::Member, standing),
            roles,
            locale: Some(self.locale.to_owned()).filter(|locale| !locale.is_empty()),
            attachments: Vec::new(),
            at: now,
            event: EventId::new(self.id.to_string()),
            message: self.message.map(|id| MessageId::new(id.to_string())),
        }
    }
}

/// The origin of a message that is said at `now`.
pub(crate) fn of_message(message: &Message, servers: &Servers, now: Timestamp) -> Origin {
    let member = message.member.as_deref();
    let name = member.and_then(|member| member.nick.as_deref()).unwrap_or_else(|| message.author.display_name());
    let (roles, standing) = match (message.guild_id, member) {
        (Some(guild), Some(member)) => {
            (servers.roles(guild, &member.roles), servers.standing(guild, message.author.id, &member.roles))
        }
        _ => (Vec::new(), Standing::Member),
    };
    Origin {
        connector: ConnectorName::new(NAME),
        space: space(message.guild_id),
        room: room(message.guild_id, message.channel_id),
        person: Person::new(message.author.id.to_string(), name),
        standing,
        roles,
        locale: None,
        attachments: message.attachments.iter().map(attachment).collect(),
        at: now,
        event: EventId::new(message.id.to_string()),
        message: Some(MessageId::new(message.id.to_string())),
    }
}

/// A room of a server, or a direct one.
pub(crate) fn room(guild: Option<GuildId>, channel: ChannelId) -> Room {
    let kind = if guild.is_some() { RoomKind::Shared } else { RoomKind::Direct };
    Room { id: RoomId::new(channel.to_string()), kind }
}

fn space(guild: Option<GuildId>) -> Option<SpaceId> {
    guild.map(|guild| SpaceId::new(guild.to_string()))
}

/// A file that came with something. Its address is what fetches it.
pub(crate) fn attachment(file: &serenity::all::Attachment) -> Attachment {
    Attachment {
        source: file.url.clone(),
        name: file.filename.clone(),
        media_type: file.content_type.clone(),
        size: u64::from(file.size),
    }
}
