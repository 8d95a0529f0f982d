//! The connector against a real Synapse.
//!
//! Without python3, or without a way to install Synapse, the tests say that they skip; they fail when
//! `VIGIE_REQUIRE_ALL=1`.

mod account;
mod backlog;
mod bot;
mod checkup;
mod conformance;
mod desk;
mod devices;
mod direct;
mod hearing;
mod identity;
mod keys;
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
