//! REST: how a request is let in, refused, slowed, done and recorded.
//!
//! One entry for every path ([`entry`]): who asks, which route, scripted faults, rate limits, the body, the rules for
//! bodies, then the endpoint itself, a synchronous function of the state. Whatever is unknown or breaks a rule is a
//! complaint.

mod arrival;
mod body;
mod callback;
mod channels;
mod commands;
mod draft;
mod entry;
mod error;
mod events;
mod followup;
mod identity;
mod mentions;
mod messages;
mod perform;
mod respond;
mod route;
mod threads;

pub(crate) use self::{draft::store, entry::entry, error::ApiError, mentions::mention};
