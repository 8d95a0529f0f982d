//! What somebody is shown: all that came of a command, a press, a form or a written message.
//!
//! It is a live view: it always tells what is there *now*, so edits and further messages appear in it.

use std::{sync::Arc, time::Duration};

use super::{Action, Form, Person, Seen, Suggestion, completions, form};
use crate::{
    hub::{Hub, State},
    id::Id,
    interaction::{First, InteractionData},
};

/// How long a test waits for more.
const PATIENCE: Duration = Duration::from_secs(10);

/// The messages that something led to, as one person sees them.
#[derive(Clone, Debug)]
pub struct Shown {
    pub(super) hub: Arc<Hub>,
    pub(super) person: Id,
    pub(super) source: Source,
}

/// What it all came from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    Interaction(Id),
    /// The bot's messages in a channel after this one.
    After {
        channel: Id,
        message: Id,
    },
    Message(Id),
}

impl Shown {
    pub(super) fn of_interaction(hub: &Arc<Hub>, person: Id, id: Id) -> Self {
        Self { hub: Arc::clone(hub), person, source: Source::Interaction(id) }
    }

    pub(super) fn of_message(hub: &Arc<Hub>, person: Id, id: Id) -> Self {
        Self { hub: Arc::clone(hub), person, source: Source::Message(id) }
    }

    pub(super) fn after(hub: &Arc<Hub>, person: Id, channel: Id, message: Id) -> Self {
        Self { hub: Arc::clone(hub), person, source: Source::After { channel, message } }
    }

    /// The messages, oldest first. One that is still "thinking" isn't among them.
    #[must_use]
    pub fn messages(&self) -> Vec<Seen> {
        self.hub.look(|state| self.messages_in(state))
    }

    pub(super) fn messages_in(&self, state: &State) -> Vec<Seen> {
        let ids = match self.source {
            Source::Interaction(id) => state.interactions.get(id).map(|it| it.shown.clone()).unwrap_or_default(),
            Source::Message(id) => vec![id],
            Source::After { channel, message } => {
                let all = state.world.messages_in(channel, Some(self.person)).into_iter();
                let is_from_the_bot = |id: &Id| state.world.messages[id].author == state.bot;
                all.filter(|id| *id > message).filter(is_from_the_bot).collect()
            }
        };
        let seen = ids.into_iter().filter_map(|id| Seen::of(&self.hub, state, id, Some(self.person)));
        seen.filter(|seen| !seen.is_loading()).collect()
    }

    /// The last message.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[must_use]
    #[track_caller]
    pub fn last(&self) -> Seen {
        self.messages().pop().expect("a message should be shown, but there is none")
    }

    /// The words of all messages, in order.
    #[must_use]
    pub fn text(&self) -> String {
        self.messages().iter().map(Seen::text).collect::<Vec<_>>().join("\n")
    }

    /// Checks that these words are shown.
    ///
    /// # Panics
    ///
    /// When they aren't.
    #[track_caller]
    #[allow(clippy::must_use_candidate, reason = "checking is enough")]
    pub fn says(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(text.contains(words), "{words:?} should be shown, but this is:\n{text}");
        self
    }

    /// Checks that these words aren't shown.
    ///
    /// # Panics
    ///
    /// When they are.
    #[track_caller]
    #[allow(clippy::must_use_candidate, reason = "checking is enough")]
    pub fn never_says(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(!text.contains(words), "{words:?} should not be shown, but this is:\n{text}");
        self
    }

    /// Waits until these words are shown.
    ///
    /// # Panics
    ///
    /// When they aren't within 10 seconds.
    pub async fn comes_to_say(&self, words: &str) -> &Self {
        let text = |state: &State| self.messages_in(state).iter().map(Seen::text).collect::<Vec<_>>().join("\n");
        let said = self.hub.until(PATIENCE, |state| text(state).contains(words).then_some(()));
        if said.await.is_none() {
            self.says(words);
        }
        self
    }

    /// Waits until there are at least `count` messages, and returns them.
    ///
    /// # Panics
    ///
    /// When there aren't within 10 seconds.
    pub async fn until_messages(&self, count: usize) -> Vec<Seen> {
        let found = self.hub.until(PATIENCE, |state| {
            let messages = self.messages_in(state);
            (messages.len() >= count).then_some(messages)
        });
        let found = found.await;
        found.unwrap_or_else(|| panic!("{count} messages should be shown, but this is:\n{}", self.text()))
    }

    /// Whether all the messages are for this person alone.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        let messages = self.messages();
        !messages.is_empty() && messages.iter().all(Seen::is_ephemeral)
    }

    /// What can be pressed or chosen, in reading order: message by message, row by row.
    #[must_use]
    pub fn actions(&self) -> Vec<Action> {
        self.messages().iter().flat_map(Seen::actions).collect()
    }

    /// The labels of [`Self::actions`].
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        self.actions().into_iter().map(|action| action.label).collect()
    }

    /// The same, as somebody else sees it.
    #[must_use]
    pub fn seen_by(&self, person: &Person) -> Self {
        Self { person: person.id(), ..self.clone() }
    }

    /// The form that was opened, if one was.
    #[must_use]
    pub fn opened_form(&self) -> Option<Form> {
        self.hub.look(|state| form::opened(self.interaction(state)?))
    }

    /// The form that was opened.
    ///
    /// # Panics
    ///
    /// When none was.
    #[must_use]
    #[track_caller]
    pub fn form(&self) -> Form {
        self.opened_form().unwrap_or_else(|| panic!("a form should be open, but this is shown:\n{}", self.text()))
    }

    /// The completions that were answered.
    #[must_use]
    pub fn suggestions(&self) -> Vec<Suggestion> {
        let choices = self.hub.look(|state| match self.interaction(state)?.first.as_ref()? {
            First::Choices(choices) => Some(choices.clone()),
            _ => None,
        });
        choices.unwrap_or_default().iter().map(completions::suggestion).collect()
    }

    /// From the sending of the interaction to the bot's first answer, "thinking" included.
    #[must_use]
    pub fn first_answer_after(&self) -> Option<Duration> {
        self.hub.look(|state| self.interaction(state)?.first_after)
    }

    /// From the sending of the interaction to the first content.
    #[must_use]
    pub fn shown_after(&self) -> Option<Duration> {
        self.hub.look(|state| self.interaction(state)?.done_after)
    }

    /// Whether the bot said "thinking" first.
    #[must_use]
    pub fn was_deferred(&self) -> bool {
        let is_deferred = |first: &First| matches!(first, First::Deferred | First::DeferredUpdate);
        self.hub.look(|state| self.interaction(state)?.first.as_ref().map(is_deferred)).unwrap_or_default()
    }

    fn interaction<'a>(&self, state: &'a State) -> Option<&'a InteractionData> {
        match self.source {
            Source::Interaction(id) => state.interactions.get(id),
            Source::After { .. } | Source::Message(_) => None,
        }
    }
}
