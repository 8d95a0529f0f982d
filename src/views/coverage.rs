//! The grid of a team: what its work covers of the brief's criteria, with the proofs. Nothing here says that a competency is
//! acquired: only the jury does.

mod export;
mod grid;
mod mark;
mod refusal;

pub use export::{document, exported, table};
pub(super) use export::{escaped, literal};
pub use grid::{competency, grid, missing};
pub use mark::{Done, Marking, marked};
pub use refusal::{
    add_or_remove, covered_already, no_such, no_such_deliverable, no_such_proof, not_in_brief, nothing_asked,
    proof_or_state, several,
};

use super::words;
use crate::domain::coverage::{AccessibleRule, Coverage, Progress, Proof};
use crate::domain::grid::Line;
use vigie_chat::{Block, Text};
use vigie_referentiels::Referentiel;

/// Where the lines of a grid come from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The référentiel, if it is one of ours.
    pub referentiel: Option<&'a Referentiel>,
    /// What the brief calls another one.
    pub free: Option<&'a str>,
}

/// Longest name of a référentiel that a brief gives in its own words, in characters.
const FREE: usize = 120;
/// Longest statement or criterion in a list, in characters.
const STATEMENT: usize = 300;

impl Source<'_> {
    /// What the lines are.
    fn noun(&self) -> Noun {
        if self.referentiel.is_some() { Noun::Criterion } else { Noun::Competency }
    }

    /// Where the words come from, as a sentence.
    fn sentence(&self) -> String {
        match (self.referentiel, self.free) {
            (Some(referentiel), _) => format!("Source\u{a0}: référentiel {}.", words::title(referentiel)),
            (None, Some(free)) => format!(
                "Le référentiel du sujet, «\u{a0}{}\u{a0}», n’est pas l’un des miens\u{a0}: les lignes sont les compétences \
                 que le sujet nomme, sans leurs critères.",
                words::shortened(free, FREE)
            ),
            (None, None) => {
                "Le sujet ne nomme pas de référentiel\u{a0}: les lignes sont les compétences qu’il évalue, sans \
                             critères."
                    .to_owned()
            }
        }
    }
}

/// What the lines of a grid are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noun {
    Criterion,
    Competency,
}

impl Noun {
    /// `2 critères couverts`.
    fn covered(self, count: usize) -> String {
        match self {
            Self::Criterion => words::counted(count, "critère couvert", "critères couverts"),
            Self::Competency => words::counted(count, "compétence couverte", "compétences couvertes"),
        }
    }

    /// `2 critères sur 6 ne sont pas couverts`.
    fn not_covered(self, count: usize, total: usize) -> String {
        let (one, several, end) = match self {
            Self::Criterion => ("critère", "critères", "couvert"),
            Self::Competency => ("compétence", "compétences", "couverte"),
        };
        let counted = words::counted(count, one, several);
        if count < 2 {
            format!("{counted} sur {total} n’est pas {end}")
        } else {
            format!("{counted} sur {total} ne sont pas {end}s")
        }
    }
}

/// `2 critères couverts sur 6 (33 %), 1 en cours, 3 à faire`.
fn progress(progress: Progress, noun: Noun) -> String {
    let percent = progress.percent().map(|percent| format!(" ({percent}\u{a0}%)")).unwrap_or_default();
    format!("{} sur {}{percent}{}", noun.covered(progress.covered), progress.total(), left(progress, ", "))
}

/// What isn't covered: `, 1 en cours, 3 à faire`; `lead` comes before the first part.
fn left(progress: Progress, lead: &str) -> String {
    let Progress { todo, in_progress, .. } = progress;
    let parts = [(todo, "à faire"), (in_progress, "en cours")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { String::new() } else { format!("{lead}{}", parts.join(", ")) }
}

/// How far a line is.
fn state(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Todo => "à faire",
        Coverage::InProgress => "en cours",
        Coverage::Covered => "couvert",
    }
}

/// A proof in a list.
fn proof(proof: &Proof) -> Text {
    match proof {
        Proof::Deliverable(number) => Text::from(format!("livrable L{number}")),
        Proof::Link(link) => Text::new().link(link.as_str(), link.shown().clone()),
        Proof::Sentence(words) => Text::from("«\u{a0}").plain(words.as_str()).plain("\u{a0}»"),
    }
}

/// A line with its state, without its proofs.
fn line(line: &Line) -> Text {
    Text::new().code(line.id.as_str()).plain(format!(
        ", {}\u{a0}: {}",
        state(line.coverage),
        words::shortened(&line.text, STATEMENT)
    ))
}

/// The document's own sentences on the word "accessible", as a quotation.
fn quoted(rule: &AccessibleRule<'_>) -> Block {
    Block::Quote(rule.sentences.iter().map(|sentence| Block::Paragraph((*sentence).into())).collect())
}

/// What comes before the quotation of the rule.
fn accessible(codes: &[String]) -> String {
    let (noun, verb) = if codes.len() < 2 { ("La compétence", "dit") } else { ("Les compétences", "disent") };
    format!("{noun} {} {verb} «\u{a0}accessible\u{a0}». Le référentiel précise\u{a0}:", words::and(codes))
}
