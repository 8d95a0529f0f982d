//! The title of a message: the same on each of its events, with the rank among several.

use super::{cut::Cutter, limits::Limits, piece::Piece};
use vigie_chat::{Block, Text};

/// Most bytes of a rank, such as ` (12/13)`, in both writings.
const RANK: usize = 100;

/// A title that leaves room for content, if there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Title(Option<Text>);

impl Title {
    /// The title, and the whole of it where it had to be shortened: the text then begins with it.
    pub(super) fn of(title: Option<Text>, limits: &Limits) -> (Self, Option<Text>) {
        let Some(text) = title.filter(|title| !title.is_empty()) else { return (Self(None), None) };
        if Piece::title(&text).bytes() <= limits.title() {
            return (Self(Some(text)), None);
        }
        let begun = Cutter::new(&text).take(limits.title().saturating_sub(RANK)).plain("…");
        (Self(Some(begun)), Some(text))
    }

    /// Bytes that it takes on each event.
    pub(super) fn bytes(&self) -> usize {
        RANK + self.0.as_ref().map_or(0, |title| Piece::title(title).bytes())
    }

    /// What one event among `all` begins with.
    pub(super) fn ranked(&self, rank: usize, all: usize) -> Piece {
        match &self.0 {
            None if all == 1 => Piece::default(),
            None => Piece::of(vec![Block::Note(format!("({rank}/{all})").into())]),
            Some(title) if all == 1 => Piece::title(title),
            Some(title) => Piece::title(&title.clone().plain(format!(" ({rank}/{all})"))),
        }
    }
}
