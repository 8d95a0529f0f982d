//! Every word of a document is in the result or in the report: the count that proves it for each import.

use super::wording::words;
use crate::import::grid::{Grid, Part};
use crate::import::report::Report;
use crate::model::Referentiel;
use std::collections::HashMap;

/// How many words further the second part of a cut word may stand, among those that were not found whole.
const REACH: usize = 40;

/// Words of the document that are neither in the result nor in the report, with their line.
///
/// Codes and numbers are rewritten, and don't count; the two parts of a word that a page cut count as that word.
pub(super) fn lost(grid: &Grid, referentiel: &Referentiel, report: &Report) -> Vec<(usize, String)> {
    let mut kept: HashMap<String, usize> = HashMap::new();
    let mut keep = |text: &str| {
        for word in words(text) {
            *kept.entry(word).or_insert(0) += 1;
        }
    };
    each_text(referentiel, &mut keep);
    for left in &report.left_aside {
        keep(&left.text);
    }
    let mut take = |word: &str| match kept.get_mut(word) {
        Some(n) if *n > 0 => {
            *n -= 1;
            true
        }
        _ => false,
    };
    let mut lost: Vec<(usize, String)> = all_words(grid).filter(|(_, word)| !take(word)).collect();
    let mut from = 0;
    while from < lost.len() {
        let reach = lost.len().min(from + 1 + REACH);
        let rest = (from + 1..reach).find(|rest| take(&format!("{}{}", lost[from].1, lost[*rest].1)));
        match rest {
            Some(rest) => {
                lost.remove(rest);
                lost.remove(from);
            }
            None => from += 1,
        }
    }
    lost
}

/// The words of a document, with their line.
fn all_words(grid: &Grid) -> impl Iterator<Item = (usize, String)> {
    let pieces = grid.parts.iter().flat_map(|part| match part {
        Part::Prose(prose) => vec![(prose.line, &prose.piece)],
        Part::Row(row) => row.cells.iter().flat_map(|cell| &cell.pieces).map(|piece| (row.line, piece)).collect(),
    });
    let words = pieces.flat_map(|(line, piece)| words(&piece.text).into_iter().map(move |word| (line, word)));
    words.filter(|(_, word)| !word.chars().any(|c| c.is_ascii_digit()))
}

/// Every text of a référentiel that comes from the document, as many times as the document has it.
fn each_text(referentiel: &Referentiel, keep: &mut dyn FnMut(&str)) {
    if referentiel.titre_dans_document {
        keep(&referentiel.titre);
    }
    let mut assessed = Vec::new();
    for bloc in &referentiel.blocs {
        keep(&bloc.titre);
        bloc.activites.iter().for_each(|a| keep(&a.titre));
        bloc.competences.iter().for_each(|c| keep(&c.intitule));
        bloc.qualites.iter().for_each(|q| keep(q));
        for evaluation in &bloc.evaluations {
            std::iter::once(&evaluation.modalite).chain(&evaluation.attendus).for_each(|text| keep(text));
            let all = std::iter::once(&evaluation.modalite).chain(&evaluation.attendus);
            assessed.push(spaced(all.map(String::as_str)));
            evaluation.criteres.iter().for_each(|c| keep(&c.texte));
        }
    }
    // What is said of an exam may be what is said of an assessment, once more.
    let exams = referentiel.epreuves.iter().flat_map(|exam| std::iter::once(&exam.nom).chain(&exam.faits));
    let said = |text: &str| assessed.iter().any(|all| all.contains(&spaced(std::iter::once(text))));
    exams.filter(|text| !said(text)).for_each(|text| keep(text));
    for definition in &referentiel.lexique {
        keep(&definition.terme);
        keep(&definition.definition);
    }
    referentiel.amenagements.iter().for_each(|a| keep(&a.texte));
    [&referentiel.validation, &referentiel.textes_legaux, &referentiel.notes]
        .into_iter()
        .flatten()
        .for_each(|t| keep(t));
}

/// The words of texts, in order, each between spaces.
fn spaced<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.flat_map(words).fold(" ".to_owned(), |all, word| all + &word + " ")
}
