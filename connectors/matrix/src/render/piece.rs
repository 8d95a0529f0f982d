//! Something said in both ways: as HTML and in plain words.

use super::{
    block,
    html::{Html, Tag},
    limits::json_bytes,
    span,
};
use vigie_chat::{Block, Message, Text, plain};

/// What parts two paragraphs of the plain body.
const BETWEEN: &str = "\n\n";

/// HTML, and the same in plain words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) html: String,
    pub(super) plain: String,
}

impl Piece {
    /// Blocks, one after another.
    pub(super) fn of(blocks: Vec<Block>) -> Self {
        let html = Html::of(|html| blocks.iter().for_each(|told| block::write(told, html)));
        Self { html, plain: plain(&Message::<()>::answer().blocks(blocks)) }
    }

    /// A title.
    pub(super) fn title(text: &Text) -> Self {
        let html = Html::of(|html| html.within(Tag::Title, |html| span::write(text, html)));
        Self { html, plain: text.words() }
    }

    /// This, then that.
    pub(super) fn then(mut self, other: &Self) -> Self {
        self.html.push_str(&other.html);
        if !self.plain.is_empty() && !other.plain.is_empty() {
            self.plain.push_str(BETWEEN);
        }
        self.plain.push_str(&other.plain);
        self
    }

    /// Bytes that it takes in an event, with what parts it from the one before.
    pub(super) fn bytes(&self) -> usize {
        json_bytes(&self.html) + json_bytes(&self.plain) + json_bytes(BETWEEN)
    }
}

/// Bytes that blocks take in an event.
pub(super) fn bytes(blocks: Vec<Block>) -> usize {
    Piece::of(blocks).bytes()
}
