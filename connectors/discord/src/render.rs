//! Messages of the port as Discord's own JSON.
//!
//! The connector renders a sealed message, then sends each [`Payload`] in order; nothing here reads a clock or a network.
//! Discord's limits are in `measure` and hold for any message: what doesn't fit goes to a further payload, and what
//! Discord would cut short (the words of a button, an alternative text) is also said whole in the text.
//!
//! Invariants:
//!
//! - Words that people wrote pass through `escape` or stand in code: they make no markup, no link and no emoji.
//! - Only `allowed_mentions` notifies, and it is always explicit.
//! - Markup is written line by line from spans, after splitting, so that no border cuts through it.

mod actions;
mod command_ids;
mod component;
mod cut;
mod escape;
mod file;
mod flow;
mod line;
mod measure;
mod mention;
mod modal;
mod page;
mod payload;
mod run;
mod span;
#[cfg(test)]
mod tests;
mod title;

pub(crate) use actions::token;
pub(crate) use command_ids::CommandIds;
pub(crate) use file::{TooLarge, Upload};
pub(crate) use measure::shortened;
pub(crate) use modal::modal;
pub(crate) use payload::Payload;

use title::Title;
use vigie_chat::Sealed;

/// What is shown where a message says nothing in words, since Discord refuses empty ones.
const WITHOUT_TEXT: &str = "(sans texte)";

/// A line of words in which nothing is markup, for what isn't a message.
pub(crate) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    escape::escape(words, escape::Place::LineStart, None, &mut out);
    out
}

/// The message as one payload or several, in order. Nothing is lost, and every limit of Discord holds.
///
/// `commands` are the ids of registered commands, so that a command in a text can be tapped.
///
/// # Errors
///
/// [`TooLarge`] when Discord would refuse one of the files.
pub(crate) fn message(message: &Sealed, commands: &CommandIds) -> Result<Vec<Payload>, TooLarge> {
    let files = file::named(message)?;
    let under = actions::rows(&message.actions);
    let (title, whole_title) = Title::of(message.title.as_ref());
    let mut flow = flow::Flow::new(commands, &files);
    flow.heading(whole_title);
    flow.blocks(&message.blocks);
    flow.files(&message.files);
    flow.notes(&under.said_whole);
    let pages = page::pages(flow.into_lines(), &files);
    let mentions = mention::groups(&message.notifies);
    let parts = payload::Parts { title, pages, rows: under.rows, mentions, files };
    Ok(parts.payloads(message.kind))
}
