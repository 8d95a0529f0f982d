//! A team's grid: every line that its brief asks for, and how far the team is with each.
//!
//! Where the référentiel is one of ours, the lines are its criteria. A competency for which it has none, or that isn't in it,
//! is a line by itself, as are all competencies of a brief whose référentiel isn't ours. Called by `/grille` and `/suivi`; it
//! reads nothing and judges nothing. Invariant: a line is counted once in the whole, and once in each of its competencies.

use super::brief::{Assessed, Brief};
use super::coverage::{self, Asked, Coverage, Mark, Progress, Proof};
use super::handin::Fingerprint;
use std::collections::{BTreeMap, HashSet};
use vigie_chat::folded;
use vigie_referentiels::{CompetencyCode, Referentiel};

/// One thing to cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is called: the criterion's id, or the competency's code, or one made from the competency's own words.
    pub id: String,
    /// The document's words, or the brief's.
    pub text: String,
    /// How far it is.
    pub coverage: Coverage,
    /// What proves it, in the order in which it came.
    pub proofs: Vec<Proof>,
}

/// A competency of the brief, with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its code, or the id of its only line where it has none.
    pub code: String,
    /// Its statement.
    pub statement: String,
    /// Its criteria in the document's order; itself where the référentiel has none for it.
    pub lines: Vec<Line>,
    /// How many lines are how far.
    pub progress: Progress,
}

/// The grid of one team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The competencies of the brief, what lacks most first, then in the brief's order.
    pub rows: Vec<Row>,
    /// In all, each line once.
    pub whole: Progress,
    /// Lines that aren't covered, what is missing most first.
    pub missing: Vec<Line>,
}

impl Grid {
    /// The grid of a brief, with a team's marks by id of line. `referentiel` is the brief's, if it is one of ours.
    #[must_use]
    pub fn of(brief: &Brief, referentiel: Option<&Referentiel>, marks: &BTreeMap<String, Mark>) -> Self {
        let codes: Vec<CompetencyCode> = brief.competencies.iter().filter_map(code).collect();
        let asked = referentiel.map(|referentiel| coverage::asked(referentiel, &codes)).unwrap_or_default();
        let counted = coverage::grid(&codes, &asked, marks);
        let mut grid = Self { rows: Vec::new(), whole: counted.whole, missing: Vec::new() };
        grid.missing.extend(coverage::missing(&asked, marks).into_iter().map(|(criterion, _)| line(criterion, marks)));
        let mut seen = HashSet::new();
        for assessed in &brief.competencies {
            let id = id_of(assessed);
            if !seen.insert(id.clone()) {
                continue;
            }
            let progress = code(assessed)
                .and_then(|code| counted.competencies.iter().find(|(known, _)| **known == code))
                .map(|(_, progress)| *progress)
                .filter(|progress| progress.total() > 0);
            let row = match progress {
                Some(progress) => {
                    let its = asked.iter().filter(|one| one.competencies.iter().any(|code| code.as_str() == id));
                    let lines = its.map(|criterion| line(criterion, marks)).collect();
                    Row { code: id, statement: assessed.wording.clone(), lines, progress }
                }
                None => grid.itself(id, &assessed.wording, marks),
            };
            grid.rows.push(row);
        }
        grid.rows.sort_by_key(|row| row.progress.percent().unwrap_or(100));
        grid.missing.sort_by_key(|line| line.coverage);
        grid
    }

    /// A competency that is its own line.
    fn itself(&mut self, id: String, statement: &str, marks: &BTreeMap<String, Mark>) -> Row {
        let line = marked(&id, statement, marks);
        let mut progress = Progress::default();
        for counted in [&mut progress, &mut self.whole] {
            match line.coverage {
                Coverage::Todo => counted.todo += 1,
                Coverage::InProgress => counted.in_progress += 1,
                Coverage::Covered => counted.covered += 1,
            }
        }
        if line.coverage != Coverage::Covered {
            self.missing.push(line.clone());
        }
        Row { code: id, statement: statement.to_owned(), lines: vec![line], progress }
    }

