//! What people do.

mod file;
mod membership;
mod room;
mod text;
mod write;

pub use self::{file::File, room::Room, text::Text};
