//! Rules of the school: what the official documents lay down, and how French writes durations.
//!
//! No input or output, no clock.

pub mod accommodation;
pub mod duration;
