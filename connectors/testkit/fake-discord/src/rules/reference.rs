//! `message_reference`: which message is answered or forwarded.

use super::finding::Findings;
use super::place::Place;

const KEYS: &[&str] = &["type", "message_id", "channel_id", "guild_id", "fail_if_not_exists"];
/// A forward carries the other message and nothing of its own.
const FORWARD: i64 = 1;

pub(super) fn check(body: &Place<'_>, findings: &mut Findings) {
    let Some(reference) = body.get("message_reference") else { return };
    reference.only(KEYS, findings);
    reference.integer_within("type", 0..=FORWARD, findings);
    reference.needs("message_id", findings);
    for key in ["message_id", "channel_id", "guild_id"] {
        reference.snowflake(key, findings);
    }
    reference.boolean("fail_if_not_exists", findings);
    if reference.integer("type") == Some(FORWARD) {
        reference.needs("channel_id", findings);
        for key in ["content", "embeds", "components", "attachments", "sticker_ids", "poll"] {
            body.forbids(key, "A forward carries nothing of its own.", findings);
        }
    }
}

/// Whether the message forwards another, which makes it not empty.
pub(super) fn forwards(body: &Place<'_>) -> bool {
    body.get("message_reference").is_some_and(|reference| reference.integer("type") == Some(FORWARD))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::Attempt;

    fn with(reference: &Value) -> Attempt {
        Attempt::message(json!({ "content": "x", "message_reference": reference }))
    }

    #[test]
    fn a_reply_names_its_message() {
        with(
            &json!({ "type": 0, "message_id": "12", "channel_id": 34, "guild_id": null, "fail_if_not_exists": false }),
        )
        .accepted();
        with(&json!({ "channel_id": "34" })).refused(&["message_reference/message_id: BASE_TYPE_REQUIRED"]);
        with(&json!({ "message_id": "x" })).refused(&["message_reference/message_id: NUMBER_TYPE_COERCE"]);
        with(&json!({ "message_id": "1", "type": 2 })).refused(&["message_reference/type: NUMBER_TYPE_MAX"]);
        with(&json!({ "message_id": "1", "reply": true })).refused(&["message_reference/reply: UNKNOWN_FIELD"]);
    }

    #[test]
    fn a_forward_has_no_text_of_its_own() {
        let reference = json!({ "type": 1, "message_id": "12", "channel_id": "34" });
        Attempt::message(json!({ "message_reference": reference })).accepted();
        with(&reference).refused(&["content: BASE_TYPE_FORBIDDEN"]);
    }
}
