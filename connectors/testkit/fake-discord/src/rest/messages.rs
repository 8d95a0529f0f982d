//! Messages of channels: sending (once for a nonce), reading, editing, deleting.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    channels::{access, id_of},
    draft,
    error::ApiError,
    perform::{Answer, Request},
};
use crate::{
    clock::ms,
    hub::State,
    id::Id,
    payload,
    permissions::Permissions,
    world::{Audience, MessageData, Place, ThreadData},
};

pub(crate) fn create(asked: Request<'_>, state: &mut State, channel: Id) -> Result<Answer, ApiError> {
    let body = asked.json()?;
    let (place, permissions) = access(state, channel)?;
    if let Place::Direct { user } = place {
        state.reachable(user)?;
    }
    let has = |field: &str| body.get(field).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    let needed = [
        (true, state.world.channels[&channel].writing()),
        (has("embeds"), Permissions::EMBED_LINKS),
        (!asked.body.files.is_empty(), Permissions::ATTACH_FILES),
    ];
    if needed.iter().any(|(asked, permission)| *asked && !permissions.has(*permission)) {
        return Err(ApiError::MISSING_PERMISSIONS);
    }
    let nonce = body.get("nonce").filter(|nonce| !nonce.is_null());
    if body.get("enforce_nonce") == Some(&json!(true))
        && let Some(before) = nonce.and_then(|nonce| sent_with(state, (channel, nonce), asked.hub.settings.nonces_last))
    {
        return Ok(Answer::ok(payload::message(&state.world, &asked.hub.settings.base_url(), before)));
    }
    let (id, now_ms) = (state.new_id(), state.now_ms());
    let mut message = MessageData::blank(id, channel, place.guild(), state.bot, now_ms);
    message.nonce = nonce.cloned();
    if let Some(reference) = body.get("message_reference").filter(|reference| reference.is_object()) {
        message.reference = replied_to(state, channel, reference)?;
    }
    draft::fill(state, &mut message, body, &asked.body.files)?;
    Ok(Answer::ok(publish(asked, state, &message)))
}

/// Puts a message in its channel, announces it, and renders it.
pub(crate) fn publish(asked: Request<'_>, state: &mut State, message: &MessageData) -> Value {
    let base_url = asked.hub.settings.base_url();
    state.wake(message.channel);
    state.world.post(message.clone());
    state.emit_message("MESSAGE_CREATE", message, &base_url);
    payload::message(&state.world, &base_url, message)
}

/// Puts a changed message back, announces the change, and renders it.
pub(crate) fn republish(asked: Request<'_>, state: &mut State, mut message: MessageData) -> Value {
    let base_url = asked.hub.settings.base_url();
    // What takes the place of "thinking" isn't shown as edited.
    let fills_in = state.world.messages.get(&message.id).is_some_and(MessageData::is_loading);
    message.edited_ms = (!fills_in).then(|| state.now_ms());
    state.world.messages.insert(message.id, message.clone());
    state.emit_message("MESSAGE_UPDATE", &message, &base_url);
    payload::message(&state.world, &base_url, &message)
}

/// What the bot sent with a nonce that isn't forgotten yet.
fn sent_with<'a>(state: &'a State, (channel, nonce): (Id, &Value), known: Duration) -> Option<&'a MessageData> {
    let same = |message: &&MessageData| {
        message.nonce.as_ref() == Some(nonce)
            && message.author == state.bot
            && state.now_ms() - message.created_ms <= ms(known)
    };
    let channel = state.world.channels.get(&channel)?;
    channel.messages.iter().rev().filter_map(|id| state.world.messages.get(id)).find(same)
}

fn replied_to(state: &State, channel: Id, reference: &Value) -> Result<Option<Id>, ApiError> {
    let id = reference.get("message_id").and_then(id_of);
    let known = id.filter(|id| state.world.messages.get(id).is_some_and(|message| message.channel == channel));
    if known.is_none() && reference.get("fail_if_not_exists") != Some(&json!(false)) {
        let what = "the message replied to isn't there; fail_if_not_exists=false would let it pass";
        return Err(ApiError::invalid("message_reference", what));
    }
    Ok(known)
}

