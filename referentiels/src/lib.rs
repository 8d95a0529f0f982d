//! The référentiels: their model, the files they are kept in, and the importer that reads official documents.
//!
//! Depends on no other crate of the project, and on no network.

pub mod code;
pub mod file;
pub mod import;
pub mod model;
pub mod shelf;

pub use code::CompetencyCode;
pub use model::{
    Accommodation, Activity, Assessment, Bloc, Competency, Criterion, Definition, Epreuve, Referentiel, Source, Work,
};
pub use shelf::embedded;
