//! Second stage: from prose, rows and cells to a référentiel.
//!
//! The reading goes from the outside in: `sections` take the document apart, `rows` put together what pages cut and
//! give each bloc its own, then each column is read by a module of its own. Nothing here knows the file's format.

mod accounting;
mod activities;
mod align;
mod assessments;
mod columns;
mod competencies;
mod criteria;
mod marks;
mod rows;
mod rules;
mod sections;
pub(super) mod wording;

use super::grid::{Cell, Grid, Part};
use super::hints::{Hints, is_slug};
use super::report::Report;
use super::{ImportError, Imported, Progress, Step};
use crate::code::CompetencyCode;
use crate::model::{Bloc, Epreuve, Referentiel, Source};
use align::Similarity;
use assessments::Announce;
use rows::{BlocRows, Writing};
use sections::{Item, TableRow};
use std::collections::HashSet;
use wording::{Starters, Vocabulary, fold};

/// Reads a référentiel from a grid. `watch` is told of each bloc that was read.
///
/// # Errors
///
/// [`ImportError::NoTable`] and [`ImportError::NoCompetency`] when the grid is no référentiel.
pub fn read(
    grid: &Grid,
    source: Source,
    hints: &Hints,
    watch: &mut dyn FnMut(Progress),
) -> Result<Imported, ImportError> {
    let mut report = Report::default();
    let mut sections = sections::split(grid, &mut report);
    let line = sections.table_line.ok_or(ImportError::NoTable)?;
    let document = Document::learn(grid, &sections.table);
    let blocs = rows::by_bloc(
        std::mem::take(&mut sections.table),
        &document.writing,
        &document.vocabulary,
        &mut sections.passages,
        &mut report,
    );
    let mut rules = rules::read(&sections.passages, &mut report);
    let general_exams = !rules.exams.is_empty();
    let mut exams = Vec::new();
    let mut known = Known::default();
    let mut read_blocs = Vec::new();
    for (index, rows) in blocs.iter().enumerate() {
        if let Some(reading) = document.bloc(rows, &mut known, &mut report) {
            rules.accommodations.extend(reading.aside.accommodations);
            rules.notes.extend(reading.remarks);
            if !general_exams {
                for (exam, scope) in reading.exams {
                    merge_exam(&mut exams, exam, scope, rows, &mut report);
                }
            }
            read_blocs.push(reading.bloc);
        }
        watch(Progress { step: Step::Blocs, done: index + 1, total: blocs.len() });
    }
    if read_blocs.is_empty() {
        return Err(ImportError::NoCompetency { line, column: sections.competency_heading });
    }
    rules.exams.extend(exams.into_iter().map(|(exam, _)| exam));
    let (slug, titre, titre_dans_document) = name(rules.title.as_deref(), hints, &source, &mut report);
    let referentiel = Referentiel {
        slug,
        titre,
        titre_dans_document,
        niveau: rules.level,
        source,
        blocs: read_blocs,
        epreuves: rules.exams,
        lexique: rules.lexicon,
        amenagements: rules.accommodations,
        validation: rules.validation,
        textes_legaux: rules.legal,
        notes: rules.notes,
    };
    for (line, word) in accounting::lost(grid, &referentiel, &report) {
        report.leave(line, "word found in no part of the result", word);
    }
    report.count(&referentiel);
    Ok(Imported { referentiel, report })
}

/// What may not be used a second time in a document.
#[derive(Default)]
struct Known {
    blocs: HashSet<String>,
    competencies: HashSet<CompetencyCode>,
    criteria: criteria::Ids,
}

impl Known {
    /// The code of the next bloc: the document's own, unless another bloc has it, or its number.
    fn bloc(&mut self, own: Option<&String>) -> String {
        let numbers = (self.blocs.len() + 1..).map(|number| format!("B{number}"));
        let code = own.cloned().into_iter().chain(numbers).find(|code| !self.blocs.contains(code));
        let code = code.expect("there is always a next number");
        self.blocs.insert(code.clone());
        code
    }
}

/// What reading a bloc needs to know of the whole document.
struct Document {
    writing: Writing,
    vocabulary: Vocabulary,
    similarity: Similarity,
    criteria_starters: Starters,
    assessment_starters: Starters,
    strongest_announce: Option<Announce>,
    criteria_letters: Option<String>,
}

/// What one bloc gives.
struct BlocReading {
    bloc: Bloc,
    aside: criteria::Aside,
    /// Text before the first assessment.
    remarks: Vec<String>,
    /// How each assessment is held; the first facts, as many as is said, stand nowhere else.
    exams: Vec<(Epreuve, usize)>,
}

impl Document {
    fn learn(grid: &Grid, table: &[Item]) -> Self {
        let rows = || table.iter().filter_map(|item| if let Item::Row(row) = item { Some(row) } else { None });
        let cells =
            |column: fn(&TableRow) -> &Cell| rows().flat_map(move |row| &column(row).pieces).map(|p| p.text.as_str());
        let all = grid.parts.iter().flat_map(|part| match part {
            Part::Prose(prose) => vec![prose.piece.text.as_str()],
            Part::Row(row) => row.cells.iter().flat_map(|c| &c.pieces).map(|p| p.text.as_str()).collect(),
        });
        Self {
            writing: Writing::of(table),
            vocabulary: Vocabulary::of(all),
            similarity: Similarity::learn(cells(|r| &r.competencies).chain(cells(|r| &r.criteria))),
            criteria_starters: Starters::learn(
                rows().flat_map(|r| &r.criteria.pieces).filter(|p| !p.is_item()).map(|p| p.text.as_str()),
            ),
            assessment_starters: Starters::learn(cells(|r| &r.assessments)),
            strongest_announce: cells(|r| &r.assessments).filter_map(assessments::announce).max(),
            criteria_letters: criteria::code_letters(cells(|r| &r.criteria)),
        }
    }

