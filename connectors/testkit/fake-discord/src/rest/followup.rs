//! What follows the first answer: `@original` and further messages, for as long as the token lives.

use super::{
    callback::{blank_answer, flags_of},
    draft,
    error::ApiError,
    messages::{publish, republish},
    perform::{Answer, Request, no_such_method},
};
use crate::{
    hub::State,
    id::Id,
    interaction::{First, InteractionData},
    payload,
    world::{MessageData, flags},
};

/// The interaction behind a token that can still be used.
fn alive(state: &State, application: Id, token: &str) -> Result<InteractionData, ApiError> {
    if application != state.bot {
        return Err(ApiError::UNKNOWN_WEBHOOK.complained("another application's id"));
    }
    let Some(interaction) = state.interactions.with_token(token) else {
        return Err(ApiError::INVALID_WEBHOOK_TOKEN.complained("there never was such a token"));
    };
    if interaction.token_is_over(state.now_ms()) {
        return Err(ApiError::INVALID_WEBHOOK_TOKEN);
    }
    if interaction.first.is_none() && interaction.is_dead(state.now_ms()) {
        return Err(ApiError::UNKNOWN_WEBHOOK);
    }
    match interaction.first {
        None => Err(ApiError::UNKNOWN_WEBHOOK.complained("the interaction has no first answer yet")),
        Some(_) => Ok(interaction.clone()),
    }
}

pub(crate) fn original(
    asked: Request<'_>,
    state: &mut State,
    method: &str,
    (application, token): (Id, &str),
) -> Result<Answer, ApiError> {
    let interaction = alive(state, application, token)?;
    let message = interaction.original.ok_or(ApiError::UNKNOWN_MESSAGE)?;
    on_message(asked, state, method, &interaction, message)
}

pub(crate) fn one(
    asked: Request<'_>,
    state: &mut State,
    method: &str,
    (application, token, message): (Id, &str, Id),
) -> Result<Answer, ApiError> {
    let interaction = alive(state, application, token)?;
    on_message(asked, state, method, &interaction, message)
}

fn on_message(
    asked: Request<'_>,
    state: &mut State,
    method: &str,
    interaction: &InteractionData,
    id: Id,
) -> Result<Answer, ApiError> {
    let message = state.world.messages.get(&id).ok_or(ApiError::UNKNOWN_MESSAGE)?.clone();
    if message.interaction != Some(interaction.id) && interaction.original != Some(id) {
        return Err(ApiError::UNKNOWN_MESSAGE.complained("a message of another interaction"));
    }
    match method {
        "GET" => Ok(Answer::ok(payload::message(&state.world, &asked.hub.settings.base_url(), &message))),
        "PATCH" => Ok(Answer::ok(edit(asked, state, interaction, message)?)),
        "DELETE" => {
            state.interactions.settle(id);
            if let Some(gone) = state.world.forget_message(id) {
                state.emit_deleted(&gone);
            }
            if let Some(interaction) = state.interactions.get_mut(interaction.id) {
                interaction.original = interaction.original.filter(|original| *original != id);
                interaction.shown.retain(|shown| *shown != id);
            }
            Ok(Answer::nothing())
        }
        _ => Err(no_such_method(method)),
    }
}

/// Changes a message; one that was "thinking" becomes real.
fn edit(
    asked: Request<'_>,
    state: &mut State,
    interaction: &InteractionData,
    mut message: MessageData,
) -> Result<serde_json::Value, ApiError> {
    draft::fill(state, &mut message, asked.json()?, &asked.body.files)?;
    message.flags &= !flags::LOADING;
    let id = message.id;
    let value = republish(asked, state, message);
    if let Some(interaction) = state.interactions.get_mut(interaction.id) {
        interaction.shows(id);
    }
    Ok(value)
}

/// A further message. The first after "thinking" takes its place, and is as private as it was.
pub(crate) fn create(
    asked: Request<'_>,
    state: &mut State,
    (application, token): (Id, &str),
) -> Result<Answer, ApiError> {
    let interaction = alive(state, application, token)?;
    if matches!(interaction.first, Some(First::Choices(_) | First::Modal(_))) {
        return Err(ApiError::UNKNOWN_WEBHOOK.complained("completions and forms have no followup"));
    }
    let thinking = interaction.original.and_then(|id| state.world.messages.get(&id));
    if let Some(thinking) = thinking.filter(|message| message.is_loading()).cloned() {
        return Ok(Answer::ok(edit(asked, state, &interaction, thinking)?));
    }
    let body = asked.json()?;
    let mut message = blank_answer(state, &interaction, flags_of(body));
    draft::fill(state, &mut message, body, &asked.body.files)?;
    let id = message.id;
    let value = publish(asked, state, &message);
    if let Some(interaction) = state.interactions.get_mut(interaction.id) {
        interaction.shows(id);
    }
    Ok(Answer::ok(value))
}
