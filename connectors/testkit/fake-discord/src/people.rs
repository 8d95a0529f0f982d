//! People: what they do on Discord, and what they see of it.
//!
//! A [`Person`] types, writes, presses and chooses, as Discord's own application lets them: it checks what was typed
//! against the registered commands, refuses what it would refuse, and shows to each only what is theirs.

mod action;
mod client;
mod completions;
mod form;
mod person;
mod press;
mod seen;
mod shown;
mod slash;
mod value;
mod wording;
mod written;

pub use self::{
    action::Action,
    client::{Pending, Unanswered},
    completions::{Completions, Suggestion},
    form::{Form, FormField},
    person::Person,
    seen::{Seen, SeenFile},
    shown::Shown,
    slash::CannotType,
    written::Written,
};
