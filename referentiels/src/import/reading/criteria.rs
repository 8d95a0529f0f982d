//! The column of criteria: each thing that a trainer would tick, tied to what it assesses.

use super::align::{Layout, Similarity};
use super::assessments::Assessments;
use super::competencies::Competencies;
use super::marks;
use super::rows::{BlocRows, rejoin};
use super::wording::{Starters, Vocabulary, fold, is_lead_in, sentences, trim_item};
use crate::code::CompetencyCode;
use crate::import::grid::Cell;
use crate::import::report::Report;
use crate::model::{Accommodation, Criterion};
use std::collections::{HashMap, HashSet};

/// What the column says besides criteria.
#[derive(Debug, Default)]
pub(super) struct Aside {
    pub(super) qualities: Vec<String>,
    pub(super) accommodations: Vec<Accommodation>,
}

/// What reading the column needs to know of the document.
pub(super) struct Context<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) starters: &'a Starters,
    pub(super) similarity: &'a Similarity,
    /// Letters that criteria codes begin with, where the document prints such codes.
    pub(super) code_letters: Option<&'a str>,
}

/// A criterion before it is tied.
#[derive(Debug, Clone)]
struct Text {
    code: Option<String>,
    text: String,
    /// Which piece of its cell it comes from.
    piece: usize,
}

/// Reads the column in the rows of one bloc: puts the criteria into the assessments, and gives what isn't one.
pub(super) fn read(
    bloc: &BlocRows,
    competencies: &Competencies,
    assessments: &mut Assessments,
    context: &Context<'_>,
    report: &mut Report,
) -> Aside {
    let mut cells = rejoined(bloc, context.vocabulary);
    let owners = owners(bloc, &cells, competencies, assessments);
    for row in 1..cells.len() {
        // A list that a page cut goes on.
        if bloc.rows[row].after_cut && owners[row] != row {
            let rest = std::mem::take(&mut cells[row]);
            cells[owners[row]].pieces.extend(rest.pieces);
        }
    }
    let groups = groups(bloc, &owners, competencies);
    let mut aside = Aside::default();
    let mut numbering = Numbering::default();
    for (row, cell) in cells.iter().enumerate() {
        let line = bloc.rows[row].line;
        let group: Vec<CompetencyCode> = groups[row].iter().map(|c| competencies.list[*c].code.clone()).collect();
        let cell = set_aside(cell, &group, &mut aside, line, report);
        let texts = texts(&cell, context);
        if texts.is_empty() {
            continue;
        }
        let active = active(assessments, row);
        let ties = ties(row, &texts, &groups[row], &active, assessments, competencies, context, line, report);
        for (text, (assessment, tied)) in texts.into_iter().zip(ties) {
            let id = numbering.id(text.code, &tied, line, report);
            let criterion = Criterion { id, texte: text.text, competences: tied };
            match assessment.and_then(|a| assessments.list.get_mut(a)) {
                Some(found) => found.assessment.criteres.push(criterion),
                None => report.leave(line, "criterion of no assessment", criterion.texte),
            }
        }
    }
    aside
}

/// The cells of criteria, with what a page cut put back at the end of the cell above.
fn rejoined(bloc: &BlocRows, vocabulary: &Vocabulary) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for row in &bloc.rows {
        let mut cell = row.criteria.clone();
        if row.after_cut
            && let Some(above) = cells.iter_mut().rev().find(|c| !c.is_empty())
        {
            rejoin(above, &mut cell, vocabulary);
        }
        cells.push(cell);
    }
    cells
}

/// For each row, the row whose cell of criteria also serves it: an empty cell is merged with the one above.
fn owners(bloc: &BlocRows, cells: &[Cell], competencies: &Competencies, assessments: &Assessments) -> Vec<usize> {
    let mut owners: Vec<usize> = Vec::new();
    for (row, cell) in cells.iter().enumerate() {
        let begins = |row: usize| competencies.by_row[row].len();
        let merged = cell.is_empty() && bloc.rows[row].assessments.is_empty();
        let above = owners.last().copied();
        // An assessment that a page cut spans both rows, and so do its criteria.
        let cut = bloc.rows[row].after_cut
            && assessments.carried[row]
            && begins(row) == 1
            && above.is_some_and(|above| begins(above) == 1);
        owners.push(above.filter(|_| merged || cut || begins(row) == 0).unwrap_or(row));
    }
    owners
}

/// For each row, the competencies that its cell of criteria is set beside.
fn groups(bloc: &BlocRows, owners: &[usize], competencies: &Competencies) -> Vec<Vec<usize>> {
    let group = |owner: usize| {
        let served = owners.iter().enumerate().filter(|(_, o)| **o == owner);
        let mut group: Vec<usize> = served.flat_map(|(row, _)| competencies.by_row[row].clone()).collect();
        // The first lines after a cut may still answer the competency above.
        let begins = &competencies.by_row[owner];
        if bloc.rows[owner].after_cut && begins.len() > 1 {
            group.splice(0..0, begins.start.checked_sub(1));
        }
        group
    };
    owners.iter().map(|owner| group(*owner)).collect()
}

