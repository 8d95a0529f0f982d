//! The folder itself: writing, reading, looking for what is old.
//!
//! Whoever keeps a file that is there already makes it young again, and whoever removes a file looks at its age once more:
//! a lock keeps the two apart, between threads and between processes that share the folder.

use super::super::lock::{our_folder, ours};
use crate::domain::handin::Fingerprint;
use jiff::Timestamp;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

/// What isn't whole yet.
const UNFINISHED: &str = "unfinished";

/// Sees that so many bytes are free.
pub(super) fn see_room(folder: &Path, bytes: u64) -> io::Result<()> {
    our_folder(folder)?;
    if fs4::available_space(folder)? < bytes { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
}

/// Keeps a content under its SHA-256.
pub(super) fn keep(folder: &Path, sha256: &Fingerprint, content: &[u8], now: Timestamp) -> io::Result<()> {
    keep_with(folder, sha256, now, |file| file.write_all(content))
}

/// Keeps what `write` writes, if nothing that has this SHA-256 is there. What fails leaves nothing behind.
fn keep_with(
    folder: &Path,
    sha256: &Fingerprint,
    now: Timestamp,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    our_folder(folder)?;
    let _lock = Lock::shared(folder)?;
    if is_whole(folder, sha256, now)? {
        return Ok(());
    }
    let (unfinished, mut file) = unfinished(folder)?;
    let place = place(folder, sha256);
    let finished = write(&mut file).and_then(|()| {
        file.set_modified(SystemTime::from(now))?;
        file.sync_all()?;
        if let Some(shelf) = place.parent() {
            our_folder(shelf)?;
            fs::rename(&unfinished, &place)?;
            on_disk(shelf)?;
            on_disk(folder)?;
        }
        Ok(())
    });
    if finished.is_err() {
        // What can't be removed now is swept later.
        let _ = fs::remove_file(&unfinished);
    }
    finished
}

/// Whether the content is there, undamaged; it counts as kept just now.
fn is_whole(folder: &Path, sha256: &Fingerprint, now: Timestamp) -> io::Result<bool> {
    let Some(content) = read(folder, sha256)? else { return Ok(false) };
    if Fingerprint::of(&content) != *sha256 {
        tracing::warn!(%sha256, "a file was damaged on disk; it is written anew");
        return Ok(false);
    }
    File::options().write(true).open(place(folder, sha256))?.set_modified(SystemTime::from(now))?;
    Ok(true)
}

/// What is under a SHA-256, checked by nobody yet.
pub(super) fn read(folder: &Path, sha256: &Fingerprint) -> io::Result<Option<Vec<u8>>> {
    match fs::read(place(folder, sha256)) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The files that were last kept before an instant; those that were never finished are removed at once, and counted.
pub(super) fn old(folder: &Path, before: Timestamp) -> io::Result<(Vec<Fingerprint>, u64)> {
    let (mut found, mut removed) = (Vec::new(), 0);
    for shelf in entries(folder)? {
        let shelf = shelf?;
        if !shelf.file_type()?.is_dir() {
            continue;
        }
        let is_unfinished = shelf.file_name() == UNFINISHED;
        for file in entries(&shelf.path())? {
            let file = file?;
            if !is_older(&file.path(), before)? {
                continue;
            }
            if is_unfinished {
                removed += u64::from(remove(&file.path())?);
            } else if let Some(sha256) = file.file_name().to_str().and_then(|name| sha256_of(&shelf.path(), name)) {
                found.push(sha256);
            }
        }
    }
    Ok((found, removed))
}

/// Removes those of these files that are still old. Gives how many there were and their bytes.
pub(super) fn remove_old(folder: &Path, files: &[Fingerprint], before: Timestamp) -> io::Result<(u64, u64)> {
    let _lock = Lock::exclusive(folder)?;
    let (mut removed, mut bytes) = (0, 0);
    for sha256 in files {
        let place = place(folder, sha256);
        if is_older(&place, before)? {
            let size = fs::metadata(&place)?.len();
            if remove(&place)? {
                (removed, bytes) = (removed + 1, bytes + size);
            }
        }
    }
    Ok((removed, bytes))
}

/// `files/ab/abcdef…`: no folder holds more names than it can well list.
fn place(folder: &Path, sha256: &Fingerprint) -> PathBuf {
    let name = sha256.as_str();
    folder.join(&name[..2]).join(name)
}

/// The SHA-256 that a file's name says, if it stands where it should.
fn sha256_of(shelf: &Path, name: &str) -> Option<Fingerprint> {
    let sha256 = Fingerprint::try_from(name.to_owned()).ok()?;
    (shelf.file_name()?.to_str()? == &name[..2]).then_some(sha256)
}

/// A new file for what isn't whole yet. A process may have the number of one that ended and left something behind.
fn unfinished(folder: &Path) -> io::Result<(PathBuf, File)> {
    static MADE: AtomicU64 = AtomicU64::new(0);
    let shelf = folder.join(UNFINISHED);
    our_folder(&shelf)?;
    loop {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = shelf.join(format!("{}-{number}", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Puts a folder's own list of names on the disk, where the system lets a folder be opened.
fn on_disk(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// What is in a folder; nothing in one that isn't there.
fn entries(folder: &Path) -> io::Result<impl Iterator<Item = io::Result<fs::DirEntry>> + use<>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => Some(entries),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    Ok(entries.into_iter().flatten())
}

/// Whether a file was last kept before an instant. One that is gone wasn't.
fn is_older(path: &Path, instant: Timestamp) -> io::Result<bool> {
    match fs::metadata(path).and_then(|metadata| metadata.modified()) {
        Ok(modified) => Ok(modified < SystemTime::from(instant)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes a file, and says whether it was there.
fn remove(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Held while files are kept, by as many as keep some, or while some are removed, by one. The system releases it however the
/// process ends.
struct Lock(#[expect(dead_code, reason = "held open, never read")] File);

impl Lock {
    fn shared(folder: &Path) -> io::Result<Self> {
        Self::take(folder, File::lock_shared)
    }

    fn exclusive(folder: &Path) -> io::Result<Self> {
        Self::take(folder, File::lock)
    }

    fn take(folder: &Path, lock: fn(&File) -> io::Result<()>) -> io::Result<Self> {
        let file = ours(&folder.join("lock"))?;
        match lock(&file) {
            // Some file systems of networks have none; the operator was told when the store was opened.
            Err(error) if error.kind() != ErrorKind::Unsupported => Err(error),
            _ => Ok(Self(file)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T08:00:00Z".parse().expect("an instant")
    }

    /// Everything that a folder holds but its lock.
    fn held(folder: &Path) -> Vec<PathBuf> {
        let shelves = entries(folder).expect("it is read").map(|shelf| shelf.expect("it is read").path());
        let files = shelves.filter(|path| path.is_dir());
        files.flat_map(|shelf| entries(&shelf).expect("read").map(|file| file.expect("read").path())).collect()
    }

    fn half(content: &[u8]) -> impl FnOnce(&mut File) -> io::Result<()> {
        let half = content[..content.len() / 2].to_vec();
        move |file| {
            file.write_all(&half)?;
            Err(ErrorKind::StorageFull.into())
        }
    }

    #[test]
    fn a_disk_that_fills_up_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let content = vec![7; 100_000];
        let sha256 = Fingerprint::of(&content);
        let failed = keep_with(folder.path(), &sha256, now(), half(&content)).expect_err("no room");
        assert_eq!(failed.kind(), ErrorKind::StorageFull);
        assert_eq!(held(folder.path()), Vec::<PathBuf>::new());
        assert_eq!(read(folder.path(), &sha256).expect("read"), None);
        keep(folder.path(), &sha256, &content, now()).expect("there is room again");
        assert_eq!(read(folder.path(), &sha256).expect("read"), Some(content));
    }

    #[test]
    fn what_another_process_left_unfinished_stands_in_nobodys_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let (left, _) = unfinished(folder.path()).expect("made");
        let number: u64 = left.to_string_lossy().rsplit('-').next().expect("a number").parse().expect("a number");
        for next in 1..20 {
            let taken = left.with_file_name(format!("{}-{}", std::process::id(), number + next));
            File::create(taken).expect("made");
        }
        let content = b"content".to_vec();
        keep(folder.path(), &Fingerprint::of(&content), &content, now()).expect("kept");
    }

    #[test]
    fn what_is_kept_again_is_young_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let (content, day) = (b"content".to_vec(), jiff::SignedDuration::from_hours(24));
        let sha256 = Fingerprint::of(&content);
        keep(folder.path(), &sha256, &content, now()).expect("kept");
        let later = now() + day;
        let (found, _) = old(folder.path(), later).expect("read");
        assert_eq!(found, std::slice::from_ref(&sha256));
        // Somebody hands it in between the looking and the removing.
        keep(folder.path(), &sha256, &content, later).expect("kept");
        assert_eq!(remove_old(folder.path(), &found, later).expect("swept"), (0, 0));
        assert_eq!(read(folder.path(), &sha256).expect("read"), Some(content));
    }
}
