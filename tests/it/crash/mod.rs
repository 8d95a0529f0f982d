//! Reminders through power cuts: the real program is killed at random moments while reminders fall due, networks fail and the
//! disk stalls; then what arrived is counted where it arrived.
//!
//! `cargo test` runs it short. The long run, which README's figures come from:
//!
//! ```text
//! VIGIE_CRASH_KILLS=200 VIGIE_CRASH_REMINDERS=5000 VIGIE_CRASH_MINUTES=12 \
//!     cargo test --test it crash::discord -- --nocapture
//! ```

mod dice;
#[cfg(feature = "discord")]
mod discord;
#[cfg(feature = "matrix")]
mod matrix;
mod plan;
mod report;
mod seed;
mod stall;
