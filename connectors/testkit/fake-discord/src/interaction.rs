//! Interactions: what a person started, and how far the bot is with its answer.
//!
//! One is made each time somebody uses a command, presses a button, asks for completions or sends a form. The REST
//! endpoints of `rest::callback` and `rest::followup` move it on, and refuse what doesn't fit its stage.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{clock::ms, id::Id};

/// How long the bot has for its first answer.
pub(crate) const FIRST_ANSWER: Duration = Duration::from_secs(3);
/// How long the token can be used.
pub(crate) const TOKEN: Duration = Duration::from_mins(15);

/// One interaction.
#[derive(Clone, Debug)]
pub(crate) struct InteractionData {
    pub(crate) id: Id,
    pub(crate) token: String,
    pub(crate) kind: Kind,
    pub(crate) user: Id,
    pub(crate) channel: Id,
    pub(crate) guild: Option<Id>,
    pub(crate) created_ms: i64,
    pub(crate) sent_at: Instant,
    pub(crate) first: Option<First>,
    /// From its sending to the first answer.
    pub(crate) first_after: Option<Duration>,
    /// From its sending to the moment when the person has something to see.
    pub(crate) done_after: Option<Duration>,
    /// What `@original` stands for.
    pub(crate) original: Option<Id>,
    /// The messages that it made or changed, in order.
    pub(crate) shown: Vec<Id>,
    /// How many sessions were told of it, connected or not.
    pub(crate) heard: usize,
}

/// What the person did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Used a command.
    Command,
    /// Typed into an option that completes itself.
    Autocomplete,
    /// Pressed a button or chose from a select of this message.
    Component { message: Id },
    /// Sent a form, opened from this message if from one.
    Modal { message: Option<Id> },
}

impl Kind {
    /// Discord's number for it.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Command => 2,
            Self::Component { .. } => 3,
            Self::Autocomplete => 4,
            Self::Modal { .. } => 5,
        }
    }

    /// The message that it was started from.
    pub(crate) fn message(self) -> Option<Id> {
        match self {
            Self::Component { message } => Some(message),
            Self::Modal { message } => message,
            Self::Command | Self::Autocomplete => None,
        }
    }
}

/// The bot's first answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum First {
    /// A message (type 4).
    Message,
    /// "Thinking" (type 5).
    Deferred,
    /// An update that will come (type 6).
    DeferredUpdate,
    /// The message it was started from, changed (type 7).
    Update,
    /// Completions (type 8).
    Choices(Vec<Value>),
    /// A form (type 9).
    Modal(Value),
}

impl InteractionData {
    /// Whether its first answer would come too late at that instant.
    pub(crate) fn is_dead(&self, now_ms: i64) -> bool {
        self.first.is_none() && now_ms - self.created_ms > ms(FIRST_ANSWER)
    }

    pub(crate) fn token_is_over(&self, now_ms: i64) -> bool {
        now_ms - self.created_ms > ms(TOKEN)
    }

    /// Notes a message that the person can see now.
    pub(crate) fn shows(&mut self, message: Id) {
        if !self.shown.contains(&message) {
            self.shown.push(message);
        }
        self.is_done();
    }

    pub(crate) fn is_done(&mut self) {
        if self.done_after.is_none() {
            self.done_after = Some(self.sent_at.elapsed());
        }
    }
}

/// All interactions.
#[derive(Debug, Default)]
pub(crate) struct Interactions {
    by_id: HashMap<Id, InteractionData>,
    by_token: HashMap<String, Id>,
}

impl Interactions {
    pub(crate) fn add(&mut self, interaction: InteractionData) {
        self.by_token.insert(interaction.token.clone(), interaction.id);
        self.by_id.insert(interaction.id, interaction);
    }

    pub(crate) fn get(&self, id: Id) -> Option<&InteractionData> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: Id) -> Option<&mut InteractionData> {
        self.by_id.get_mut(&id)
    }

    /// Notes that a message was changed or deleted otherwise than through a token: whoever waits for the update of a
    /// press (type 6) has it.
    pub(crate) fn settle(&mut self, message: Id) {
        let waiting = |it: &&mut InteractionData| it.first == Some(First::DeferredUpdate) && it.done_after.is_none();
        for interaction in self.by_id.values_mut().filter(waiting) {
            if interaction.original == Some(message) {
                interaction.shows(message);
            }
        }
    }

    pub(crate) fn with_token(&self, token: &str) -> Option<&InteractionData> {
        self.by_token.get(token).and_then(|id| self.by_id.get(id))
    }
}
