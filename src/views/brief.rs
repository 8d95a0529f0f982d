//! A brief: what was understood of a text, what is published, what a new version changes.
//!
//! Buttons are the commands' business: none is set here. Words of a brief are spans, cut to what a message bears; the whole
//! of what is cut here is in the brief.

mod parts;
mod published;
mod understood;

pub use published::{Contact, published};
pub use understood::{changes, understood};

#[cfg(test)]
mod tests;
