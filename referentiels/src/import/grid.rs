//! What a document looks like once its file format is forgotten: prose, and rows of cells made of pieces.
//!
//! This is the border between the two stages of the import. A front end (text extracted from a PDF today; DOCX, XLSX or
//! HTML later) produces a [`Grid`]; the [reading](super::reading) of a référentiel starts from it and knows no format.

/// A document: prose and table rows, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The parts, in reading order.
    pub parts: Vec<Part>,
}

/// A line of prose or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text outside of any table.
    Prose(Prose),
    /// One row of a table.
    Row(Row),
}

/// A paragraph, heading or list item outside of any table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// Line of the source, from 1.
    pub line: usize,
    /// Depth of the heading (1 is the highest), if it is one.
    pub heading: Option<u8>,
    /// Whether it is set as a footnote.
    pub footnote: bool,
    /// The text and how it is set.
    pub piece: Piece,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line of the source, from 1.
    pub line: usize,
    /// Whether the row is the first after a cut: a blank line, a page, a repeated heading.
    pub after_cut: bool,
    /// Its cells, from the first column.
    pub cells: Vec<Cell>,
}

/// One cell: the pieces of text that its layout sets apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Pieces in reading order, none of them empty.
    pub pieces: Vec<Piece>,
}

/// A run of text that the layout sets apart: a paragraph, a line, a list item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    /// Text without markup, white space collapsed.
    pub text: String,
    /// The mark of a list item, if it has one.
    pub mark: Mark,
    /// How far the item is indented; 0 for what isn't in a list.
    pub depth: usize,
    /// Whether all of it is bold, italic or underlined.
    pub style: Style,
}

/// What stands before a piece of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// A dash, a dot, an arrow or another bullet.
    Bullet,
    /// A number.
    Number(u32),
}

/// How the whole of a piece is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// Nothing special, or only a part of the piece.
    #[default]
    Plain,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Underlined.
    Underlined,
}

impl Cell {
    /// Whether nothing is written in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// All its text on one line.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

impl Piece {
    /// Whether it is an item of a list.
    #[must_use]
    pub fn is_item(&self) -> bool {
        self.mark != Mark::None
    }
}
