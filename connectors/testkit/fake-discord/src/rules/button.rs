//! A button.

use super::finding::Findings;
use super::link::LinkKind;
use super::place::Place;

const KEYS: &[&str] = &["type", "id", "style", "label", "emoji", "custom_id", "url", "sku_id", "disabled"];
const LINK: i64 = 5;
const PREMIUM: i64 = 6;

pub(super) fn check(button: &Place<'_>, findings: &mut Findings) {
    button.only(KEYS, findings);
    button.needs("style", findings);
    button.integer_within("style", 1..=PREMIUM, findings);
    button.boolean("disabled", findings);
    button.text_within("label", 0..=80, findings);
    emoji(button, findings);
    let style = button.integer("style");
    match style {
        Some(LINK) => {
            button.needs("url", findings);
            button.link("url", LinkKind::Button, findings);
            button.forbids("custom_id", "A link has no `custom_id`.", findings);
            button.forbids("sku_id", "A link sells nothing.", findings);
        }
        Some(PREMIUM) => {
            button.needs("sku_id", findings);
            button.snowflake("sku_id", findings);
            for key in ["custom_id", "label", "url", "emoji"] {
                button.forbids(key, "Discord draws a premium button itself.", findings);
            }
        }
        _ => {
            button.needs_text("custom_id", 1..=100, findings);
            button.forbids("url", "Only a link has an address.", findings);
            button.forbids("sku_id", "Only a premium button sells.", findings);
        }
    }
    if style != Some(PREMIUM) && !button.fills("label") && !button.has("emoji") {
        findings.add(button.under("label"), "BASE_TYPE_REQUIRED", "A button needs a label or an emoji.");
    }
}

/// The emoji of a button or of a select's option: of Unicode by its name, of a server by its id.
pub(super) fn emoji(owner: &Place<'_>, findings: &mut Findings) {
    let Some(emoji) = owner.get("emoji") else { return };
    emoji.only(&["id", "name", "animated"], findings);
    emoji.snowflake("id", findings);
    emoji.text_within("name", 1..=32, findings);
    let looks_like_words = emoji.text("name").is_some_and(|name| name.chars().any(char::is_alphabetic));
    if !emoji.has("id") && (!emoji.has("name") || looks_like_words) {
        findings.add(emoji.under("name"), "BUTTON_COMPONENT_INVALID_EMOJI", "This is not an emoji.");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, long};

    fn button(button: &Value) -> Attempt {
        Attempt::components(&json!([{ "type": 1, "components": [button] }]))
    }

    fn at(rest: &str) -> String {
        format!("components/0/components/0/{rest}")
    }

    #[test]
    fn labels_and_ids_are_bounded() {
        button(&json!({ "type": 2, "style": 4, "custom_id": long(100), "label": long(80), "disabled": false }))
            .accepted();
        button(&json!({ "type": 2, "style": 1, "custom_id": "a", "label": long(81) }))
            .refused(&[&at("label: BASE_TYPE_MAX_LENGTH")]);
        button(&json!({ "type": 2, "style": 1, "custom_id": long(101), "label": "x" }))
            .refused(&[&at("custom_id: BASE_TYPE_BAD_LENGTH")]);
        button(&json!({ "type": 2, "style": 1, "custom_id": "", "label": "x" }))
            .refused(&[&at("custom_id: BASE_TYPE_BAD_LENGTH")]);
        button(&json!({ "type": 2, "style": 1, "label": "x" })).refused(&[&at("custom_id: BASE_TYPE_REQUIRED")]);
        button(&json!({ "type": 2, "style": 7, "custom_id": "a", "label": "x" }))
            .refused(&[&at("style: NUMBER_TYPE_MAX")]);
    }

    #[test]
    fn a_button_shows_something() {
        button(&json!({ "type": 2, "style": 1, "custom_id": "a", "emoji": { "name": "✅" } })).accepted();
        let custom = json!({ "animated": false, "id": "12", "name": "ok" });
        button(&json!({ "type": 2, "style": 1, "custom_id": "a", "emoji": custom })).accepted();
        button(&json!({ "type": 2, "style": 1, "custom_id": "a", "label": "" }))
            .refused(&[&at("label: BASE_TYPE_REQUIRED")]);
        button(&json!({ "type": 2, "style": 1, "custom_id": "a", "emoji": { "name": "ok" } }))
            .refused(&[&at("emoji/name: BUTTON_COMPONENT_INVALID_EMOJI")]);
    }

    #[test]
    fn a_link_has_an_address_and_no_id() {
        button(&json!({ "type": 2, "style": 5, "url": "https://example.org", "label": "x" })).accepted();
        button(&json!({ "type": 2, "style": 5, "url": "discord://-/channels/1/2", "label": "x" })).accepted();
        button(&json!({ "type": 2, "style": 5, "label": "x" })).refused(&[&at("url: BASE_TYPE_REQUIRED")]);
        button(&json!({ "type": 2, "style": 5, "url": "javascript://x", "label": "x" }))
            .refused(&[&at("url: URL_TYPE_INVALID_SCHEME")]);
        button(&json!({ "type": 2, "style": 5, "url": "https://example.org", "custom_id": "a", "label": "x" }))
            .refused(&[&at("custom_id: BASE_TYPE_FORBIDDEN")]);
        button(&json!({ "type": 2, "style": 1, "url": "https://example.org", "custom_id": "a", "label": "x" }))
            .refused(&[&at("url: BASE_TYPE_FORBIDDEN")]);
    }

    #[test]
    fn unknown_fields_are_refused() {
        button(&json!({ "type": 2, "style": 1, "custom_id": "a", "label": "x", "value": 1 }))
            .refused(&[&at("value: UNKNOWN_FIELD")]);
    }
}
