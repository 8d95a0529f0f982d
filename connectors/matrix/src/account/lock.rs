//! One process a folder: two that use the same keys would break the encryption.

use super::login::{refused, unusable};
use super::session::Folder;
use std::{
    fs::{File, TryLockError},
    time::Duration,
};
use vigie_chat::ConnectorError;

/// How often the lock is tried.
const TRIES: usize = 20;
/// How long in between.
const WAIT: Duration = Duration::from_millis(100);

/// Keeps other processes from the store of keys for as long as it lives.
pub(crate) struct Lock {
    _held: File,
}

impl Lock {
    /// Takes the folder for this process alone: two that use the same keys would break the encryption. A process that just ended
    /// may hold it for a moment longer, through what it started.
    pub(super) async fn take(folder: &Folder) -> Result<Self, ConnectorError> {
        let path = folder.path().join("lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| unusable(&path, &error))?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _held: file }),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(WAIT).await,
                Err(TryLockError::Error(error)) => return Err(unusable(&path, &error)),
            }
        }
        Err(refused(format!(
            "another Vigie runs with the Matrix session in {}; stop it, or give this one another data folder",
            folder.path().display()
        )))
    }
}
