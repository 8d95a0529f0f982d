//! What a search gives back: ranked hits, where each matched, and how the query was understood.
//!
//! Nothing here is text for people to read as such: the views of the application turn it into messages. Ranges are
//! byte ranges of [`Snippet::text`], always on character borders, in order, and never overlapping.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What kind of thing a hit is. The JSON names are those of the search contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A competency, found by its statement, criteria, assessment, activity or bloc.
    Competence,
    /// A bloc de compétences.
    Bloc,
    /// A term that the document defines.
    Lexique,
    /// The candidate's right to accommodation and its procedure.
    Amenagement,
    /// How the exams are held.
    Epreuve,
    /// The rules to pass.
    Reussite,
}

impl Kind {
    /// Every kind, in the contract's order.
    pub const ALL: [Self; 6] =
        [Self::Competence, Self::Bloc, Self::Lexique, Self::Amenagement, Self::Epreuve, Self::Reussite];

    /// The name used in ids and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Competence => "competence",
            Self::Bloc => "bloc",
            Self::Lexique => "lexique",
            Self::Amenagement => "amenagement",
            Self::Epreuve => "epreuve",
            Self::Reussite => "reussite",
        }
    }
}

/// Which part of a document a passage comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The competency's statement.
    Statement,
    /// A criterion; the snippet names its id.
    Criterion,
    /// The heading or an expected item of an assessment.
    Assessment,
    /// An activity, task or sub-task.
    Activity,
    /// The title of a bloc.
    Bloc,
    /// A term of the lexique.
    Term,
    /// The definition of a term.
    Definition,
    /// A sentence of the accommodation, exam or passing rules.
    Rule,
    /// A footnote that explains a word of the competency.
    Note,
}

/// The passage that matched best, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The part of the document that the text comes from.
    pub field: Field,
    /// Id of the criterion, when the passage is one.
    pub criterion: Option<String>,
    /// The passage, to the letter. Never cut inside; a view shortens it around the ranges if it must.
    pub text: String,
    /// Byte ranges of `text` that the query matched.
    pub ranges: Vec<Range<usize>>,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Identity, as in the search contract (`data-engineer:C1.5`, `cil:bloc:B2`, `projet-ia:amenagement`…).
    pub id: String,
    /// Slug of the référentiel.
    pub referentiel: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Code of the competency or bloc.
    pub code: Option<String>,
    /// Statement, title or term, to be shown as the heading of the hit.
    #[serde(skip)]
    pub title: String,
    /// Rank value: comparable within one answer only.
    pub score: f32,
    /// Where it matched; absent when it was found by its code alone.
    #[serde(skip)]
    pub snippet: Option<Snippet>,
}

/// A word that was read as another one, because nothing matches it as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// As typed.
    pub typed: String,
    /// As the documents write it.
    pub read_as: String,
}

/// A word or expression that was also looked for under other names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Synonyms {
    /// As typed.
    pub typed: String,
    /// The other names that the thesaurus gives.
    pub also: Vec<String>,
}

/// How the query was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// Slug of the référentiel that the query names in words, or that was asked for.
    pub scope: Option<String>,
    /// Codes recognised, in their canonical writing.
    pub codes: Vec<String>,
    /// Words corrected.
    pub corrections: Vec<Correction>,
    /// Words looked for under other names as well.
    pub synonyms: Vec<Synonyms>,
    /// Significant words that nothing in the documents resembles.
    pub unknown: Vec<String>,
}

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Answer {
    /// The page asked for, best first.
    pub hits: Vec<Hit>,
    /// How many hits there are over all pages.
    pub total: usize,
    /// How the query was read.
    pub understood: Understood,
}

/// A completion of what is being typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Identity of what is suggested, as in the search contract.
    pub id: String,
    /// Slug of the référentiel.
    pub referentiel: String,
    /// What it is.
    pub kind: Kind,
    /// Code, if it has one.
    pub code: Option<String>,
    /// Statement, title or term.
    pub title: String,
}
