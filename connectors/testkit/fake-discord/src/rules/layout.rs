//! Layouts: messages made of components alone ("Components V2").
//!
//! Once set on a message the flag stays, so at Discord an edit need not repeat it; here it must, as the body alone is seen.

use super::block;
use super::component::kind;
use super::file::UploadedFile;
use super::finding::Findings;
use super::link;
use super::message::COMPONENTS_V2;
use super::place::Place;

/// Nested ones included.
pub(super) const MOST_COMPONENTS: usize = 40;
/// Of all text displays together.
pub(super) const MOST_TEXT: usize = 4000;

pub(super) fn is_layout(body: &Place<'_>) -> bool {
    body.integer("flags").is_some_and(|flags| flags & COMPONENTS_V2 != 0)
}

pub(super) fn check(body: &Place<'_>, files: &[UploadedFile], edits: bool, findings: &mut Findings) {
    if !is_layout(body) {
        return;
    }
    for key in ["content", "embeds", "sticker_ids", "poll"] {
        if body.fills(key) {
            let message = "A layout has components alone.";
            findings.add(body.under(key), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message);
        }
    }
    let mut all = Vec::new();
    for component in body.items("components") {
        block::check(&component, findings);
        gather(&component, &mut all);
    }
    if all.len() > MOST_COMPONENTS {
        let message = format!("A layout has {MOST_COMPONENTS} components at most, nested ones included.");
        findings.add(body.under("components"), "BASE_TYPE_BAD_LENGTH", message);
    }
    let texts = all.iter().filter(|place| place.integer("type") == Some(kind::TEXT));
    if texts.filter_map(|place| place.text("content")).map(|text| text.chars().count()).sum::<usize>() > MOST_TEXT {
        let message = format!("All texts of a layout have {MOST_TEXT} characters at most.");
        findings.add(body.under("components"), "COMPONENT_MAX_TOTAL_SIZE_EXCEEDED", message);
    }
    if !edits {
        let shown: Vec<Place<'_>> = all
            .iter()
            .flat_map(|place| place.items("items").into_iter().chain([place.clone()]))
            .flat_map(|place| [place.get("media"), place.get("file")])
            .flatten()
            .collect();
        link::attachments_exist(body, &shown, files, findings);
    }
}

fn gather<'a>(component: &Place<'a>, all: &mut Vec<Place<'a>>) {
    all.push(component.clone());
    for child in component.items("components").into_iter().chain(component.get("accessory")) {
        gather(&child, all);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, long};

    fn text(length: usize) -> Value {
        json!({ "type": 10, "content": long(length) })
    }

    #[test]
    fn a_layout_has_nothing_beside_its_components() {
        Attempt::layout(&json!([text(1)])).accepted();
        Attempt::message(json!({ "flags": 1 << 15, "content": "x", "components": [text(1)] }))
            .refused(&["content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"]);
        Attempt::message(json!({ "flags": 1 << 15, "embeds": [{ "title": "x" }], "components": [text(1)] }))
            .refused(&["embeds: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"]);
    }

    #[test]
    fn forty_components_and_four_thousand_characters() {
        Attempt::layout(&json!([{ "type": 17, "components": vec![text(100); 39] }])).accepted();
        Attempt::layout(&json!([{ "type": 17, "components": vec![text(1); 40] }]))
            .refused(&["components: BASE_TYPE_BAD_LENGTH"]);
        Attempt::layout(&json!([text(4000)])).accepted();
        Attempt::layout(&json!([text(4000), text(1)])).refused(&["components: COMPONENT_MAX_TOTAL_SIZE_EXCEEDED"]);
    }
}
