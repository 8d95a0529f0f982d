//! Rules of the school: what the official documents lay down, how French writes durations, which rooms belong together.
//!
//! No input or output, no clock.

pub mod accommodation;
pub mod belonging;
pub mod date;
pub mod duration;
pub mod guesses;
pub mod joining;
