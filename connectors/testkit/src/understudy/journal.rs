//! What the understudy heard, and how each ended.

use std::sync::{Mutex, MutexGuard, PoisonError};
use vigie_chat::{Event, EventId, Handled, Origin, PersonId, SendError, Value};

/// One event that was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What happened, for good.
    pub event: EventId,
    /// Who did it.
    pub person: PersonId,
    /// What it was: a command with its values, `press`, `submit`, `misread`, or the text.
    pub what: String,
    /// Who, where and when, as the connector told it.
    pub origin: Origin,
    /// How it ended, if it did; or what the connector answered when it was asked to send.
    pub ended: Option<Result<Handled, SendError>>,
}

/// All that was heard, in the order in which it came.
#[derive(Debug, Default)]
pub(super) struct Journal(Mutex<Vec<Entry>>);

impl Journal {
    /// Notes an event, and gives its rank.
    pub(super) fn begins(&self, event: &Event) -> usize {
        let origin = event.origin().clone();
        let entry = Entry {
            event: origin.event.clone(),
            person: origin.person.id.clone(),
            what: what(event),
            origin,
            ended: None,
        };
        let mut entries = self.held();
        entries.push(entry);
        entries.len() - 1
    }

    /// Notes how an event ended.
    pub(super) fn ends(&self, rank: usize, ended: Result<Handled, SendError>) {
        if let Some(entry) = self.held().get_mut(rank) {
            entry.ended = Some(ended);
        }
    }

    /// All that was heard.
    pub(super) fn entries(&self) -> Vec<Entry> {
        self.held().clone()
    }

    fn held(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn what(event: &Event) -> String {
    match event {
        Event::Command { invocation, .. } => {
            let values = invocation.args.values().map(value);
            std::iter::once(invocation.path.to_string()).chain(values).collect::<Vec<_>>().join(" ")
        }
        Event::Misread { .. } => "misread".to_owned(),
        Event::Text { text, .. } => text.clone(),
        Event::Press { .. } => "press".to_owned(),
        Event::Submit { .. } => "submit".to_owned(),
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Person(person) => person.name.clone(),
        Value::Room(room) => room.id.to_string(),
        Value::Attachment(file) => file.name.clone(),
    }
}
