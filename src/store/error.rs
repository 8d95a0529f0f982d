//! How the store fails, in sentences for the operator. None has a password in it.

use std::path::PathBuf;

/// A question to the store failed. The person is told of a fault; the log has this.
#[derive(Debug, thiserror::Error)]
#[error("the database: {0}")]
pub struct StoreError(#[from] sqlx::Error);

/// The store can't be opened. The sentence says which and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address isn't one.
    #[error("DATABASE_URL: {0}; expected sqlite:///folder/vigie.db, sqlite::memory: or postgres://user@host/database")]
    Address(&'static str),
    /// The folder of the file can't be made.
    #[error("the folder {folder} of the database can't be made: {cause}. Give another with VIGIE_DATA_DIR or --data", folder = folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// Another process has the file open.
    #[error(
        "the database {file} is in use by another Vigie{by}. Stop it, or give this one a folder of its own with VIGIE_DATA_DIR or --data (on the console, --memory keeps nothing)",
        file = file.display()
    )]
    InUse {
        /// The file.
        file: PathBuf,
        /// The other process, as far as it can be told.
        by: String,
    },
    /// The lock beside the file can't be made.
    #[error("the file {file} can't be written: {cause}. Check the rights on its folder, or give another with VIGIE_DATA_DIR or --data", file = file.display())]
    Lock {
        /// The lock.
        file: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The database can't be used.
    #[error("{database} can't be used: {cause}. {advice}")]
    Unusable {
        /// Which one, without what is secret of its address.
        database: String,
        /// What the database says.
        cause: String,
        /// What to do.
        advice: &'static str,
    },
    /// A later version of the program wrote it.
    #[error(
        "{database} was written by a newer Vigie (its format is {found}, this program knows formats up to {known}). Start the newer version, or restore the copy of the database made before the update"
    )]
    Newer {
        /// Which one.
        database: String,
        /// The newest format applied to it.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
}

impl OpenError {
    /// What a failure to open means, and what to do about it.
    pub(super) fn unusable(database: String, error: &sqlx::Error) -> Self {
        let cause = match error {
            // Without the prefix, which says the same.
            sqlx::Error::Database(error) => error.message().to_owned(),
            sqlx::Error::Io(error) => error.to_string(),
            error => error.to_string(),
        };
        Self::Unusable { database, cause, advice: advice(error) }
    }
}

/// What to do, by the code that the database gives: a number on SQLite, five characters on PostgreSQL.
fn advice(error: &sqlx::Error) -> &'static str {
    let sqlx::Error::Database(error) = error else {
        return match error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::Tls(_) => {
                "Check that the server runs and can be reached from here"
            }
            _ => "Check DATABASE_URL",
        };
    };
    let code = error.code().unwrap_or_default();
    if code.len() == 5 {
        return match code.as_ref() {
            "28P01" | "28000" => "Check the user and the password of DATABASE_URL",
            "3D000" => "Make the database first (createdb)",
            "42501" => "Give this user the right to make tables in the database",
            _ => "Check DATABASE_URL and the server's own log",
        };
    }
    // Extended codes have the primary one in their low byte (https://sqlite.org/rescode.html).
    match code.parse::<u32>().unwrap_or_default() & 0xff {
        5 | 6 => "Another program holds it: close it and start again",
        8 => "It may only be read: check the rights on the file and on its folder",
        11 | 26 => {
            "It is damaged, or isn't a database. Restore a copy, or move it aside to begin anew (what it held is then lost)"
        }
        13 => "The disk is full: make room and start again",
        _ => "Check that the file and its folder exist and can be read and written",
    }
}
