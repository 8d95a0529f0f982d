//! What comes of an event, and faults.

use super::chance;
use crate::domain::key::TenantKey;
use crate::views;
use vigie_chat::{Draft, Handled, Privacy};

/// What came of an event.
pub(super) enum Outcome {
    /// This is to be said.
    Say(Answer),
    /// A form was opened; that is the answer.
    FormOpened,
}

/// What to answer, and how it ended.
pub(super) struct Answer {
    /// What to say.
    pub(super) draft: Draft,
    /// How it ended.
    pub(super) handled: Handled,
    /// Whether it takes the place of the message whose action was pressed.
    pub(super) replaces: bool,
    /// The tenant in which it was found: what can be pressed under it is done there.
    pub(super) made_in: Option<TenantKey>,
}

impl Answer {
    /// An answer that is added to what was said.
    pub(super) fn new(draft: Draft, handled: Handled) -> Self {
        Self { draft, handled, replaces: false, made_in: None }
    }

    /// The same, for the person alone if what it follows was.
    pub(super) fn at_least(mut self, privacy: Privacy) -> Self {
        if privacy == Privacy::Private {
            self.draft.privacy = Privacy::Private;
        }
        self
    }
}

/// Tells of a fault, under a reference that the log has too.
pub(super) fn fault(what: &str, why: &str) -> Answer {
    let reference = reference();
    tracing::error!(reference, what, why, "fault");
    Answer::new(views::problem::fault(&reference), Handled::Fault)
}

/// What a person can give to whoever looks after the bot, to be found in the log.
pub(super) fn reference() -> String {
    chance::draw::<6>().unwrap_or_else(|_| "inconnue".to_owned())
}