/// Takes out of a cell what isn't a criterion: personal qualities, and what candidates with a disability may ask for.
fn set_aside(cell: &Cell, group: &[CompetencyCode], aside: &mut Aside, line: usize, report: &mut Report) -> Cell {
    let mut kept = Cell::default();
    for piece in &cell.pieces {
        let folded = fold(&piece.text);
        if folded.starts_with("les qualites non observables")
            && let Some((_, list)) = piece.text.split_once(':')
        {
            report.leave(line, "announces personal qualities", piece.text.split(':').next().unwrap_or_default());
            let list = list.trim().trim_end_matches('.');
            aside.qualities.extend(list.split(',').map(|q| q.trim().to_owned()).filter(|q| !q.is_empty()));
        } else if folded.contains("pas pris en compte") && folded.contains("handicap") {
            aside.accommodations.push(Accommodation { texte: piece.text.clone(), competences: group.to_vec() });
        } else {
            kept.pieces.push(piece.clone());
        }
    }
    kept
}

/// The criteria of a cell: a sentence each, or a lead-in with its own items.
fn texts(cell: &Cell, context: &Context<'_>) -> Vec<Text> {
    let mut found: Vec<Text> = Vec::new();
    // Whether the last criterion announces what follows, and whether items that follow would be its own.
    let (mut open, mut under_plain) = (false, false);
    for (index, piece) in cell.pieces.iter().enumerate() {
        for (code, part) in coded_parts(&piece.text, context.code_letters) {
            for (place, sentence) in sentences(part, context.starters).into_iter().enumerate() {
                let opens = is_lead_in(&sentence);
                let sentence = trim_item(sentence.trim_end_matches(" -"));
                if !sentence.chars().any(char::is_alphanumeric) {
                    continue;
                }
                let under = under_plain && piece.is_item();
                let takes = (open || under) && place == 0 && code.is_none();
                let attached = match found.last_mut() {
                    Some(last) if takes => {
                        let joint = match (last.text.ends_with(':'), last.text.contains(" : ")) {
                            (true, _) => " ",
                            (false, true) => " ; ",
                            (false, false) => " : ",
                        };
                        last.text = format!("{}{joint}{sentence}", last.text);
                        true
                    }
                    _ => {
                        let code = code.clone().filter(|_| place == 0);
                        found.push(Text { code, text: sentence.to_owned(), piece: index });
                        false
                    }
                };
                open = opens && !piece.is_item() || opens && attached;
                under_plain = !piece.is_item() || (under_plain && attached);
            }
        }
    }
    found
}

/// Splits a piece at the criteria codes printed in it.
fn coded_parts<'a>(text: &'a str, letters: Option<&str>) -> Vec<(Option<String>, &'a str)> {
    let Some(letters) = letters else { return vec![(None, text)] };
    let is_code = |code: &str, at: usize| {
        let stem = code.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
        // At the very start, a misprint may lack letters.
        stem == letters || (at == 0 && letters.starts_with(stem))
    };
    let marks: Vec<(String, usize, usize)> =
        marks::criteria(text).into_iter().filter(|(code, at, _)| is_code(code, *at)).collect();
    let mut parts = Vec::new();
    let head = &text[..marks.first().map_or(text.len(), |(_, at, _)| *at)];
    if !head.trim().is_empty() {
        parts.push((None, head.trim()));
    }
    for (index, (code, _, from)) in marks.iter().enumerate() {
        let to = marks.get(index + 1).map_or(text.len(), |(_, at, _)| *at);
        let number = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
        parts.push((Some(format!("{letters}{}", number.replace('-', "."))), text[*from..to].trim()));
    }
    parts
}

/// The assessments that the cell of criteria of a row may serve.
fn active(assessments: &Assessments, row: usize) -> Vec<usize> {
    let begun = |index: &usize| assessments.list[*index].first_row <= row;
    let all: Vec<usize> = (0..assessments.list.len()).filter(begun).collect();
    let here: Vec<usize> = all.iter().copied().filter(|a| assessments.list[*a].first_row == row).collect();
    let above = all.iter().copied().rfind(|a| assessments.list[*a].first_row < row);
    match above {
        Some(above) if here.is_empty() || assessments.carried[row] || assessments.list[above].last_row >= row => {
            std::iter::once(above).chain(here).collect()
        }
        _ => here,
    }
}

