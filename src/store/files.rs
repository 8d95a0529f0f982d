//! Files that were handed in, on disk: `files/ab/abcdef…`, each under the SHA-256 of its content.
//!
//! A file is whole or isn't there: it is written under another name, put on the disk, then renamed. The row that names it
//! is committed after that. So a process that ends in between leaves a file that no row names, or a temporary one, and
//! [`Files::sweep`] removes both once they are a day old: until then a transaction may be under way. The same content is
//! kept once, whoever hands it in; that it is there already is never told.
//!
//! Nothing here is executable, and nothing is ever executed or fetched. The folder is made when the first file comes.

mod disk;
mod sweep;

pub use sweep::{SweepError, Swept};

use crate::domain::handin::{Fingerprint, Size};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where files are, and how large one may be. Cloning it is cheap and gives the same folder.
#[derive(Debug, Clone)]
pub struct Files {
    folder: Arc<Path>,
    most: Size,
    reserve: Size,
}

/// A file can't be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is larger than is allowed. Nothing was written.
    #[error("the file has {given} bytes, and {most} are allowed", given = given.0, most = most.0)]
    TooLarge {
        /// Its size.
        given: Size,
        /// The largest that is allowed.
        most: Size,
    },
    /// The disk has no room for it beside what is to stay free. Nothing is left of it.
    #[error("no room is left in {folder}. Make room on the disk, or raise its quota", folder = folder.display())]
    Full {
        /// The folder.
        folder: PathBuf,
    },
    /// What is on disk isn't what was kept.
    #[error("the file {sha256} is damaged on disk: its content has another SHA-256. Restore it from a copy")]
    Damaged {
        /// Which one.
        sha256: Fingerprint,
    },
    /// The folder can't be used.
    #[error("{folder} can't be used: {cause}. Check the rights on it", folder = folder.display())]
    Unusable {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl Files {
    /// Files in a folder, which needn't be there yet, of a size up to `most`.
    #[must_use]
    pub fn new(folder: &Path, most: Size) -> Self {
        Self { folder: folder.into(), most, reserve: Size(0) }
    }

    /// The same, with so much left free on the disk: the database is on it too, most of the time.
    #[must_use]
    pub fn leaving(self, reserve: Size) -> Self {
        Self { reserve, ..self }
    }

    /// The largest that is kept.
    #[must_use]
    pub fn most(&self) -> Size {
        self.most
    }

    /// Sees that the disk has room for a file of this size, which may be about to come.
    ///
    /// # Errors
    ///
    /// [`FileError`]: `TooLarge`, `Full`, or that the folder can't be used.
    pub async fn see_room(&self, given: Size) -> Result<(), FileError> {
        if given > self.most {
            return Err(FileError::TooLarge { given, most: self.most });
        }
        let needed = given.0.saturating_add(self.reserve.0);
        self.apart(move |folder| disk::see_room(folder, needed)).await
    }

    /// Keeps a content and says where it is found again. Once it returns, it is on the disk, as far as the disk keeps its
    /// word.
    ///
    /// # Errors
    ///
    /// [`FileError`]; nothing is kept then.
    pub async fn keep(&self, content: Vec<u8>, now: Timestamp) -> Result<(Fingerprint, Size), FileError> {
        let given = Size(u64::try_from(content.len()).unwrap_or(u64::MAX));
        self.see_room(given).await?;
        let sha256 = self
            .apart(move |folder| {
                let sha256 = Fingerprint::of(&content);
                disk::keep(folder, &sha256, &content, now)?;
                Ok(sha256)
            })
            .await?;
        Ok((sha256, given))
    }

    /// The content that has a SHA-256, which is checked; none if it isn't kept.
    ///
    /// # Errors
    ///
    /// [`FileError`].
    pub async fn read(&self, sha256: &Fingerprint) -> Result<Option<Vec<u8>>, FileError> {
        let wanted = sha256.clone();
        let content = self.apart(move |folder| disk::read(folder, &wanted)).await?;
        match content {
            Some(content) if Fingerprint::of(&content) != *sha256 => Err(FileError::Damaged { sha256: sha256.clone() }),
            content => Ok(content),
        }
    }

    /// Does something on the disk, which may take long, without holding up the rest.
    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T, FileError> {
        let folder = Arc::clone(&self.folder);
        let done = tokio::task::spawn_blocking(move || work(&folder)).await;
        done.unwrap_or_else(|error| Err(std::io::Error::other(error))).map_err(|cause| self.failed(cause))
    }

    fn failed(&self, cause: std::io::Error) -> FileError {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        let folder = self.folder.to_path_buf();
        match cause.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => FileError::Full { folder },
            _ => FileError::Unusable { folder, cause },
        }
    }
}
