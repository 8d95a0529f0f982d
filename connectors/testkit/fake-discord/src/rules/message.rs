//! A message: its own fields, and the parts that other files check.

use super::file::UploadedFile;
use super::finding::Findings;
use super::place::Place;
use super::subject::MessageKind;
use super::{House, Refusal, attachment, component, embed, layout, mention, reference};

const MOST_CONTENT: usize = 2000;
const SUPPRESS_EMBEDS: i64 = 1 << 2;
const EPHEMERAL: i64 = 1 << 6;
const SUPPRESS_NOTIFICATIONS: i64 = 1 << 12;
const VOICE_MESSAGE: i64 = 1 << 13;
/// The layout is made of components alone ("Components V2").
pub(super) const COMPONENTS_V2: i64 = 1 << 15;

impl MessageKind {
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Create => &[
                "content",
                "nonce",
                "enforce_nonce",
                "tts",
                "embeds",
                "allowed_mentions",
                "message_reference",
                "components",
                "sticker_ids",
                "attachments",
                "flags",
                "poll",
                "shared_client_theme",
            ],
            Self::Edit | Self::Update => {
                &["content", "embeds", "flags", "allowed_mentions", "components", "attachments"]
            }
            Self::FollowUp => &[
                "content",
                "username",
                "avatar_url",
                "tts",
                "embeds",
                "allowed_mentions",
                "components",
                "attachments",
                "flags",
                "thread_name",
                "applied_tags",
                "poll",
            ],
            Self::FollowUpEdit => {
                &["content", "embeds", "flags", "allowed_mentions", "components", "attachments", "poll"]
            }
            Self::Answer => {
                &["tts", "content", "embeds", "allowed_mentions", "flags", "components", "attachments", "poll"]
            }
        }
    }

    /// The flags that a bot may set; the others are Discord's to set.
    fn flags(self) -> i64 {
        match self {
            Self::Create => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | VOICE_MESSAGE | COMPONENTS_V2,
            Self::Edit | Self::FollowUpEdit | Self::Update => SUPPRESS_EMBEDS | COMPONENTS_V2,
            Self::FollowUp | Self::Answer => {
                SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | VOICE_MESSAGE | COMPONENTS_V2
            }
        }
    }
}

/// Everything about a message that has a place. That it says something is asked afterwards, with [`not_empty`].
pub(super) fn check(
    kind: MessageKind,
    body: &Place<'_>,
    files: &[UploadedFile],
    house: House,
    findings: &mut Findings,
) {
    body.only(kind.keys(), findings);
    body.text_within("content", 0..=MOST_CONTENT, findings);
    body.boolean("tts", findings);
    flags(kind.flags(), body, findings);
    nonce(body, findings);
    body.snowflakes("sticker_ids", 3, findings);
    mention::check(body, house, findings);
    reference::check(body, findings);
    attachment::check(body, files, kind.edits(), findings);
    embed::check(body, files, kind.edits(), findings);
    component::check(body, findings);
    layout::check(body, files, kind.edits(), findings);
}

/// The flags of a deferred answer are those of the answer that will come.
pub(super) fn deferred_flags(data: &Place<'_>, findings: &mut Findings) {
    flags(MessageKind::Answer.flags(), data, findings);
}

fn flags(allowed: i64, body: &Place<'_>, findings: &mut Findings) {
    body.integer_within("flags", 0..=i64::MAX, findings);
    let unknown = body.integer("flags").unwrap_or_default() & !allowed;
    if unknown != 0 {
        findings.add(body.under("flags"), "BASE_TYPE_CHOICES", format!("The flags {unknown} can't be set here."));
    }
}

fn nonce(body: &Place<'_>, findings: &mut Findings) {
    body.boolean("enforce_nonce", findings);
    if body.is_true("enforce_nonce") {
        body.needs("nonce", findings);
    }
    if body.get("nonce").is_some_and(|nonce| !nonce.value.is_i64() && !nonce.value.is_u64()) {
        body.text_within("nonce", 0..=25, findings);
    }
}

