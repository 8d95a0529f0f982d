//! Channels and guilds: reading them, opening a direct conversation, "typing…".

use serde_json::Value;

use super::{
    error::ApiError,
    perform::{Answer, Request},
};
use crate::{
    hub::State,
    id::Id,
    payload,
    permissions::Permissions,
    world::{GuildData, Place},
};

pub(crate) fn open_direct(asked: Request<'_>, state: &mut State) -> Result<Answer, ApiError> {
    let recipient = asked.json()?.get("recipient_id").and_then(id_of);
    let recipient = recipient.filter(|id| state.world.users.get(id).is_some_and(|user| !user.is_a_bot));
    let recipient = recipient.ok_or(ApiError::INVALID_RECIPIENT)?;
    let channel = state.direct_channel(recipient);
    let channel = &state.world.channels[&channel];
    Ok(Answer::ok(payload::partial_channel(state, channel, None)))
}

/// An id, as text or as a number.
pub(crate) fn id_of(value: &Value) -> Option<Id> {
    match value {
        Value::String(text) => Id::parse(text),
        Value::Number(number) => number.as_u64().map(Id::new),
        _ => None,
    }
}

/// What the bot may do in a channel that it can see.
pub(crate) fn access(state: &State, channel: Id) -> Result<(Place, Permissions), ApiError> {
    let channel = state.world.channels.get(&channel).ok_or(ApiError::UNKNOWN_CHANNEL)?;
    let permissions = state.world.permissions(state.bot, channel);
    if permissions.has(Permissions::VIEW_CHANNEL) {
        Ok((channel.place, permissions))
    } else {
        Err(ApiError::MISSING_ACCESS)
    }
}

pub(crate) fn typing(state: &State, channel: Id) -> Result<Answer, ApiError> {
    let (place, permissions) = access(state, channel)?;
    if let Place::Direct { user } = place {
        state.reachable(user)?;
    }
    if !permissions.has(state.world.channels[&channel].writing()) {
        return Err(ApiError::MISSING_PERMISSIONS);
    }
    Ok(Answer::nothing())
}

pub(crate) fn get(state: &State, channel: Id) -> Result<Answer, ApiError> {
    access(state, channel)?;
    Ok(Answer::ok(payload::partial_channel(state, &state.world.channels[&channel], None)))
}

fn known_guild(state: &State, guild: Id) -> Result<&GuildData, ApiError> {
    let guild = state.world.guilds.get(&guild).ok_or(ApiError::UNKNOWN_GUILD)?;
    if guild.members.contains_key(&state.bot) { Ok(guild) } else { Err(ApiError::MISSING_ACCESS) }
}

pub(crate) fn guild(state: &State, guild: Id) -> Result<Answer, ApiError> {
    known_guild(state, guild).map(|guild| Answer::ok(payload::guild_rest(guild)))
}

pub(crate) fn of_guild(state: &State, guild: Id) -> Result<Answer, ApiError> {
    let guild = known_guild(state, guild)?;
    let channels = guild.channels.iter().filter_map(|id| state.world.channels.get(id));
    Ok(Answer::ok(channels.map(|data| payload::channel(data, state.now_ms())).collect()))
}

pub(crate) fn roles(state: &State, guild: Id) -> Result<Answer, ApiError> {
    let guild = known_guild(state, guild)?;
    let roles = guild.roles.iter().enumerate().map(|(position, role)| payload::role(role, position));
    Ok(Answer::ok(roles.collect()))
}

pub(crate) fn member(state: &State, guild: Id, user: Id) -> Result<Answer, ApiError> {
    let guild = known_guild(state, guild)?;
    if !state.world.users.contains_key(&user) {
        return Err(ApiError::UNKNOWN_USER);
    }
    if !guild.members.contains_key(&user) {
        return Err(ApiError::UNKNOWN_MEMBER);
    }
    Ok(Answer::ok(payload::member(&state.world, guild, user)))
}
