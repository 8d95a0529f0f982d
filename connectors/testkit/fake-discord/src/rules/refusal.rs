//! A refusal: what Discord would have answered.

use serde_json::{Value, json};

/// What Discord would answer to a call that breaks a rule.
///
/// The texts are ours; status, codes and shape are Discord's. Two codes inside the tree are ours alone, for what Discord
/// lets pass: `UNKNOWN_FIELD` and `ALLOWED_MENTIONS_REQUIRED`.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{status} {code} {message}: {errors}")]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Discord's own error code, or 0.
    pub code: u32,
    /// The sentence beside the code.
    pub message: String,
    /// Where each thing is wrong: keys and indices down to `_errors`, a list of code and message. `{}` when there is no
    /// place to name.
    pub errors: Value,
}

impl Refusal {
    /// The body of the answer. As at Discord, `errors` is only there when there is something in it.
    #[must_use]
    pub fn body(&self) -> Value {
        let mut body = json!({ "code": self.code, "message": self.message });
        if self.errors.as_object().is_some_and(|errors| !errors.is_empty()) {
            body["errors"] = self.errors.clone();
        }
        body
    }

    pub(super) fn not_found() -> Self {
        Self::plain(404, 0, "404: Not Found")
    }

    pub(super) fn empty_message() -> Self {
        Self::plain(400, 50006, "Cannot send an empty message")
    }

    pub(super) fn too_large() -> Self {
        Self::plain(413, 40005, "Request entity too large")
    }

    pub(super) fn too_many_commands(most: usize) -> Self {
        Self::plain(400, 30032, &format!("Maximum number of application commands reached ({most})"))
    }

    pub(super) fn invalid_form(errors: Value) -> Self {
        Self { errors, ..Self::plain(400, 50035, "Invalid Form Body") }
    }

    fn plain(status: u16, code: u32, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), errors: json!({}) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_names_places_only_when_there_are_some() {
        assert_eq!(
            Refusal::empty_message().body(),
            json!({ "code": 50006, "message": "Cannot send an empty message" })
        );
        let errors = json!({ "content": { "_errors": [] } });
        assert_eq!(Refusal::invalid_form(errors.clone()).body()["errors"], errors);
    }
}
