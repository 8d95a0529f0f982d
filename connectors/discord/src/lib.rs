//! Discord as a network of the chat port.
//!
//! ```text
//! gateway ── Heard ──▶ crew ── Event ──▶ App ── Sealed ──▶ reply ── render ──▶ rest
//! ```
//!
//! - [`hear`](self) turns what people do into events; `render` turns messages into payloads; both are pure.
//! - `rest` obeys the rate limits and tells apart what failed; `gateway` stays connected within what Discord allows.
//! - No privileged intent is asked for, every message says whom it may notify, and neither a log nor a metric holds what
//!   people say.

mod again;
mod body;
mod connector;
mod crew;
mod events;
mod gateway;
mod hear;
mod lanes;
mod options;
mod register;
mod registering;
mod render;
mod reply;
mod rest;
mod send;
mod spaces;
mod threads;
mod wire;

pub use connector::Discord;
pub use options::{Clock, Options, Shards};

/// The name of this connector, in settings, storage and logs.
pub const NAME: &str = "discord";
