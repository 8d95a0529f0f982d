//! What a document doesn't state and a person adds beside it: short name, title, level.

use serde::Deserialize;

/// A hints file: TOML, every key optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hints {
    /// Short name, lower-case ASCII letters, digits and dashes.
    pub slug: Option<String>,
    /// Title to show. Marked as not stated by the document unless the document states it too.
    pub titre: Option<String>,
}

/// A hints file that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HintsError {
    /// Not the TOML that is expected.
    #[error("the hints file is not valid (keys: slug, titre): {0}")]
    Syntax(String),
    /// A slug that could not be part of an id.
    #[error("`{0}` can't be a slug; expected lower-case letters, digits and dashes, such as data-engineer")]
    Slug(String),
    /// A title that says nothing.
    #[error("`titre` is empty; leave it out instead")]
    Title,
}

impl Hints {
    /// Reads a hints file.
    ///
    /// # Errors
    ///
    /// Unknown keys, wrong types, a slug that could not be part of an id, an empty title.
    pub fn parse(text: &str) -> Result<Self, HintsError> {
        let hints: Self = toml::from_str(text).map_err(|e| HintsError::Syntax(e.to_string()))?;
        match &hints.slug {
            Some(slug) if !is_slug(slug) => Err(HintsError::Slug(slug.clone())),
            _ if hints.titre.as_ref().is_some_and(|title| title.trim().is_empty()) => Err(HintsError::Title),
            _ => Ok(hints),
        }
    }
}

/// Whether a text can be the slug of a référentiel.
pub(crate) fn is_slug(text: &str) -> bool {
    let bytes = text.as_bytes();
    !text.is_empty()
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
        && bytes.first() != Some(&b'-')
        && bytes.last() != Some(&b'-')
        && !text.contains("--")
}