    /// The line of this id, however it is typed.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<&Line> {
        let wanted = folded(id.trim());
        self.lines().find(|line| folded(&line.id) == wanted)
    }

    /// Every line once, competency by competency.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        let mut seen = HashSet::new();
        self.rows.iter().flat_map(|row| &row.lines).filter(move |line| seen.insert(line.id.as_str()))
    }

    /// The competency of this code, however it is typed.
    #[must_use]
    pub fn row(&self, code: &str) -> Option<&Row> {
        let canonical = code.parse::<CompetencyCode>().map_or_else(|_| code.trim().to_owned(), |code| code.to_string());
        let wanted = folded(&canonical);
        self.rows.iter().find(|row| folded(&row.code) == wanted)
    }
}

fn code(assessed: &Assessed) -> Option<CompetencyCode> {
    assessed.code.as_ref()?.parse().ok()
}

/// What a competency is called in the grid: its code, or a name made from its own words, which stays the same when the brief
/// puts it elsewhere in its list.
fn id_of(assessed: &Assessed) -> String {
    match (code(assessed), &assessed.code) {
        (Some(code), _) => code.to_string(),
        (None, Some(code)) => code.clone(),
        (None, None) => {
            let fingerprint = Fingerprint::of(folded(&assessed.wording).as_bytes());
            format!("libre-{}", &fingerprint.as_str()[..6])
        }
    }
}

fn line(criterion: &Asked<'_>, marks: &BTreeMap<String, Mark>) -> Line {
    marked(criterion.id, criterion.text, marks)
}

fn marked(id: &str, text: &str, marks: &BTreeMap<String, Mark>) -> Line {
    let mark = marks.get(id);
    Line {
        id: id.to_owned(),
        text: text.to_owned(),
        coverage: mark.map_or(Coverage::Todo, Mark::coverage),
        proofs: mark.map(|mark| mark.proofs().to_vec()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::brief::How;

    fn assessed(code: Option<&str>, wording: &str) -> Assessed {
        Assessed { code: code.map(str::to_owned), wording: wording.to_owned(), confidence: 100, how: How::Free }
    }

    fn brief(competencies: Vec<Assessed>) -> Brief {
        Brief { competencies, ..Brief::default() }
    }

    fn covered(words: &str) -> Mark {
        Mark::default().with(Proof::sentence(words).expect("a sentence")).expect("the first proof")
    }

    #[test]
    fn criteria_are_lines_where_the_referentiel_is_ours() {
        let all = vigie_referentiels::embedded();
        let ours = all.iter().find(|r| r.slug == "data-engineer").expect("it is embedded");
        let brief = brief(vec![assessed(Some("C1.5"), "Auditer"), assessed(None, "Parler anglais")]);
        let grid = Grid::of(&brief, Some(ours), &BTreeMap::new());
        let criteria = grid.row("c1.5").expect("the competency").lines.len();
        assert!(criteria > 1);
        assert_eq!(grid.whole.total(), criteria + 1);
        let own = grid.rows.iter().find(|row| row.code.starts_with("libre-")).expect("the other");
        assert_eq!((own.lines.len(), own.lines[0].text.as_str()), (1, "Parler anglais"));
        assert_eq!(grid.missing.len(), criteria + 1);
        assert!(grid.line("C1.5/1").is_some() || grid.line(&grid.rows[0].lines[0].id).is_some());
    }

    #[test]
    fn competencies_are_lines_where_it_isnt() {
        let wordings = ["Analyser un besoin", "Concevoir une base"];
        let list = brief(vec![assessed(None, wordings[0]), assessed(None, wordings[1]), assessed(None, wordings[0])]);
        let empty = Grid::of(&list, None, &BTreeMap::new());
        assert_eq!((empty.rows.len(), empty.whole.total()), (2, 2), "what is named twice counts once");
        let id = empty.rows[0].code.clone();
        let marks = BTreeMap::from([(id.clone(), covered("Page 3"))]);
        let grid = Grid::of(&list, None, &marks);
        assert_eq!((grid.whole.covered, grid.missing.len()), (1, 1));
        assert_eq!(grid.rows[1].code, id, "what lacks most comes first");
        // In another order the marks stay with the words.
        let turned = brief(vec![assessed(None, wordings[1]), assessed(None, wordings[0])]);
        let line = Grid::of(&turned, None, &marks).line(&id.to_uppercase()).cloned().expect("the same line");
        assert_eq!((line.text.as_str(), line.coverage), (wordings[0], Coverage::Covered));
    }
}
