//! The crate as its callers see it: the promises of the search, and its relevance.

mod relevance;
mod search;
