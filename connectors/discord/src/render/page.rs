//! Lines gathered into pages, one a payload.
//!
//! A block goes whole on the page where it fits, else whole on the next one; only a block longer than a page is split, at
//! its items, then its lines, then within a line.

use super::{
    file::NamedFile,
    line::{Level, Line},
    measure::{ALL_BYTES, DESCRIPTION, FILES, RANK, units},
};

/// Room for text on a page.
const ROOM: usize = DESCRIPTION - RANK;

/// A line is begun on a page only where that much of it fits.
const WORTHWHILE: usize = 400;

/// What goes into one payload.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) text: String,
    length: usize,
    /// Ranks of the files told of on the page.
    pub(super) files: Vec<usize>,
    bytes: usize,
}

/// The pages, without any when there are no lines.
pub(super) fn pages(lines: Vec<Line>, files: &[NamedFile]) -> Vec<Page> {
    let mut book = Book { pages: Vec::new(), files };
    book.fill(&lines.into_iter().map(Measured::of).collect::<Vec<_>>());
    book.pages
}

struct Book<'f> {
    pages: Vec<Page>,
    files: &'f [NamedFile],
}

/// A line and its writing.
struct Measured {
    line: Line,
    markdown: String,
    length: usize,
}

impl Measured {
    fn of(line: Line) -> Self {
        let markdown = line.markdown();
        Self { length: units(&markdown), markdown, line }
    }

    fn level(&self) -> Level {
        self.line.level
    }
}

impl Book<'_> {
    fn fill(&mut self, lines: &[Measured]) {
        let Some((first, others)) = lines.split_first() else { return };
        if self.pages.last().is_some_and(|page| self.fits(page, lines)) {
            return self.add_all(lines);
        }
        if self.fits(&Page::default(), lines) {
            self.pages.push(Page::default());
            return self.add_all(lines);
        }
        // What begins the most important parts within splits them.
        let Some(level) = others.iter().map(Measured::level).min() else { return self.add_cut(&first.line) };
        let mut rest = lines;
        while !rest.is_empty() {
            let next = rest.iter().skip(1).position(|line| line.level() == level).map_or(rest.len(), |at| at + 1);
            let (part, after) = rest.split_at(next);
            self.fill(part);
            rest = after;
        }
    }

    /// Whether the page has room for the lines and for the files that come with them.
    fn fits(&self, page: &Page, lines: &[Measured]) -> bool {
        let text: usize = lines.iter().map(|line| units(line.line.gap.text()) + line.length).sum();
        let coming = lines.iter().filter_map(|line| line.line.file);
        let bytes: usize = coming.clone().map(|rank| self.files[rank].file.bytes.len()).sum();
        page.length + text <= ROOM && page.files.len() + coming.count() <= FILES && page.bytes + bytes <= ALL_BYTES
    }

    fn add_all(&mut self, lines: &[Measured]) {
        for line in lines {
            self.add(line);
        }
    }

    fn add(&mut self, line: &Measured) {
        let bytes = line.line.file.map_or(0, |rank| self.files[rank].file.bytes.len());
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let Some(page) = self.pages.last_mut() else { return };
        if !page.text.is_empty() {
            page.text.push_str(line.line.gap.text());
        }
        page.text.push_str(&line.markdown);
        page.length = units(&page.text);
        page.files.extend(line.line.file);
        page.bytes += bytes;
    }

    /// Adds a line longer than a page, in parts.
    fn add_cut(&mut self, line: &Line) {
        let mut rest = Some(line.clone());
        while let Some(line) = rest.take() {
            let measured = Measured::of(line);
            let one = std::slice::from_ref(&measured);
            if self.pages.last().is_some_and(|page| self.fits(page, one)) {
                return self.add(&measured);
            }
            let used = self.pages.last().map_or(ROOM, |page| page.length + 4);
            let room = if measured.line.file.is_some() { 0 } else { ROOM.saturating_sub(used) };
            if room < WORTHWHILE {
                self.pages.push(Page::default());
                if self.fits(&Page::default(), one) {
                    return self.add(&measured);
                }
            }
            let (head, tail) = measured.line.cut(if room < WORTHWHILE { ROOM - 4 } else { room });
            self.add(&Measured::of(head));
            rest = tail;
        }
    }
}
