//! The connector against a real Synapse.
//!
//! Without python3, or without a way to install Synapse, the tests say that they skip; they fail when
//! `VIGIE_REQUIRE_ALL=1`.

mod bot;
mod conformance;
mod line;
mod reading;
mod stage;
mod town;
