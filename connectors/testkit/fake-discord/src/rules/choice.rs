//! Choices: of a command's option, and of autocompletion.

use std::collections::HashSet;

use serde_json::Value;

use super::command_name::localizations;
use super::finding::Findings;
use super::place::Place;

const MOST_CHOICES: usize = 25;

/// What the value of a choice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Text,
    Integer,
    Number,
    /// Autocompletion doesn't say; the option decides.
    Any,
}

impl ValueKind {
    fn holds(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Number => value.is_number(),
            Self::Any => value.is_string() || value.is_number(),
        }
    }
}

/// The list `choices` at a place: 25 at most, with names that differ.
pub(super) fn check(owner: &Place<'_>, kind: ValueKind, findings: &mut Findings) {
    owner.count_within("choices", 0..=MOST_CHOICES, findings);
    let mut names = HashSet::new();
    for choice in owner.items("choices") {
        choice.only(&["name", "name_localizations", "value"], findings);
        choice.needs_text("name", 1..=100, findings);
        localizations(&choice, "name_localizations", 1..=100, findings);
        choice.needs("value", findings);
        if let Some(value) = choice.get("value") {
            if !kind.holds(value.value) {
                findings.add(value.path, "UNION_TYPE_CHOICES", "The value isn't of the option's type.");
            } else if value.value.is_string() {
                choice.text_within("value", 0..=100, findings);
            }
        }
        if choice.text("name").is_some_and(|name| !names.insert(name)) {
            let message = "Another choice has this name.";
            findings.add(choice.under("name"), "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATED", message);
        }
    }
}
