//! A document whose end was lost: refused where it can be told, told in the report where it is only likely.

use crate::documents;
use crate::sources::official;
use vigie_referentiels::import::{Hints, ImportError, import};

/// What the import makes of a text that was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// It is refused.
    Refused,
    /// It is read, and the report says that something may be missing.
    Doubted,
    /// It is read, and nothing is said.
    Nothing,
}

fn told(text: &str) -> Told {
    match import("x.txt", text.as_bytes(), &Hints::default()) {
        Err(ImportError::Truncated { .. } | ImportError::NoTable | ImportError::NoCompetency { .. }) => Told::Refused,
        Err(other) => panic!("{other}"),
        Ok(imported) => {
            let doubts = |reason: &str| imported.report.doubtful.iter().any(|d| d.reason.contains(reason));
            if doubts("may be cut") || doubts("has no criterion") { Told::Doubted } else { Told::Nothing }
        }
    }
}

/// The places within the rows of a document, at every `step` bytes, where a sentence is cut in two.
fn mid_sentence(text: &str, step: usize) -> impl Iterator<Item = usize> {
    (step..text.len()).step_by(step).map(|at| text.floor_char_boundary(at)).filter(|at| {
        let line = text[..*at].rsplit('\n').next().unwrap_or_default();
        let row = text[line.as_ptr() as usize - text.as_ptr() as usize..].lines().next().unwrap_or_default();
        row.contains('\t')
            && text[..*at].ends_with(char::is_alphanumeric)
            && text[*at..].starts_with(|c: char| c.is_alphanumeric() || c == ' ')
    })
}

/// Cuts a text in the middle of its sentences: how many cuts there were, and where those that nobody was told of end.
fn cut(text: &str, step: usize) -> (usize, Vec<String>) {
    let cuts: Vec<&str> = mid_sentence(text, step).map(|at| &text[..at]).collect();
    let silent = cuts.iter().filter(|cut| told(cut) == Told::Nothing);
    let ends = silent.map(|cut| cut[cut.floor_char_boundary(cut.len().saturating_sub(60))..].to_owned());
    (cuts.len(), ends.collect())
}

/// At most this many cuts in a hundred may go without a word: those after a word that could end the sentence, in a column
/// where sentences have no full stop.
#[track_caller]
fn check(cuts: usize, silent: &[String], percent: usize) {
    assert!(silent.len() * 100 <= cuts * percent, "{} of {cuts}: {silent:#?}", silent.len());
}

#[test]
fn a_cut_in_the_middle_of_a_sentence_is_told() {
    let all = documents::ALL.map(|(_, document)| cut(document, 7));
    let silent: Vec<String> = all.iter().flat_map(|(_, silent)| silent.clone()).collect();
    check(all.iter().map(|(cuts, _)| cuts).sum(), &silent, 10);
}

#[test]
fn a_cut_in_an_official_document_is_told() {
    for document in official().unwrap_or_default() {
        let (cuts, silent) = cut(&String::from_utf8(document.bytes).unwrap(), 499);
        check(cuts, &silent, 5);
    }
}

#[test]
fn a_cut_at_the_end_of_a_row_is_read_and_a_competency_left_without_criteria_is_told() {
    for (name, document) in documents::ALL {
        for (at, _) in document.match_indices('\n') {
            let text = &document[..=at];
            if let Ok(imported) = import("x.txt", text.as_bytes(), &Hints::default()) {
                let r = &imported.referentiel;
                let judged = |code| r.criteria().any(|(_, c)| c.competences.contains(code));
                let unjudged = r.competencies().filter(|(_, c)| !judged(&c.code)).count();
                let last = r.competencies().last().map(|(_, c)| !judged(&c.code));
                if unjudged == 1 && last == Some(true) && r.competencies().count() > 1 {
                    assert_eq!(told(text), Told::Doubted, "{name}: {:?}", text.lines().last());
                }
            }
        }
    }
}

#[test]
fn no_document_is_told_to_be_cut_when_it_is_whole() {
    for (name, document) in documents::ALL {
        let expected = if name == "fewer columns" { Told::Doubted } else { Told::Nothing };
        assert_eq!(told(document), expected, "{name}");
        assert_eq!(told(document.trim_end()), expected, "{name}, without a last line end");
    }
}
