//! Whether the last run ended as it should.
//!
//! The SDK's stores wait for the disk at checkpoints only (see `.cargo/config.toml`), so that after a power cut they may be
//! some seconds old. What was said in an encrypted room would then be encrypted with a key that was used already, and the
//! others' clients would take it for a message that is played again. So after a run that didn't end by itself the keys of
//! the rooms are given up: the first message in each makes a new one. The state of the rooms is asked for anew too (see
//! `connector`), since our own mark may be younger than what the stores hold of them.

use super::session::Folder;
use crate::failure::Failure;
use matrix_sdk::Client;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// How SQLite calls the log of a store.
const LOG: &str = "-wal";

/// A mark in the folder while the bot runs.
#[derive(Debug)]
pub(crate) struct Awake {
    mark: PathBuf,
    /// Folder of the SDK's stores.
    store: PathBuf,
}

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
        let awake = Self { mark: folder.join("awake"), store: Folder::new(folder).store() };
        if awake.mark.exists() {
            return Ok((awake, LastEnd::Sudden));
        }
        File::create(&awake.mark)?.sync_all()?;
        // The name is on the disk once its folder is; where a folder can't be opened, the system does that by itself.
        if let Ok(folder) = File::open(folder) {
            folder.sync_all()?;
        }
        Ok((awake, LastEnd::Clean))
    }

    /// Has what the stores hold reach the disk, then takes the mark away. Nobody uses the stores any more.
    pub(crate) fn end(&self) {
        if let Err(error) = self.write_out().and_then(|()| fs::remove_file(&self.mark))
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the next start takes this one for killed, and makes new keys for its rooms");
        }
    }

    /// Waits for the disk. The SDK closes its stores in the background, all connections at once, and SQLite then often leaves
    /// a log behind: what is in it and nowhere else, the system may not have written. What isn't in a log SQLite has waited
    /// for. The stores' own files are left alone, since whoever closes one of them loses SQLite its locks.
    fn write_out(&self) -> io::Result<()> {
        for file in fs::read_dir(&self.store)? {
            let file = file?;
            if !file.file_name().to_string_lossy().ends_with(LOG) {
                continue;
            }
            match File::open(file.path()).and_then(|log| log.sync_all()) {
                // It was closed meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                written => written?,
            }
        }
        Ok(())
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
        let store = Folder::new(folder.path()).store();
        fs::create_dir(&store).expect("made");
        fs::write(store.join("keys.sqlite3-wal"), b"x").expect("written");
        let begin = || Awake::begin(folder.path()).expect("the folder can be written");
        let (awake, last) = begin();
        assert_eq!(last, LastEnd::Clean);
        assert_eq!(begin().1, LastEnd::Sudden);
        awake.end();
        awake.end();
        assert_eq!(begin().1, LastEnd::Clean);
    }
}
