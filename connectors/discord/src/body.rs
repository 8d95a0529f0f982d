//! The JSON bodies around a rendered message: what an answer, a follow-up, a message and an edit add to it.

use crate::render::Payload;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use serenity::all::MessageId;

/// Flag of a message that only the person answered sees.
pub(crate) const EPHEMERAL: u32 = 1 << 6;

/// Kinds of answers to an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Callback {
    /// A message.
    Message = 4,
    /// "Thinking", then a message.
    Defer = 5,
    /// Nothing yet: the message with the component stays as it is.
    DeferUpdate = 6,
    /// A message in the place of the one with the component.
    Update = 7,
    /// What could be meant by what is typed.
    Autocomplete = 8,
    /// A form.
    Modal = 9,
}

/// The answer to an interaction.
pub(crate) fn callback(kind: Callback, data: Option<Value>) -> Value {
    let mut body = json!({ "type": kind as u8 });
    if let Some(data) = data {
        body["data"] = data;
    }
    body
}

/// A message, seen by all or by one person.
pub(crate) fn message(payload: &Payload, ephemeral: bool) -> Value {
    let mut body = value(payload);
    if ephemeral {
        body["flags"] = json!(EPHEMERAL);
    }
    body
}

/// What takes the place of a message: payloads always tell their embeds, components and files, and here also that nobody
/// is mentioned any more.
pub(crate) fn edit(payload: &Payload) -> Value {
    let mut body = value(payload);
    if payload.content.is_none() {
        body["content"] = Value::Null;
    }
    body
}

/// A message of its own, which Discord takes once for each nonce.
pub(crate) fn own(payload: &Payload, nonce: &str, answers: Option<u64>) -> Value {
    let mut body = value(payload);
    body["nonce"] = json!(nonce);
    body["enforce_nonce"] = json!(true);
    if let Some(answers) = answers {
        // What was answered may be gone by now; the answer is still of use.
        body["message_reference"] = json!({ "message_id": answers.to_string(), "fail_if_not_exists": false });
    }
    body
}

fn value(of: &impl Serialize) -> Value {
    // Payloads are made of texts, numbers and lists, which always have a JSON writing.
    serde_json::to_value(of).expect("a payload always has a JSON writing")
}

/// Of a message that Discord describes, which one it is.
#[derive(Debug, Deserialize)]
pub(crate) struct Created {
    pub(crate) id: MessageId,
}

/// What Discord tells of an answered interaction.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Answered {
    #[serde(default)]
    pub(crate) interaction: AnsweredInteraction,
}

/// The message that answered.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct AnsweredInteraction {
    #[serde(default)]
    pub(crate) response_message_id: Option<MessageId>,
}
