//! What people do on Matrix, turned into what the port understands.
//!
//! Everything here is a pure function of an event and of what is known about the room: no network, no clock, no state of
//! the SDK. The connector decides what becomes of it.

mod call;
mod choice;
mod file;
mod named;
mod pattern;
mod power;
mod reaction;
mod words;

pub(crate) use call::Called;
pub(crate) use choice::{Chosen, Replying, chosen, is_number, numbered};
pub(crate) use file::{file, source};
pub(crate) use named::{Named, users_in};
pub use pattern::{Pattern, WrongPattern};
pub use power::Thresholds;
pub(crate) use power::standing;
pub(crate) use reaction::reacted;
pub(crate) use words::{Meant, Words, said};
