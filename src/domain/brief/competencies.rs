//! The competencies that a brief assesses, by code or by wording.

use super::content::{Assessed, BlocChoice, Brief, How};
use super::limits::{COMPETENCIES, WORDING, cut};
use super::outline::{Line, Mark};
use super::{Field, Match, Remark, World};
use regex::Regex;
use std::sync::LazyLock;
use vigie_referentiels::{Bloc, Competency, CompetencyCode, Referentiel};

/// A match under this is none: the words are kept.
const LEAST: u8 = 40;
/// A match under this is told as doubtful.
const SURE: u8 = 75;

static CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:[A-Z]\s?\d{1,2}[ .\-_]{0,2}C\s?\d{1,2}|C\s?\d{1,2}(?:[.\-–]\d{1,2})?|\d{1,2}\.\d{1,2}\.\d{1,2})\b",
    )
    .expect("the pattern is constant")
});

static RANGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^[\s:]*(?:à|a|-|–|→|jusqu[’']à)[\s:]*$").expect("the pattern is constant"));

/// Where codes and wordings are looked up.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub shelf: Shelf<'a>,
    pub bloc: Option<&'a str>,
}

/// Which référentiels may be meant.
#[derive(Clone, Copy)]
pub(super) enum Shelf<'a> {
    /// The one that was chosen.
    One(&'a Referentiel),
    /// None was chosen.
    Any,
    /// One that isn't ours: words are kept as they are.
    Foreign,
}

impl<'a> Scope<'a> {
    /// The scope of a brief whose référentiel and bloc are set.
    pub(super) fn of(brief: &'a Brief, world: &World<'a>) -> Self {
        let shelf = match (&brief.referentiel, world.chosen(brief.referentiel.as_ref())) {
            (_, Some(referentiel)) => Shelf::One(referentiel),
            (Some(_), None) => Shelf::Foreign,
            (None, None) => Shelf::Any,
        };
        let bloc = match &brief.bloc {
            Some(BlocChoice::Known(code)) => Some(code.as_str()),
            _ => None,
        };
        Self { shelf, bloc }
    }

    fn referentiel(self) -> Option<&'a Referentiel> {
        match self.shelf {
            Shelf::One(referentiel) => Some(referentiel),
            Shelf::Any | Shelf::Foreign => None,
        }
    }

    /// The competency of a code; one whose document has no codes is also known by the end of ours (`C3` in bloc 2).
    pub(super) fn find(self, code: &CompetencyCode) -> Option<(&'a Bloc, &'a Competency)> {
        let referentiel = self.referentiel()?;
        referentiel.competency(code).or_else(|| {
            let long: CompetencyCode = format!("{}.{code}", self.bloc?).parse().ok()?;
            referentiel.competency(&long)
        })
    }
}

/// The codes in a text, with where each stands.
pub(super) fn codes(text: &str) -> Vec<(std::ops::Range<usize>, CompetencyCode)> {
    CODE.find_iter(text)
        .filter_map(|found| Some((found.range(), found.as_str().parse().ok()?)))
        .take(COMPETENCIES)
        .collect()
}

/// The référentiels that have every code; none when there is no code.
pub(super) fn having<'a>(codes: &[CompetencyCode], referentiels: &'a [Referentiel]) -> Vec<&'a Referentiel> {
    let has = |r: &&Referentiel| !codes.is_empty() && codes.iter().all(|code| r.competency(code).is_some());
    referentiels.iter().filter(has).collect()
}

/// What was read of the lines, and what to say of it.
#[derive(Debug, Default)]
pub(super) struct Competencies {
    pub assessed: Vec<Assessed>,
    /// The nearest competencies of what was matched by wording, with their référentiel.
    pub matches: Vec<Match>,
    pub remarks: Vec<Remark>,
}

/// The competencies that the lines of their section name.
pub(super) fn read<'a>(lines: impl IntoIterator<Item = &'a Line>, scope: Scope<'_>, world: &World<'_>) -> Competencies {
    let mut found = Competencies::default();
    // What stands deeper than a line with a code tells more of it.
    let mut coded_at: Option<u8> = None;
    for line in lines {
        if found.assessed.len() >= COMPETENCIES {
            found.remarks.push(Remark::TooMany { field: Field::Competencies, most: COMPETENCIES });
            break;
        }
        let depth = match &line.mark {
            Mark::Header(_) => continue,
            Mark::Item(depth) => *depth,
            Mark::Paragraph | Mark::Row(_) => 0,
        };
        if coded_at.is_some_and(|above| depth > above && above > 0) {
            continue;
        }
        let at = found.assessed.len();
        by_code(&mut found, line, scope);
        if found.assessed.len() > at {
            coded_at = Some(depth);
        } else {
            coded_at = None;
            by_wording(&mut found, line, scope, world);
        }
    }
    found
}

