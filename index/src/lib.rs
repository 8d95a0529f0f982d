//! French full-text search over the référentiels.

pub mod answer;
pub mod batch;
mod handle;
pub mod request;

pub use answer::{Answer, Field, Hit, Kind, Snippet, Suggestion, Understood};
pub use handle::IndexHandle;
pub use request::Query;

use std::path::Path;
use vigie_referentiels::Referentiel;

/// An index over a set of référentiels. Immutable: to change it, build another and replace it in its [`IndexHandle`].
#[derive(Debug)]
pub struct Index {}

/// Why an index can't be built.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The thesaurus file has defects.
    #[error("the thesaurus is faulty:\n{0}")]
    Thesaurus(String),
    /// Reading or writing the index folder failed.
    #[error("the index can't be kept in {folder}: {reason}")]
    Folder {
        /// The folder.
        folder: String,
        /// What the system says.
        reason: String,
    },
}

/// Where an index on disk came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// It was there, whole and of these very data.
    Kept,
    /// It was built anew, for this reason.
    Rebuilt(String),
}

impl Index {
    /// Builds an index in memory.
    ///
    /// # Errors
    /// When the embedded thesaurus is faulty; every defect is named with its line.
    pub fn build(_referentiels: &[Referentiel]) -> Result<Self, IndexError> {
        Ok(Self {})
    }

    /// Opens the index kept in `folder`, or builds it there when it is absent, stale or damaged.
    ///
    /// # Errors
    /// When the folder can't be written, or as [`Index::build`].
    pub fn open_or_build(_folder: &Path, referentiels: &[Referentiel]) -> Result<(Self, Opened), IndexError> {
        Ok((Self::build(referentiels)?, Opened::Rebuilt(String::new())))
    }

    /// The ranked answer to a query.
    #[must_use]
    pub fn search(&self, _query: &Query) -> Answer {
        Answer::default()
    }

    /// What a person may be about to type: codes, statements, titles and terms that `prefix` begins.
    #[must_use]
    pub fn complete(&self, _prefix: &str, _scope: Option<&str>, _limit: usize) -> Vec<Suggestion> {
        Vec::new()
    }

    /// The words of the documents nearest to those of `text`, for "did you mean" when nothing is found.
    #[must_use]
    pub fn nearest_words(&self, _text: &str, _limit: usize) -> Vec<String> {
        Vec::new()
    }
}
