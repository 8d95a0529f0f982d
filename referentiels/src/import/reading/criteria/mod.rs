//! The column of criteria: each thing that a trainer would tick, tied to what it assesses.
//!
//! Four questions, one a module: which rows a cell serves (`cells`), what isn't a criterion (`aside`), where one
//! criterion ends and the next begins (`texts`), and what each is tied to (`ties`). Then each gets its id (`ids`).

mod aside;
mod cells;
mod ids;
mod texts;
mod ties;

pub(super) use aside::Aside;
pub(super) use ids::Ids;
pub(super) use texts::code_letters;

use super::align::Similarity;
use super::assessments::Assessments;
use super::competencies::Competencies;
use super::rows::BlocRows;
use super::wording::{Starters, Vocabulary};
use crate::import::report::Report;
use crate::model::Criterion;
use ties::Tying;

/// What reading the column needs to know of the document.
pub(super) struct Context<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) starters: &'a Starters,
    pub(super) similarity: &'a Similarity,
    /// Letters that criteria codes begin with, where the document prints such codes.
    pub(super) code_letters: Option<&'a str>,
}

/// Reads the column in the rows of one bloc: puts the criteria into the assessments, and gives what isn't one.
pub(super) fn read(
    bloc: &BlocRows,
    competencies: &Competencies,
    assessments: &mut Assessments,
    context: &Context<'_>,
    ids: &mut Ids,
    report: &mut Report,
) -> Aside {
    let mut aside = Aside::default();
    let mut placed: Vec<(usize, Criterion)> = Vec::new();
    let tying = Tying::new(competencies, assessments, context.similarity);
    for mut cell in cells::of(bloc, competencies, assessments, context.vocabulary) {
        let group: Vec<_> = cell.group.iter().map(|c| competencies.list[*c].code.clone()).collect();
        aside.take(&mut cell, &group, report);
        let texts = texts::of(&cell.cell, context);
        let ties = tying.tie(&cell, &texts, report);
        for (text, found) in texts.into_iter().zip(ties) {
            let Some((assessment, codes)) = found.filter(|(_, codes)| !codes.is_empty()) else {
                report.leave(cell.line, "criterion beside no competency", text.text);
                continue;
            };
            let id = ids.give(text.code, &codes[0], cell.line, report);
            placed.push((assessment, Criterion { id, texte: text.text, competences: codes }));
        }
    }
    for (assessment, criterion) in placed {
        assessments.list[assessment].assessment.criteres.push(criterion);
    }
    aside
}
