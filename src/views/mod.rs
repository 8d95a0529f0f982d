//! What the bot says: domain values to message trees, in French.
//!
//! Wording that comes from a document is always a quote or a span of its own; everything else is ours.

pub mod aide;
pub mod amenagement;
pub mod bloc;
pub mod brief;
pub mod choice;
pub mod config;
pub mod coverage;
pub mod deliverable;
pub mod findings;
pub mod followup;
pub mod lexique;
pub mod problem;
pub mod referentiel;
pub mod search;
pub mod sheet;
pub mod welcome;
pub mod which;
pub mod whose;
pub mod words;
