//! Whether the last run ended as it should.
//!
//! The SDK's stores wait for the disk at checkpoints only (see `.cargo/config.toml`), so that after a power cut they may be
//! some seconds old. What was said in an encrypted room would then be encrypted with a key that was used already, and the
//! others' clients would take it for a message that is played again. So after a run that didn't end by itself the keys of
//! the rooms are given up: the first message in each makes a new one.

use crate::failure::Failure;
use matrix_sdk::Client;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// A mark in the folder while the bot runs.
#[derive(Debug)]
pub(crate) struct Awake(PathBuf);

/// How the last run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LastEnd {
    /// By itself, or there was none.
    Clean,
    /// In the middle: killed, or by a power cut.
    Sudden,
}

impl Awake {
    /// Leaves the mark, on the disk, and tells whether one was there.
    pub(crate) fn begin(folder: &Path) -> io::Result<(Self, LastEnd)> {
        let path = folder.join("awake");
        if path.exists() {
            return Ok((Self(path), LastEnd::Sudden));
        }
        File::create(&path)?.sync_all()?;
        // The name is on the disk once its folder is; where a folder can't be opened, the system does that by itself.
        if let Ok(folder) = File::open(folder) {
            folder.sync_all()?;
        }
        Ok((Self(path), LastEnd::Clean))
    }

    /// Takes the mark away: everything is written.
    pub(crate) fn end(&self) {
        if let Err(error) = fs::remove_file(&self.0)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the next start takes this one for killed, and makes new keys for its rooms");
        }
    }
}

/// Gives up the keys with which the bot speaks in its rooms.
pub(crate) async fn give_up_keys(client: &Client) -> Result<(), Failure> {
    for room in client.joined_rooms() {
        // Of a plain room there is none.
        if room.encryption_state().is_encrypted() {
            room.discard_room_key().await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_end_leaves_no_mark() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let begin = || Awake::begin(folder.path()).expect("the folder can be written");
        let (awake, last) = begin();
        assert_eq!(last, LastEnd::Clean);
        assert_eq!(begin().1, LastEnd::Sudden);
        awake.end();
        awake.end();
        assert_eq!(begin().1, LastEnd::Clean);
    }
}
