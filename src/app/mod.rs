//! The application: dispatch, buttons, the référentiels in force, housekeeping, start and stop.
//!
//! Each command runs in its own task, so that a fault in one is told to the person and the process lives.

mod answer;
mod buttons;
mod chance;
pub mod clock;
mod counts;
mod discreet;
pub mod discretion;
pub mod health;
pub mod housekeeping;
pub mod ledger;
mod network;
mod pace;
pub mod reminders;
pub mod run;
pub mod scheduling;
pub mod shelf;
mod standing;
mod vigie;
pub mod web;

pub use vigie::Vigie;
