//! What is asked of the index.

use crate::answer::Kind;

/// How many hits a page holds unless told otherwise.
pub const PAGE: usize = 10;

/// A search: what was typed, and what narrows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// As typed.
    pub text: String,
    /// Slug of the only référentiel to look in. A référentiel named in `text` narrows the search too.
    pub scope: Option<String>,
    /// Kinds to return; empty for all.
    pub kinds: Vec<Kind>,
    /// Hits to skip.
    pub offset: usize,
    /// Hits to return at most.
    pub limit: usize,
}

impl Query {
    /// A search of everything, first page.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), scope: None, kinds: Vec::new(), offset: 0, limit: PAGE }
    }

    /// The same search within one référentiel, if a slug is given.
    #[must_use]
    pub fn within(mut self, slug: Option<&str>) -> Self {
        self.scope = slug.map(str::to_owned);
        self
    }

    /// The same search, for these kinds of things only.
    #[must_use]
    pub fn only(mut self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        self.kinds = kinds.into_iter().collect();
        self
    }

    /// The page of `limit` hits after the first `offset`.
    #[must_use]
    pub fn page(mut self, offset: usize, limit: usize) -> Self {
        (self.offset, self.limit) = (offset, limit);
        self
    }
}
