//! What stands in the column of criteria and isn't one: personal qualities, and criteria that don't count for
//! candidates with a disability.

use super::cells::RowCell;
use crate::code::CompetencyCode;
use crate::import::pattern::pattern;
use crate::import::reading::wording::{fold, says_something};
use crate::import::report::Report;
use crate::model::Accommodation;

// On folded text.
pattern!(
    QUALITIES,
    r"^(?:les |des )?(?:qualites|savoir-etre|aptitudes)\b[^:]*\b(?:observables?|personnelles|humaines|comportementales)\b[^:]*:"
);

/// What the column says besides criteria.
#[derive(Debug, Default)]
pub(in crate::import::reading) struct Aside {
    pub(in crate::import::reading) qualities: Vec<String>,
    pub(in crate::import::reading) accommodations: Vec<Accommodation>,
}

impl Aside {
    /// Takes out of a cell what isn't a criterion. `group` is what the cell is set beside.
    pub(super) fn take(&mut self, cell: &mut RowCell, group: &[CompetencyCode], report: &mut Report) {
        let line = cell.line;
        cell.cell.pieces.retain(|piece| {
            let folded = fold(&piece.text);
            if QUALITIES.is_match(&folded)
                && let Some((announce, list)) = piece.text.split_once(':')
            {
                report.leave(line, "announces personal qualities", announce);
                let list = list.trim().trim_end_matches('.').split(',').map(str::trim);
                self.qualities.extend(list.filter(|q| says_something(q)).map(str::to_owned));
                return false;
            }
            let waives = ["critere", "candidat", "handicap"].iter().all(|word| folded.contains(word));
            if waives {
                self.accommodations.push(Accommodation { texte: piece.text.clone(), competences: group.to_vec() });
            }
            !waives
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::grid::{Cell, Piece};

    /// What is left of a piece: a criterion, or the number of qualities and accommodations it became.
    #[track_caller]
    fn check(text: &str, expect: (usize, usize, usize)) {
        let cell = Cell { pieces: vec![Piece { text: text.to_owned(), ..Piece::default() }] };
        let mut cell = RowCell { row: 0, line: 1, cell, group: Vec::new() };
        let mut aside = Aside::default();
        aside.take(&mut cell, &[], &mut Report::default());
        assert_eq!((cell.cell.pieces.len(), aside.qualities.len(), aside.accommodations.len()), expect, "{text}");
    }

    #[test]
    fn personal_qualities_are_a_list() {
        check("Les qualités non observables ici sont : patience, écoute.", (0, 2, 0));
        check("Savoir-être et qualités humaines attendues : calme", (0, 1, 0));
        check("Les qualités du sol sont décrites : acidité, texture", (1, 0, 0));
    }

    #[test]
    fn only_the_candidates_own_disability_waives_a_criterion() {
        check("Ce critère n'est pas retenu pour les candidats en situation de handicap.", (0, 0, 1));
        check("Le poste du collègue en situation de handicap est adapté.", (1, 0, 0));
        check("Le candidat adapte l'outil au handicap d'un collègue.", (1, 0, 0));
    }
}
