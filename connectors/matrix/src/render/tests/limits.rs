//! Matrix's rules, told again from its specification and checked on the JSON that is sent.

use crate::{
    offer::{self, Offer},
    render::{Limits, Part, Words, key},
};
use ruma::html::{HtmlSanitizerMode, RemoveReplyFallback, sanitize_html};
use serde_json::Value;
use std::collections::HashSet;
use vigie_chat::clean;

/// Asserts that a homeserver takes each part, and that clients show each as it is.
#[track_caller]
pub(super) fn assert_accepted(parts: &[Part], limits: &Limits) {
    let files = parts.iter().position(|part| matches!(part, Part::File(_))).unwrap_or(parts.len());
    assert!(files > 0, "there are no words");
    for (rank, part) in parts.iter().enumerate() {
        match part {
            Part::Words(words) => {
                assert!(rank < files, "words after a file");
                assert_words(words, limits);
                assert!(words.choices == 0 || rank + 1 >= files, "choices before the last words");
            }
            Part::File(upload) => {
                assert!(rank >= files);
                assert!(upload.bytes.len() <= limits.upload_bytes);
                assert!(!upload.caption.trim().is_empty());
                assert!(upload.name.chars().count() <= 100 && !upload.name.contains(['/', '\\', '\n']));
            }
        }
    }
}

#[track_caller]
fn assert_words(words: &Words, limits: &Limits) {
    let content = &words.content;
    let json = serde_json::to_string(content).expect("a content is always JSON");
    assert!(json.len() <= limits.event_bytes, "{} bytes", json.len());
    let known = ["body", "format", "formatted_body", "m.mentions", "msgtype", offer::KEY];
    assert!(content.keys().all(|key| known.contains(&key.as_str())), "{json}");
    assert!(["m.notice", "m.text"].contains(&text(content, "msgtype")));
    assert_eq!(text(content, "format"), "org.matrix.custom.html");
    let (body, html) = (text(content, "body"), text(content, "formatted_body"));
    assert!(!body.trim().is_empty());
    for said in [body, html] {
        assert_eq!(clean(said), said, "a character that deceives");
    }
    assert_eq!(sanitize_html(html, HtmlSanitizerMode::Strict, RemoveReplyFallback::No), html);
    let mentions = content["m.mentions"].as_object().expect("mentions are explicit");
    assert!(mentions.keys().all(|key| key == "user_ids"), "{mentions:?}");
    let offered = match Offer::of(&Value::Object(content.clone())) {
        Some(Offer::Actions(offered)) => offered.len(),
        Some(Offer::Form { .. }) | None => 0,
    };
    assert_eq!(offered, words.choices);
    let keys: HashSet<String> = (1..=words.choices).map(key).collect();
    assert_eq!(keys.len(), words.choices, "a reaction stands for two numbers");
}

/// A text of a content.
#[track_caller]
pub(super) fn text<'c>(content: &'c serde_json::Map<String, Value>, key: &str) -> &'c str {
    content[key].as_str().expect("a text")
}
