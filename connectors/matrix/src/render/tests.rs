//! What holds for any message, and how real ones look.

mod forms;
mod limits;
mod looks;
mod properties;
mod reader;
mod splitting;

use super::{Limits, Part, Words, message};
use vigie_chat::Sealed;

/// What the homeserver of these tests takes.
const LIMITS: Limits = Limits { event_bytes: 40_000, upload_bytes: 1_000 };

/// The one call of these tests.
#[track_caller]
fn rendered(said: &Sealed, limits: &Limits) -> Vec<Part> {
    let parts = message(said, limits, "!vigie").expect("the files are small");
    limits::assert_accepted(&parts, limits);
    parts
}

/// The parts that are words.
fn words(parts: &[Part]) -> Vec<&Words> {
    let words = parts.iter().filter_map(|part| match part {
        Part::Words(words) => Some(words),
        Part::File(_) => None,
    });
    words.collect()
}
