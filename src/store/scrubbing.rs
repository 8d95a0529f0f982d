//! Having the database itself keep nothing of what was erased.
//!
//! A row that is deleted leaves its bytes in the file, and in the log of writes. SQLite writes zeros over them
//! (`secure_delete`), but not over the copies that it leaves behind when it moves rows from page to page; only rewriting the
//! file leaves those. A small file is rewritten while whoever erases waits; a large one, which would keep everybody waiting,
//! within the hour by `app::housekeeping`. That it is to be rewritten is noted in the file itself, so that no restart forgets
//! it, and so that a file of an earlier version is rewritten once.

use super::{Store, StoreError};

/// Largest file that is rewritten while somebody waits, in bytes: a fifth of a second or so.
const AT_ONCE: i64 = 64 << 20;

/// `user_version`, which nothing else uses, is 0 in a file that is to be rewritten, and 1 in one that was.
const DUE: &str = "pragma user_version = 0";
const REWRITE: &str = "vacuum; pragma user_version = 1; pragma wal_checkpoint(truncate)";
const EMPTY_LOG: &str = "pragma wal_checkpoint(truncate)";

/// Which file is rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sizes {
    Small,
    Any,
}

impl Store {
    /// Has the bytes go of what was just erased: at once in a small file, within the hour in a large one. On PostgreSQL the
    /// dead rows are given up now rather than by its own round; what its archived log holds goes with the archive. What
    /// fails is only told, and tried again: the rows are gone in any case.
    pub async fn scrub(&self) {
        let scrubbed = if self.lock.is_some() {
            let due = sqlx::raw_sql(DUE).execute(&self.pool).await;
            match due {
                Ok(_) => self.rewrite(Sizes::Small).await,
                Err(error) => Err(error.into()),
            }
        } else if self.is_postgres {
            let vacuumed = sqlx::raw_sql("vacuum people, accounts, buttons").execute(&self.pool).await;
            vacuumed.map(|_| ()).map_err(StoreError::from)
        } else {
            Ok(())
        };
        if let Err(error) = scrubbed {
            tracing::warn!(%error, "the database could not be scrubbed after an erasure; tried again within the hour");
        }
    }

    /// Rewrites the file if that is due, however large it is.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; it is still due then.
    pub async fn rewrite_if_due(&self) -> Result<(), StoreError> {
        self.rewrite(Sizes::Any).await
    }

    /// The same at opening, if it is small: whoever starts the program waits.
    pub(super) async fn rewrite_small(&self) {
        if let Err(error) = self.rewrite(Sizes::Small).await {
            tracing::warn!(%error, "the database could not be rewritten; tried again within the hour");
        }
    }

    async fn rewrite(&self, sizes: Sizes) -> Result<(), StoreError> {
        if self.lock.is_none() {
            return Ok(());
        }
        let asked = async |pragma: &'static str| sqlx::query_scalar::<_, i64>(pragma).fetch_one(&self.pool).await;
        if asked("pragma user_version").await? != 0 {
            return Ok(());
        }
        let size = asked("pragma page_count").await?.saturating_mul(asked("pragma page_size").await?);
        let sql = if sizes == Sizes::Any || size <= AT_ONCE { REWRITE } else { EMPTY_LOG };
        sqlx::raw_sql(sql).execute(&self.pool).await?;
        Ok(())
    }
}
