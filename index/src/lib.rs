//! French full-text search over the référentiels.
//!
//! [`Index::build`] takes référentiels in, [`Index::search`] answers a [`Query`]. An index never changes; whoever reloads
//! the référentiels builds another and puts it in its place. Nothing here reads référentiel files,
//! logs what people type, or writes text for people: views do that.
//!
//! The way of a query: `understand` (codes, scope, intention, synonyms, typos) → `candidates` (tantivy) → `rank`. The way
//! of a référentiel: `document` (what can be found, with which weights) → `corpus` (words and places) → `candidates`.
//! `README.md` beside says which part of the ranking does what, and how it is measured.

mod affinity;
mod analysis;
pub mod answer;
pub mod batch;
mod candidates;
mod code;
mod complete;
mod corpus;
mod document;
mod engine;
pub mod eval;
mod expression;
mod intent;
mod lexicon;
mod rank;
pub mod request;
mod scope;
mod spelling;
mod store;
mod structure;
mod thesaurus;
mod understand;
mod vocabulary;

pub use answer::{Answer, Field, Hit, Kind, Snippet, Suggestion, Understood};
pub use engine::{Index, IndexError, Opened};
pub use request::Query;

use lexicon::{CompiledBridge, Lexicon};
