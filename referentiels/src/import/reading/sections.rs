//! A document taken apart: what is said before, inside and after its table of competencies.

use super::columns::{Columns, Role};
use super::marks::{self, BlocHeading};
use super::wording::fold;
use crate::import::grid::{Cell, Grid, Part, Piece, Prose, Row, Style};
use crate::import::report::Report;
use std::collections::HashMap;

/// What a passage outside of the table is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Topic {
    /// The title and whatever comes before anything else.
    #[default]
    Opening,
    Lexicon,
    /// The candidate's right to accommodation.
    Rights,
    /// Rules to pass.
    Rules,
    /// How the exams are held.
    Exams,
    Legal,
    Footnotes,
}

/// A piece of text that isn't part of the table of competencies.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    pub(super) line: usize,
    pub(super) topic: Topic,
    pub(super) piece: Piece,
}

/// One thing in the table of competencies.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Bloc(BlocHeading),
    /// A cell over all columns.
    Heading(usize, Cell),
    Row(TableRow),
    /// Prose between two rows, which a page put out of the table.
    Loose(usize, Piece),
}

/// One row, cell by role.
#[derive(Debug, Clone, Default)]
pub(super) struct TableRow {
    pub(super) line: usize,
    pub(super) after_cut: bool,
    pub(super) activities: Cell,
    pub(super) competencies: Cell,
    pub(super) assessments: Cell,
    pub(super) criteria: Cell,
}

/// A document taken apart.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub(super) passages: Vec<Passage>,
    pub(super) table: Vec<Item>,
    /// Line of the first heading of the table, if there is one.
    pub(super) table_line: Option<usize>,
    /// Heading of the column of competencies.
    pub(super) competency_heading: String,
}

/// Takes a document apart.
pub(super) fn split(grid: &Grid, report: &mut Report) -> Sections {
    let repeated = repeated_lines(grid);
    let mut splitter = Splitter::default();
    for part in &grid.parts {
        match part {
            Part::Prose(prose) => {
                let times = repeated.get(fold(&prose.piece.text).as_str()).copied().unwrap_or(0);
                splitter.prose(prose, times > 1, report);
            }
            Part::Row(row) => splitter.row(row, report),
        }
    }
    splitter.sections
}

#[derive(Default)]
struct Splitter {
    sections: Sections,
    columns: Columns,
    in_table: bool,
    topic: Topic,
    /// Whether headings stood just above: the next row comes after a cut, whatever its place.
    after_headings: bool,
}

impl Splitter {
    fn prose(&mut self, prose: &Prose, repeated: bool, report: &mut Report) {
        let (line, piece) = (prose.line, &prose.piece);
        if let Some(heading) = BlocHeading::read(line, &piece.text).filter(|_| !piece.is_item()) {
            self.in_table = self.columns.are_known();
            self.sections.table.push(Item::Bloc(heading));
        } else if prose.footnote {
            self.pass(line, Topic::Footnotes, piece.clone());
        } else if repeated {
            report.leave(line, "repeated page heading", &piece.text);
        } else if let Some((topic, rest)) = topic_heading(prose) {
            self.in_table = false;
            self.topic = topic;
            if let Some(rest) = rest {
                self.pass(line, topic, rest);
            } else {
                report.leave(line, "heading of a section", &piece.text);
            }
        } else if self.in_table {
            self.sections.table.push(Item::Loose(line, piece.clone()));
        } else {
            self.pass(line, self.topic, piece.clone());
        }
    }

    fn row(&mut self, row: &Row, report: &mut Report) {
        if self.columns.learn(row) {
            self.in_table = self.columns.are_known();
            self.after_headings = true;
            self.sections.table_line.get_or_insert(row.line);
            if let Some(column) = self.columns.of(Role::Competencies) {
                self.sections.competency_heading = row.cells.get(column).map(Cell::text).unwrap_or_default();
            }
            report.leave(row.line, "headings of the table", row_text(row));
            return;
        }
        let filled: Vec<(usize, &Cell)> = row.cells.iter().enumerate().filter(|(_, c)| !c.is_empty()).collect();
        let headings: Vec<BlocHeading> =
            filled.iter().filter_map(|(_, cell)| BlocHeading::read(row.line, &cell.text())).collect();
        match (filled.as_slice(), headings.as_slice()) {
            ([], _) => {}
            ([_], [heading]) => {
                self.in_table = self.in_table || self.columns.are_known();
                self.sections.table.push(Item::Bloc(heading.clone()));
            }
            (filled, headings) if filled.len() == headings.len() => {
                report.leave(row.line, "table of contents", row_text(row));
            }
            ([(0, cell)], _) if self.in_table => {
                self.sections.table.push(Item::Heading(row.line, (*cell).clone()));
            }
            _ if self.in_table => {
                let mut by_role = self.by_role(row, report);
                by_role.after_cut |= std::mem::take(&mut self.after_headings);
                self.sections.table.push(Item::Row(by_role));
            }
            (filled, _) => {
                // Outside of the table, a first cell beside others only names the row.
                let named = filled.len() > 1;
                for (index, (_, cell)) in filled.iter().enumerate() {
                    if named && index == 0 {
                        report.leave(row.line, "name of a row", cell.text());
                        continue;
                    }
                    for piece in &cell.pieces {
                        self.pass(row.line, self.topic, piece.clone());
                    }
                }
            }
        }
    }

