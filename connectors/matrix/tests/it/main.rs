//! The connector against a real Synapse.
//!
//! Without python3, or without a way to install Synapse, the tests say that they skip; they fail when
//! `VIGIE_REQUIRE_ALL=1`.

mod backlog;
mod bot;
mod conformance;
mod desk;
mod direct;
mod hearing;
mod kill;
mod limits;
mod line;
mod meeting;
mod outage;
mod reading;
mod rooms;
mod spaces;
mod stage;
mod stuck;
mod town;
