//! The column of assessments: what the candidate must do, alone or in a team, for which competencies.
//!
//! An assessment begins where a piece announces one (`announce`) and goes on to the next; its cell is then taken apart
//! (`description`), and it is told which competencies it covers.

mod announce;
mod description;
mod work;

pub(super) use announce::{Announce, announce};

use super::competencies::Competencies;
use super::marks;
use super::rows::{BlocRows, append};
use super::wording::{Starters, Vocabulary, fold};
use crate::code::CompetencyCode;
use crate::import::grid::{Cell, Piece};
use crate::import::report::Report;
use crate::model::{Activity, Assessment, Competency};
use std::collections::HashSet;

/// An assessment and where it stands.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) assessment: Assessment,
    /// Facts on how it is held, which aren't what the candidate must produce.
    pub(super) scope: Vec<String>,
    /// Rows from the one where it begins to the one before the next begins, or its last.
    pub(super) first_row: usize,
    pub(super) last_row: usize,
    /// Whether its heading names the competencies one by one.
    pub(super) lists_codes: bool,
}

/// The assessments of one bloc, and text before the first of them.
#[derive(Debug, Default)]
pub(super) struct Assessments {
    pub(super) list: Vec<Found>,
    pub(super) remarks: Vec<(usize, String)>,
    /// For each row, whether its cell goes on with the assessment above.
    pub(super) carried: Vec<bool>,
}

/// What reading the column needs to know of the document.
pub(super) struct Context<'a> {
    pub(super) strongest: Option<Announce>,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) starters: &'a Starters,
}

struct Draft {
    first_row: usize,
    last_row: usize,
    announce: Announce,
    cell: Cell,
}

/// Reads the column in the rows of one bloc.
pub(super) fn read(
    bloc: &BlocRows,
    competencies: &Competencies,
    activities: &[Activity],
    context: &Context<'_>,
    report: &mut Report,
) -> Assessments {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut found = Assessments::default();
    let begins = |piece: &Piece| {
        announce(&piece.text).filter(|announce| Some(*announce) == context.strongest && !piece.is_item())
    };
    // Where no words announce an assessment, each cell is one.
    let unannounced = !bloc.rows.iter().flat_map(|row| &row.assessments.pieces).any(|piece| begins(piece).is_some());
    for (index, row) in bloc.rows.iter().enumerate() {
        let mut carried = false;
        for (place, piece) in row.assessments.pieces.iter().enumerate() {
            let begins =
                begins(piece).or_else(|| (unannounced && place == 0 && !row.after_cut).then_some(Announce::Nature));
            if let Some(announce) = begins {
                drafts.push(Draft {
                    first_row: index,
                    last_row: index,
                    announce,
                    cell: Cell { pieces: vec![piece.clone()] },
                });
            } else if let Some(draft) = drafts.last_mut() {
                carried = carried || draft.first_row != index;
                draft.last_row = index;
                append(&mut draft.cell, Cell { pieces: vec![piece.clone()] }, context.vocabulary);
            } else {
                found.remarks.push((row.line, piece.text.clone()));
            }
        }
        found.carried.push(carried && drafts.last().is_some_and(|d| d.first_row != index));
    }
    let several_a_row = competencies.by_row.iter().any(|range| range.len() > 1);
    for (index, draft) in drafts.iter().enumerate() {
        let until = drafts.get(index + 1).map_or(bloc.rows.len(), |next| next.first_row.max(draft.first_row + 1));
        let line = bloc.rows[draft.first_row].line;
        if draft.announce == Announce::Listing
            && let Some(first) = draft.cell.pieces.first()
        {
            let listing = first.text.len() - marks::after_codes(&first.text).len();
            report.leave(line, "list of the competencies assessed", &first.text[..listing]);
        }
        let mut one = description::read(draft, context);
        let covered = coverage(draft, &one.scope, competencies, activities);
        one.assessment.competences = covered.unwrap_or_else(|| {
            let rows = if several_a_row { 0..bloc.rows.len() } else { draft.first_row..until };
            competencies.by_row[rows]
                .iter()
                .flat_map(|range| &competencies.list[range.clone()])
                .map(|c| c.code.clone())
                .collect()
        });
        if one.assessment.competences.is_empty() {
            report.doubt(line, "assessment of no known competency", &one.assessment.modalite);
        }
        found.list.push(one);
    }
    found
}

/// Competencies that the assessment names itself: by their codes, by their activities, or as the whole bloc.
fn coverage(
    draft: &Draft,
    scope: &[String],
    competencies: &Competencies,
    activities: &[Activity],
) -> Option<Vec<CompetencyCode>> {
    let codes_of = |covered: &dyn Fn(&Competency) -> bool| {
        competencies.list.iter().filter(|c| covered(c)).map(|c| c.code.clone()).collect::<Vec<_>>()
    };
    if draft.announce == Announce::Listing {
        let named: HashSet<_> = marks::codes_in(&draft.cell.pieces.first()?.text).into_iter().collect();
        return Some(codes_of(&|c| named.contains(&c.code)));
    }
    let scope = scope.first()?;
    if fold(scope).contains("ensemble du bloc") {
        return Some(codes_of(&|_| true));
    }
    let known: HashSet<&String> = activities.iter().filter_map(|a| a.code.as_ref()).collect();
    let named: HashSet<String> = marks::activities_in(scope).into_iter().filter(|code| known.contains(code)).collect();
    let covered = codes_of(&|c| c.activite.as_ref().is_some_and(|a| named.contains(a)));
    (!covered.is_empty()).then_some(covered)
}

/// An assessment that the document doesn't describe, for criteria that stand alone.
pub(super) fn unstated(competencies: &Competencies, rows: usize) -> Found {
    let all = competencies.list.iter().map(|c| c.code.clone()).collect();
    Found {
        assessment: Assessment {
            competences: all,
            modalite: String::new(),
            travail: None,
            attendus: Vec::new(),
            criteres: Vec::new(),
        },
        scope: Vec::new(),
        first_row: 0,
        last_row: rows,
        lists_codes: false,
    }
}
