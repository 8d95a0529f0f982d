//! What exists, as Discord's JSON: complete enough for a strict client to decode.
//!
//! Pure functions of [`crate::world`]; nothing here changes anything.

mod event;
mod guild;
mod interaction;
mod message;
mod user;

pub(crate) use self::{
    event::event,
    guild::{channel, guild_create, guild_rest, member, partial_channel, role, unavailable},
    interaction::{Invocation, interaction},
    message::{attachment, message, without_content},
    user::{application, user},
};