/// A message that the bot can reach through its channel; ephemeral ones can't be.
fn reach(state: &State, channel: Id, message: Id) -> Result<&MessageData, ApiError> {
    access(state, channel)?;
    let message = state.world.messages.get(&message).filter(|message| message.channel == channel);
    message.filter(|message| message.audience == Audience::Everyone).ok_or(ApiError::UNKNOWN_MESSAGE)
}

pub(crate) fn get(asked: Request<'_>, state: &State, channel: Id, message: Id) -> Result<Answer, ApiError> {
    let message = reach(state, channel, message)?;
    Ok(Answer::ok(seen_by_the_bot(asked, state, message)))
}

/// A message with its content only if the bot may read it.
fn seen_by_the_bot(asked: Request<'_>, state: &State, message: &MessageData) -> Value {
    let value = payload::message(&state.world, &asked.hub.settings.base_url(), message);
    let is_for_the_bot = message.author == state.bot || message.mentions.contains(&state.bot);
    if message.guild.is_none() || is_for_the_bot { value } else { payload::without_content(value) }
}

/// Messages of a channel, newest first: the newest of all, or those nearest to an id.
pub(crate) fn list(asked: Request<'_>, state: &State, channel: Id) -> Result<Answer, ApiError> {
    let (_, permissions) = access(state, channel)?;
    let limit = match asked.parameter("limit").map(str::parse) {
        None => 50,
        Some(Ok(limit @ 1..=100)) => limit,
        Some(_) => return Err(ApiError::invalid("limit", "a number from 1 to 100")),
    };
    let id = |name: &'static str| match asked.parameter(name).map(Id::parse) {
        Some(None) => Err(ApiError::invalid(name, "this is no snowflake")),
        given => Ok(given.flatten()),
    };
    let (before, after) = (id("before")?, id("after")?);
    if before.is_some() && after.is_some() {
        return Err(ApiError::invalid("before", "before and after exclude each other"));
    }
    if !permissions.has(Permissions::READ_MESSAGE_HISTORY) {
        return Ok(Answer::ok(json!([])));
    }
    let ids = state.world.messages_in(channel, None).into_iter();
    let mut wanted: Vec<Id> = match after {
        Some(after) => ids.filter(|id| *id > after).take(limit).collect(),
        None => ids.rev().filter(|id| before.is_none_or(|before| *id < before)).take(limit).collect(),
    };
    wanted.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
    let messages = wanted.iter().filter_map(|id| state.world.messages.get(id));
    let told = messages.map(|message| {
        let mut told = seen_by_the_bot(asked, state, message);
        // It is told to whoever sent it, and to nobody later.
        told.as_object_mut().map(|told| told.remove("nonce"));
        told
    });
    Ok(Answer::ok(told.collect()))
}

pub(crate) fn edit(asked: Request<'_>, state: &mut State, channel: Id, message: Id) -> Result<Answer, ApiError> {
    let mut message = reach(state, channel, message)?.clone();
    let is_aside = |thread: &ThreadData| thread.is_aside(state.now_ms());
    if state.world.channels[&channel].thread.as_ref().is_some_and(is_aside) {
        return Err(ApiError::THREAD_ASIDE);
    }
    if message.author != state.bot {
        return Err(ApiError::NOT_THE_AUTHOR);
    }
    draft::fill(state, &mut message, asked.json()?, &asked.body.files)?;
    let id = message.id;
    let value = republish(asked, state, message);
    state.interactions.settle(id);
    Ok(Answer::ok(value))
}

pub(crate) fn delete(state: &mut State, channel: Id, message: Id) -> Result<Answer, ApiError> {
    let (_, permissions) = access(state, channel)?;
    let is_own = reach(state, channel, message)?.author == state.bot;
    let is_direct = state.place(channel).is_none_or(|place| place.guild().is_none());
    if !is_own && (is_direct || !permissions.has(Permissions::MANAGE_MESSAGES)) {
        return Err(ApiError::MISSING_PERMISSIONS);
    }
    state.interactions.settle(message);
    if let Some(message) = state.world.forget_message(message) {
        state.emit_deleted(&message);
    }
    Ok(Answer::nothing())
}
