//! Where the files are that teams hand in: below the data folder, or in a temporary folder where nothing is to outlive the
//! process, as when the console keeps everything in memory.

use super::context::Problem;
use crate::config::Settings;
use crate::domain::handin::Size;
use crate::store::Files;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;

/// The place of the files that are handed in. Cloning it is cheap and gives the same place.
#[derive(Debug, Clone)]
pub struct Cabinet(Arc<Place>);

#[derive(Debug)]
enum Place {
    Folder(Files),
    /// Made when the first file comes, gone with the process.
    Temporary {
        most: Size,
        made: Mutex<Option<(TempDir, Files)>>,
    },
}

/// The largest file that a team may hand in.
#[must_use]
pub fn largest_handin(settings: &Settings) -> Size {
    Size(u64::from(settings.handin_megabytes.get()) * 1_000_000)
}

impl Cabinet {
    /// Files in a folder, which needn't be there yet, of a size up to `most`.
    #[must_use]
    pub fn in_folder(folder: &Path, most: Size) -> Self {
        Self(Arc::new(Place::Folder(Files::new(folder, most))))
    }

    /// Files that go with the process.
    #[must_use]
    pub fn temporary(most: Size) -> Self {
        Self(Arc::new(Place::Temporary { most, made: Mutex::default() }))
    }

    /// The files.
    ///
    /// # Errors
    ///
    /// [`Problem::Fault`] when no temporary folder can be made.
    pub fn files(&self) -> Result<Files, Problem> {
        match &*self.0 {
            Place::Folder(files) => Ok(files.clone()),
            Place::Temporary { most, made } => {
                let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((_, files)) = &*made {
                    return Ok(files.clone());
                }
                let folder = tempfile::tempdir()
                    .map_err(|error| Problem::Fault(format!("no temporary folder for files: {error}")))?;
                let files = Files::new(folder.path(), *most);
                *made = Some((folder, files.clone()));
                Ok(files)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[tokio::test]
    async fn a_temporary_place_is_one_place_and_goes_away() {
        let cabinet = Cabinet::temporary(Size(10));
        let kept = cabinet.files().expect("a folder").keep(b"abc".to_vec(), Timestamp::UNIX_EPOCH).await;
        let (sha256, _) = kept.expect("kept");
        let again = cabinet.clone().files().expect("the same").read(&sha256).await.expect("read");
        assert_eq!(again.as_deref(), Some(&b"abc"[..]));
        let Place::Temporary { made, .. } = &*cabinet.0 else { panic!("it is temporary") };
        let folder = made.lock().expect("nobody panicked").as_ref().map(|(folder, _)| folder.path().to_owned());
        drop(cabinet);
        assert!(folder.is_some_and(|folder| !folder.exists()));
    }
}
