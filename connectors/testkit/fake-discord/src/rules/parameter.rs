//! What only some types of a command's parameters have: choices, autocompletion, bounds.

use super::choice::{self, ValueKind};
use super::finding::Findings;
use super::place::Place;

const STRING: i64 = 3;
const INTEGER: i64 = 4;
const CHANNEL: i64 = 7;
const NUMBER: i64 = 10;

/// The keys that go with the type of a parameter, and no others. Builders may send the others empty.
pub(super) fn check(option: &Place<'_>, kind: i64, findings: &mut Findings) {
    let value = match kind {
        STRING => Some(ValueKind::Text),
        INTEGER => Some(ValueKind::Integer),
        NUMBER => Some(ValueKind::Number),
        _ => None,
    };
    if let Some(value) = value {
        choice::check(option, value, findings);
        if option.is_true("autocomplete") && option.fills("choices") {
            let message = "Choices and autocompletion exclude each other.";
            findings.add(option.under("autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", message);
        }
    } else {
        option.forbids("choices", "This type has no choices.", findings);
        option.forbids("autocomplete", "This type has no autocompletion.", findings);
    }
    if kind != CHANNEL {
        option.forbids("channel_types", "Only a channel has a channel's types.", findings);
    }
    if [INTEGER, NUMBER].contains(&kind) {
        option.ordered("min_value", "max_value", findings);
    } else {
        option.forbids("min_value", "Only numbers have bounds.", findings);
        option.forbids("max_value", "Only numbers have bounds.", findings);
    }
    if kind == STRING {
        option.integer_within("min_length", 0..=6000, findings);
        option.integer_within("max_length", 1..=6000, findings);
        option.ordered("min_length", "max_length", findings);
    } else {
        option.forbids("min_length", "Only a text has a length.", findings);
        option.forbids("max_length", "Only a text has a length.", findings);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, long};

    fn with(kind: u8, extra: &Value) -> Attempt {
        let mut option = json!({ "type": kind, "name": "a", "description": "x" });
        for (key, value) in extra.as_object().expect("an object") {
            option[key] = value.clone();
        }
        Attempt::command(json!({ "name": "a", "description": "x", "options": [option] }))
    }

    #[test]
    fn choices_are_few_of_the_type_and_without_autocompletion() {
        let choices: Vec<Value> = (0..26).map(|n| json!({ "name": n.to_string(), "value": n })).collect();
        with(4, &json!({ "choices": choices[..25] })).accepted();
        with(4, &json!({ "choices": choices })).refused(&["options/0/choices: BASE_TYPE_BAD_LENGTH"]);
        with(3, &json!({ "choices": choices[..1] })).refused(&["options/0/choices/0/value: UNION_TYPE_CHOICES"]);
        with(3, &json!({ "choices": [{ "name": "a", "value": long(101) }] }))
            .refused(&["options/0/choices/0/value: BASE_TYPE_MAX_LENGTH"]);
        with(3, &json!({ "choices": [{ "name": long(101), "value": "a" }] }))
            .refused(&["options/0/choices/0/name: BASE_TYPE_BAD_LENGTH"]);
        with(3, &json!({ "choices": [{ "name": "a", "value": "a" }, { "name": "a", "value": "b" }] }))
            .refused(&["options/0/choices/1/name: APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATED"]);
        with(4, &json!({ "autocomplete": true })).accepted();
        with(4, &json!({ "autocomplete": true, "choices": choices[..1] }))
            .refused(&["options/0/autocomplete: APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID"]);
        with(5, &json!({ "choices": choices[..1] })).refused(&["options/0/choices: BASE_TYPE_FORBIDDEN"]);
    }

    #[test]
    fn bounds_are_for_their_types() {
        with(3, &json!({ "min_length": 1, "max_length": 6000 })).accepted();
        with(3, &json!({ "max_length": 6001 })).refused(&["options/0/max_length: NUMBER_TYPE_MAX"]);
        with(4, &json!({ "min_value": 5, "max_value": 4 })).refused(&["options/0/max_value: NUMBER_TYPE_MIN"]);
        with(3, &json!({ "min_value": 5 })).refused(&["options/0/min_value: BASE_TYPE_FORBIDDEN"]);
        with(4, &json!({ "max_length": 5 })).refused(&["options/0/max_length: BASE_TYPE_FORBIDDEN"]);
        with(7, &json!({ "channel_types": [0] })).accepted();
        with(6, &json!({ "channel_types": [0] })).refused(&["options/0/channel_types: BASE_TYPE_FORBIDDEN"]);
    }
}
