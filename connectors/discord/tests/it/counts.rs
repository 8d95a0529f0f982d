//! What the connector counts, in the whole process.

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};
use std::{
    collections::HashMap,
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// The event that a test sends because no reader knows it.
pub(crate) const STRANGE: &str = "MOON_LANDING";

const UNREADABLE: &str = "vigie_discord_unreadable_events_total";

const REQUESTS: &str = "vigie_discord_requests_total";

static COUNTS: LazyLock<Mutex<HashMap<Key, Arc<AtomicU64>>>> = LazyLock::new(Mutex::default);

struct Counts;

impl Recorder for Counts {
    fn describe_counter(&self, _key: KeyName, _unit: Option<Unit>, _words: SharedString) {}

    fn describe_gauge(&self, _key: KeyName, _unit: Option<Unit>, _words: SharedString) {}

    fn describe_histogram(&self, _key: KeyName, _unit: Option<Unit>, _words: SharedString) {}

    fn register_counter(&self, key: &Key, _metadata: &Metadata<'_>) -> Counter {
        let mut counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
        Counter::from_arc(Arc::clone(counts.entry(key.clone()).or_default()))
    }

    fn register_gauge(&self, _key: &Key, _metadata: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _key: &Key, _metadata: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

/// Counts from now on.
pub(crate) fn begin() {
    // The first test does it for all.
    let _ = metrics::set_global_recorder(Counts);
}

/// How many events could not be read, of the strange kind or of all others.
pub(crate) fn unreadable(strange: bool) -> u64 {
    let counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
    let is_strange = |key: &Key| key.labels().any(|label| label.value() == STRANGE);
    let meant = counts.iter().filter(|(key, _)| key.name() == UNREADABLE && is_strange(key) == strange);
    meant.map(|(_, count)| count.load(Ordering::Relaxed)).sum()
}

/// How often Discord asked messages to wait.
pub(crate) fn limited() -> u64 {
    let counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
    let has = |key: &Key, value: &str| key.labels().any(|label| label.value() == value);
    let meant = counts.iter().filter(|(key, _)| key.name() == REQUESTS && has(key, "limited") && has(key, "message"));
    meant.map(|(_, count)| count.load(Ordering::Relaxed)).sum()
}
