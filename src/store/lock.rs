//! One process a SQLite file.
//!
//! Two processes would press the same buttons and send the same messages without knowing of each other. The lock is on a
//! file beside the database, which the system releases however the process ends. Several processes share a PostgreSQL.

use super::OpenError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often a lock is tried that somebody has.
const TRIES: usize = 10;
/// How long in between.
const WAIT: Duration = Duration::from_millis(50);

/// A lock, held until it is released or dropped.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Lock {
    /// Takes the lock of a database. Another process may have it for a moment only: one that looks, as `vigie doctor` does, or
    /// what one that has just ended had begun.
    ///
    /// # Errors
    ///
    /// [`OpenError::InUse`] when another process has it, [`OpenError::Lock`] when it can't be made.
    pub(super) async fn take(database: &Path) -> Result<Self, OpenError> {
        for _ in 1..TRIES {
            match Self::try_take(database) {
                Err(OpenError::InUse { .. }) => tokio::time::sleep(WAIT).await,
                taken => return taken,
            }
        }
        Self::try_take(database)
    }

    fn try_take(database: &Path) -> Result<Self, OpenError> {
        let path = beside(database);
        let failed = |cause| OpenError::Lock { file: path.clone(), cause };
        let mut file = ours(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut owner = String::new();
                // Only to be of help: the lock says enough.
                let _ = file.read_to_string(&mut owner);
                let by = owner.trim().parse::<u32>().map(|id| format!(" (process {id})")).unwrap_or_default();
                return Err(OpenError::InUse { file: database.to_owned(), by });
            }
            // Some file systems of networks have no locks; the operator is told, and answers for it.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
                tracing::warn!(%error, "this file system has no locks: run one process only");
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        // Who holds it, for the sentence above.
        file.set_len(0).and_then(|()| file.write_all(std::process::id().to_string().as_bytes())).map_err(failed)?;
        Ok(Self(file))
    }

    /// Lets another process have it.
    pub(super) fn release(&self) {
        if let Err(error) = self.0.unlock() {
            tracing::debug!(%error, "the lock is released with the process");
        }
    }
}

/// Opens a file, made if need be for the operator's eyes only.
pub(super) fn ours(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a folder, and those above it, for the operator's eyes only. One that is there stays as it is.
pub(super) fn our_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// `vigie.db.lock` for `vigie.db`.
fn beside(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}
