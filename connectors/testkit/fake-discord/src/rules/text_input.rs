//! A text input of a modal.

use super::finding::Findings;
use super::place::Place;

const KEYS: &[&str] =
    &["type", "id", "custom_id", "style", "label", "value", "placeholder", "required", "min_length", "max_length"];
const MOST_TEXT: usize = 4000;

/// Where the name of an input stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LabelPlace {
    /// In the input, which stands in a row.
    Inside,
    /// In the label component around it.
    Around,
}

pub(super) fn check(input: &Place<'_>, label: LabelPlace, findings: &mut Findings) {
    input.only(KEYS, findings);
    input.needs_text("custom_id", 1..=100, findings);
    match label {
        LabelPlace::Inside => input.needs_text("label", 1..=45, findings),
        LabelPlace::Around => input.forbids("label", "The label is around the input already.", findings),
    }
    input.needs("style", findings);
    input.integer_within("style", 1..=2, findings);
    input.text_within("value", 0..=MOST_TEXT, findings);
    input.text_within("placeholder", 0..=100, findings);
    input.boolean("required", findings);
    input.integer_within("min_length", 0..=4000, findings);
    input.integer_within("max_length", 1..=4000, findings);
    input.ordered("min_length", "max_length", findings);
    let bound = |key| input.integer(key).and_then(|length| usize::try_from(length).ok());
    let length = input.text("value").map_or(0, |value| value.chars().count());
    let is_short = bound("min_length").is_some_and(|least| length < least);
    let is_long = length <= MOST_TEXT && bound("max_length").is_some_and(|most| length > most);
    if length > 0 && (is_short || is_long) {
        findings.add(input.under("value"), "BASE_TYPE_BAD_LENGTH", "The value must fit the input's own bounds.");
    }
}