/// # Errors
///
/// 50006 when there is nothing to see. An edit is empty only when it takes away each part by name, because what it doesn't
/// name stays.
pub(super) fn not_empty(kind: MessageKind, body: &Place<'_>, files: &[UploadedFile]) -> Result<(), Refusal> {
    let parts = ["content", "embeds", "components", "attachments", "sticker_ids", "poll", "shared_client_theme"];
    let says = !files.is_empty() || reference::forwards(body) || parts.iter().any(|part| body.fills(part));
    let may_keep = kind.edits() && parts[..4].iter().any(|part| body.value.get(part).is_none());
    if says || may_keep { Ok(()) } else { Err(Refusal::empty_message()) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::rules::testing::{Attempt, file, long};

    #[test]
    fn content_has_two_thousand_characters_at_most() {
        Attempt::message(json!({ "content": long(2000) })).accepted();
        Attempt::message(json!({ "content": long(2001) })).refused(&["content: BASE_TYPE_MAX_LENGTH"]);
        Attempt::message(json!({ "content": 12 })).refused(&["content: STRING_TYPE_CONVERT"]);
    }

    #[test]
    fn a_message_says_something() {
        for body in [json!({}), json!({ "content": " \n" }), json!({ "content": null, "embeds": [], "tts": false })] {
            assert_eq!(Attempt::message(body).refusal().code, 50006);
        }
        Attempt::message(json!({})).with_files(&[file(0, "a.png")]).accepted();
        Attempt::message(json!({ "sticker_ids": ["12"] })).accepted();
        assert_eq!(Attempt::follow_up(json!({ "embeds": [] })).refusal().code, 50006);
    }

    #[test]
    fn an_edit_is_empty_when_it_takes_everything_away() {
        Attempt::edit(json!({})).accepted();
        Attempt::edit(json!({ "content": "", "embeds": [] })).accepted();
        let nothing = json!({ "content": null, "embeds": [], "components": [], "attachments": [] });
        assert_eq!(Attempt::edit(nothing).refusal().code, 50006);
    }

    #[test]
    fn unknown_fields_are_refused_by_kind() {
        Attempt::message(json!({ "content": "x", "embed": {} })).refused(&["embed: UNKNOWN_FIELD"]);
        Attempt::message(json!({ "content": "x", "nonce": "a", "enforce_nonce": true })).accepted();
        Attempt::follow_up(json!({ "content": "x", "nonce": "a" })).refused(&["nonce: UNKNOWN_FIELD"]);
        Attempt::follow_up(json!({ "content": "x", "enforce_nonce": true }))
            .refused(&["enforce_nonce: UNKNOWN_FIELD", "nonce: BASE_TYPE_REQUIRED"]);
        Attempt::edit(json!({ "content": "x", "tts": true })).refused(&["tts: UNKNOWN_FIELD"]);
    }

    #[test]
    fn flags_are_those_that_a_bot_may_set() {
        Attempt::message(json!({ "content": "x", "flags": 4 | 4096 })).accepted();
        Attempt::message(json!({ "content": "x", "flags": 64 })).refused(&["flags: BASE_TYPE_CHOICES"]);
        Attempt::follow_up(json!({ "content": "x", "flags": 64 })).accepted();
        Attempt::edit(json!({ "content": "x", "flags": 4 })).accepted();
        Attempt::edit(json!({ "content": "x", "flags": 64 })).refused(&["flags: BASE_TYPE_CHOICES"]);
    }

    #[test]
    fn a_nonce_is_short_or_a_number() {
        Attempt::message(json!({ "content": "x", "nonce": long(25) })).accepted();
        Attempt::message(json!({ "content": "x", "nonce": 12 })).accepted();
        Attempt::message(json!({ "content": "x", "nonce": long(26) })).refused(&["nonce: BASE_TYPE_MAX_LENGTH"]);
        Attempt::message(json!({ "content": "x", "enforce_nonce": true })).refused(&["nonce: BASE_TYPE_REQUIRED"]);
    }
}
