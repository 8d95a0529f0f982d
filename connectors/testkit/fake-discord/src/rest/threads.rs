//! Private threads: making one, who is in it, taking it out again once it was put aside.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    channels::access,
    error::ApiError,
    perform::{Answer, Request},
};
use crate::{
    clock::iso,
    gateway::{Hearers, intents},
    hub::State,
    id::Id,
    payload,
    permissions::Permissions,
    world::{ChannelData, Place, ThreadData},
};

/// Discord's number for a private thread.
const PRIVATE: u64 = 12;
/// Minutes after which a thread is put aside unless it is said.
const PATIENCE: i64 = 4320;

pub(crate) fn create(asked: Request<'_>, state: &mut State, parent: Id) -> Result<Answer, ApiError> {
    let (place, permissions) = access(state, parent)?;
    let (Place::Guild { guild }, None) = (place, &state.world.channels[&parent].thread) else {
        return Err(ApiError::WRONG_CHANNEL_TYPE);
    };
    let body = asked.json()?;
    // Without a type it is a private one, too.
    if body.get("type").is_some_and(|kind| kind.as_u64() != Some(PRIVATE)) {
        return Err(ApiError::invalid("type", "the fake knows private threads only"));
    }
    if !permissions.has(Permissions::CREATE_PRIVATE_THREADS) {
        return Err(ApiError::MISSING_PERMISSIONS);
    }
    let (id, now_ms, owner) = (state.new_id(), state.now_ms(), state.bot);
    let name = body.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let thread = ThreadData {
        parent,
        owner,
        members: BTreeSet::from([owner]),
        invitable: body.get("invitable") != Some(&json!(false)),
        patience: body.get("auto_archive_duration").and_then(Value::as_i64).unwrap_or(PATIENCE),
        created_ms: now_ms,
        active_ms: now_ms,
    };
    let channel = ChannelData { id, place, name, overwrites: Vec::new(), messages: Vec::new(), thread: Some(thread) };
    let value = payload::channel(&channel, now_ms);
    state.world.channels.insert(id, channel);
    let mut told = value.clone();
    told["newly_created"] = json!(true);
    state.emit("THREAD_CREATE", Hearers::Guild(guild), intents::GUILDS, &told);
    Ok(Answer::created(value))
}

/// A thread in which the bot may change something: what it may do, once it isn't put aside.
fn open(state: &State, channel: Id) -> Result<Permissions, ApiError> {
    let (_, permissions) = access(state, channel)?;
    let thread = state.world.channels[&channel].thread.as_ref().ok_or(ApiError::WRONG_CHANNEL_TYPE)?;
    if thread.is_aside(state.now_ms()) { Err(ApiError::THREAD_ASIDE) } else { Ok(permissions) }
}

pub(crate) fn add(state: &mut State, channel: Id, user: Id) -> Result<Answer, ApiError> {
    if !open(state, channel)?.has(Permissions::SEND_MESSAGES_IN_THREADS) {
        return Err(ApiError::MISSING_PERMISSIONS);
    }
    let parent = state.world.parent(channel).ok_or(ApiError::UNKNOWN_CHANNEL)?;
    let guild = parent.place.guild().and_then(|guild| state.world.guilds.get(&guild)).ok_or(ApiError::UNKNOWN_GUILD)?;
    if !state.world.users.contains_key(&user) {
        return Err(ApiError::UNKNOWN_USER);
    }
    if !guild.members.contains_key(&user) {
        return Err(ApiError::UNKNOWN_MEMBER);
    }
    if !state.world.permissions(user, parent).has(Permissions::VIEW_CHANNEL) {
        return Err(ApiError::MISSING_ACCESS);
    }
    change(state, channel, |thread| thread.members.insert(user));
    Ok(Answer::nothing())
}

pub(crate) fn remove(state: &mut State, channel: Id, user: Id) -> Result<Answer, ApiError> {
    let permissions = open(state, channel)?;
    let thread = state.world.channels[&channel].thread.as_ref().ok_or(ApiError::WRONG_CHANNEL_TYPE)?;
    if thread.owner != state.bot && !permissions.has(Permissions::MANAGE_THREADS) {
        return Err(ApiError::MISSING_PERMISSIONS);
    }
    if !thread.members.contains(&user) {
        return Err(ApiError::UNKNOWN_MEMBER);
    }
    change(state, channel, |thread| thread.members.remove(&user));
    Ok(Answer::nothing())
}

/// The one change of a channel that the fake knows: a thread is taken out again.
pub(crate) fn wake(asked: Request<'_>, state: &mut State, channel: Id) -> Result<Answer, ApiError> {
    let (_, permissions) = access(state, channel)?;
    if state.world.channels[&channel].thread.is_none() || *asked.json()? != json!({ "archived": false }) {
        return Err(ApiError::invalid(
            "archived",
            "the fake knows no other change of a channel than a thread's archived=false",
        ));
    }
    if !permissions.has(Permissions::SEND_MESSAGES_IN_THREADS) {
        return Err(ApiError::MISSING_PERMISSIONS);
    }
    state.wake(channel);
    Ok(Answer::ok(payload::channel(&state.world.channels[&channel], state.now_ms())))
}

/// The threads of a guild that the bot sees and that aren't put aside.
pub(crate) fn active(state: &State, guild: Id) -> Result<Answer, ApiError> {
    let data = state.world.guilds.get(&guild).ok_or(ApiError::UNKNOWN_GUILD)?;
    if !data.members.contains_key(&state.bot) {
        return Err(ApiError::MISSING_ACCESS);
    }
    let threads: Vec<&ChannelData> = state.world.threads(guild, state.bot, state.now_ms()).collect();
    let joined = threads.iter().filter_map(|channel| {
        let thread = channel.thread.as_ref().filter(|thread| thread.members.contains(&state.bot))?;
        Some(json!({ "id": channel.id, "user_id": state.bot, "join_timestamp": iso(thread.created_ms), "flags": 0 }))
    });
    let now_ms = state.now_ms();
    Ok(Answer::ok(json!({
        "threads": threads.iter().map(|channel| payload::channel(channel, now_ms)).collect::<Vec<_>>(),
        "members": joined.collect::<Vec<_>>(),
    })))
}

fn change(state: &mut State, channel: Id, change: impl FnOnce(&mut ThreadData) -> bool) {
    if let Some(thread) = state.world.channels.get_mut(&channel).and_then(|channel| channel.thread.as_mut()) {
        change(thread);
    }
}

impl State {
    /// Something is done in a channel: if it is a thread that was put aside, it is taken out again, and the bot is told.
    pub(crate) fn wake(&mut self, channel: Id) {
        let now_ms = self.now_ms();
        let Some(data) = self.world.channels.get_mut(&channel) else { return };
        let Some(thread) = data.thread.as_mut() else { return };
        let was_aside = thread.is_aside(now_ms);
        thread.active_ms = now_ms;
        let bot_is_in = thread.members.contains(&self.bot);
        if was_aside
            && bot_is_in
            && let Some(guild) = data.place.guild()
        {
            let value = payload::channel(data, now_ms);
            self.emit("THREAD_UPDATE", Hearers::Guild(guild), intents::GUILDS, &value);
        }
    }
}
