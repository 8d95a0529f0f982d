//! What a message answers, and in which thread.

use ruma::{EventId, OwnedEventId};
use serde_json::{Map, Value, json};

/// What a message answers, and in which thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    answers: OwnedEventId,
    thread: Option<OwnedEventId>,
}

impl Relation {
    /// An answer, in the thread of what it answers if that is in one.
    pub(crate) fn answer(answers: OwnedEventId, thread: Option<OwnedEventId>) -> Self {
        Self { answers, thread }
    }

    /// What is answered.
    pub(crate) fn answered(&self) -> &EventId {
        &self.answers
    }

    /// The root of the thread.
    pub(crate) fn thread(&self) -> Option<&EventId> {
        self.thread.as_deref()
    }

    pub(super) fn is_in_thread(&self) -> bool {
        self.thread.is_some()
    }

    /// Puts the relation into the content of an event.
    pub(super) fn put(&self, content: &mut Map<String, Value>) {
        let mut relation = json!({ "m.in_reply_to": { "event_id": self.answers } });
        if let Some(root) = &self.thread {
            relation["rel_type"] = "m.thread".into();
            relation["event_id"] = root.as_str().into();
            // Clients with threads show the thread alone; the others show what is answered.
            relation["is_falling_back"] = true.into();
        }
        content.insert("m.relates_to".to_owned(), relation);
    }
}
