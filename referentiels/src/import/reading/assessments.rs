//! The column of assessments: what the candidate must do, alone or in a team, for which competencies.

use super::competencies::Competencies;
use super::marks;
use super::rows::{BlocRows, append};
use super::wording::{Starters, Vocabulary, fold, is_lead_in, sentences, trim_item};
use crate::code::CompetencyCode;
use crate::import::grid::{Cell, Piece};
use crate::import::report::Report;
use crate::model::{Activity, Assessment, Work};
use regex::Regex;
use std::sync::LazyLock;

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("the pattern is constant"));
    };
}

// On folded text.
pattern!(LISTING, r"^modalites? d'evaluation d(?:es|e la) competences?\b");
pattern!(NUMBERED, r"^(?:epreuve|evaluation)\s*n?°?\s*\d+\b");
pattern!(NAMED, r"^epreuve\b");
pattern!(
    NATURE,
    r"^(?:mise en situation|etude de cas|cas pratique|dossier professionnel|questionnaires?|controle continu|entretien|rapport d|memoire|qcm|soutenance)\b"
);
pattern!(
    SCOPE,
    r"\brelati(?:f|ve)s? (?:a l'ensemble du bloc|aux? activites?|a l'activite|aux? competences?|a la competence)"
);
pattern!(ALONE, r"\b(?:seule?|individuel(?:le|s|lement)?)\b");
pattern!(TEAM, r"\b(?:en equipe|par equipe|en groupe|de groupe|collecti(?:f|ve))\b");
pattern!(WORK, r"travail (?P<how>[^.;:]*)");

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

/// How strongly a text announces an assessment: the strongest way found in a document is the one that counts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Announce {
    Nature,
    Named,
    Numbered,
    Listing,
}

/// How a text announces an assessment, if it does.
pub(super) fn announce(text: &str) -> Option<Announce> {
    let folded = fold(text);
    [
        (&LISTING, Announce::Listing),
        (&NUMBERED, Announce::Numbered),
        (&NAMED, Announce::Named),
        (&NATURE, Announce::Nature),
    ]
    .into_iter()
    .find(|(pattern, _)| pattern.is_match(&folded))
    .map(|(_, announce)| announce)
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
    for (index, row) in bloc.rows.iter().enumerate() {
        let mut carried = false;
        for piece in &row.assessments.pieces {
            let begins = announce(&piece.text).filter(|a| Some(*a) == context.strongest && !piece.is_item());
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
        let mut one = one(draft, context);
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
    let all = || competencies.list.iter();
    if draft.announce == Announce::Listing {
        let named = marks::codes_in(&draft.cell.pieces.first()?.text);
        return Some(all().map(|c| c.code.clone()).filter(|code| named.contains(code)).collect());
    }
    let scope = scope.first()?;
    if fold(scope).contains("ensemble du bloc") {
        return Some(all().map(|c| c.code.clone()).collect());
    }
    let named = marks::activities_in(scope);
    let named: Vec<&String> =
        named.iter().filter(|code| activities.iter().any(|a| a.code.as_ref() == Some(code))).collect();
    let covered: Vec<CompetencyCode> =
        all().filter(|c| c.activite.as_ref().is_some_and(|a| named.contains(&a))).map(|c| c.code.clone()).collect();
    (!covered.is_empty()).then_some(covered)
}

/// One assessment out of its cell: its heading, then what must be produced.
fn one(draft: &Draft, context: &Context<'_>) -> Found {
    let mut pieces = draft.cell.pieces.iter();
    let mut heading = String::new();
    let mut rest: Vec<Piece> = Vec::new();
    if let Some(first) = pieces.next() {
        if draft.announce == Announce::Listing {
            // It lists competencies; what it is comes after, on the same line or on the next.
            let after = marks::after_codes(&first.text);
            heading = if after.is_empty() {
                pieces.next().map(|p| p.text.clone()).unwrap_or_default()
            } else {
                after.to_owned()
            };
        } else {
            let (head, after) = split_heading(&first.text);
            head.clone_into(&mut heading);
            if let Some(after) = after {
                rest.push(Piece { text: after.to_owned(), ..first.clone() });
            } else if is_lead_in(head)
                && head.split_whitespace().count() <= 3
                && let Some(next) = pieces.next()
            {
                heading = format!("{head} {}", next.text);
            }
        }
    }
    rest.extend(pieces.cloned());
    let mut attendus: Vec<String> = Vec::new();
    let mut scope = Vec::new();
    for piece in &rest {
        for (place, sentence) in sentences(&piece.text, context.starters).into_iter().enumerate() {
            let text = trim_item(&sentence).to_owned();
            let folded = fold(&text);
            if SCOPE.is_match(&folded) || folded.starts_with("les details de l'epreuve") {
                scope.push(text);
            } else if let Some(last) = attendus.last_mut()
                && place > 0
                && text.split_whitespace().count() <= 3
            {
                // "La justifier." says nothing without the sentence before it.
                *last = format!("{last} {text}");
            } else if text.chars().any(char::is_alphanumeric) {
                attendus.push(text);
            }
        }
    }
    let modalite = heading.trim().trim_end_matches(':').trim_end().to_owned();
    let travail = work(&modalite, &attendus);
    Found {
        assessment: Assessment { competences: Vec::new(), modalite, travail, attendus, criteres: Vec::new() },
        scope,
        first_row: draft.first_row,
        last_row: draft.last_row,
        lists_codes: draft.announce == Announce::Listing,
    }
}

/// Splits what is run together in one piece: the heading, and what comes after it.
fn split_heading(text: &str) -> (&str, Option<&str>) {
    let cut = |at: usize| (text[..at].trim_end(), Some(text[at..].trim_start()).filter(|rest| !rest.is_empty()));
    if let Some(at) =
        [" Relative à", " Relative aux", " Relatif à", " Relatif aux"].iter().filter_map(|w| text.find(w)).min()
    {
        return cut(at);
    }
    // "Épreuve 2 : le candidat doit … : ce qu'il doit".
    let mut colons = text.match_indices(" : ").map(|(at, _)| at + 3);
    if let (Some(first), Some(second)) = (colons.next(), colons.next())
        && fold(&text[first..second]).contains("candidat")
    {
        return cut(second);
    }
    (text, None)
}

/// Alone or in a team, as the text says it: an explicit "Travail …" first, then the heading and its first sentence, then
/// the rest.
fn work(heading: &str, attendus: &[String]) -> Option<Work> {
    let explicit: Vec<String> =
        attendus.iter().filter_map(|a| WORK.captures(&fold(a)).map(|found| found["how"].to_owned())).collect();
    let first = [fold(heading), attendus.first().map(|a| fold(a)).unwrap_or_default()].join(" ; ");
    let all = attendus.iter().map(|a| fold(a)).collect::<Vec<_>>().join(" ; ");
    [explicit.join(" ; "), first, all].into_iter().find_map(|text| {
        match (ALONE.is_match(&text), TEAM.is_match(&text)) {
            (true, true) => Some(Work::IndividualOrTeam),
            (true, false) => Some(Work::Individual),
            (false, true) => Some(Work::Team),
            (false, false) => None,
        }
    })
}

/// An assessment that the document doesn't describe, for criteria that stand alone.
pub(super) fn unstated(competencies: &Competencies, rows: usize) -> Found {
    let competences = competencies.list.iter().map(|c| c.code.clone()).collect();
    Found {
        assessment: Assessment {
            competences,
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
