//! Components of a message: rows of buttons and selects, and what they share.

use std::collections::HashSet;

use super::finding::Findings;
use super::place::Place;
use super::{layout, row};

/// The numbers that Discord gives to kinds of components.
pub(super) mod kind {
    pub(in crate::rules) const ROW: i64 = 1;
    pub(in crate::rules) const BUTTON: i64 = 2;
    pub(in crate::rules) const STRING_SELECT: i64 = 3;
    pub(in crate::rules) const TEXT_INPUT: i64 = 4;
    pub(in crate::rules) const USER_SELECT: i64 = 5;
    pub(in crate::rules) const ROLE_SELECT: i64 = 6;
    pub(in crate::rules) const MENTIONABLE_SELECT: i64 = 7;
    pub(in crate::rules) const CHANNEL_SELECT: i64 = 8;
    pub(in crate::rules) const SECTION: i64 = 9;
    pub(in crate::rules) const TEXT: i64 = 10;
    pub(in crate::rules) const THUMBNAIL: i64 = 11;
    pub(in crate::rules) const GALLERY: i64 = 12;
    pub(in crate::rules) const FILE: i64 = 13;
    pub(in crate::rules) const SEPARATOR: i64 = 14;
    pub(in crate::rules) const CONTAINER: i64 = 17;
    pub(in crate::rules) const LABEL: i64 = 18;
}

const MOST_ROWS: usize = 5;

/// Rows only, five at most, unless the message is a layout; every `custom_id` once.
pub(super) fn check(body: &Place<'_>, findings: &mut Findings) {
    if !layout::is_layout(body) {
        body.count_within("components", 0..=MOST_ROWS, findings);
        for component in body.items("components") {
            if component.integer("type") == Some(kind::ROW) {
                row::check(&component, findings);
            } else {
                wrong_kind(&component, "Only rows can be here, unless the flag of layouts (1 << 15) is set.", findings);
            }
        }
    }
    unique_ids(body, findings);
}

/// Says that a component of this kind can't stand here.
pub(super) fn wrong_kind(component: &Place<'_>, why: &str, findings: &mut Findings) {
    findings.add(component.under("type"), "UNION_TYPE_CHOICES", why);
}

/// No `custom_id` is there twice, however deep.
pub(super) fn unique_ids(body: &Place<'_>, findings: &mut Findings) {
    let mut seen = HashSet::new();
    collect_ids(body, &mut seen, findings);
}

fn collect_ids<'a>(place: &Place<'a>, seen: &mut HashSet<&'a str>, findings: &mut Findings) {
    let nested = ["accessory", "component"].into_iter().filter_map(|key| place.get(key));
    for component in place.items("components").into_iter().chain(nested) {
        if let Some(id) = component.text("custom_id")
            && !seen.insert(id)
        {
            let message = "Another component of this message has this `custom_id`.";
            findings.add(component.under("custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
        collect_ids(&component, seen, findings);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::Attempt;

    fn row(id: &str) -> Value {
        json!({ "type": 1, "components": [{ "type": 2, "style": 1, "custom_id": id, "label": "Oui" }] })
    }

    #[test]
    fn five_rows_at_most() {
        let rows: Vec<Value> = (0..6).map(|n| row(&n.to_string())).collect();
        Attempt::components(&json!(rows[..5])).accepted();
        Attempt::components(&json!(rows)).refused(&["components: BASE_TYPE_BAD_LENGTH"]);
    }

    #[test]
    fn a_custom_id_is_there_once() {
        Attempt::components(&json!([row("a"), row("b")])).accepted();
        Attempt::components(&json!([row("a"), row("a")]))
            .refused(&["components/1/components/0/custom_id: COMPONENT_CUSTOM_ID_DUPLICATED"]);
    }

    #[test]
    fn a_message_holds_rows() {
        Attempt::components(&json!([{ "type": 10, "content": "x" }]))
            .refused(&["components/0/type: UNION_TYPE_CHOICES"]);
        Attempt::components(&json!([{ "type": 2, "style": 1, "custom_id": "a", "label": "x" }]))
            .refused(&["components/0/type: UNION_TYPE_CHOICES"]);
    }
}
