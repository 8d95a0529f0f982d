//! Which criteria a team's work covers so far, with the proof of each, and what is still missing.
//!
//! The brief names competencies; the référentiel ties criteria to them. A team marks each criterion; this module counts.
//! What is covered has a proof: [`Mark`] can't say otherwise. It judges nothing: only the jury validates.

use super::handin::Link;
use super::limits::{self, NotTaken};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use vigie_chat::folded;
use vigie_referentiels::{Competency, CompetencyCode, Referentiel};

/// How far a criterion is. What is missing most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// Nothing yet.
    #[default]
    Todo,
    /// Somebody works on it.
    InProgress,
    /// The work covers it, and a proof says where.
    Covered,
}

/// What shows that a criterion is covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// A deliverable of the brief, by its number.
    Deliverable(u32),
    /// A page; shown, never fetched.
    Link(Link),
    /// A sentence of the team's, within [`limits::PROOF`].
    Sentence(String),
}

impl Proof {
    /// A sentence as proof.
    ///
    /// # Errors
    ///
    /// [`NotTaken`] when it is empty or too long.
    pub fn sentence(text: &str) -> Result<Self, NotTaken> {
        limits::PROOF.read(text).map(Self::Sentence)
    }
}

/// A criterion has as many proofs as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "Ce critère a déjà {most}\u{a0}preuves, c’est le maximum. Retirez-en une avant d’en ajouter une autre.",
    most = limits::PROOFS
)]
pub struct TooManyProofs;

/// How far a team is with one criterion. Invariant: it is covered exactly when it has a proof.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    is_begun: bool,
    proofs: Vec<Proof>,
}

impl Mark {
    /// Begun, without a proof yet.
    #[must_use]
    pub fn in_progress() -> Self {
        Self { is_begun: true, proofs: Vec::new() }
    }

    /// The same with one proof more; one that is there already isn't put twice.
    ///
    /// # Errors
    ///
    /// [`TooManyProofs`] past [`limits::PROOFS`].
    pub fn with(mut self, proof: Proof) -> Result<Self, TooManyProofs> {
        if self.proofs.contains(&proof) {
            return Ok(self);
        }
        if self.proofs.len() >= limits::PROOFS {
            return Err(TooManyProofs);
        }
        self.is_begun = true;
        self.proofs.push(proof);
        Ok(self)
    }

    /// The same without one proof. Without any, the criterion is in progress again.
    #[must_use]
    pub fn without(mut self, proof: &Proof) -> Self {
        self.proofs.retain(|kept| kept != proof);
        self
    }

    /// How far it is.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        match (self.proofs.is_empty(), self.is_begun) {
            (false, _) => Coverage::Covered,
            (true, true) => Coverage::InProgress,
            (true, false) => Coverage::Todo,
        }
    }

    /// The proofs, in the order in which they came.
    #[must_use]
    pub fn proofs(&self) -> &[Proof] {
        &self.proofs
    }
}

/// One criterion that a brief asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Its id, unique in the référentiel.
    pub id: &'a str,
    /// The document's words.
    pub text: &'a str,
    /// Competencies of the brief that it serves, in the brief's order; at least one.
    pub competencies: Vec<&'a CompetencyCode>,
}

/// The criteria of a brief's competencies, in the document's order. A criterion that the document ties to no competency
/// serves all those of its assessment.
#[must_use]
pub fn asked<'a>(referentiel: &'a Referentiel, competencies: &'a [CompetencyCode]) -> Vec<Asked<'a>> {
    // A code that a brief names twice counts once.
    let mut named = HashSet::new();
    let competencies: Vec<&CompetencyCode> = competencies.iter().filter(|code| named.insert(*code)).collect();
    let mut seen = HashSet::new();
    let all = referentiel.criteria().filter_map(|(assessment, criterion)| {
        let tied = if criterion.competences.is_empty() { &assessment.competences } else { &criterion.competences };
        let served: Vec<&CompetencyCode> = competencies.iter().filter(|code| tied.contains(code)).copied().collect();
        let asked = Asked { id: &criterion.id, text: &criterion.texte, competencies: served };
        (!asked.competencies.is_empty() && seen.insert(asked.id)).then_some(asked)
    });
    all.collect()
}

/// How many criteria are how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Criteria to do.
    pub todo: usize,
    /// Criteria in progress.
    pub in_progress: usize,
    /// Criteria covered.
    pub covered: usize,
}

impl Progress {
    /// Criteria in all.
    #[must_use]
    pub fn total(self) -> usize {
        self.todo + self.in_progress + self.covered
    }

