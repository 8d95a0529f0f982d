//! A user: a person or a bot.

use crate::id::Id;

/// A user's account.
#[derive(Clone, Debug)]
pub(crate) struct UserData {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) is_a_bot: bool,
    /// The language of the person's application, such as `fr`.
    pub(crate) locale: String,
    pub(crate) direct_messages: DirectMessages,
    /// Files chosen for the next command or message.
    pub(crate) in_hand: Vec<Id>,
}

/// Whether the bot may write to somebody directly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DirectMessages {
    /// When they share a server or the person opened the conversation.
    Open,
    /// Never.
    Closed,
}

impl UserData {
    /// A person with this name.
    pub(crate) fn person(id: Id, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            is_a_bot: false,
            locale: "en-US".to_owned(),
            direct_messages: DirectMessages::Open,
            in_hand: Vec::new(),
        }
    }

    /// A bot with this name.
    pub(crate) fn bot(id: Id, name: &str) -> Self {
        Self { is_a_bot: true, ..Self::person(id, name) }
    }
}
