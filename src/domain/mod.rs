//! Rules of the school: what the official documents lay down, how French writes durations, which rooms belong together.
//!
//! No input or output, no clock.

pub mod accommodation;
pub mod belonging;
pub mod brief;
pub mod coverage;
pub mod csv;
pub mod date;
pub mod defence;
pub mod display;
pub mod duration;
pub mod feed;
pub mod grid;
pub mod guesses;
pub mod handin;
pub mod joining;
pub mod key;
pub mod limits;
pub mod occasion;
pub mod permission;
pub mod person;
pub mod plan;
pub mod reminder;
pub mod team;
pub mod timing;
pub mod zone;
