//! Blocks as lines of Discord's Markdown, in reading order.
//!
//! Discord has no tables and no folds: a row is an item that names its columns, a fold shows what it holds. Discord
//! joins neighbouring lists and counts on by itself, so that the numbers of a list beside another one are words.

use super::{
    command_ids::CommandIds,
    file::NamedFile,
    line::{Frame, Gap, Level, Line},
    measure::{ALT_TEXT, units},
    span::{lines, strong},
};
use std::{iter, ops::Range};
use vigie_chat::{Block, Field, File, Item, List, Order, Table, Text, clean};

/// What follows the number of an item that mustn't begin one of Discord's own lists.
const NUMBER_IN_WORDS: &str = "\\. ";

/// Deepest indentation of items; Discord shows no more.
const DEEPEST: usize = 8;

/// What a missing cell says.
const NO_CELL: &str = "—";

/// Lines being written.
pub(super) struct Flow<'a> {
    commands: &'a CommandIds,
    files: &'a [NamedFile],
    next_file: usize,
    lines: Vec<Line>,
    /// What the next line begins, when it begins a block.
    begins: Option<(Level, Gap)>,
    after_heading: bool,
    quote: Quote,
    /// The lines of each list, in order.
    lists: Vec<Range<usize>>,
}

/// Whether lines are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    Outside,
    Opening,
    Within,
}

impl<'a> Flow<'a> {
    pub(super) fn new(commands: &'a CommandIds, files: &'a [NamedFile]) -> Self {
        Self {
            commands,
            files,
            next_file: 0,
            lines: Vec::new(),
            begins: None,
            after_heading: false,
            quote: Quote::Outside,
            lists: Vec::new(),
        }
    }

    pub(super) fn into_lines(mut self) -> Vec<Line> {
        for (rank, list) in self.lists.iter().enumerate() {
            let joins_before = rank.checked_sub(1).is_some_and(|before| self.lists[before].end == list.start);
            let joins_after = self.lists.get(rank + 1).is_some_and(|after| after.start == list.end);
            if !joins_before && !joins_after {
                for line in &mut self.lines[list.clone()] {
                    line.frame.first = line.frame.first.replace(NUMBER_IN_WORDS, ". ");
                }
            }
        }
        self.lines
    }

