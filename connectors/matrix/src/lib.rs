//! Matrix as a network of the chat port.
//!
//! ```text
//! sync ── Arrival ──▶ inbox ──▶ crew ── Event ──▶ App ── Sealed ──▶ reply ── render ──▶ send
//! ```
//!
//! - `account` is the session, the keys and the identity; a device is never made silently.
//! - `sync` reads what the homeserver tells; what may be for the bot is in the inbox, with how far was read, before anybody
//!   answers it. What is said in answer is named after what it answers, so that a crash neither loses nor repeats an answer.
//! - `hear` turns what people do into events; `render` turns messages into the content of events; both are pure.
//! - Every message says whom it notifies, and neither a log nor a metric holds what people say.

mod account;
mod answer;
mod checkup;
mod connector;
mod crew;
mod failure;
mod hear;
mod lanes;
mod offer;
mod offers;
mod options;
mod render;
mod reply;
mod rooms;
mod send;
mod sync;
mod turns;
mod unreadable;
mod wire;

pub use checkup::{About, Access, Checkup, CheckupError, Finding, Verdict, access, checkup};
pub use connector::Matrix;
pub use hear::{Pattern, Thresholds, WrongPattern};
pub use options::{Clock, Login, Options, Profile, SecretNote, TellOperator, Trust};

/// The name of this connector, in settings, storage and logs.
pub const NAME: &str = "matrix";
