//! What the bot says: domain values to message trees, in French.
//!
//! Wording that comes from a document is always a quote or a span of its own; everything else is ours.

pub mod account;
pub mod aide;
pub mod amenagement;
pub mod bloc;
pub mod brief;
pub mod choice;
pub mod config;
pub mod coverage;
pub mod defence;
pub mod deliverable;
pub mod donnees;
pub mod feed;
pub mod findings;
pub mod followup;
pub mod hours;
pub mod illustrated;
pub mod lexique;
pub mod milestone;
pub mod moment;
pub mod plan;
pub mod problem;
pub mod referentiel;
pub mod reminder;
pub mod scheduled;
pub mod search;
pub mod sheet;
pub mod team;
pub mod welcome;
pub mod which;
pub mod whose;
pub mod words;
