//! Messages of the port as the content of Matrix events.
//!
//! The connector renders a sealed message, then sends each [`Part`] in order; nothing here reads a clock or a network. The
//! relation to another event, the wrapper of an edit and the upload of a file are the connector's.
//!
//! Invariants:
//!
//! - The plain body says everything that the HTML says, in words.
//! - The HTML is written by `html` alone, which escapes every word once; Matrix's strict sanitiser leaves it as it is.
//! - Only `m.mentions` notifies, and it is always explicit. Only a mention of the tree shows a person as one: words never
//!   lead to matrix.to.
//! - A message too long for one event goes on in further ones. Only then is a block split, at its items, rows or sentences.

mod block;
mod choices;
mod cut;
mod file;
mod form;
mod html;
mod key;
mod lay;
mod limits;
mod mention;
mod piece;
mod room;
mod span;
mod tell;
#[cfg(test)]
mod tests;
mod title;
mod words;

pub(crate) use file::{Shown, TooLarge, Upload};
pub(crate) use form::{Trouble, form};
pub(crate) use key::key;
pub(crate) use limits::Limits;
pub(crate) use words::Words;

use choices::Choices;
use tell::Teller;
use title::Title;
use vigie_chat::{Block, Sealed};

/// What is shown where a message says nothing in words, since an event needs some.
const WITHOUT_TEXT: &str = "(sans texte)";

/// One event of those that a message makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Words, to send as they are.
    Words(Words),
    /// A file, to upload first.
    File(Upload),
}

/// The message as one event or several, in order: its words, then its files. Nothing is lost, and every limit holds.
///
/// `prefix` is how a command begins when it is typed, for instance `!vigie`.
///
/// # Errors
///
/// [`TooLarge`] when the homeserver would refuse one of the files.
pub(crate) fn message(message: &Sealed, limits: &Limits, prefix: &str) -> Result<Vec<Part>, TooLarge> {
    let uploads = file::uploads(message, limits)?;
    let teller = Teller::new(prefix);
    let (title, whole_title) = Title::of(message.title.as_ref().map(|title| teller.text(title)), limits);
    let mut blocks: Vec<Block> = whole_title.map(Block::Heading).into_iter().collect();
    blocks.extend(teller.blocks(&message.blocks));
    blocks.extend(message.files.iter().map(file::told));
    let choices = Choices::of(message, &blocks, &teller, limits);
    let parts = words::Parts { title, blocks, last: choices.blocks, offer: choices.offer };
    let words = parts.events(message.kind, &message.notifies, limits);
    Ok(words.into_iter().map(Part::Words).chain(uploads.into_iter().map(Part::File)).collect())
}
