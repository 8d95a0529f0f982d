//! The connector against a fake Discord.

mod bot;
mod conformance;
mod counts;
mod log;
mod markdown;
mod notebook;
mod stage;
mod town;
