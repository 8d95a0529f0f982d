//! What a trainer must know of how their text was understood.

use super::Field;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing to look at before publishing. [`fmt::Display`] gives the French sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// The text says nothing of it.
    Missing(Field),
    /// Something was understood, and may not be what was meant.
    Doubtful {
        /// Of what.
        field: Field,
        /// What was read or kept.
        what: String,
        /// Why it is doubtful: a clause without a final stop.
        why: String,
    },
    /// Several things may be meant, and none was chosen.
    Ambiguous {
        /// Of what.
        field: Field,
        /// What was read.
        what: String,
        /// What it may mean.
        choices: Vec<String>,
    },
    /// A part of the text under this heading was used for no field.
    Ignored(String),
    /// The text says two things; the first was kept.
    Contradiction {
        /// Of what.
        field: Field,
        /// What was kept.
        first: String,
        /// What is said elsewhere.
        second: String,
    },
    /// The text goes on past what is read.
    Unread {
        /// Most lines that are read.
        lines: usize,
    },
    /// The end was cut.
    TooLong {
        /// Of what.
        field: Field,
        /// Most characters.
        most: usize,
    },
    /// The last ones were left out.
    TooMany {
        /// Of what.
        field: Field,
        /// Most of them.
        most: usize,
    },
}

impl Remark {
    /// The field that it is about.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Missing(field)
            | Self::Doubtful { field, .. }
            | Self::Ambiguous { field, .. }
            | Self::Contradiction { field, .. }
            | Self::TooLong { field, .. }
            | Self::TooMany { field, .. } => Some(*field),
            Self::Ignored(_) | Self::Unread { .. } => None,
        }
    }

    pub(super) fn doubt(field: Field, what: impl Into<String>, why: impl Into<String>) -> Self {
        // Doubts about dates come as sentences of their own.
        let why: String = why.into();
        let why = why.trim().trim_end_matches('.');
        let mut chars = why.chars();
        let why = chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect());
        Self::Doubtful { field, what: what.into(), why }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(field) if field.is_required() => {
                write!(f, "Je n’ai pas trouvé {}\u{a0}: il le faut pour publier.", field.with_article())
            }
            Self::Missing(field) => write!(f, "Je n’ai pas trouvé {}.", field.with_article()),
            Self::Doubtful { field, what, why } => write!(f, "{field}\u{a0}: «\u{a0}{what}\u{a0}», {why}."),
            Self::Ambiguous { field, what, choices } => write!(
                f,
                "{field}\u{a0}: «\u{a0}{what}\u{a0}» peut désigner {}. Précisez lequel.",
                choices.join(" ou ")
            ),
            Self::Ignored(heading) => {
                write!(f, "La partie «\u{a0}{heading}\u{a0}» n’a été rangée dans aucun champ.")
            }
            Self::Contradiction { field, first, second } => write!(
                f,
                "{field}\u{a0}: le texte dit «\u{a0}{first}\u{a0}», puis «\u{a0}{second}\u{a0}». J’ai gardé le premier."
            ),
            Self::Unread { lines } => {
                write!(f, "Le texte dépasse {lines}\u{a0}lignes ou 1\u{a0}Mo\u{a0}: la suite n’a pas été lue.")
            }
            Self::TooLong { field, most } => {
                write!(f, "{field}\u{a0}: le texte dépasse {most}\u{a0}caractères, la fin a été coupée.")
            }
            Self::TooMany { field, most } => {
                write!(f, "{field}\u{a0}: il y en a plus de {most}, les suivants ont été laissés de côté.")
            }
        }
    }
}