/// For each criterion of a row, the assessment that it serves and the competencies that it is tied to.
#[expect(clippy::too_many_arguments, reason = "the tables of one bloc, side by side")]
fn ties(
    row: usize,
    texts: &[Text],
    group: &[usize],
    active: &[usize],
    assessments: &Assessments,
    competencies: &Competencies,
    context: &Context<'_>,
    line: usize,
    report: &mut Report,
) -> Vec<(Option<usize>, Vec<CompetencyCode>)> {
    let code = |index: &usize| competencies.list[*index].code.clone();
    let serving = |tied: &[CompetencyCode]| {
        let covers =
            |a: &&usize| tied.first().is_some_and(|code| assessments.list[**a].assessment.competences.contains(code));
        active.iter().find(covers).copied().or_else(|| {
            (0..assessments.list.len())
                .find(|a| covers(&a))
                .or_else(|| active.first().copied())
                .or_else(|| (!assessments.list.is_empty()).then_some(0))
        })
    };
    if active.iter().any(|a| assessments.list[*a].lists_codes) {
        let anchors: Vec<String> = active.iter().map(|a| wording_of(*a, assessments, competencies)).collect();
        let anchors: Vec<&str> = anchors.iter().map(String::as_str).collect();
        if anchors.len() > 1 {
            report.doubt(
                line,
                "criteria that serve several assessments; tied by order and words",
                texts[0].text.as_str(),
            );
        }
        let items: Vec<&str> = texts.iter().map(|t| t.text.as_str()).collect();
        return context
            .similarity
            .align(&items, &anchors, Layout::Ordered)
            .into_iter()
            .map(|a| (Some(active[a]), assessments.list[active[a]].assessment.competences.clone()))
            .collect();
    }
    let several = competencies.by_row[row].len() > 1 || group.len() > 1 && competencies.carried[row];
    let by_place = if several { Some(places(row, texts, group, competencies, context, line, report)) } else { None };
    texts
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let printed = text.code.as_deref().and_then(|printed| named_by(printed, competencies));
            let tied = match (printed, &by_place) {
                (Some(competency), _) => vec![code(&competency)],
                (None, Some(places)) => vec![code(&places[index])],
                (None, None) => group.iter().map(code).collect(),
            };
            (serving(&tied), tied)
        })
        .collect()
}

/// The words of an assessment and of the competencies that it covers.
fn wording_of(assessment: usize, assessments: &Assessments, competencies: &Competencies) -> String {
    let assessment = &assessments.list[assessment].assessment;
    let statements =
        competencies.list.iter().filter(|c| assessment.competences.contains(&c.code)).map(|c| c.intitule.as_str());
    let own = std::iter::once(assessment.modalite.as_str()).chain(assessment.attendus.iter().map(String::as_str));
    own.chain(statements).collect::<Vec<_>>().join(" ")
}

/// The competency that a criteria code names: the one with the same numbers, the last of which may count criteria.
fn named_by(printed: &str, competencies: &Competencies) -> Option<usize> {
    let numbers =
        |text: &str| -> Vec<u32> { text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect() };
    let wanted = numbers(printed);
    let find = |wanted: &[u32]| competencies.list.iter().position(|c| numbers(c.code.as_str()) == wanted);
    find(&wanted).or_else(|| find(&wanted[..wanted.len().saturating_sub(1)]))
}

/// For each criterion, the competency of a cell of several that it answers: paragraph by paragraph where there are as
/// many of one as of the other, by order and words otherwise.
fn places(
    row: usize,
    texts: &[Text],
    group: &[usize],
    competencies: &Competencies,
    context: &Context<'_>,
    line: usize,
    report: &mut Report,
) -> Vec<usize> {
    let mut paragraphs: Vec<usize> = texts.iter().map(|t| t.piece).collect();
    paragraphs.dedup();
    let begins = competencies.by_row[row].clone();
    let from = if competencies.carried[row] { begins.start.saturating_sub(1) } else { begins.start };
    if paragraphs.len() == begins.end - from && !texts.iter().any(|t| t.code.is_some()) {
        return texts.iter().map(|t| from + paragraphs.iter().position(|p| *p == t.piece).unwrap_or(0)).collect();
    }
    let merged: Vec<String> = paragraphs
        .iter()
        .map(|p| texts.iter().filter(|t| t.piece == *p).map(|t| t.text.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    let items: Vec<&str> = merged.iter().map(String::as_str).collect();
    let anchors: Vec<&str> = group.iter().map(|c| competencies.list[*c].intitule.as_str()).collect();
    let layout = Layout::SideBySide { above: group.iter().filter(|c| !begins.contains(c)).count() };
    let aligned = context.similarity.align(&items, &anchors, layout);
    if texts.iter().any(|t| t.code.is_none()) {
        let codes: Vec<&str> = group.iter().map(|c| competencies.list[*c].code.as_str()).collect();
        report.doubt(line, "criteria beside several competencies; tied by order and words", codes.join(", "));
    }
    texts.iter().map(|t| group[aligned[paragraphs.iter().position(|p| *p == t.piece).unwrap_or(0)]]).collect()
}

/// Gives criteria their ids.
#[derive(Default)]
struct Numbering {
    last: HashMap<CompetencyCode, usize>,
    printed: HashSet<String>,
}

impl Numbering {
    fn id(&mut self, printed: Option<String>, tied: &[CompetencyCode], line: usize, report: &mut Report) -> String {
        if let Some(code) = printed {
            if self.printed.insert(code.clone()) {
                return code;
            }
            report.doubt(line, "criterion code a second time; numbered instead", code);
        }
        let Some(first) = tied.first() else { return String::from("?") };
        let last = self.last.entry(first.clone()).or_insert(0);
        *last += 1;
        format!("{first}/{last}")
    }
}
