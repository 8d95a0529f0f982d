//! The référentiels in force: those that travel with the program and those of the configured folder, which is looked at
//! again whenever somebody asks something. A defect in the folder keeps what was in force, and the log says why.

use crate::library::Library;
use arc_swap::ArcSwap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;
use vigie_index::IndexError;
use vigie_referentiels::shelf::{self, FolderError};

/// Why the référentiels can't be put in force.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// The folder's files can't be taken.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The index can't be built.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Names, sizes and dates of the files of a folder: when they change, it is read again.
type Fingerprint = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// The référentiels in force.
#[derive(Debug)]
pub struct Shelf {
    library: ArcSwap<Library>,
    folder: Option<PathBuf>,
    index: Option<PathBuf>,
    seen: Mutex<Fingerprint>,
}

impl Shelf {
    /// The embedded référentiels, under those of the folder. The index is kept on disk in `index`, in memory without it.
    ///
    /// # Errors
    ///
    /// At start, a defect in the folder is an error: nothing else is in force yet.
    pub fn open(folder: Option<&Path>, index: Option<&Path>) -> Result<Self, ShelfError> {
        let seen = folder.map(fingerprint).unwrap_or_default();
        let library = load(folder, index)?;
        Ok(Self {
            library: ArcSwap::from_pointee(library),
            folder: folder.map(Path::to_owned),
            index: index.map(Path::to_owned),
            seen: Mutex::new(seen),
        })
    }

    /// What is in force now.
    #[must_use]
    pub fn library(&self) -> Arc<Library> {
        self.library.load_full()
    }

    /// Looks at the folder again, and puts its files in force if they changed and have no defect. While one does, the
    /// others go on with what is in force.
    pub fn refresh(&self) {
        let (Some(folder), Ok(mut seen)) = (&self.folder, self.seen.try_lock()) else { return };
        let now = fingerprint(folder);
        if *seen == now {
            return;
        }
        *seen = now;
        match load(Some(folder), self.index.as_deref()) {
            Ok(library) => {
                tracing::info!(referentiels = library.referentiels.len(), "référentiels reloaded");
                self.library.store(Arc::new(library));
            }
            Err(error) => tracing::warn!(%error, "référentiels not reloaded; the former ones stay in force"),
        }
    }
}

fn load(folder: Option<&Path>, index: Option<&Path>) -> Result<Library, ShelfError> {
    let embedded = vigie_referentiels::embedded();
    let all = match folder {
        Some(folder) => shelf::overlay(embedded, shelf::folder(folder)?),
        None => embedded,
    };
    Ok(Library::new(all, index)?)
}

fn fingerprint(folder: &Path) -> Fingerprint {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Fingerprint = entries
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "toml"))
        .filter_map(|entry| {
            let data = entry.metadata().ok()?;
            Some((entry.path(), data.len(), data.modified().ok()))
        })
        .collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
slug = "essai"
titre = "Essai"
[source]
fichier = "essai.txt"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
[[blocs]]
code = "B1"
titre = "Un bloc"
[[blocs.competences]]
code = "C1"
intitule = "Jardiner"
"#;

    #[test]
    fn a_folder_adds_and_is_read_again_and_a_defect_keeps_what_was() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("essai.toml");
        std::fs::write(&file, SMALL).expect("a file");
        let shelf = Shelf::open(Some(folder.path()), None).expect("no defect");
        assert_eq!(shelf.library().referentiels.len(), 6);

        std::fs::write(&file, SMALL.replace("Jardiner", "Jardiner en hiver")).expect("a change");
        shelf.refresh();
        let statement = |shelf: &Shelf| {
            let library = shelf.library();
            library.referentiel("essai").map(|r| r.blocs[0].competences[0].intitule.clone())
        };
        assert_eq!(statement(&shelf).as_deref(), Some("Jardiner en hiver"));

        std::fs::write(&file, "slug = 3").expect("a defect");
        shelf.refresh();
        assert_eq!(statement(&shelf).as_deref(), Some("Jardiner en hiver"));

        std::fs::remove_file(&file).expect("removed");
        shelf.refresh();
        assert_eq!(shelf.library().referentiels.len(), 5);
    }

    #[test]
    fn a_defect_at_start_is_told() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("x.toml"), "slug = 3").expect("a file");
        let error = Shelf::open(Some(folder.path()), None).expect_err("a defect").to_string();
        assert!(error.contains("x.toml:1"), "{error}");
    }
}
