//! A Discord in process, for tests: REST and gateway on loopback, people who use it, faults that befall it.
//!
//! A bot under test is pointed at [`FakeDiscord::base_url`] (its gateway address follows from `GET /gateway`), people
//! are scripted, and what the bot did can be looked at. The fake refuses what Discord refuses, and whatever the bot does
//! that is unknown or against the rules becomes a *complaint*: dropping the fake with complaints fails the test.
//!
//! ```no_run
//! # async fn read() {
//! use fake_discord::FakeDiscord;
//!
//! let discord = FakeDiscord::start().await;
//! let guild = discord.guild("School");
//! let general = guild.channel("general");
//! let alice = guild.member("alice");
//! // … the bot is started against discord.base_url() with discord.token() …
//! discord.until_connected().await;
//!
//! let shown = alice.types(&general, "/search text:tides").await;
//! let second_page = shown.says("1–10 of 60").clicks_label(&alice, "Next").await;
//! second_page.says("11–20 of 60");
//! # }
//! ```
//!
//! Requests are named by patterns such as `"POST /channels/*/messages"`: a method or `*`, then a path without
//! `/api/v10` in which `*` is any part and a final `**` any rest.
//!
//! # What it doesn't do
//!
//! Voice, public threads, locked threads, reactions, members' and presences' intents, message content for bots that asked for it, user
//! installation, other encodings than JSON, compression.

mod builder;
mod clock;
mod discord;
mod fault;
mod gateway;
mod guild;
mod hub;
mod id;
mod interaction;
mod limit;
mod membership;
mod pattern;
mod payload;
mod people;
mod permissions;
mod place;
mod record;
mod rest;
pub mod rules;
mod server;
mod settings;
mod world;

pub use self::{
    builder::Builder,
    discord::FakeDiscord,
    fault::{Fault, Matcher},
    guild::{Guild, Role, ScheduledEvent},
    id::Id,
    people::{
        Action, CannotType, Completions, Form, FormField, Pending, Person, Seen, SeenFile, Shown, Suggestion,
        Unanswered, Written,
    },
    permissions::Permissions,
    place::Channel,
    record::{GatewayFrame, Recorded, SentFile},
};
