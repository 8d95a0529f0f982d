//! The clock: the only file that reads it.

use jiff::Timestamp;

/// Now, by the machine's clock.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Tells the present instant: the machine's clock, or the one that a test or the console moves.
pub type Clock = std::sync::Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The machine's clock.
#[must_use]
pub fn machine() -> Clock {
    std::sync::Arc::new(now)
}
