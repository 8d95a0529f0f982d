//! Where the files are that teams hand in: below the data folder, or in a temporary folder where nothing is to outlive the
//! process, as when the console keeps everything in memory.

use super::context::Problem;
use crate::config::Settings;
use crate::domain::handin::{Quotas, Size};
use crate::store::Files;
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;

/// The place of the files that are handed in. Cloning it is cheap and gives the same place.
#[derive(Debug, Clone)]
pub struct Cabinet(Arc<Place>);

#[derive(Debug)]
enum Place {
    Folder(Files, Quotas),
    /// Made when the first file comes, gone with the process.
    Temporary {
        quotas: Quotas,
        made: Mutex<Option<(TempDir, Files)>>,
    },
}

/// How much may be handed in, as the operator chose.
#[must_use]
pub fn quotas(settings: &Settings) -> Quotas {
    let gigabytes = |count: NonZeroU16| Size(u64::from(count.get()) * 1_000_000_000);
    Quotas {
        file: Size(u64::from(settings.handin_megabytes.get()) * 1_000_000),
        team: gigabytes(settings.handin_team_gigabytes),
        space: gigabytes(settings.handin_space_gigabytes),
        reserve: Size(u64::from(settings.free_megabytes) * 1_000_000),
    }
}

/// Files in a folder, which needn't be there yet, within these quotas.
#[must_use]
pub fn handin_files(folder: &Path, quotas: &Quotas) -> Files {
    Files::new(folder, quotas.file).leaving(quotas.reserve)
}

impl Cabinet {
    /// Files in a folder, which needn't be there yet.
    #[must_use]
    pub fn in_folder(folder: &Path, quotas: Quotas) -> Self {
        Self(Arc::new(Place::Folder(handin_files(folder, &quotas), quotas)))
    }

    /// Files that go with the process.
    #[must_use]
    pub fn temporary(quotas: Quotas) -> Self {
        Self(Arc::new(Place::Temporary { quotas, made: Mutex::default() }))
    }

    /// How much may be handed in.
    #[must_use]
    pub fn quotas(&self) -> &Quotas {
        match &*self.0 {
            Place::Folder(_, quotas) | Place::Temporary { quotas, .. } => quotas,
        }
    }

    /// The files.
    ///
    /// # Errors
    ///
    /// [`Problem::Fault`] when no temporary folder can be made.
    pub fn files(&self) -> Result<Files, Problem> {
        match &*self.0 {
            Place::Folder(files, _) => Ok(files.clone()),
            Place::Temporary { quotas, made } => {
                let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((_, files)) = &*made {
                    return Ok(files.clone());
                }
                let folder = tempfile::tempdir()
                    .map_err(|error| Problem::Fault(format!("no temporary folder for files: {error}")))?;
                let files = handin_files(folder.path(), quotas);
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
        let cabinet = Cabinet::temporary(quotas(&Settings::default()));
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
