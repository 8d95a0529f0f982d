//! The first answer to an interaction.
//!
//! It comes within three seconds, once, and its type fits what the person did.

use serde_json::{Value, json};

use super::{
    draft,
    error::ApiError,
    messages::{publish, republish},
    perform::{Answer, Request},
};
use crate::{
    hub::State,
    id::Id,
    interaction::{First, InteractionData, Kind},
    world::{Audience, MessageData, flags},
};

const CHOICES: usize = 25;

pub(crate) fn answer(asked: Request<'_>, state: &mut State, id: Id, token: &str) -> Result<Answer, ApiError> {
    let known = state.interactions.get(id).filter(|interaction| interaction.token == token);
    let Some(interaction) = known else {
        return Err(ApiError::UNKNOWN_INTERACTION.complained("there never was such an interaction"));
    };
    if interaction.first.is_some() {
        return Err(ApiError::ALREADY_ANSWERED);
    }
    if interaction.is_dead(state.now_ms()) {
        return Err(ApiError::UNKNOWN_INTERACTION);
    }
    let interaction = interaction.clone();
    let body = asked.json()?;
    let data = body.get("data").cloned().unwrap_or_else(|| json!({}));
    let kind = body.get("type").and_then(Value::as_u64).unwrap_or_default();
    check_type(interaction.kind, kind)?;
    let (first, message) = match kind {
        4 => (First::Message, Some(new_message(asked, state, &interaction, &data)?)),
        5 => (First::Deferred, Some(thinking(asked, state, &interaction, &data))),
        6 => (First::DeferredUpdate, interaction.kind.message()),
        7 => (First::Update, Some(update(asked, state, &interaction, &data)?)),
        8 => (First::Choices(choices(&data)?), None),
        9 => (First::Modal(modal(data)?), None),
        _ => return Err(ApiError::invalid("type", "unknown")),
    };
    let Some(interaction) = state.interactions.get_mut(id) else { return Err(ApiError::UNKNOWN_INTERACTION) };
    interaction.first_after = Some(asked.at.saturating_duration_since(interaction.sent_at));
    interaction.original = message;
    match (&first, message) {
        (First::Message | First::Update, Some(message)) => interaction.shows(message),
        (First::Choices(_) | First::Modal(_), _) => interaction.is_done(),
        _ => {}
    }
    interaction.first = Some(first);
    let interaction = interaction.clone();
    if !asked.asks("with_response") {
        return Ok(Answer::nothing());
    }
    Ok(Answer::ok(response(asked, state, &interaction, kind, message)))
}

/// Which types answer what.
fn check_type(kind: Kind, number: u64) -> Result<(), ApiError> {
    let fits = match kind {
        Kind::Command => matches!(number, 4 | 5 | 9),
        Kind::Autocomplete => number == 8,
        Kind::Component { .. } => matches!(number, 4..=7 | 9),
        Kind::Modal { message: Some(_) } => matches!(number, 4..=7),
        Kind::Modal { message: None } => matches!(number, 4 | 5),
    };
    if fits { Ok(()) } else { Err(ApiError::invalid("type", &format!("{number} doesn't answer {kind:?}"))) }
}

/// An empty message that answers this interaction.
pub(crate) fn blank_answer(state: &mut State, interaction: &InteractionData, asked_flags: u64) -> MessageData {
    let (id, now_ms) = (state.new_id(), state.now_ms());
    let mut message = MessageData::blank(id, interaction.channel, interaction.guild, state.bot, now_ms);
    message.interaction = Some(interaction.id);
    if asked_flags & flags::EPHEMERAL != 0 {
        message.flags |= flags::EPHEMERAL;
        message.audience = Audience::Only(interaction.user);
    }
    message
}

pub(crate) fn flags_of(data: &Value) -> u64 {
    data.get("flags").and_then(Value::as_u64).unwrap_or_default()
}

fn new_message(
    asked: Request<'_>,
    state: &mut State,
    interaction: &InteractionData,
    data: &Value,
) -> Result<Id, ApiError> {
    let mut message = blank_answer(state, interaction, flags_of(data));
    draft::fill(state, &mut message, data, &asked.body.files)?;
    let id = message.id;
    publish(asked, state, &message);
    Ok(id)
}

/// The message "the bot is thinking", whose content comes later.
fn thinking(asked: Request<'_>, state: &mut State, interaction: &InteractionData, data: &Value) -> Id {
    let mut message = blank_answer(state, interaction, flags_of(data));
    message.flags |= flags::LOADING;
    let id = message.id;
    publish(asked, state, &message);
    id
}

fn update(asked: Request<'_>, state: &mut State, interaction: &InteractionData, data: &Value) -> Result<Id, ApiError> {
    let message = interaction.kind.message().and_then(|id| state.world.messages.get(&id));
    let mut message = message.ok_or(ApiError::UNKNOWN_MESSAGE)?.clone();
    draft::fill(state, &mut message, data, &asked.body.files)?;
    let id = message.id;
    republish(asked, state, message);
    Ok(id)
}

fn choices(data: &Value) -> Result<Vec<Value>, ApiError> {
    let choices = data.get("choices").and_then(Value::as_array);
    let choices = choices.ok_or_else(|| ApiError::invalid("data.choices", "choices are asked for"))?;
    if choices.len() > CHOICES {
        return Err(ApiError::invalid("data.choices", "at most 25"));
    }
    if choices.iter().any(|choice| !choice["name"].is_string() || choice.get("value").is_none_or(Value::is_null)) {
        return Err(ApiError::invalid("data.choices", "each has a name and a value"));
    }
    Ok(choices.clone())
}

fn modal(data: Value) -> Result<Value, ApiError> {
    let whole = data["custom_id"].is_string() && data["title"].is_string() && data["components"].is_array();
    if whole { Ok(data) } else { Err(ApiError::invalid("data", "a modal has a custom_id, a title and components")) }
}

/// What `with_response=true` gets.
fn response(asked: Request<'_>, state: &State, interaction: &InteractionData, kind: u64, message: Option<Id>) -> Value {
    let shown = message.and_then(|id| state.world.messages.get(&id));
    let base_url = asked.hub.settings.base_url();
    let resource_message = shown.map(|message| crate::payload::message(&state.world, &base_url, message));
    let mut value = json!({
        "interaction": {
            "id": interaction.id,
            "type": interaction.kind.number(),
            "channel_id": interaction.channel,
            "guild_id": interaction.guild,
        },
        "resource": { "type": kind },
    });
    if let (Some(message), Some(json)) = (shown, resource_message) {
        value["interaction"]["response_message_id"] = json!(message.id);
        value["interaction"]["response_message_loading"] = json!(message.is_loading());
        value["interaction"]["response_message_ephemeral"] = json!(message.audience != Audience::Everyone);
        value["resource"]["message"] = json;
    }
    value
}
