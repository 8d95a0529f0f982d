//! The column of competencies: one statement each, with its code.

use super::marks;
use super::rows::{BlocRows, Writing};
use super::wording::{Vocabulary, says_something};
use crate::code::CompetencyCode;
use crate::import::report::Report;
use crate::model::Competency;
use std::collections::HashSet;
use std::ops::Range;

/// The competencies of a bloc, and which of them each row begins.
#[derive(Debug, Default)]
pub(super) struct Competencies {
    pub(super) list: Vec<Competency>,
    /// For each row, the competencies that begin in it.
    pub(super) by_row: Vec<Range<usize>>,
    /// For each row, whether it begins by going on with the competency above it.
    pub(super) carried: Vec<bool>,
}

/// Reads the column in the rows of one bloc.
pub(super) fn read(
    bloc: &BlocRows,
    bloc_code: &str,
    writing: &Writing,
    vocabulary: &Vocabulary,
    known: &mut HashSet<CompetencyCode>,
    report: &mut Report,
) -> Competencies {
    let mut found = Competencies::default();
    for row in &bloc.rows {
        let start = found.list.len();
        let mut carried = false;
        for piece in &row.competencies.pieces {
            let (code, text) = match marks::competency(&piece.text) {
                Some((code, text)) if writing.coded => (Some(code), text),
                _ => (None, piece.text.as_str()),
            };
            let goes_on = code.is_none() && (writing.coded || text.starts_with(char::is_lowercase));
            let begun_here = found.list.len() > start;
            if goes_on && let Some(last) = found.list.last_mut() {
                if writing.coded && text.starts_with(char::is_uppercase) && says_something(&last.intitule) {
                    report.doubt(row.line, format!("no code; read as the end of {}", last.code), text);
                }
                carried |= !begun_here;
                vocabulary.join(&mut last.intitule, text);
                continue;
            }
            let code_genere = code.is_none();
            let code = code.unwrap_or_else(|| CompetencyCode::generated(bloc_code, found.list.len() + 1));
            if known.insert(code.clone()) {
                found.list.push(Competency { code, code_genere, activite: None, intitule: text.to_owned() });
            } else {
                report.doubt(row.line, format!("code {code} a second time; left aside"), text);
                report.leave(row.line, "competency with a code already used", &piece.text);
            }
        }
        found.by_row.push(start..found.list.len());
        found.carried.push(carried);
    }
    found.leave_the_unstated(bloc, report);
    found
}

impl Competencies {
    /// Leaves aside the codes that no statement follows.
    fn leave_the_unstated(&mut self, bloc: &BlocRows, report: &mut Report) {
        let stated: Vec<bool> = self.list.iter().map(|c| says_something(&c.intitule)).collect();
        if stated.iter().all(|stated| *stated) {
            return;
        }
        // How many are left before each place.
        let mut left = vec![0];
        left.extend(stated.iter().scan(0, |n, stated| {
            *n += usize::from(*stated);
            Some(*n)
        }));
        for (range, row) in self.by_row.iter_mut().zip(&bloc.rows) {
            for unstated in self.list[range.clone()].iter().filter(|c| !says_something(&c.intitule)) {
                report.doubt(row.line, "code without a statement; left aside", unstated.code.as_str());
            }
            *range = left[range.start]..left[range.end];
        }
        self.list.retain(|c| says_something(&c.intitule));
    }
}
