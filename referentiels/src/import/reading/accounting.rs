//! Every word of the tables is in the result or in the report: the count that proves it for each document.

use super::wording::words;
use crate::import::grid::{Grid, Part};
use crate::import::report::Report;
use crate::model::Referentiel;
use std::collections::HashMap;

/// Words of the tables that are neither in the result nor in the report, with their line.
pub(super) fn lost(grid: &Grid, referentiel: &Referentiel, report: &Report) -> Vec<(usize, String)> {
    let mut kept: HashMap<String, usize> = HashMap::new();
    let mut keep = |text: &str| {
        for word in words(text) {
            *kept.entry(word).or_insert(0) += 1;
        }
    };
    all_texts(referentiel, &mut keep);
    for left in report.left_aside.iter() {
        keep(&left.text);
    }
    let mut lost = Vec::new();
    for part in &grid.parts {
        let Part::Row(row) = part else { continue };
        for word in row.cells.iter().flat_map(|cell| &cell.pieces).flat_map(|piece| words(&piece.text)) {
            match kept.get_mut(&word) {
                Some(n) if *n > 0 => *n -= 1,
                // Codes and numbers are rewritten, and fragments of a cut word are rejoined.
                _ if word.chars().any(|c| c.is_ascii_digit()) => {}
                _ => lost.push((row.line, word)),
            }
        }
    }
    lost
}

fn all_texts(referentiel: &Referentiel, keep: &mut dyn FnMut(&str)) {
    keep(&referentiel.titre);
    for bloc in &referentiel.blocs {
        keep(&bloc.titre);
        bloc.activites.iter().for_each(|a| keep(&a.titre));
        bloc.competences.iter().for_each(|c| keep(&c.intitule));
        bloc.qualites.iter().for_each(|q| keep(q));
        for evaluation in &bloc.evaluations {
            keep(&evaluation.modalite);
            evaluation.attendus.iter().for_each(|a| keep(a));
            evaluation.criteres.iter().for_each(|c| keep(&c.texte));
        }
    }
    for epreuve in &referentiel.epreuves {
        keep(&epreuve.nom);
        epreuve.faits.iter().for_each(|f| keep(f));
    }
    referentiel.amenagements.iter().for_each(|a| keep(&a.texte));
    referentiel.validation.iter().chain(&referentiel.notes).for_each(|t| keep(t));
}
