//! Scheduled events of a guild: external ones, which everybody in it sees.
//!
//! Whoever may create events may change and delete their own; others' take another permission.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    error::ApiError,
    perform::{Answer, Request},
};
use crate::{
    hub::State,
    id::Id,
    payload,
    permissions::Permissions,
    world::{EventData, GuildData},
};

/// Events that wait or are going on, of one guild.
const MOST: usize = 100;
/// Discord's number for an event outside of it.
const EXTERNAL: u64 = 3;

/// The guild, and what the bot may do in it.
fn guild(state: &State, guild: Id) -> Result<(&GuildData, Permissions), ApiError> {
    let guild = state.world.guilds.get(&guild).ok_or(ApiError::UNKNOWN_GUILD)?;
    if !guild.members.contains_key(&state.bot) {
        return Err(ApiError::MISSING_ACCESS);
    }
    Ok((guild, guild.permissions(state.bot, None)))
}

/// An event of the guild that isn't over for long: Discord keeps those that are for a while, the fake as long as it runs.
fn known(state: &State, guild: Id, event: Id) -> Result<&EventData, ApiError> {
    let event = state.world.events.get(&event).filter(|event| event.guild == guild);
    event.ok_or(ApiError::UNKNOWN_EVENT)
}

/// Refuses whoever may not change an event.
fn may_change(state: &State, event: &EventData, permissions: Permissions) -> Result<(), ApiError> {
    let own = event.creator == state.bot && permissions.has(Permissions::CREATE_EVENTS);
    if own || permissions.has(Permissions::MANAGE_EVENTS) { Ok(()) } else { Err(ApiError::MISSING_PERMISSIONS) }
}

pub(crate) fn list(state: &State, id: Id) -> Result<Answer, ApiError> {
    guild(state, id)?;
    let now_ms = state.now_ms();
    let open = state.world.events_of(id).filter(|event| event.is_open(now_ms));
    Ok(Answer::ok(open.map(|event| payload::event(&state.world, event, now_ms)).collect()))
}

pub(crate) fn get(state: &State, id: Id, event: Id) -> Result<Answer, ApiError> {
    guild(state, id)?;
    Ok(Answer::ok(payload::event(&state.world, known(state, id, event)?, state.now_ms())))
}

pub(crate) fn create(asked: Request<'_>, state: &mut State, id: Id) -> Result<Answer, ApiError> {
    let (_, permissions) = guild(state, id)?;
    let body = asked.json()?;
    if body["entity_type"].as_u64() != Some(EXTERNAL) {
        return Err(ApiError::invalid("entity_type", "the fake knows external events only"));
    }
    if !permissions.has(Permissions::CREATE_EVENTS) {
        return Err(ApiError::MISSING_PERMISSIONS);
    }
    let now_ms = state.now_ms();
    if state.world.events_of(id).filter(|event| event.is_open(now_ms)).count() >= MOST {
        return Err(ApiError::TOO_MANY_EVENTS);
    }
    let blank = EventData {
        id: state.new_id(),
        guild: id,
        creator: state.bot,
        name: String::new(),
        description: None,
        starts_ms: 0,
        ends_ms: 0,
        location: String::new(),
    };
    let event = changed(&blank, body);
    in_the_future(&event, now_ms)?;
    let value = payload::event(&state.world, &event, now_ms);
    state.world.events.insert(event.id, event);
    Ok(Answer::ok(value))
}

pub(crate) fn edit(asked: Request<'_>, state: &mut State, id: Id, event: Id) -> Result<Answer, ApiError> {
    let (_, permissions) = guild(state, id)?;
    let before = known(state, id, event)?;
    may_change(state, before, permissions)?;
    let body = asked.json()?;
    if body.get("status").is_some_and(|status| !status.is_null()) {
        return Err(ApiError::invalid("status", "the fake knows no change of a status but by time"));
    }
    let now_ms = state.now_ms();
    if !before.is_open(now_ms) {
        return Err(ApiError::EVENT_IS_OVER);
    }
    let after = changed(before, body);
    // What has begun keeps its beginning.
    if after.starts_ms != before.starts_ms || before.status(now_ms) == 1 {
        in_the_future(&after, now_ms)?;
    }
    let value = payload::event(&state.world, &after, now_ms);
    state.world.events.insert(event, after);
    Ok(Answer::ok(value))
}

pub(crate) fn delete(state: &mut State, id: Id, event: Id) -> Result<Answer, ApiError> {
    let (_, permissions) = guild(state, id)?;
    may_change(state, known(state, id, event)?, permissions)?;
    state.world.events.remove(&event);
    Ok(Answer::nothing())
}

/// The event with what the body says of it. The rules have read its times already.
fn changed(before: &EventData, body: &Value) -> EventData {
    let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let instant = |key: &str| Some(text(key)?.parse::<Timestamp>().ok()?.as_millisecond());
    let location = body["entity_metadata"]["location"].as_str().map(str::to_owned);
    EventData {
        name: text("name").unwrap_or_else(|| before.name.clone()),
        description: match body.get("description") {
            None => before.description.clone(),
            Some(said) => said.as_str().map(str::to_owned),
        },
        starts_ms: instant("scheduled_start_time").unwrap_or(before.starts_ms),
        ends_ms: instant("scheduled_end_time").unwrap_or(before.ends_ms),
        location: location.unwrap_or_else(|| before.location.clone()),
        ..before.clone()
    }
}

/// Refuses an event that has begun, or that ends before it begins.
fn in_the_future(event: &EventData, now_ms: i64) -> Result<(), ApiError> {
    let refused = |place: &str, code: &str, message: &str| ApiError {
        errors: Some(json!({ place: { "_errors": [{ "code": code, "message": message }] } })),
        ..ApiError::invalid(place, message)
    };
    if event.starts_ms <= now_ms {
        let message = "Cannot schedule event in the past.";
        return Err(refused("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", message));
    }
    if event.ends_ms <= event.starts_ms {
        return Err(refused("scheduled_end_time", "BASE_TYPE_INVALID", "It ends before it begins."));
    }
    Ok(())
}
