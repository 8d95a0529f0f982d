//! The clock: the only file that reads it.

use jiff::Timestamp;

/// Now, by the machine's clock.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::now()
}
