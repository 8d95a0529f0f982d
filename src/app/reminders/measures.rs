//! What is counted of reminders. Never who, and never what about: not even the kind, of which there may be few enough to
//! tell whose it is.

use jiff::Timestamp;

/// How late a reminder may be and still count as in time, in seconds: a network that takes a moment isn't late.
const IN_TIME: f64 = 60.0;

/// Counts what fell due.
pub(super) fn rung(how_many: usize) {
    metrics::counter!("vigie_reminders_due_total").increment(how_many as u64);
}

/// Counts one that was sent, and how long after its time.
pub(super) fn sent(step: Timestamp, now: Timestamp) {
    let late = now.duration_since(step).as_secs_f64().max(0.0);
    metrics::counter!("vigie_reminders_sent_total").increment(1);
    metrics::histogram!("vigie_reminder_lateness_seconds").record(late);
    if late > IN_TIME {
        metrics::counter!("vigie_reminders_late_total").increment(1);
    }
}

/// Counts one that is tried again, or elsewhere.
pub(super) fn tried_again() {
    metrics::counter!("vigie_reminders_retried_total").increment(1);
}

/// Counts one that reaches nobody.
pub(super) fn failed() {
    metrics::counter!("vigie_reminders_failed_total").increment(1);
}

/// Tells how long the oldest of what should have been said has waited.
pub(super) fn overdue(since: Option<Timestamp>, now: Timestamp) {
    let seconds = since.map_or(0.0, |since| now.duration_since(since).as_secs_f64().max(0.0));
    metrics::gauge!("vigie_reminders_overdue_seconds").set(seconds);
}
