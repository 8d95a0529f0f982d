//! The answer to autocompletion.

use super::choice::{self, ValueKind};
use super::finding::Findings;
use super::place::Place;

pub(super) fn check(data: &Place<'_>, findings: &mut Findings) {
    data.only(&["choices"], findings);
    data.needs("choices", findings);
    choice::check(data, ValueKind::Any, findings);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, long};

    fn answer(choices: &Value) -> Attempt {
        Attempt::callback(json!({ "type": 8, "data": { "choices": choices } }))
    }

    #[test]
    fn twenty_five_choices_at_most() {
        let choices: Vec<Value> = (0..26).map(|n| json!({ "name": n.to_string(), "value": n })).collect();
        answer(&json!([])).accepted();
        answer(&json!(choices[..25])).accepted();
        answer(&json!(choices)).refused(&["data/choices: BASE_TYPE_BAD_LENGTH"]);
        answer(&Value::Null).refused(&["data/choices: BASE_TYPE_REQUIRED"]);
    }

    #[test]
    fn names_and_values_are_bounded() {
        answer(&json!([{ "name": long(100), "value": long(100) }])).accepted();
        answer(&json!([{ "name": long(101), "value": "a" }])).refused(&["data/choices/0/name: BASE_TYPE_BAD_LENGTH"]);
        answer(&json!([{ "name": "", "value": "a" }])).refused(&["data/choices/0/name: BASE_TYPE_BAD_LENGTH"]);
        answer(&json!([{ "name": "a", "value": long(101) }])).refused(&["data/choices/0/value: BASE_TYPE_MAX_LENGTH"]);
        answer(&json!([{ "name": "a", "value": true }])).refused(&["data/choices/0/value: UNION_TYPE_CHOICES"]);
    }
}
