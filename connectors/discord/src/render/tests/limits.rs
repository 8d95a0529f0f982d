//! Discord's limits, told again from its documentation and checked on the JSON that is sent.

use crate::render::Payload;
use serde_json::Value;
use std::collections::HashSet;

/// Asserts that Discord takes each payload.
#[track_caller]
pub(super) fn assert_accepted(payloads: &[Payload]) {
    assert!(!payloads.is_empty());
    for payload in payloads {
        let json = serde_json::to_value(payload).expect("a payload is always JSON");
        assert_body(&json, payload);
    }
}

#[track_caller]
fn assert_body(json: &Value, payload: &Payload) {
    let known = ["content", "embeds", "components", "allowed_mentions", "attachments"];
    assert!(members(json).all(|key| known.contains(&key)), "{json}");
    let said = json["content"].is_string() || !list(&json["embeds"]).is_empty() || !payload.files.is_empty();
    assert!(said, "an empty message: {json}");
    if json.get("content").is_some() {
        assert_text(&json["content"], 2_000);
    }
    let mut all = 0;
    assert!(list(&json["embeds"]).len() <= 10);
    for embed in list(&json["embeds"]) {
        assert!(embed.get("title").is_some() || embed.get("description").is_some());
        for (key, most) in [("title", 256), ("description", 4_096)] {
            if let Some(text) = embed.get(key) {
                all += assert_text(text, most);
            }
        }
    }
    assert!(all <= 6_000, "{all} characters in embeds");
    assert_components(json);
    let mentions = &json["allowed_mentions"];
    assert_eq!(mentions["parse"], serde_json::json!([]));
    assert_eq!(mentions["replied_user"], false);
    let users: Vec<_> = mentions.get("users").map(list).unwrap_or_default().iter().map(Value::to_string).collect();
    assert!(users.len() <= 100 && users.iter().collect::<HashSet<_>>().len() == users.len());
    assert_files(json, payload);
}

#[track_caller]
fn assert_components(json: &Value) {
    let mut ids = HashSet::new();
    assert!(list(&json["components"]).len() <= 5);
    for row in list(&json["components"]) {
        assert_eq!(row["type"], 1);
        let components = list(&row["components"]);
        let most = if components.iter().all(|component| component["type"] == 2) { 5 } else { 1 };
        assert!((1..=most).contains(&components.len()), "{row}");
        for component in components {
            match component["type"].as_u64() {
                Some(2) => assert_button(component),
                Some(3) => assert_select(component),
                _ => panic!("an unknown component: {component}"),
            }
            if let Some(id) = component.get("custom_id") {
                assert_text(id, 100);
                assert!(ids.insert(id.to_string()), "{id} twice");
            }
        }
    }
}

#[track_caller]
fn assert_button(button: &Value) {
    assert_text(&button["label"], 80);
    let link = button["style"] == 5;
    assert_eq!(link, button.get("url").is_some(), "{button}");
    assert_eq!(link, button.get("custom_id").is_none(), "{button}");
    assert!(matches!(button["style"].as_u64(), Some(1..=5)));
    if link {
        assert_text(&button["url"], 512);
        assert!(button["url"].as_str().is_some_and(|url| url.to_lowercase().starts_with("http")), "{button}");
    }
}

#[track_caller]
fn assert_select(select: &Value) {
    assert_text(&select["placeholder"], 150);
    let options = list(&select["options"]);
    assert!((1..=25).contains(&options.len()));
    let mut values = HashSet::new();
    for option in options {
        assert_text(&option["label"], 100);
        assert_text(&option["value"], 100);
        if let Some(description) = option.get("description") {
            assert_text(description, 100);
        }
        assert!(values.insert(option["value"].to_string()));
    }
}

#[track_caller]
fn assert_files(json: &Value, payload: &Payload) {
    let told = list(&json["attachments"]);
    assert_eq!(told.len(), payload.files.len());
    assert!(told.len() <= 10);
    for (rank, (told, file)) in told.iter().zip(&payload.files).enumerate() {
        assert_eq!(told["id"], rank);
        assert_eq!(told["filename"], file.filename.as_str());
        assert_text(&told["filename"], 100);
        assert_text(&told["description"], 1_024);
        assert!(!file.filename.contains(['/', '\\', '\n', '"']) && !file.filename.starts_with('.'));
        assert!(file.bytes.len() <= 10 << 20);
    }
    assert!(payload.files.iter().map(|file| file.bytes.len()).sum::<usize>() <= 24 << 20);
}

/// Asserts that a text says something and is short enough by both ways of counting; tells its length.
#[track_caller]
fn assert_text(text: &Value, most: usize) -> usize {
    let text = text.as_str().expect("a text");
    let units = text.encode_utf16().count();
    assert!(!text.trim().is_empty(), "an empty text");
    assert!(units <= most && text.chars().count() <= most, "{units} units in {text:?}");
    units
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn members(value: &Value) -> impl Iterator<Item = &str> {
    value.as_object().into_iter().flat_map(|object| object.keys().map(String::as_str))
}
