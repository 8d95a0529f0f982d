//! What can be pressed or filled in under a message of the bot's: the message itself carries it.
//!
//! Matrix has no buttons. A message shows numbered lines, and holds beside its words, under [`KEY`], which token each
//! number stands for. Whoever reacts or answers names a number; the bot then reads its own message again. So nothing has to
//! be remembered, and what was said before a restart can still be pressed. Tokens are opaque and checked like any other.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vigie_chat::{OpenForm, PersonId, Token};

/// Where the content of an event holds it.
pub(crate) const KEY: &str = "fr.vigie.offer";

/// What a message offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Offer {
    /// Actions, the first of which has the number 1.
    Actions(Vec<Offered>),
    /// A form, as far as it is filled in.
    Form {
        /// The form.
        open: OpenForm,
        /// Who fills it in.
        person: PersonId,
    },
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Offered {
    /// What pressing it sends.
    pub(crate) token: Token,
    /// Its words.
    pub(crate) label: String,
}

impl Offer {
    /// What the content of one of the bot's own messages offers.
    pub(crate) fn of(content: &Value) -> Option<Self> {
        // What an older or a newer version wrote otherwise offers nothing.
        serde_json::from_value(content.get(KEY)?.clone()).ok()
    }

    /// The same, as the content of an event holds it.
    pub(crate) fn to_json(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_message_carries_is_read_again() {
        let offered = Offered { token: Token::new("t1"), label: "Suite".to_owned() };
        let offer = Offer::Actions(vec![offered]);
        let content = json!({ "body": "…", KEY: offer.to_json() });
        assert_eq!(Offer::of(&content), Some(offer));
        assert_eq!(Offer::of(&json!({ "body": "…" })), None);
        assert_eq!(Offer::of(&json!({ KEY: "else" })), None);
    }
}
