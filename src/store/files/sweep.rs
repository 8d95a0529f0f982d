//! Removing files that nobody wants any more.

use super::{FileError, Files, disk};
use crate::domain::handin::Fingerprint;
use crate::store::rows::{AT_ONCE, values};
use crate::store::{Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use sqlx::AssertSqlSafe;
use std::collections::HashSet;

/// How long a file stays that no row names: longer than any transaction is under way.
const GRACE: SignedDuration = SignedDuration::from_hours(24);

/// What a sweep removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Files that no row named.
    pub files: u64,
    /// Their bytes in all.
    pub bytes: u64,
    /// Files that were never finished.
    pub unfinished: u64,
}

/// A sweep stopped; the next one does what this one didn't.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The store doesn't answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder can't be used.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Files {
    /// Removes the files that no row of any tenant names, not even one that can still be brought back, and that are a day
    /// old. `store` must be the only one whose rows name files of this folder.
    ///
    /// # Errors
    ///
    /// [`SweepError`].
    pub async fn sweep(&self, store: &Store, now: Timestamp) -> Result<Swept, SweepError> {
        let before = now.checked_sub(GRACE).unwrap_or(Timestamp::MIN);
        let (old, unfinished) = self.apart(move |folder| disk::old(folder, before)).await?;
        let mut swept = Swept { unfinished, ..Swept::default() };
        for some in old.chunks(AT_ONCE) {
            let named = store.named(some).await?;
            let unwanted: Vec<Fingerprint> =
                some.iter().filter(|sha256| !named.contains(sha256.as_str())).cloned().collect();
            if unwanted.is_empty() {
                continue;
            }
            let (files, bytes) = self.apart(move |folder| disk::remove_old(folder, &unwanted, before)).await?;
            swept.files += files;
            swept.bytes += bytes;
        }
        Ok(swept)
    }
}

impl Store {
    /// Those of these files that a row names. It asks of no tenant in particular, and tells nothing of any: the same content
    /// may have been handed in by two, and is on disk once.
    async fn named(&self, files: &[Fingerprint]) -> Result<HashSet<String>, StoreError> {
        let sql = format!("select distinct sha256 from handins where sha256 in {}", values(1, 0, files.len()));
        let mut named = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).persistent(false);
        for sha256 in files {
            named = named.bind(sha256.as_str());
        }
        Ok(named.fetch_all(&self.pool).await?.into_iter().collect())
    }
}
