//! The connector against a fake Discord.

mod again;
mod answers;
mod bot;
mod completion;
mod conformance;
mod counts;
mod desk;
mod events;
mod gateway;
mod log;
mod login;
mod markdown;
mod messages;
mod production;
mod registration;
mod spaces;
mod stage;
mod threads;
mod town;
