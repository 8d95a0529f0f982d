//! What must be handed in: items of lists, rows of tables, sub-headings, or words after a label.

use super::content::{Expected, Need};
use super::limits::{DELIVERABLES, DETAILS, ENTRY_TITLE, cut};
use super::outline::{Line, Mark, Section};
use super::{Field, Remark, WallTime, World};
use regex::Regex;
use std::sync::LazyLock;
use vigie_chat::folded;

static OPTIONAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:facultati\w+|optionnel\w*|bonus|si possible|le cas echeant|non obligatoires?|en option)\b")
        .expect("the pattern is constant")
});

static REQUIRED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:obligatoires?|exiges?|requis)\b").expect("the pattern is constant"));

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:livrables?\s*(?:n\s*°\s*)?\d{1,2}|l\s?\d{1,2}|\d{1,2})\s*(?:[.):]|[-–—]\s)\s*")
        .expect("the pattern is constant")
});

/// The deliverables being read.
pub(super) struct Deliverables<'a> {
    world: &'a World<'a>,
    pub expected: Vec<Expected>,
    pub remarks: Vec<Remark>,
    /// What the last lead-in says of those that follow.
    need: Need,
    columns: Vec<Column>,
}

/// What a column of a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Number,
    Title,
    Due,
    Need,
    Other(String),
}

impl<'a> Deliverables<'a> {
    pub(super) fn new(world: &'a World<'a>) -> Self {
        Self { world, expected: Vec::new(), remarks: Vec::new(), need: Need::Required, columns: Vec::new() }
    }

    /// Reads a section. Its heading is a deliverable where it stands under the section of deliverables.
    pub(super) fn section(&mut self, section: &Section) {
        self.columns.clear();
        self.need = if OPTIONAL.is_match(&folded(&section.heading)) { Need::Optional } else { Need::Required };
        let announces = section.own == section.topic || section.heading.is_empty();
        if !announces && self.is_entry(section) {
            self.push(&section.heading);
            for line in &section.lines {
                self.detail(&line.text, &line.mark);
            }
            return;
        }
        let top = section
            .lines
            .iter()
            .filter_map(|line| if let Mark::Item(depth) = line.mark { Some(depth) } else { None })
            .min();
        let listed = section.is_listed();
        for line in &section.lines {
            match &line.mark {
                Mark::Header(names) => self.columns = names.iter().map(|name| column(name)).collect(),
                Mark::Row(cells) => self.row(cells),
                Mark::Item(depth) if Some(*depth) == top => self.push(&line.text),
                Mark::Item(_) => self.detail(&line.text, &line.mark),
                Mark::Paragraph if listed => self.lead_in(line),
                Mark::Paragraph => self.enumerated(&line.text),
            }
        }
    }

    /// Whether a sub-heading is a deliverable itself, not a group of them ("Facultatifs").
    fn is_entry(&self, section: &Section) -> bool {
        let heading = folded(&section.heading);
        let group =
            (OPTIONAL.is_match(&heading) || REQUIRED.is_match(&heading)) && heading.split_whitespace().count() <= 3;
        !group && self.expected.len() <= DELIVERABLES
    }

    /// What is told after a label: "un rapport, une maquette et une démonstration".
    pub(super) fn enumerated(&mut self, text: &str) {
        let text = text.trim_end_matches('.');
        if text.ends_with(':') || text.is_empty() {
            return;
        }
        let by = if text.contains(';') { ';' } else { ',' };
        let parts: Vec<&str> = split_outside(text, by);
        // A sentence with a comma is one thing; a list of few words each is several.
        let short = parts.iter().all(|part| part.split_whitespace().count() <= 9);
        if !short {
            return self.push(text);
        }
        for (at, part) in parts.iter().enumerate() {
            match part.rsplit_once(" et ") {
                Some((one, other)) if at + 1 == parts.len() && parts.len() > 1 && starts_entry(other) => {
                    self.push(one);
                    self.push(other);
                }
                _ => self.push(part),
            }
        }
    }

    fn lead_in(&mut self, line: &Line) {
        let folded = folded(&line.text);
        if line.text.ends_with(':') {
            self.need = if OPTIONAL.is_match(&folded) { Need::Optional } else { Need::Required };
        } else if !self.expected.is_empty() {
            self.detail(&line.text, &line.mark);
        }
    }

    fn push(&mut self, text: &str) {
        let text = NUMBERED.replace(text.trim(), "");
        let (title, details) = titled(&text);
        let title = title.trim_end_matches([':', '.', ';', ',', ' ']).trim();
        if title.is_empty() {
            return;
        }
        if self.expected.len() >= DELIVERABLES {
            let remark = Remark::TooMany { field: Field::Deliverables, most: DELIVERABLES };
            if !self.remarks.contains(&remark) {
                self.remarks.push(remark);
            }
            return;
        }
        let said = folded(&text);
        let need = if OPTIONAL.is_match(&said) { Need::Optional } else { self.need };
        let due = self.due(&text, title);
        let number = u32::try_from(self.expected.len() + 1).unwrap_or(u32::MAX);
        let (title, details) = (cut(title, ENTRY_TITLE).0, cut(details, DETAILS).0);
        self.expected.push(Expected { number, title, details, required: need, due });
    }