    fn pass(&mut self, line: usize, topic: Topic, piece: Piece) {
        self.sections.passages.push(Passage { line, topic, piece });
    }

    /// The cells of a row under their headings. What stands under none goes to its left-hand neighbour.
    fn by_role(&self, row: &Row, report: &mut Report) -> TableRow {
        let mut by_role = TableRow { line: row.line, after_cut: row.after_cut, ..TableRow::default() };
        let roles = [Role::Activities, Role::Competencies, Role::Assessments, Role::Criteria];
        let last = roles.iter().filter_map(|r| self.columns.of(*r)).max().unwrap_or(0);
        for (column, cell) in row.cells.iter().enumerate() {
            let role = roles.into_iter().find(|r| self.columns.of(*r) == Some(column.min(last)));
            let pieces = cell.pieces.iter().cloned();
            match role {
                Some(Role::Activities) => by_role.activities.pieces.extend(pieces),
                Some(Role::Competencies) => by_role.competencies.pieces.extend(pieces),
                Some(Role::Assessments) => by_role.assessments.pieces.extend(pieces),
                Some(Role::Criteria) => by_role.criteria.pieces.extend(pieces),
                None if cell.is_empty() => {}
                None => report.leave(row.line, "column without a known heading", cell.text()),
            }
        }
        lone_code(&mut by_role);
        by_role
    }
}

/// A code alone in its cell, with the text in the next column.
fn lone_code(row: &mut TableRow) {
    let [code] = row.competencies.pieces.as_slice() else { return };
    if marks::competency(&code.text).is_some_and(|(_, rest)| rest.is_empty()) && !row.assessments.is_empty() {
        let code = code.text.clone();
        row.competencies = std::mem::take(&mut row.assessments);
        if let Some(first) = row.competencies.pieces.first_mut() {
            first.text = format!("{code} {}", first.text);
        }
    }
}

fn row_text(row: &Row) -> String {
    row.cells.iter().filter(|c| !c.is_empty()).map(Cell::text).collect::<Vec<_>>().join(" | ")
}

/// How often each line of prose occurs: what stands on every page is a page's heading.
fn repeated_lines(grid: &Grid) -> HashMap<String, usize> {
    let mut times = HashMap::new();
    for part in &grid.parts {
        if let Part::Prose(prose) = part
            && !prose.piece.is_item()
        {
            *times.entry(fold(&prose.piece.text)).or_insert(0) += 1;
        }
    }
    times
}

/// The topic that a heading opens, with the text that follows it on the same line.
fn topic_heading(prose: &Prose) -> Option<(Topic, Option<Piece>)> {
    let text = prose.piece.text.trim();
    let folded = fold(text);
    if folded.starts_with("article l") || folded.starts_with("article r") || folded.starts_with("article d") {
        return Some((Topic::Legal, Some(prose.piece.clone())));
    }
    if prose.piece.is_item() {
        return None;
    }
    let (head, rest) = match text.split_once(" : ") {
        Some((head, rest)) => (head, Some(rest)),
        None => (text.trim_end_matches(':').trim_end(), None),
    };
    let short = head.split_whitespace().count() <= 9 && !head.ends_with('.');
    let set_apart = prose.heading.is_some() || prose.piece.style == Style::Bold || text.ends_with(':') || short;
    if !set_apart {
        return None;
    }
    let topic = topic_of(head)?;
    let keep = rest.is_some() || states(head);
    Some((topic, keep.then(|| prose.piece.clone())))
}

/// Whether a heading is a sentence, which says something by itself.
pub(super) fn states(heading: &str) -> bool {
    let folded = fold(heading);
    ["est", "sont", "peut", "peuvent", "doit", "doivent"]
        .iter()
        .any(|verb| folded.split_whitespace().any(|w| w == *verb))
}

/// The topic that the words of a heading name.
pub(super) fn topic_of(heading: &str) -> Option<Topic> {
    let folded = fold(heading);
    let names = |words: &[&str]| words.iter().any(|w| folded.contains(w));
    if folded.starts_with("lexique") || folded.starts_with("glossaire") || folded.starts_with("definitions") {
        Some(Topic::Lexicon)
    } else if names(&[
        "obtention",
        "acces a la certification",
        "delivrance",
        "regles de validation",
        "conditions de validation",
    ]) {
        Some(Topic::Rules)
    } else if names(&["handicap", "compensation", "amenagement", "accessibilite"]) {
        Some(Topic::Rights)
    } else if names(&["deroulement des epreuves", "organisation des epreuves", "types d'epreuves"]) {
        Some(Topic::Exams)
    } else {
        None
    }
}
