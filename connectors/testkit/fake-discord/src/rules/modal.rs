//! A modal: a title and one to five inputs.
//!
//! Inputs stand in rows, or in labels. What a label holds besides a text input is left to the description.

use super::component::{kind, unique_ids, wrong_kind};
use super::finding::Findings;
use super::place::Place;
use super::text_input::{self, LabelPlace};

const MOST_INPUTS: usize = 5;

pub(super) fn check(modal: &Place<'_>, findings: &mut Findings) {
    modal.only(&["custom_id", "title", "components"], findings);
    modal.needs_text("custom_id", 1..=100, findings);
    modal.needs_text("title", 1..=45, findings);
    modal.needs("components", findings);
    modal.count_within("components", 1..=MOST_INPUTS, findings);
    for component in modal.items("components") {
        match component.integer("type") {
            Some(kind::ROW) => row(&component, findings),
            Some(kind::LABEL) => label(&component, findings),
            _ => wrong_kind(&component, "A modal holds rows or labels.", findings),
        }
    }
    unique_ids(modal, findings);
}

fn row(row: &Place<'_>, findings: &mut Findings) {
    row.only(&["type", "id", "components"], findings);
    row.needs("components", findings);
    row.count_within("components", 1..=1, findings);
    for input in row.items("components") {
        if input.integer("type") == Some(kind::TEXT_INPUT) {
            text_input::check(&input, LabelPlace::Inside, findings);
        } else {
            wrong_kind(&input, "A row of a modal holds a text input.", findings);
        }
    }
}

fn label(label: &Place<'_>, findings: &mut Findings) {
    label.only(&["type", "id", "label", "description", "component"], findings);
    label.needs_text("label", 1..=45, findings);
    label.text_within("description", 1..=100, findings);
    label.needs("component", findings);
    if let Some(input) = label.get("component").filter(|input| input.integer("type") == Some(kind::TEXT_INPUT)) {
        text_input::check(&input, LabelPlace::Around, findings);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, long};

    fn input(id: &str) -> Value {
        json!({ "type": 4, "custom_id": id, "style": 1, "label": "Motif", "required": true })
    }

    fn modal(inputs: &[Value]) -> Attempt {
        let rows: Vec<Value> = inputs.iter().map(|input| json!({ "type": 1, "components": [input] })).collect();
        Attempt::modal(&json!({ "custom_id": "m", "title": "Absence", "components": rows }))
    }

    fn with(key: &str, value: Value) -> Attempt {
        let mut input = input("a");
        input[key] = value;
        modal(&[input])
    }

    fn at(rest: &str) -> String {
        format!("data/components/0/components/0/{rest}")
    }

    #[test]
    fn one_to_five_rows_of_one_input() {
        let inputs: Vec<Value> = (0..6).map(|n| input(&n.to_string())).collect();
        modal(&inputs[..5]).accepted();
        modal(&inputs).refused(&["data/components: BASE_TYPE_BAD_LENGTH"]);
        modal(&[]).refused(&["data/components: BASE_TYPE_BAD_LENGTH"]);
        let two = json!([{ "type": 1, "components": [input("a"), input("b")] }]);
        Attempt::modal(&json!({ "custom_id": "m", "title": "x", "components": two }))
            .refused(&["data/components/0/components: BASE_TYPE_BAD_LENGTH"]);
        modal(&[json!({ "type": 2, "style": 1, "custom_id": "a", "label": "x" })])
            .refused(&[&at("type: UNION_TYPE_CHOICES")]);
        modal(&[input("a"), input("a")])
            .refused(&["data/components/1/components/0/custom_id: COMPONENT_CUSTOM_ID_DUPLICATED"]);
    }

    #[test]
    fn titles_and_ids_are_bounded() {
        let rows = json!([{ "type": 1, "components": [input("a")] }]);
        let titled = |title: &str| json!({ "custom_id": long(100), "title": title, "components": rows });
        Attempt::modal(&titled(&long(45))).accepted();
        Attempt::modal(&titled(&long(46))).refused(&["data/title: BASE_TYPE_BAD_LENGTH"]);
        Attempt::modal(&titled("")).refused(&["data/title: BASE_TYPE_BAD_LENGTH"]);
        Attempt::modal(&json!({ "title": "x", "components": rows })).refused(&["data/custom_id: BASE_TYPE_REQUIRED"]);
        Attempt::modal(&json!({ "custom_id": "m", "title": "x", "components": rows, "flags": 64 }))
            .refused(&["data/flags: UNKNOWN_FIELD"]);
    }

    #[test]
    fn an_input_is_bounded() {
        with("label", json!(long(45))).accepted();
        with("label", json!(long(46))).refused(&[&at("label: BASE_TYPE_BAD_LENGTH")]);
        with("label", Value::Null).refused(&[&at("label: BASE_TYPE_REQUIRED")]);
        with("style", json!(3)).refused(&[&at("style: NUMBER_TYPE_MAX")]);
        with("value", json!(long(4000))).accepted();
        with("value", json!(long(4001))).refused(&[&at("value: BASE_TYPE_MAX_LENGTH")]);
        with("placeholder", json!(long(101))).refused(&[&at("placeholder: BASE_TYPE_MAX_LENGTH")]);
        with("max_length", json!(4001)).refused(&[&at("max_length: NUMBER_TYPE_MAX")]);
        with("custom_id", json!(long(101))).refused(&[&at("custom_id: BASE_TYPE_BAD_LENGTH")]);
        let mut crossed = input("a");
        crossed["min_length"] = json!(5);
        crossed["max_length"] = json!(4);
        modal(&[crossed]).refused(&[&at("max_length: NUMBER_TYPE_MIN")]);
        let mut prefilled = input("a");
        prefilled["max_length"] = json!(4);
        prefilled["value"] = json!("trop long");
        modal(&[prefilled]).refused(&[&at("value: BASE_TYPE_BAD_LENGTH")]);
    }

    #[test]
    fn a_label_may_hold_the_input() {
        let mut bare = input("a");
        bare["label"] = Value::Null;
        let label = |input: &Value| {
            let label = json!({ "type": 18, "label": "Motif", "component": input });
            Attempt::modal(&json!({ "custom_id": "m", "title": "x", "components": [label] }))
        };
        label(&bare).accepted();
        label(&input("a")).refused(&["data/components/0/component/label: BASE_TYPE_FORBIDDEN"]);
    }
}