    fn detail(&mut self, text: &str, mark: &Mark) {
        let Some(last) = self.expected.last_mut() else { return };
        let line = if matches!(mark, Mark::Item(_)) { format!("- {text}") } else { text.to_owned() };
        let joined = if last.details.is_empty() { line } else { format!("{}\n{line}", last.details) };
        let (kept, shortened) = cut(&joined, DETAILS);
        last.details = kept;
        if shortened == super::limits::Cut::Shortened {
            let remark = Remark::TooLong { field: Field::Deliverables, most: DETAILS };
            if !self.remarks.contains(&remark) {
                self.remarks.push(remark);
            }
        }
    }

    fn row(&mut self, cells: &[String]) {
        let mut columns = self.columns.clone();
        if !columns.contains(&Column::Title) {
            // Without names, the first cell that isn't a number is the title.
            let title = cells.iter().position(|cell| cell.chars().any(char::is_alphabetic)).unwrap_or(0);
            columns.resize(cells.len().max(columns.len()), Column::Other(String::new()));
            columns[title] = Column::Title;
        }
        let of =
            |wanted: &Column| columns.iter().zip(cells).find(|(column, _)| *column == wanted).map(|(_, cell)| cell);
        let Some(title) = of(&Column::Title).filter(|title| !title.is_empty()) else { return };
        let before = self.expected.len();
        self.push(title);
        if self.expected.len() == before {
            return;
        }
        let due = of(&Column::Due).and_then(|cell| self.due_in(cell, title));
        let optional = of(&Column::Need).is_some_and(|cell| {
            let said = folded(cell);
            OPTIONAL.is_match(&said) || said.starts_with("non")
        });
        if let Some(last) = self.expected.last_mut() {
            last.due = due.or(last.due.take());
            if optional {
                last.required = Need::Optional;
            }
        }
        for (column, cell) in columns.iter().zip(cells) {
            if let Column::Other(name) = column
                && !cell.is_empty()
            {
                let line = if name.is_empty() { cell.clone() } else { format!("{name}\u{a0}: {cell}") };
                self.detail(&line, &Mark::Paragraph);
            }
        }
    }

    /// The date of a deliverable, if its words announce one.
    fn due(&mut self, text: &str, title: &str) -> Option<WallTime> {
        let said = folded(text);
        let announced = ["pour le", "avant", "au plus tard", "a rendre", "a remettre", "date", " le ", "depot"];
        announced.iter().any(|cue| said.contains(cue)).then(|| self.due_in(text, title)).flatten()
    }

    fn due_in(&mut self, text: &str, title: &str) -> Option<WallTime> {
        let found = (self.world.dates)(&cut(text, 300).0).into_iter().next()?;
        if let Some(why) = found.doubtful {
            self.remarks.push(Remark::doubt(Field::Deliverables, cut(title, 80).0, why));
        }
        Some(self.world.wall(found.civil))
    }
}

/// Title and what follows it: after a colon, a dash between spaces, or the first sentence.
fn titled(text: &str) -> (&str, &str) {
    let at = [" : ", ": ", "\u{a0}: ", " – ", " — ", " - ", ". "]
        .iter()
        .filter_map(|mark| text.find(mark).map(|at| (at, mark.len())))
        .min_by_key(|(at, _)| *at);
    match at {
        Some((at, length)) if text[..at].chars().count() <= ENTRY_TITLE => (&text[..at], text[at + length..].trim()),
        _ if text.chars().count() > ENTRY_TITLE => (text, text),
        _ => (text, ""),
    }
}

/// The parts of a text between separators that stand in no parentheses.
fn split_outside(text: &str, by: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut depth) = (0, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if c == by && depth == 0 => {
                parts.push(text[from..at].trim());
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim());
    parts
}

fn starts_entry(text: &str) -> bool {
    ["un ", "une ", "le ", "la ", "les ", "des ", "l’", "l'"].iter().any(|start| text.to_lowercase().starts_with(start))
}

fn column(shown: &str) -> Column {
    let name = folded(shown);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["livrable", "document", "rendu", "production", "intitule", "nom", "quoi"]) && !has(&["date", "remise"]) {
        Column::Title
    } else if has(&[
        "date",
        "echeance",
        "pour le",
        "remise",
        "remettre",
        "rendre le",
        "rendre avant",
        "quand",
        "delai",
        "depot",
    ]) {
        Column::Due
    } else if has(&["obligatoire", "facultatif", "requis", "statut", "exige"]) {
        Column::Need
    } else if name.chars().count() <= 2 || has(&["numero"]) {
        Column::Number
    } else {
        Column::Other(shown.to_owned())
    }
}
