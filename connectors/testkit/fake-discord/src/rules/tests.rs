//! The rules as a whole: what only the description knows, and what holds without it.

use serde_json::{Value, json};

use super::testing::{Attempt, reasons_of};
use super::{Call, Refusal, Rules};

/// A check with the description, or `None` when there is none here.
fn check(method: &str, path: &str, body: Option<&Value>) -> Option<Result<(), Refusal>> {
    let rules = Rules::load();
    rules.schema_in_use().then(|| rules.check(&Call { method, path, body, files: &[] }))
}

#[track_caller]
fn accepted(method: &str, path: &str, body: Option<&Value>) {
    if let Some(result) = check(method, path, body) {
        result.expect("Discord takes it");
    }
}

#[track_caller]
fn refused(method: &str, path: &str, body: Option<&Value>, reasons: &[&str]) {
    if let Some(result) = check(method, path, body) {
        assert_eq!(reasons_of(&result.expect_err("Discord refuses it")), reasons);
    }
}

#[test]
fn an_operation_that_discord_lacks_is_not_found() {
    accepted("GET", "/gateway/bot", None);
    accepted("GET", "/channels/12/messages?limit=5", None);
    accepted("POST", "/channels/12/typing", None);
    for (method, path) in [("GET", "/nowhere"), ("PUT", "/channels/12/messages"), ("GET", "/channels//messages")] {
        let Some(result) = check(method, path, None) else { return };
        let refusal = result.expect_err("no such operation");
        assert_eq!((refusal.status, refusal.code), (404, 0), "{method} {path}");
    }
}

#[test]
fn bodies_without_rules_by_hand_follow_the_description() {
    accepted("POST", "/users/@me/channels", Some(&json!({ "recipient_id": 12 })));
    refused("POST", "/users/@me/channels", Some(&json!({ "recipient": "12" })), &["recipient: UNKNOWN_FIELD"]);
    let thread = "/channels/1/messages/2/threads";
    accepted("POST", thread, Some(&json!({ "name": "Questions" })));
    refused("POST", thread, Some(&json!({})), &["name: BASE_TYPE_REQUIRED"]);
    refused("POST", thread, Some(&json!({ "name": "x".repeat(101) })), &["name: BASE_TYPE_MAX_LENGTH"]);
    refused("POST", "/channels/1/typing", Some(&json!({ "a": 1 })), &[": UNKNOWN_FIELD"]);
}

#[test]
fn ids_in_a_path_are_snowflakes() {
    refused("GET", "/channels/general", None, &["channel_id: NUMBER_TYPE_COERCE"]);
}

#[test]
fn a_body_that_is_needed_must_come() {
    for path in ["/channels/1/messages", "/interactions/1/token/callback"] {
        let result = Rules::load().check(&Call { method: "POST", path, body: None, files: &[] });
        assert_eq!(result.expect_err("no body").code, 50035);
    }
}

#[test]
fn a_poll_is_left_to_the_description() {
    let poll = json!({ "question": { "text": "Quand ?" }, "answers": [{ "poll_media": { "text": "Lundi" } }] });
    Attempt::message(json!({ "poll": poll })).accepted();
    let body = json!({ "poll": { "question": { "text": "Quand ?" } }, "allowed_mentions": {} });
    refused("POST", "/channels/1/messages", Some(&body), &["poll/answers: BASE_TYPE_REQUIRED"]);
}

#[test]
fn the_whole_of_what_is_wrong_is_said() {
    let refusal = Attempt::message(json!({ "content": "é".repeat(2001), "embeds": [{}], "tts": 1 })).refusal();
    assert_eq!(
        reasons_of(&refusal),
        ["content: BASE_TYPE_MAX_LENGTH", "embeds/0/description: BASE_TYPE_REQUIRED", "tts: BOOLEAN_TYPE_CONVERT"]
    );
}

#[test]
fn what_clients_send_is_taken() {
    // The shapes that serenity 0.12 gives to the simplest of each kind.
    Attempt::message(json!({
        "content": "Bonjour", "tts": false, "embeds": [], "sticker_ids": [], "attachments": [], "enforce_nonce": false,
        "allowed_mentions": { "parse": [], "users": [], "roles": [] }
    }))
    .accepted();
    Attempt::callback(json!({ "type": 4, "data": {
        "embeds": [{ "title": "Salle", "fields": [{ "name": "Où", "value": "B12", "inline": false }],
            "image": { "url": "https://example.org/a.png", "proxy_url": null, "height": null, "width": null } }],
        "components": [{ "type": 1, "components": [
            { "type": 2, "style": 1, "custom_id": "a", "label": "Oui", "disabled": false },
            { "type": 2, "style": 5, "url": "https://example.org", "label": "Voir", "disabled": false }
        ] }],
        "attachments": []
    } }))
    .accepted();
    Attempt::callback(json!({ "type": 5, "data": { "flags": 64, "attachments": [] } })).accepted();
    Attempt::follow_up(json!({ "content": "Fait", "embeds": [], "attachments": [], "flags": 64 })).accepted();
    Attempt::command(json!({
        "name": "salle", "name_localizations": {}, "description": "Change de salle", "description_localizations": {},
        "options": [], "nsfw": false, "default_member_permissions": "0"
    }))
    .accepted();
}