    /// A title that is too long for its place.
    pub(super) fn heading(&mut self, title: Option<Text>) {
        if let Some(title) = title {
            self.block(&Block::Heading(title), 0);
        }
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block, 0);
        }
    }

    /// The files besides pictures: Discord shows only their names.
    pub(super) fn files(&mut self, files: &[File]) {
        for (rank, file) in files.iter().enumerate() {
            let (given, sent) = (clean(&file.name), self.files[self.next_file].name.as_str());
            let mut said = format!("Fichier joint\u{a0}: {} ({given})", clean(file.description.as_str()));
            if given != sent {
                said.extend([", envoyé sous le nom ", sent]);
            }
            self.begin(0, if rank == 0 { Gap::Blank } else { Gap::Line });
            self.file(&said.into(), &Frame::default());
        }
    }

    /// What Discord cuts short elsewhere.
    pub(super) fn notes(&mut self, notes: &[String]) {
        for (rank, note) in notes.iter().enumerate() {
            self.begin(0, if rank == 0 { Gap::Blank } else { Gap::Line });
            self.text(&note.as_str().into(), &Frame::each("-# "), 0);
        }
    }

    fn begin(&mut self, level: Level, gap: Gap) {
        if self.begins.is_none() {
            self.begins = Some((level, gap));
        }
    }

    fn block(&mut self, block: &Block, level: Level) {
        let level = level.min(Level::MAX - 8);
        if std::mem::take(&mut self.after_heading) {
            self.begin(level + 1, Gap::Line);
        } else {
            // Discord leaves room above headings by itself.
            self.begin(level, if matches!(block, Block::Heading(_)) { Gap::Line } else { Gap::Blank });
        }
        match block {
            Block::Heading(text) => {
                self.text(text, &Frame::each("### "), level);
                self.after_heading = !text.is_empty();
            }
            Block::Paragraph(text) => self.text(text, &Frame::default(), level),
            Block::Note(text) => self.text(text, &Frame::each("-# "), level),
            Block::List(list) => self.list(list, level),
            Block::Fields(fields) => {
                for field in fields {
                    self.text(&field_line(field), &Frame::default(), level + 1);
                }
            }
            Block::Table(table) => self.table(table, level),
            Block::Quote(blocks) => self.quote(blocks, level),
            Block::Picture(picture) => self.picture(picture),
            Block::Fold { summary, blocks } => {
                self.text(&strong(summary), &Frame::default(), level);
                self.after_heading = !summary.is_empty();
                for block in blocks {
                    self.block(block, level + 1);
                }
                self.after_heading = false;
            }
        }
    }

    fn quote(&mut self, blocks: &[Block], level: Level) {
        let around = self.quote;
        if around == Quote::Outside {
            self.quote = Quote::Opening;
        }
        for block in blocks {
            self.block(block, level + 1);
        }
        if around == Quote::Outside {
            self.quote = Quote::Outside;
        }
        self.after_heading = false;
    }

    fn list(&mut self, list: &List, level: Level) {
        let start = self.lines.len();
        for (item, rank) in list.items.iter().zip(0..) {
            let frame = match list.order {
                Order::Bulleted => Frame { first: "- ".to_owned(), rest: "  ".to_owned() },
                Order::NumberedFrom(first) => {
                    let number = u64::from(first) + rank;
                    Frame { first: format!("{number}{NUMBER_IN_WORDS}"), rest: "   ".to_owned() }
                }
            };
            self.text(&item.text, &frame, level + 1);
            self.items(&item.children, 1, level + 2);
        }
        if self.lines.len() > start {
            self.lists.push(start..self.lines.len());
        }
    }

    fn items(&mut self, items: &[Item], depth: usize, level: Level) {
        let indent = "  ".repeat(depth.min(DEEPEST));
        let frame = Frame { first: format!("{indent}- "), rest: format!("{indent}  ") };
        for item in items {
            self.text(&item.text, &frame, level);
            self.items(&item.children, depth + 1, level.saturating_add(1));
        }
    }

    fn table(&mut self, table: &Table, level: Level) {
        let frame = Frame { first: "- ".to_owned(), rest: "  ".to_owned() };
        if table.rows.is_empty() {
            self.text(&joined(table.header.iter().cloned()), &Frame::default(), level);
        }
        for row in &table.rows {
            let columns = row.len().max(table.header.len());
            let cells = (0..columns).map(|column| cell(table.header.get(column), row.get(column), column));
            self.text(&joined(cells), &frame, level + 1);
        }
    }

    fn picture(&mut self, picture: &File) {
        let name = self.files[self.next_file].name.as_str();
        self.file(&format!("Image\u{a0}: {name}").into(), &Frame::each("-# "));
        let description = clean(picture.description.as_str());
        if units(&description) > ALT_TEXT {
            self.text(&description.into_owned().into(), &Frame::default(), Level::MAX - 1);
        }
    }

    /// The line that tells of the next file, with which it comes.
    fn file(&mut self, said: &Text, frame: &Frame) {
        let first = self.lines.len();
        self.text(said, frame, Level::MAX - 2);
        if let Some(line) = self.lines.get_mut(first) {
            line.file = Some(self.next_file);
        }
        self.next_file += 1;
    }

    /// Writes a text: its first line begins what was announced, or something of `level`.
    fn text(&mut self, text: &Text, frame: &Frame, level: Level) {
        let mut next = (level, Gap::Line, frame.first.as_str());
        for runs in lines(text, self.commands) {
            if runs.is_blank() {
                next.1 = Gap::Blank;
                continue;
            }
            let (level, gap) = self.begins.take().unwrap_or((next.0, next.1));
            let mut line =
                Line { level, gap, frame: Frame { first: next.2.to_owned(), ..frame.clone() }, runs, file: None };
            self.quoted(&mut line);
            self.lines.push(line);
            next = (level.saturating_add(1), Gap::Line, &frame.rest);
        }
    }

    fn quoted(&mut self, line: &mut Line) {
        if self.quote == Quote::Outside {
            return;
        }
        line.frame = Frame { first: format!("> {}", line.frame.first), rest: format!("> {}", line.frame.rest) };
        if self.quote == Quote::Within && line.gap == Gap::Blank {
            line.gap = Gap::Quoted;
        }
        self.quote = Quote::Within;
    }
}

/// A name before its value.
fn named(name: Text, value: &Text) -> Text {
    if name.is_empty() {
        return name.then(value.clone());
    }
    let colon = if name.words().trim_end().ends_with(':') { "" } else { "\u{a0}:" };
    let strong = name.spans().iter().any(|span| matches!(span, vigie_chat::Span::Strong(_)));
    let name = if strong { name.strong(colon) } else { name.plain(colon) };
    name.plain(" ").then(value.clone())
}

fn field_line(field: &Field) -> Text {
    named(strong(&field.name), &field.value)
}

/// A cell after the name of its column; the first one names the row.
fn cell(name: Option<&Text>, value: Option<&Text>, column: usize) -> Text {
    let value = match value {
        Some(value) if !value.is_empty() && column == 0 => strong(value),
        Some(value) if !value.is_empty() => value.clone(),
        _ => NO_CELL.into(),
    };
    named(name.cloned().unwrap_or_default(), &value)
}

fn joined(cells: impl Iterator<Item = Text>) -> Text {
    let separated = cells.enumerate().flat_map(|(rank, cell)| {
        let between = if rank == 0 { "" } else { "\u{202f}; " };
        iter::once(Text::from(between)).chain([cell])
    });
    separated.fold(Text::new(), Text::then)
}
