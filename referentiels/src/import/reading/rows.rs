//! Rows as the author meant them: what a page cut is put together again, and each bloc has its own.

use super::marks::{self, BlocHeading};
use super::sections::{Item, Passage, TableRow, Topic};
use super::wording::{Vocabulary, continues};
use crate::import::grid::{Cell, Piece, Style};
use crate::import::items;
use crate::import::report::Report;
use std::collections::HashSet;

/// Longest piece of text, in bytes, that may go on in another cell: no sentence is longer.
const LONGEST: usize = 8_000;

/// One bloc of the table, before its cells are read.
#[derive(Debug, Default)]
pub(super) struct BlocRows {
    pub(super) heading: Option<BlocHeading>,
    pub(super) rows: Vec<TableRow>,
}

impl BlocRows {
    /// The line of the first row; 0 when there is none.
    pub(super) fn first_line(&self) -> usize {
        self.rows.first().map_or(0, |row| row.line)
    }
}

/// How the table of this document is written.
#[derive(Debug, Default)]
pub(super) struct Writing {
    /// Whether competencies have codes.
    pub(super) coded: bool,
    /// Codes that are both a bloc's and the beginning of its competencies' codes.
    bloc_codes: HashSet<String>,
    /// Whether activities have codes.
    pub(super) coded_activities: bool,
    /// Whether some heading says "Bloc".
    named_blocs: bool,
}

impl Writing {
    /// Looks at the whole table.
    pub(super) fn of(table: &[Item]) -> Self {
        let rows = || table.iter().filter_map(|item| if let Item::Row(row) = item { Some(row) } else { None });
        let competencies: Vec<&Piece> = rows().flat_map(|row| &row.competencies.pieces).collect();
        let coded = competencies.iter().filter(|p| marks::competency(&p.text).is_some()).count();
        let activities: Vec<&Piece> = rows().flat_map(|row| &row.activities.pieces).filter(|p| !p.is_item()).collect();
        let coded_activities = activities.iter().filter(|p| marks::activity(&p.text).is_some()).count();
        let bloc_codes = competencies
            .iter()
            .filter_map(|p| marks::competency(&p.text))
            .filter_map(|(code, _)| {
                code.as_str().split_once('C').map(|(bloc, _)| bloc.trim_end_matches('.').to_owned())
            })
            .filter(|bloc| !bloc.is_empty())
            .collect();
        Self {
            coded: coded * 2 > competencies.len(),
            bloc_codes,
            coded_activities: coded_activities * 2 > activities.len(),
            named_blocs: table.iter().any(|item| matches!(item, Item::Bloc(_))),
        }
    }

    /// The heading of a bloc that a cell over all columns is, when its code begins the competencies' codes.
    fn coded_bloc(&self, line: usize, text: &str) -> Option<BlocHeading> {
        let (code, title) = marks::activity(text)?;
        self.bloc_codes.contains(&code).then(|| BlocHeading::titled(line, Some(code), title))
    }
}

/// The rows of each bloc, in order. Text that belongs to no bloc goes to `passages`.
pub(super) fn by_bloc(
    table: Vec<Item>,
    writing: &Writing,
    vocabulary: &Vocabulary,
    passages: &mut Vec<Passage>,
    report: &mut Report,
) -> Vec<BlocRows> {
    let mut gathering = Gathering {
        writing,
        vocabulary,
        passages,
        report,
        blocs: Vec::new(),
        pending: None,
        general: false,
        general_text: Default::default(),
        general_line: None,
        loose: false,
    };
    for item in table {
        gathering.item(item);
    }
    gathering.finish()
}

struct Gathering<'a> {
    writing: &'a Writing,
    vocabulary: &'a Vocabulary,
    passages: &'a mut Vec<Passage>,
    report: &'a mut Report,
    blocs: Vec<BlocRows>,
    /// A heading that no row has followed yet.
    pending: Option<BlocHeading>,
    /// Whether the last row said something of the whole certification.
    general: bool,
    /// What such rows say: under the assessments, and to the left of them.
    general_text: [Cell; 2],
    general_line: Option<usize>,
    /// Whether the last item was prose that goes on with a row.
    loose: bool,
}

