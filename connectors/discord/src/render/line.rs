//! Lines of a description, with what stands before them and how strongly they begin something.

use super::{cut::cut, measure::units, run::Runs};

/// What a line begins: 0 a block, and the more the less it matters to keep it on the page of the line before.
pub(super) type Level = u8;

/// What stands between a line and the one before it, on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    Line,
    /// An empty line.
    Blank,
    /// An empty line that is quoted too.
    Quoted,
}

/// What marks a line, and what marks those that continue it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) first: String,
    pub(super) rest: String,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) level: Level,
    pub(super) gap: Gap,
    pub(super) frame: Frame,
    pub(super) runs: Runs,
    /// The file that comes with it, by its rank.
    pub(super) file: Option<usize>,
}

impl Gap {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Line => "\n",
            Self::Blank => "\n\n",
            Self::Quoted => "\n> \n",
        }
    }
}

impl Frame {
    /// Marks every line alike.
    pub(super) fn each(mark: &str) -> Self {
        Self { first: mark.to_owned(), rest: mark.to_owned() }
    }
}

impl Line {
    /// The line in Discord's Markdown, without its gap.
    pub(super) fn markdown(&self) -> String {
        format!("{}{}", self.frame.first, self.runs.markdown())
    }

    /// As much of the line as fits `room`, and the rest, which is shorter.
    pub(super) fn cut(self, room: usize) -> (Self, Option<Self>) {
        let (head, tail) = cut(&self.runs, room.saturating_sub(units(&self.frame.first)));
        let rest = Frame::each(&self.frame.rest);
        let tail = Self { level: Level::MAX, gap: Gap::Line, frame: rest, runs: tail, file: None };
        let tail = Some(tail).filter(|tail| !tail.runs.is_blank());
        (Self { runs: head, ..self }, tail)
    }
}
