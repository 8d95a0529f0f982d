//! The référentiels at hand: the five that travel with the program, and those of a folder, which add to them or
//! replace them.

use crate::file::{self, Defect, Defects};
use crate::model::Referentiel;
use std::path::{Path, PathBuf};

/// The files that travel with the program, with their names.
const EMBEDDED: [(&str, &str); 5] = [
    ("cil.toml", include_str!("../data/cil.toml")),
    ("data-engineer.toml", include_str!("../data/data-engineer.toml")),
    ("manager-projets-informatiques.toml", include_str!("../data/manager-projets-informatiques.toml")),
    ("projet-ia.toml", include_str!("../data/projet-ia.toml")),
    ("solutions-informatiques.toml", include_str!("../data/solutions-informatiques.toml")),
];

/// The référentiels that travel with the program, by slug.
///
/// # Panics
///
/// Never in a program that passed its tests: the files are part of it.
#[must_use]
pub fn embedded() -> Vec<Referentiel> {
    EMBEDDED
        .iter()
        .map(|(name, text)| file::parse(name, text).unwrap_or_else(|defects| unreachable!("embedded file: {defects}")))
        .collect()
}

/// Puts référentiels over others: one with the same slug replaces, another is added. The result is in order of slug.
#[must_use]
pub fn overlay(mut all: Vec<Referentiel>, over: Vec<Referentiel>) -> Vec<Referentiel> {
    all.retain(|known| !over.iter().any(|new| new.slug == known.slug));
    all.extend(over);
    all.sort_by(|a, b| a.slug.cmp(&b.slug));
    all
}

/// Why the files of a folder could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder or a file in it can't be read.
    #[error("{path}: {error}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// Some files have defects: all of them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Defects(Vec<Defects>),
}

/// Reads every `.toml` file of a folder, in order of name.
///
/// # Errors
///
/// The folder can't be read, or some file has defects: then nothing of it is taken, and all defects are told.
pub fn folder(path: &Path) -> Result<Vec<Referentiel>, FolderError> {
    let mut found = Vec::new();
    let mut wrong: Vec<Defects> = Vec::new();
    for path in toml_files(path)? {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let text = std::fs::read_to_string(&path).map_err(|error| FolderError::Unreadable { path, error })?;
        match file::parse(&name, &text) {
            Ok(referentiel) if found.iter().any(|known: &Referentiel| known.slug == referentiel.slug) => {
                let what = format!("slug `{}` is used by another file of the folder", referentiel.slug);
                wrong.push(Defects { file: name, list: vec![Defect { line: 1, what }] });
            }
            Ok(referentiel) => found.push(referentiel),
            Err(defects) => wrong.push(defects),
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(FolderError::Defects(wrong)) }
}

/// The `.toml` files of a folder, in order of name.
fn toml_files(path: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let unreadable = |error| FolderError::Unreadable { path: path.to_owned(), error };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if file.extension().is_some_and(|e| e == "toml") {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}