impl Gathering<'_> {
    fn item(&mut self, item: Item) {
        match item {
            Item::Bloc(heading) => {
                self.open(heading);
                self.general = false;
                self.loose = false;
            }
            Item::Heading(line, cell) => self.heading(line, &cell),
            Item::Row(row) => {
                self.loose = false;
                self.row(row);
            }
            Item::Loose(line, piece) => self.loose(line, piece),
        }
    }

    fn open(&mut self, heading: BlocHeading) {
        if !heading.frame.trim().is_empty() {
            self.report.leave(heading.line, "says that it is a bloc", heading.frame.trim());
        }
        let current = self.blocs.last().and_then(|b| b.heading.as_ref());
        if current.is_some_and(|current| current.repeats(&heading))
            || self.pending.as_ref().is_some_and(|p| p.repeats(&heading))
        {
            self.report.leave(heading.line, "bloc heading, repeated", heading.title);
            return;
        }
        if let Some(unused) = self.pending.replace(heading) {
            self.report.leave(unused.line, "table of contents", unused.title);
        }
    }

    /// The bloc that what comes next belongs to.
    fn bloc(&mut self) -> &mut BlocRows {
        if self.pending.is_some() || self.blocs.is_empty() {
            self.blocs.push(BlocRows { heading: self.pending.take(), rows: Vec::new() });
        }
        let last = self.blocs.len() - 1;
        &mut self.blocs[last]
    }

    fn heading(&mut self, line: usize, cell: &Cell) {
        let text = cell.text();
        if let Some(heading) = self.writing.coded_bloc(line, &text) {
            self.open(heading);
        } else if self.writing.coded_activities && marks::activity(&text).is_some() {
            let row = TableRow { line, activities: cell.clone(), ..TableRow::default() };
            self.bloc().rows.push(row);
        } else {
            for piece in &cell.pieces {
                self.passages.push(Passage { line, topic: Topic::Exams, piece: piece.clone() });
            }
            self.general = self.blocs.is_empty();
        }
    }

    fn row(&mut self, mut row: TableRow) {
        if !self.writing.named_blocs
            && self.writing.bloc_codes.is_empty()
            && let Some(first) = row.activities.pieces.first()
            && first.style == Style::Underlined
            && !first.is_item()
        {
            let heading = BlocHeading::titled(row.line, None, &first.text);
            row.activities.pieces.remove(0);
            self.open(heading);
        }
        if self.is_general(&row) {
            self.general_row(row);
            return;
        }
        self.general = false;
        if self.pending.is_none()
            && let Some(previous) = self.blocs.last_mut().and_then(|bloc| bloc.rows.last_mut())
            && row.after_cut
            && goes_on(&row, self.writing)
        {
            append(&mut previous.competencies, row.competencies, self.vocabulary);
            append(&mut previous.activities, row.activities, self.vocabulary);
            append(&mut previous.assessments, row.assessments, self.vocabulary);
            append(&mut previous.criteria, row.criteria, self.vocabulary);
            return;
        }
        self.bloc().rows.push(row);
    }

    /// Whether a row speaks of the whole certification: no competency in it, and a first cell that is no activity.
    fn is_general(&self, row: &TableRow) -> bool {
        let no_competency = !row.competencies.pieces.iter().any(|p| marks::competency(&p.text).is_some());
        if !self.writing.coded || !self.writing.coded_activities || !no_competency || self.blocs.is_empty() {
            return false;
        }
        let goes_on = self.general && row.after_cut;
        let activity = row.activities.pieces.first().is_some_and(|p| marks::activity(&p.text).is_some());
        goes_on || (!row.activities.is_empty() && !activity && row.competencies.is_empty())
    }

    fn general_row(&mut self, row: TableRow) {
        self.general = true;
        self.general_line = self.general_line.or(Some(row.line));
        append(&mut self.general_text[1], row.activities, self.vocabulary);
        for cell in [row.competencies, row.assessments, row.criteria] {
            append(&mut self.general_text[0], cell, self.vocabulary);
        }
    }

    /// What general rows said: the assessment first, then what was set to its left.
    fn finish(mut self) -> Vec<BlocRows> {
        for cell in std::mem::take(&mut self.general_text) {
            let line = self.general_line.unwrap_or(0);
            self.passages.extend(cell.pieces.into_iter().map(|piece| Passage { line, topic: Topic::Exams, piece }));
        }
        self.blocs.retain(|bloc| !bloc.rows.is_empty());
        self.blocs
    }

    /// Prose that a page put out of the table goes on with the assessment that it cut; other prose is left aside.
    fn loose(&mut self, line: usize, piece: Piece) {
        let goes_on = self.loose || piece.is_item() || piece.text.starts_with(char::is_lowercase);
        match self.blocs.last_mut().and_then(|bloc| bloc.rows.last_mut()) {
            Some(row) if goes_on && !self.general && self.pending.is_none() => {
                self.loose = true;
                append(&mut row.assessments, Cell { pieces: vec![piece] }, self.vocabulary);
            }
            _ => self.report.leave(line, "text outside of any section", piece.text),
        }
    }
}

/// Whether a row after a cut only goes on with the competency above it.
fn goes_on(row: &TableRow, writing: &Writing) -> bool {
    let pieces = &row.competencies.pieces;
    let goes_on = |piece: &Piece| {
        if writing.coded {
            marks::competency(&piece.text).is_none()
        } else {
            piece.text.starts_with(char::is_lowercase)
        }
    };
    row.activities.is_empty() && !pieces.is_empty() && pieces.iter().all(goes_on)
}

/// Puts a cell that a page cut together again.
pub(super) fn append(cell: &mut Cell, mut rest: Cell, vocabulary: &Vocabulary) {
    rejoin(cell, &mut rest, vocabulary);
    cell.pieces.extend(rest.pieces);
}

/// Moves the first piece of a cell to the end of the cell above when it goes on with it.
pub(super) fn rejoin(above: &mut Cell, cell: &mut Cell, vocabulary: &Vocabulary) {
    let (Some(last), Some(first)) = (above.pieces.last(), cell.pieces.first()) else { return };
    if first.is_item() || last.text.len() > LONGEST || !continues(&last.text, &first.text) {
        return;
    }
    let first = cell.pieces.remove(0);
    if let Some(mut joined) = above.pieces.pop() {
        vocabulary.join(&mut joined.text, &first.text);
        above.pieces.extend(items::split(joined));
    }
}
