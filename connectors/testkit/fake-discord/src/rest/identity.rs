//! Who the bot is, where its gateway is, which guilds it is in.

use serde_json::json;

use super::{
    error::ApiError,
    perform::{Answer, Request},
};
use crate::{hub::State, id::Id, payload};

pub(crate) fn gateway(asked: Request<'_>) -> Answer {
    Answer::ok(json!({ "url": asked.hub.settings.gateway_url() }))
}

pub(crate) fn gateway_bot(asked: Request<'_>, state: &State) -> Answer {
    let starts = state.gateway.starts;
    let reset_ms = state.gateway.starts_end_ms.map_or(0, |end_ms| (end_ms - state.now_ms()).max(0));
    Answer::ok(json!({
        "url": asked.hub.settings.gateway_url(),
        "shards": asked.hub.settings.shards,
        "session_start_limit": {
            "total": starts.total,
            "remaining": starts.remaining,
            "reset_after": reset_ms,
            "max_concurrency": starts.max_concurrency,
        },
    }))
}

pub(crate) fn user(state: &State, id: Id) -> Result<Answer, ApiError> {
    let user = state.world.users.get(&id).ok_or(ApiError::UNKNOWN_USER)?;
    Ok(Answer::ok(payload::user(user)))
}

pub(crate) fn application(asked: Request<'_>, state: &State) -> Answer {
    let guilds = state.world.guilds.values().filter(|guild| guild.members.contains_key(&state.bot)).count();
    Answer::ok(payload::application(state.bot, &asked.hub.settings.bot_name, guilds))
}

pub(crate) fn my_guilds(state: &State) -> Answer {
    let guilds = state.world.guilds.values().filter(|guild| guild.members.contains_key(&state.bot));
    let guilds = guilds.map(|guild| {
        json!({
            "id": guild.id,
            "name": guild.name,
            "icon": null,
            "owner": false,
            "permissions": guild.permissions(state.bot, None).bits().to_string(),
            "features": [],
        })
    });
    Answer::ok(guilds.collect())
}

pub(crate) fn leave(state: &mut State, guild: Id) -> Result<Answer, ApiError> {
    if !state.bot_leaves(guild) {
        return Err(ApiError::UNKNOWN_GUILD);
    }
    Ok(Answer::nothing())
}