    /// Per cent covered, rounded down: a hundred means all. `None` where there are no criteria.
    #[must_use]
    pub fn percent(self) -> Option<usize> {
        (self.covered * 100).checked_div(self.total())
    }

    fn count(&mut self, coverage: Coverage) {
        match coverage {
            Coverage::Todo => self.todo += 1,
            Coverage::InProgress => self.in_progress += 1,
            Coverage::Covered => self.covered += 1,
        }
    }
}

/// Progress by competency, and in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid<'a> {
    /// Each competency of the brief, what lacks most first, then in the brief's order. A criterion counts in each of its own.
    pub competencies: Vec<(&'a CompetencyCode, Progress)>,
    /// In all: each criterion once.
    pub whole: Progress,
}

/// Counts what a team's marks (by id of criterion) cover. A criterion without a mark is to do.
#[must_use]
pub fn grid<'a>(competencies: &'a [CompetencyCode], asked: &[Asked<'_>], marks: &BTreeMap<String, Mark>) -> Grid<'a> {
    let mut whole = Progress::default();
    let mut of_code: BTreeMap<&CompetencyCode, Progress> = BTreeMap::new();
    for criterion in asked {
        let coverage = coverage_of(criterion, marks);
        whole.count(coverage);
        for code in &criterion.competencies {
            of_code.entry(code).or_default().count(coverage);
        }
    }
    let mut seen = HashSet::new();
    let each = competencies.iter().filter(|code| seen.insert(*code));
    let mut rows: Vec<_> = each.map(|code| (code, of_code.get(code).copied().unwrap_or_default())).collect();
    rows.sort_by_key(|(_, progress)| progress.percent().unwrap_or(100));
    Grid { competencies: rows, whole }
}

/// Criteria that aren't covered, what is missing most first, then in the document's order.
#[must_use]
pub fn missing<'a, 'r>(asked: &'a [Asked<'r>], marks: &BTreeMap<String, Mark>) -> Vec<(&'a Asked<'r>, Coverage)> {
    let all = asked.iter().map(|criterion| (criterion, coverage_of(criterion, marks)));
    let mut missing: Vec<_> = all.filter(|(_, coverage)| *coverage != Coverage::Covered).collect();
    missing.sort_by_key(|(_, coverage)| *coverage);
    missing
}

fn coverage_of(criterion: &Asked<'_>, marks: &BTreeMap<String, Mark>) -> Coverage {
    marks.get(criterion.id).map_or(Coverage::Todo, Mark::coverage)
}

/// A document's rule on the word "accessible", and the competencies that it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessibleRule<'a> {
    /// The document's own sentences.
    pub sentences: Vec<&'a str>,
    /// Competencies whose statement says "accessible".
    pub competencies: Vec<&'a Competency>,
}

/// The rule that a competency said to be accessible isn't validated where accessibility standards are ignored, if the
/// référentiel holds it (Data Engineer: "le terme accessible utilisé dans le référentiel implique un respect des normes
/// d'accessibilité", "La non prise en compte de ces normes entraîne la non validation de la compétence").
///
/// The wording decides, of the rule and of the statements: only the word "accessible" itself counts, as the rule speaks of
/// that word; a statement about the accessibility of data doesn't.
#[must_use]
pub fn accessible_rule(referentiel: &Referentiel) -> Option<AccessibleRule<'_>> {
    let rules = &referentiel.validation;
    let (at, sentence) = rules.iter().enumerate().find(|(_, rule)| {
        let rule = folded(rule);
        says_accessible(&rule) && (rule.contains("norme") || rule.contains("accessibilite"))
    })?;
    // The consequence stands in the same sentence or in the next.
    let near = rules.iter().skip(at).take(2).position(|rule| denies_validation(&folded(rule)))?;
    let sentences =
        if near == 0 { vec![sentence.as_str()] } else { vec![sentence.as_str(), rules[at + near].as_str()] };
    let concerned = referentiel.competencies().map(|(_, competency)| competency);
    let competencies = concerned.filter(|competency| says_accessible(&folded(&competency.intitule))).collect();
    Some(AccessibleRule { sentences, competencies })
}

fn says_accessible(folded: &str) -> bool {
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "accessible" | "accessibles"))
}

fn denies_validation(folded: &str) -> bool {
    let words = folded.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ");
    ["non validation", "non validee", "pas validee", "invalidation", "pas acquise"]
        .iter()
        .any(|denial| words.contains(denial))
}

#[cfg(test)]
mod tests;
