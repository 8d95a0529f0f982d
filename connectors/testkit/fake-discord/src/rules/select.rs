//! A select.

use std::collections::HashSet;

use super::button;
use super::component::kind;
use super::finding::Findings;
use super::place::Place;

const MOST_OPTIONS: usize = 25;

pub(super) fn is_select(number: i64) -> bool {
    keys(number).is_some()
}

fn keys(number: i64) -> Option<&'static [&'static str]> {
    match number {
        kind::STRING_SELECT => Some(&[
            "type",
            "id",
            "custom_id",
            "placeholder",
            "min_values",
            "max_values",
            "disabled",
            "required",
            "options",
        ]),
        kind::USER_SELECT | kind::ROLE_SELECT | kind::MENTIONABLE_SELECT => Some(&[
            "type",
            "id",
            "custom_id",
            "placeholder",
            "min_values",
            "max_values",
            "disabled",
            "required",
            "default_values",
        ]),
        kind::CHANNEL_SELECT => Some(&[
            "type",
            "id",
            "custom_id",
            "placeholder",
            "min_values",
            "max_values",
            "disabled",
            "required",
            "default_values",
            "channel_types",
        ]),
        _ => None,
    }
}

pub(super) fn check(select: &Place<'_>, findings: &mut Findings) {
    let number = select.integer("type").unwrap_or_default();
    select.only(keys(number).unwrap_or_default(), findings);
    select.needs_text("custom_id", 1..=100, findings);
    select.text_within("placeholder", 0..=150, findings);
    select.integer_within("min_values", 0..=25, findings);
    select.integer_within("max_values", 1..=25, findings);
    select.ordered("min_values", "max_values", findings);
    select.boolean("disabled", findings);
    if number == kind::STRING_SELECT {
        options(select, findings);
    }
    let most = select.integer("max_values").unwrap_or(1);
    let defaults = select.items("default_values");
    let chosen = defaults.len() + select.items("options").iter().filter(|option| option.is_true("default")).count();
    if i64::try_from(chosen).is_ok_and(|chosen| chosen > most) {
        let key = if defaults.is_empty() { "options" } else { "default_values" };
        findings.add(select.under(key), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", format!("Only {most} can be chosen."));
    }
    for default in defaults {
        default.only(&["id", "type"], findings);
        default.needs("id", findings);
        default.snowflake("id", findings);
        default.needs("type", findings);
    }
}

fn options(select: &Place<'_>, findings: &mut Findings) {
    select.needs("options", findings);
    select.count_within("options", 1..=MOST_OPTIONS, findings);
    let options = select.items("options");
    for key in ["min_values", "max_values"] {
        if select.integer(key).and_then(|values| usize::try_from(values).ok()).is_some_and(|n| n > options.len()) {
            findings.add(select.under(key), "NUMBER_TYPE_MAX", "Must not be above the number of options.");
        }
    }
    let mut values = HashSet::new();
    for option in options {
        option.only(&["label", "value", "description", "emoji", "default"], findings);
        option.needs_text("label", 1..=100, findings);
        option.needs_text("value", 1..=100, findings);
        option.text_within("description", 1..=100, findings);
        option.boolean("default", findings);
        button::emoji(&option, findings);
        if option.text("value").is_some_and(|value| !values.insert(value)) {
            let message = "Another option has this value.";
            findings.add(option.under("value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, long};

    fn select(extra: &Value) -> Attempt {
        let mut select = json!({ "type": 3, "custom_id": "a", "options": [{ "label": "A", "value": "a" }] });
        for (key, value) in extra.as_object().expect("an object") {
            select[key] = value.clone();
        }
        Attempt::components(&json!([{ "type": 1, "components": [select] }]))
    }

    fn at(rest: &str) -> String {
        format!("components/0/components/0/{rest}")
    }

    fn options(count: usize) -> Vec<Value> {
        (0..count).map(|n| json!({ "label": "A", "value": n.to_string() })).collect()
    }

    #[test]
    fn one_to_twenty_five_options() {
        select(&json!({ "options": options(25), "max_values": 25, "min_values": 0 })).accepted();
        select(&json!({ "options": options(0) })).refused(&[&at("options: BASE_TYPE_BAD_LENGTH")]);
        select(&json!({ "options": options(26) })).refused(&[&at("options: BASE_TYPE_BAD_LENGTH")]);
        select(&json!({ "options": null })).refused(&[&at("options: BASE_TYPE_REQUIRED")]);
    }

    #[test]
    fn options_are_bounded_and_distinct() {
        let option = json!({ "label": long(100), "value": long(100), "description": long(100), "default": true });
        select(&json!({ "options": [option] })).accepted();
        for key in ["label", "value", "description"] {
            let mut longer = option.clone();
            longer[key] = json!(long(101));
            select(&json!({ "options": [longer] })).refused(&[&at(&format!("options/0/{key}: BASE_TYPE_BAD_LENGTH"))]);
        }
        select(&json!({ "options": [{ "label": "A", "value": "a" }, { "label": "B", "value": "a" }] }))
            .refused(&[&at("options/1/value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED")]);
        select(&json!({ "options": [{ "label": "A", "value": "a", "hint": 1 }] }))
            .refused(&[&at("options/0/hint: UNKNOWN_FIELD")]);
    }

    #[test]
    fn a_placeholder_is_short_and_numbers_agree() {
        select(&json!({ "placeholder": long(150) })).accepted();
        select(&json!({ "placeholder": long(151) })).refused(&[&at("placeholder: BASE_TYPE_MAX_LENGTH")]);
        select(&json!({ "max_values": 2 })).refused(&[&at("max_values: NUMBER_TYPE_MAX")]);
        select(&json!({ "options": options(3), "min_values": 3, "max_values": 2 }))
            .refused(&[&at("max_values: NUMBER_TYPE_MIN")]);
        let chosen: Vec<Value> =
            (0..2).map(|n| json!({ "label": "A", "value": n.to_string(), "default": true })).collect();
        select(&json!({ "options": chosen })).refused(&[&at("options: SELECT_COMPONENT_TOO_MANY_DEFAULTS")]);
    }

    #[test]
    fn only_a_text_select_has_options() {
        let people = |extra: Value| Attempt::components(&json!([{ "type": 1, "components": [extra] }]));
        people(json!({ "type": 8, "custom_id": "a", "channel_types": [0] })).accepted();
        people(json!({ "type": 5, "custom_id": "a", "options": options(1) })).refused(&[&at("options: UNKNOWN_FIELD")]);
    }
}
