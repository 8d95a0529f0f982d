//! The fake's own clock, which a test can push forward.
//!
//! Everything that ages inside the fake (tokens, windows of three seconds, rate limits, nonces) reads this clock, so that
//! a test about lateness passes time instead of sleeping. It never goes back.

use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;

/// Real time plus what the test has passed.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    started_ms: i64,
    shift: Duration,
}

impl Clock {
    pub(crate) fn start() -> Self {
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self {
            started: Instant::now(),
            started_ms: i64::try_from(since_1970.as_millis()).expect("the year is below 292 million"),
            shift: Duration::ZERO,
        }
    }

    /// Milliseconds since 1970 on the fake's clock.
    pub(crate) fn now_ms(&self) -> i64 {
        let since_start = self.started.elapsed() + self.shift;
        self.started_ms + i64::try_from(since_start.as_millis()).expect("a test lasts less than an age")
    }

    pub(crate) fn pass(&mut self, time: Duration) {
        self.shift += time;
    }
}

/// An instant as Discord writes it.
pub(crate) fn iso(ms: i64) -> String {
    Timestamp::from_millisecond(ms).expect("the fake's clock stays within the calendar").to_string()
}

/// A duration in the milliseconds of the clock.
pub(crate) fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
