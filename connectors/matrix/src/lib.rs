//! Matrix as a network of the chat port.

mod checkup;
mod hear;
mod offer;
mod render;

/// The name of this connector, in settings, storage and logs.
pub const NAME: &str = "matrix";