    /// Reads one bloc; `None`, which the report tells, when there is no competency in it.
    fn bloc(&self, rows: &BlocRows, known: &mut Known, report: &mut Report) -> Option<BlocReading> {
        let heading = rows.heading.as_ref();
        let code = known.bloc(heading.and_then(|h| h.code.as_ref()));
        let mut competencies =
            competencies::read(rows, &code, &self.writing, &self.vocabulary, &mut known.competencies, report);
        if competencies.list.is_empty() {
            known.blocs.remove(&code);
            leave_bloc(rows, report);
            return None;
        }
        if heading.is_none() {
            report.doubt(rows.first_line(), "bloc without a heading", &code);
        }
        let activities = activities::read(rows, &mut competencies, &self.writing, &self.similarity, report);
        let context = assessments::Context {
            strongest: self.strongest_announce,
            vocabulary: &self.vocabulary,
            starters: &self.assessment_starters,
        };
        let mut assessments = assessments::read(rows, &competencies, &activities, &context, report);
        if assessments.list.is_empty() {
            assessments.list.push(assessments::unstated(&competencies, rows.rows.len()));
        }
        let context = criteria::Context {
            vocabulary: &self.vocabulary,
            starters: &self.criteria_starters,
            similarity: &self.similarity,
            code_letters: self.criteria_letters.as_deref(),
        };
        let mut aside = criteria::read(rows, &competencies, &mut assessments, &context, &mut known.criteria, report);
        let exams = assessments.list.iter().filter_map(|found| {
            let exam = rules::exam_of(&found.assessment.modalite, &found.scope, &found.assessment.attendus)?;
            Some((exam, found.scope.len()))
        });
        Some(BlocReading {
            exams: exams.collect(),
            remarks: assessments.remarks.into_iter().map(|(_, text)| text).collect(),
            bloc: Bloc {
                code,
                titre: heading.map(|h| h.title.clone()).unwrap_or_default(),
                optionnel: heading.is_some_and(|h| h.optional),
                activites: activities,
                competences: competencies.list,
                evaluations: assessments.list.into_iter().map(|found| found.assessment).collect(),
                qualites: std::mem::take(&mut aside.qualities),
            },
            aside,
        })
    }
}

/// Leaves aside all that a bloc says, which has no competency.
fn leave_bloc(rows: &BlocRows, report: &mut Report) {
    for row in &rows.rows {
        let cells = [&row.activities, &row.competencies, &row.assessments, &row.criteria];
        let text: Vec<String> = cells.into_iter().filter(|c| !c.is_empty()).map(Cell::text).collect();
        report.leave(row.line, "bloc without a competency", text.join(" | "));
    }
    let title = rows.heading.as_ref().map_or("", |heading| &heading.title);
    report.doubt(rows.first_line(), "bloc without a competency", title);
    report.leave(rows.first_line(), "bloc without a competency", title);
}

/// The same exam in several blocs, held for the same things, is one exam, with all that was said of it.
///
/// The first `own` facts, its scope, stand in no assessment: when they were said before, the report must tell.
fn merge_exam(exams: &mut Vec<(Epreuve, usize)>, exam: Epreuve, own: usize, rows: &BlocRows, report: &mut Report) {
    let same = |(known, scope): &&mut (Epreuve, usize)| {
        known.nom == exam.nom && *scope == own && known.faits[..own] == exam.faits[..own]
    };
    let Some((known, _)) = exams.iter_mut().find(same) else {
        exams.push((exam, own));
        return;
    };
    for (index, fact) in exam.faits.into_iter().enumerate() {
        if index < own {
            report.leave(rows.first_line(), "said of the same exam before", fact);
        } else if !known.faits.contains(&fact) {
            known.faits.push(fact);
        }
    }
}

/// Short name and title: the document's, completed by the hints.
fn name(stated: Option<&str>, hints: &Hints, source: &Source, report: &mut Report) -> (String, String, bool) {
    let file = source.fichier.rsplit_once('.').map_or(source.fichier.as_str(), |(stem, _)| stem);
    let title = hints.titre.as_deref().or(stated).unwrap_or(file).to_owned();
    let in_document = match (&hints.titre, stated) {
        (Some(hint), Some(stated)) => {
            wording::words(hint).starts_with(&wording::words(stated)) || fold(stated) == fold(hint)
        }
        (None, Some(_)) => true,
        (_, None) => false,
    };
    if stated.is_none() && hints.titre.is_none() {
        report.doubt(0, "the document states no title; give one in a hints file (titre = \"…\")", &title);
    }
    let slug = hints.slug.clone().unwrap_or_else(|| slug_of(&title));
    (slug, title, in_document)
}

/// A slug made of a title's words.
fn slug_of(title: &str) -> String {
    let slug =
        wording::words(title).join("-").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>();
    let slug = slug.trim_matches('-').to_owned();
    if is_slug(&slug) { slug } else { "referentiel".to_owned() }
}
