//! Guilds, roles, members and channels, as JSON.

use serde_json::{Value, json};

use super::{event, user};
use crate::{
    clock::iso,
    hub::State,
    id::Id,
    permissions::Permissions,
    world::{ChannelData, GuildData, Place, RoleData, ThreadData, World},
};

/// A guild of which only the id is known yet.
pub(crate) fn unavailable(guild: Id) -> Value {
    json!({ "id": guild, "unavailable": true })
}

/// A guild as `GET /guilds/{id}` gives it.
pub(crate) fn guild_rest(guild: &GuildData) -> Value {
    let roles = guild.roles.iter().enumerate().map(|(position, data)| role(data, position)).collect::<Vec<_>>();
    json!({
        "id": guild.id,
        "name": guild.name,
        "icon": null,
        "icon_hash": null,
        "splash": null,
        "discovery_splash": null,
        "owner_id": guild.owner,
        "afk_channel_id": null,
        "afk_timeout": 300,
        "widget_enabled": false,
        "widget_channel_id": null,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": roles,
        "emojis": [],
        "features": [],
        "mfa_level": 0,
        "application_id": null,
        "system_channel_id": guild.system_channel,
        "system_channel_flags": 0,
        "rules_channel_id": null,
        "max_presences": null,
        "max_members": 500_000,
        "vanity_url_code": null,
        "description": null,
        "banner": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "public_updates_channel_id": null,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "nsfw_level": 0,
        "nsfw": false,
        "stickers": [],
        "premium_progress_bar_enabled": false,
        "safety_alerts_channel_id": null,
        "incidents_data": null,
    })
}

/// A guild as the gateway announces it to a bot that may not know its members.
pub(crate) fn guild_create(world: &World, guild: &GuildData, bot: Id, now_ms: i64) -> Value {
    let mut value = guild_rest(guild);
    let channels = guild.channels.iter().filter_map(|id| world.channels.get(id));
    let channels = channels.map(|data| channel(data, now_ms)).collect::<Vec<_>>();
    // Of private threads, those that the bot is in.
    let threads = world.threads(guild.id, bot, now_ms).map(|data| channel(data, now_ms)).collect::<Vec<_>>();
    let events = world.events_of(guild.id).filter(|event| event.is_open(now_ms));
    let events = events.map(|data| event(world, data, now_ms)).collect::<Vec<_>>();
    let extra = json!({
        "joined_at": iso(guild.members.get(&bot).map_or(0, |member| member.joined_ms)),
        "large": false,
        "unavailable": false,
        "member_count": guild.members.len(),
        "voice_states": [],
        "members": [member(world, guild, bot)],
        "channels": channels,
        "threads": threads,
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": events,
        "soundboard_sounds": [],
    });
    if let (Value::Object(value), Value::Object(extra)) = (&mut value, extra) {
        value.extend(extra);
    }
    value
}

/// A role object.
pub(crate) fn role(role: &RoleData, position: usize) -> Value {
    let tags = role.bot.map(|bot| json!({ "bot_id": bot }));
    let mut value = json!({
        "id": role.id,
        "name": role.name,
        "color": 0,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false,
        "icon": null,
        "unicode_emoji": null,
        "position": position,
        "permissions": role.permissions.bits().to_string(),
        "managed": role.bot.is_some(),
        "mentionable": false,
        "flags": 0,
    });
    if let Some(tags) = tags {
        value["tags"] = tags;
    }
    value
}

/// A member object, with its user.
pub(crate) fn member(world: &World, guild: &GuildData, id: Id) -> Value {
    let member = guild.members.get(&id);
    json!({
        "user": world.users.get(&id).map(user),
        "nick": member.and_then(|member| member.nick.clone()),
        "avatar": null,
        "banner": null,
        "roles": member.map(|member| member.roles.clone()).unwrap_or_default(),
        "joined_at": iso(member.map_or(0, |member| member.joined_ms)),
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "flags": 0,
        "pending": false,
        "communication_disabled_until": null,
        "unusual_dm_activity_until": null,
        "avatar_decoration_data": null,
    })
}

/// A channel of a guild, whole. For a direct conversation see [`partial_channel`].
pub(crate) fn channel(channel: &ChannelData, now_ms: i64) -> Value {
    if let Some(data) = &channel.thread {
        return thread(channel, data, now_ms);
    }
    let overwrites = channel.overwrites.iter().map(|overwrite| {
        json!({
            "id": overwrite.id,
            "type": overwrite.kind,
            "allow": overwrite.allow.bits().to_string(),
            "deny": overwrite.deny.bits().to_string(),
        })
    });
    json!({
        "id": channel.id,
        "type": 0,
        "guild_id": channel.place.guild(),
        "name": channel.name,
        "topic": null,
        "position": 0,
        "parent_id": null,
        "nsfw": false,
        "rate_limit_per_user": 0,
        "last_message_id": channel.messages.last(),
        "flags": 0,
        "permission_overwrites": overwrites.collect::<Vec<_>>(),
    })
}

/// A private thread, whole.
fn thread(channel: &ChannelData, thread: &ThreadData, now_ms: i64) -> Value {
    let count = channel.messages.len();
    json!({
        "id": channel.id,
        "type": 12,
        "guild_id": channel.place.guild(),
        "name": channel.name,
        "parent_id": thread.parent,
        "owner_id": thread.owner,
        "rate_limit_per_user": 0,
        "last_message_id": channel.messages.last(),
        "message_count": count,
        "total_message_sent": count,
        "member_count": thread.members.len(),
        "flags": 0,
        "thread_metadata": {
            "archived": thread.is_aside(now_ms),
            "archive_timestamp": iso(thread.active_ms),
            "auto_archive_duration": thread.patience,
            "locked": false,
            "create_timestamp": iso(thread.created_ms),
            "invitable": thread.invitable,
        },
    })
}

/// A channel as interactions and `POST /users/@me/channels` give it.
pub(crate) fn partial_channel(state: &State, data: &ChannelData, permissions: Option<Permissions>) -> Value {
    let world = &state.world;
    let mut value = match data.place {
        Place::Guild { .. } => channel(data, state.now_ms()),
        Place::Direct { user: id } => json!({
            "id": data.id,
            "type": 1,
            "flags": 0,
            "last_message_id": data.messages.last(),
            "recipients": world.users.get(&id).map(user).into_iter().collect::<Vec<_>>(),
        }),
    };
    if let Some(permissions) = permissions {
        value["permissions"] = json!(permissions.bits().to_string());
    }
    value
}
