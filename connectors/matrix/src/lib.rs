//! Matrix as a network of the chat port.

mod checkup;
mod hear;
mod offer;
mod render;

pub use checkup::{About, Access, Checkup, CheckupError, Finding, Verdict, access, checkup};
pub use hear::{Pattern, WrongPattern};

/// The name of this connector, in settings, storage and logs.
pub const NAME: &str = "matrix";
