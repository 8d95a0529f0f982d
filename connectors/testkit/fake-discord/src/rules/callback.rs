//! The answer to an interaction.

use super::file::UploadedFile;
use super::finding::Findings;
use super::place::Place;
use super::subject::MessageKind;
use super::{House, autocomplete, message, modal};

const PONG: i64 = 1;
const MESSAGE: i64 = 4;
const DEFERRED_MESSAGE: i64 = 5;
const DEFERRED_UPDATE: i64 = 6;
const UPDATE: i64 = 7;
const AUTOCOMPLETE: i64 = 8;
const MODAL: i64 = 9;
const LAUNCH_ACTIVITY: i64 = 12;

pub(super) fn check(body: &Place<'_>, files: &[UploadedFile], house: House, findings: &mut Findings) {
    body.only(&["type", "data"], findings);
    if let Some(kind) = message_kind(body) {
        // An answer without data is an empty message, which is said afterwards; an update may change nothing.
        if let Some(data) = body.get("data") {
            message::check(kind, &data, files, house, findings);
        }
        return;
    }
    if !files.is_empty() {
        findings.add(vec!["files".into()], "UNKNOWN_FIELD", "Only a message has files.");
    }
    match (body.integer("type"), body.get("data")) {
        (Some(PONG | DEFERRED_UPDATE | LAUNCH_ACTIVITY), _) => {
            body.forbids("data", "This kind of answer has no data.", findings);
        }
        (Some(DEFERRED_MESSAGE), Some(data)) => deferred(&data, findings),
        (Some(DEFERRED_MESSAGE), None) => {}
        (Some(AUTOCOMPLETE), Some(data)) => autocomplete::check(&data, findings),
        (Some(MODAL), Some(data)) => modal::check(&data, findings),
        (Some(AUTOCOMPLETE | MODAL), None) => body.needs("data", findings),
        _ if body.has("type") => findings.add(body.under("type"), "BASE_TYPE_CHOICES", "No answer is of this type."),
        _ => body.needs("type", findings),
    }
}

/// Which message the answer is, when it is one.
pub(super) fn message_kind(body: &Place<'_>) -> Option<MessageKind> {
    match body.integer("type") {
        Some(MESSAGE) => Some(MessageKind::Answer),
        Some(UPDATE) => Some(MessageKind::Update),
        _ => None,
    }
}

/// Only flags: the message comes later. Empty lists and `false`, which builders put there, say nothing.
fn deferred(data: &Place<'_>, findings: &mut Findings) {
    for key in data.value.as_object().into_iter().flat_map(serde_json::Map::keys).filter(|key| *key != "flags") {
        data.forbids(key, "A deferred answer has flags only.", findings);
    }
    message::deferred_flags(data, findings);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, file};

    fn answer(kind: u8, data: &Value) -> Attempt {
        Attempt::callback(json!({ "type": kind, "data": data }))
    }

    #[test]
    fn types_are_known() {
        answer(1, &Value::Null).accepted();
        answer(6, &Value::Null).accepted();
        answer(10, &Value::Null).refused(&["type: BASE_TYPE_CHOICES"]);
        Attempt::callback(json!({ "data": null })).refused(&["type: BASE_TYPE_REQUIRED"]);
        Attempt::callback(json!({ "type": 6, "token": "x" })).refused(&["token: UNKNOWN_FIELD"]);
    }

    #[test]
    fn a_message_is_checked_like_any_other() {
        answer(4, &json!({ "content": "x", "flags": 64, "attachments": [] })).accepted();
        answer(4, &json!({ "content": "x", "nonce": "a" })).refused(&["data/nonce: UNKNOWN_FIELD"]);
        answer(4, &json!({ "content": "x" })).with_files(&[file(0, "a.png")]).accepted();
        assert_eq!(answer(4, &json!({ "content": "" })).refusal().code, 50006);
        assert_eq!(answer(4, &Value::Null).refusal().code, 50006);
        answer(7, &json!({ "content": "x", "embeds": [] })).accepted();
        answer(7, &json!({ "content": "x", "tts": true })).refused(&["data/tts: UNKNOWN_FIELD"]);
    }

    #[test]
    fn a_deferred_answer_has_flags_only() {
        answer(5, &Value::Null).accepted();
        answer(5, &json!({ "flags": 64, "attachments": [] })).accepted();
        answer(5, &json!({ "content": "x" })).refused(&["data/content: BASE_TYPE_FORBIDDEN"]);
        answer(5, &json!({ "flags": 1 })).refused(&["data/flags: BASE_TYPE_CHOICES"]);
        answer(5, &json!({})).with_files(&[file(0, "a.png")]).refused(&["files: UNKNOWN_FIELD"]);
    }

    #[test]
    fn data_is_there_when_and_only_when_it_is_needed() {
        answer(8, &Value::Null).refused(&["data: BASE_TYPE_REQUIRED"]);
        answer(9, &Value::Null).refused(&["data: BASE_TYPE_REQUIRED"]);
        answer(6, &json!({ "content": "x" })).refused(&["data: BASE_TYPE_FORBIDDEN"]);
    }
}
