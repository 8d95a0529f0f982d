//! Completions of an option.

use std::time::Duration;

use serde_json::Value;

use super::Shown;

/// What was proposed.
#[derive(Clone, Debug)]
pub struct Completions {
    /// The proposals, in order.
    pub suggestions: Vec<Suggestion>,
    /// From the asking to the answer.
    pub after: Duration,
}

/// One proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What is shown.
    pub name: String,
    /// What would be sent.
    pub value: Value,
}

impl Completions {
    /// What is shown, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.suggestions.iter().map(|suggestion| suggestion.name.as_str()).collect()
    }
}

pub(super) fn read(shown: &Shown) -> Completions {
    Completions {
        suggestions: shown.suggestions(),
        after: shown.first_answer_after().expect("completions that were answered took some time"),
    }
}

pub(super) fn suggestion(choice: &Value) -> Suggestion {
    Suggestion { name: choice["name"].as_str().unwrap_or_default().to_owned(), value: choice["value"].clone() }
}
