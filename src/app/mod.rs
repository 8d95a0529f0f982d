//! The application: dispatch, buttons, the référentiels in force, start and stop.
//!
//! Each command runs in its own task, so that a fault in one is told to the person and the process lives.

mod buttons;
mod chance;
pub mod clock;
pub mod run;
pub mod shelf;
mod vigie;

pub use vigie::Vigie;
