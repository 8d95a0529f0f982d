//! The column of competencies: one statement each, with its code.

use super::marks;
use super::rows::{BlocRows, Writing};
use super::wording::Vocabulary;
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
            if goes_on && let Some(last) = found.list.last_mut() {
                if writing.coded && text.starts_with(char::is_uppercase) {
                    report.doubt(row.line, format!("no code; read as the end of {}", last.code), text);
                }
                carried = carried || found.list.len() == start;
                let last = found.list.last_mut().expect("there is a last one");
                last.intitule = vocabulary.join(&last.intitule, text);
                continue;
            }
            let generated = code.is_none();
            let code = code.unwrap_or_else(|| CompetencyCode::generated(bloc_code, found.list.len() + 1));
            if known.insert(code.clone()) {
                found.list.push(Competency { code, code_genere: generated, activite: None, intitule: text.to_owned() });
            } else {
                report.doubt(row.line, format!("code {code} a second time; left aside"), text);
                report.leave(row.line, "competency with a code already used", &piece.text);
            }
        }
        found.by_row.push(start..found.list.len());
        found.carried.push(carried);
    }
    found
}
