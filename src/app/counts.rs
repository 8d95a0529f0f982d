//! What is counted of what is heard and said. Never who, and never words.

use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::time::Duration;
use vigie_chat::{ConnectorName, Event, Handled};

/// What kind of event it is, as a label.
pub(super) fn kind(event: &Event) -> &'static str {
    match event {
        Event::Command { .. } => "command",
        Event::Misread { .. } => "misread",
        Event::Text { .. } => "text",
        Event::Press { .. } => "press",
        Event::Submit { .. } => "submit",
    }
}

/// A name for an event, or a space, in the log, which leads nobody from the log to the network.
pub(super) fn hashed(thing: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// How an event ended, as a label.
pub(super) fn outcome(handled: Handled) -> &'static str {
    match handled {
        Handled::Done => "done",
        Handled::Misread => "misread",
        Handled::Refused => "refused",
        Handled::Fault => "fault",
    }
}

/// Counts an event that was answered.
pub(super) fn answered(connector: &ConnectorName, kind: &'static str, handled: Handled, took: Duration) {
    let connector = connector.to_string();
    let labels =
        [("connector", connector.clone()), ("kind", kind.to_owned()), ("outcome", outcome(handled).to_owned())];
    metrics::counter!("vigie_events_total", &labels).increment(1);
    metrics::histogram!("vigie_answer_seconds", "connector" => connector, "kind" => kind).record(took);
}

/// Counts a parameter that was completed while typed.
pub(super) fn completed(connector: &ConnectorName) {
    metrics::counter!("vigie_completions_total", "connector" => connector.to_string()).increment(1);
}

/// Counts a space that was joined or left.
pub(super) fn space(connector: &ConnectorName, change: &'static str) {
    metrics::counter!("vigie_spaces_total", "connector" => connector.to_string(), "change" => change).increment(1);
}
