//! Second stage: from prose, rows and cells to a référentiel.
//!
//! The reading goes from the outside in: [sections] take the document apart, [rows] put together what pages cut and
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
mod wording;

use super::grid::{Grid, Part};
use super::hints::{Hints, is_slug};
use super::report::Report;
use super::{ImportError, Imported};
use crate::model::{Bloc, Epreuve, Referentiel, Source};
use align::Similarity;
use assessments::Announce;
use rows::{BlocRows, Writing};
use sections::{Item, TableRow};
use std::collections::HashSet;
use wording::{Starters, Vocabulary, fold};

/// Reads a référentiel from a grid.
///
/// # Errors
///
/// [`ImportError::NoTable`] and [`ImportError::NoCompetency`] when the grid is no référentiel.
pub fn read(grid: &Grid, source: Source, hints: &Hints) -> Result<Imported, ImportError> {
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
    let mut known = HashSet::new();
    let mut read_blocs = Vec::new();
    for (index, rows) in blocs.iter().enumerate() {
        let reading = document.bloc(index, rows, &mut known, &mut report);
        rules.accommodations.extend(reading.aside.accommodations);
        rules.notes.extend(reading.remarks);
        if !general_exams {
            for exam in reading.exams {
                merge_exam(&mut rules.exams, exam, rows, &mut report);
            }
        }
        read_blocs.push(reading.bloc);
    }
    read_blocs.retain(|bloc| !bloc.competences.is_empty());
    if read_blocs.is_empty() {
        return Err(ImportError::NoCompetency { line, column: sections.competency_heading });
    }
    let stated = rules.title.take();
    let (slug, titre, titre_dans_document) = name(stated, hints, &source, &mut report);
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
    remarks: Vec<String>,
    exams: Vec<Epreuve>,
}

impl Document {
    fn learn(grid: &Grid, table: &[Item]) -> Self {
        let rows = || table.iter().filter_map(|item| if let Item::Row(row) = item { Some(row) } else { None });
        let cells = |column: fn(&TableRow) -> &super::grid::Cell| {
            rows().flat_map(move |row| &column(row).pieces).map(|p| p.text.as_str())
        };
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
            criteria_letters: criteria_letters(cells(|r| &r.criteria)),
        }
    }

    fn bloc(
        &self,
        index: usize,
        rows: &BlocRows,
        known: &mut HashSet<crate::CompetencyCode>,
        report: &mut Report,
    ) -> BlocReading {
        let heading = rows.heading.as_ref();
        let code = heading.and_then(|h| h.code.clone()).unwrap_or_else(|| format!("B{}", index + 1));
        if heading.is_none() {
            report.doubt(rows.rows.first().map_or(0, |r| r.line), "bloc without a heading", &code);
        }
        let mut competencies = competencies::read(rows, &code, &self.writing, &self.vocabulary, known, report);
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
        let aside = criteria::read(rows, &competencies, &mut assessments, &context, report);
        let exams = assessments
            .list
            .iter()
            .filter_map(|found| rules::exam_of(&found.assessment.modalite, &found.scope, &found.assessment.attendus))
            .collect();
        let bloc = Bloc {
            code,
            titre: heading.map(|h| h.title.clone()).unwrap_or_default(),
            optionnel: heading.is_some_and(|h| h.optional),
            activites: activities,
            competences: competencies.list,
            evaluations: assessments.list.into_iter().map(|found| found.assessment).collect(),
            qualites: aside.qualities.clone(),
        };
        BlocReading { bloc, aside, remarks: assessments.remarks.into_iter().map(|(_, text)| text).collect(), exams }
    }
}

/// The letters that most criteria codes of a document begin with, where it prints such codes.
fn criteria_letters<'a>(pieces: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for piece in pieces {
        for (code, at, _) in marks::criteria(piece) {
            if at != 0 {
                continue;
            }
            let letters = code.trim_end_matches(|c: char| !c.is_ascii_uppercase()).to_owned();
            match counts.iter_mut().find(|(known, _)| *known == letters) {
                Some((_, n)) => *n += 1,
                None => counts.push((letters, 1)),
            }
        }
    }
    counts.into_iter().filter(|(_, n)| *n >= 3).max_by_key(|(_, n)| *n).map(|(letters, _)| letters)
}

/// The same exam in several blocs is one exam, with all that was said of it.
fn merge_exam(exams: &mut Vec<Epreuve>, exam: Epreuve, rows: &BlocRows, report: &mut Report) {
    match exams.iter_mut().find(|known| known.nom == exam.nom) {
        Some(known) => {
            let line = rows.rows.first().map_or(0, |row| row.line);
            for fact in exam.faits {
                if known.faits.contains(&fact) {
                    report.leave(line, "said of the same exam before", fact);
                } else {
                    known.faits.push(fact);
                }
            }
        }
        None => exams.push(exam),
    }
}

/// Short name and title: the document's, completed by the hints.
fn name(stated: Option<String>, hints: &Hints, source: &Source, report: &mut Report) -> (String, String, bool) {
    let file = source.fichier.rsplit_once('.').map_or(source.fichier.as_str(), |(stem, _)| stem);
    let title = hints.titre.clone().or_else(|| stated.clone()).unwrap_or_else(|| file.to_owned());
    let in_document = match (&hints.titre, &stated) {
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