fn by_code(found: &mut Competencies, line: &Line, scope: Scope<'_>) {
    let codes = codes(&line.text);
    for (at, (range, code)) in codes.iter().enumerate() {
        // A number such as 1.2.3 is a code only where the référentiel has it.
        let known = scope.find(code);
        if known.is_none() && code.as_str().starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let before = at.checked_sub(1).map(|before| &codes[before]);
        if let Some((start, first)) = before
            && RANGE.is_match(&line.text[start.end..range.start])
        {
            between(found, first, code, scope);
        }
        match known {
            Some((_, competency)) => push_known(found, competency, How::ByCode, 100),
            None => push_unknown(found, code, &line.text, scope),
        }
    }
}

/// Those between two codes, which the brief joins by "à".
fn between(found: &mut Competencies, first: &CompetencyCode, last: &CompetencyCode, scope: Scope<'_>) {
    let (Some(referentiel), Some((_, first)), Some((_, last))) =
        (scope.referentiel(), scope.find(first), scope.find(last))
    else {
        return;
    };
    let all: Vec<&Competency> = referentiel.competencies().map(|(_, competency)| competency).collect();
    let place = |wanted: &Competency| all.iter().position(|c| c.code == wanted.code);
    if let (Some(from), Some(to)) = (place(first), place(last))
        && from + 1 < to
    {
        for competency in &all[from + 1..to] {
            push_known(found, competency, How::ByCode, 100);
        }
    }
}

fn push_known(found: &mut Competencies, competency: &Competency, how: How, confidence: u8) {
    let code = competency.code.as_str();
    if found.assessed.len() < COMPETENCIES && !found.assessed.iter().any(|a| a.code.as_deref() == Some(code)) {
        let wording = cut(&competency.intitule, WORDING).0;
        found.assessed.push(Assessed { code: Some(code.to_owned()), wording, confidence, how });
    }
}

fn push_unknown(found: &mut Competencies, code: &CompetencyCode, line: &str, scope: Scope<'_>) {
    if found.assessed.iter().any(|a| a.code.as_deref() == Some(code.as_str())) {
        return;
    }
    let wording = cut(without_codes(line), WORDING).0;
    if let Some(referentiel) = scope.referentiel() {
        let why = format!("ce code n’est pas dans le référentiel {}", referentiel.titre);
        found.remarks.push(Remark::doubt(Field::Competencies, code.as_str(), why));
    }
    found.assessed.push(Assessed { code: Some(code.as_str().to_owned()), wording, confidence: 0, how: How::Free });
}

/// What follows the last code of a line's beginning.
fn without_codes(line: &str) -> &str {
    let end = CODE.find_iter(line).last().map_or(0, |found| found.end());
    line[end..].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '«').trim()
}

fn by_wording(found: &mut Competencies, line: &Line, scope: Scope<'_>, world: &World<'_>) {
    let text = match &line.mark {
        // The longest cell is the statement.
        Mark::Row(cells) => cells.iter().max_by_key(|cell| cell.len()).map_or("", String::as_str),
        _ => line.text.as_str(),
    };
    let words = text.split_whitespace().count();
    if text.ends_with(':') || words < 3 || super::certification::mentions_bloc(text).is_some() {
        return;
    }
    let kept = cut(text, WORDING).0;
    if matches!(scope.shelf, Shelf::Foreign) {
        found.assessed.push(Assessed { code: None, wording: kept, confidence: 0, how: How::Free });
        return;
    }
    let matches = (world.matching)(&kept, scope.referentiel().map(|r| r.slug.as_str()));
    let best = matches.into_iter().next().filter(|best| best.confidence >= LEAST);
    let Some(best) = best else {
        // A long paragraph around a list introduces it; only what stands as an entry is kept as one.
        if !matches!(line.mark, Mark::Paragraph) || words <= 40 {
            let why = "aucune compétence connue ne s’en approche assez, les mots sont gardés";
            found.remarks.push(Remark::doubt(Field::Competencies, cut(text, 80).0, why));
            found.assessed.push(Assessed { code: None, wording: kept, confidence: 0, how: How::Free });
        }
        return;
    };
    let code: Option<CompetencyCode> = best.code.parse().ok();
    let competency = code.and_then(|code| world.referentiel(&best.slug)?.competency(&code).map(|(_, c)| c));
    if let Some(competency) = competency {
        if best.confidence < SURE {
            let why = format!("j’y vois {}, sans en être sûr ({}\u{a0}%)", competency.code, best.confidence);
            found.remarks.push(Remark::doubt(Field::Competencies, cut(text, 80).0, why));
        }
        push_known(found, competency, How::ByWording, best.confidence.min(100));
        found.matches.push(best);
    }
}
