//! Opening: the connection, its settings, the migrations.

use super::lock::{self, Lock};
use super::{Location, OpenError, Store};
use sqlx::Connection as _;
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migrator};
use std::sync::Arc;
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!();

/// How long a question waits for a connection, and SQLite for a lock. Whoever asked was shown after a second that the answer
/// is on its way.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Connections to PostgreSQL, which takes a hundred in all unless told otherwise.
const CONNECTIONS: u32 = 8;

/// How long a connection to PostgreSQL rests before it is asked whether it still lives: asking each time is a round trip a
/// question.
const RESTED: Duration = Duration::from_secs(2);

/// Said to PostgreSQL on connecting.
///
/// Its default takes a page read out of order for four times as dear as one in order, as on a turning disk. What is asked
/// here is nearly always in memory: reading one brief's rows by their index then costs a tenth of reading the whole table,
/// which PostgreSQL would do.
const IN_MEMORY: &str = "set random_page_cost = 1.1";

/// Said to SQLite on connecting.
///
/// The write-ahead log lets an acknowledged write survive the end of the process, however it ends (`kill -9`): it is with
/// the system by then. `synchronous = normal` leaves to the system when it reaches the disk, so that a power cut may take
/// the last buttons with it, never the whole; what must survive that asks for `full`.
///
/// `secure_delete` writes zeros over what is erased (see `scrubbing` for what it leaves).
const PRAGMAS: &str = "pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; \
                       pragma secure_delete = on; pragma busy_timeout = 5000";

impl Store {
    /// Opens the store at this address, makes what isn't there yet and brings it up to date.
    ///
    /// # Errors
    ///
    /// [`OpenError`], a sentence that says what to do. It never has a password in it.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let location = Location::read(url)?;
        let mut held = None;
        if let Location::File(file) = &location {
            if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                lock::our_folder(folder).map_err(|cause| OpenError::Folder { folder: folder.to_owned(), cause })?;
            }
            held = Some(Arc::new(Lock::take(file).await?));
            // SQLite gives its log the rights of the file. When it can't be made, it says why better.
            let _ = lock::ours(file);
        }
        let url = location.driver_url()?;
        let pool = match options(&location).connect(&url).await {
            Ok(pool) => pool,
            Err(error) => return Err(OpenError::unusable(location.shown(), &cause(error, &url).await)),
        };
        if let Err(error) = MIGRATIONS.run(&pool).await {
            // The connection may hold the lock of migrations.
            pool.close().await;
            return Err(refused(&location, error));
        }
        let store =
            Self { pool, bindings: Arc::default(), lock: held, is_postgres: matches!(location, Location::Postgres(_)) };
        store.rewrite_small().await;
        Ok(store)
    }

    /// How many steps would bring the store at this address up to date. Nothing is made or changed.
    ///
    /// # Errors
    ///
    /// [`OpenError`], as [`Self::open`] would give it.
    pub async fn pending(url: &str) -> Result<usize, OpenError> {
        sqlx::any::install_default_drivers();
        let location = Location::read(url)?;
        // Held while it is looked at, as a program that opens it would.
        let _held = match &location {
            Location::File(file) => Some(Lock::take(file).await?),
            Location::Memory | Location::Postgres(_) => None,
        };
        let failed = |error: &sqlx::Error| OpenError::unusable(location.shown(), error);
        let connecting = sqlx::AnyConnection::connect(&location.driver_url()?);
        let connected = tokio::time::timeout(PATIENCE, connecting).await.unwrap_or(Err(sqlx::Error::PoolTimedOut));
        let mut connection = match connected {
            Ok(connection) => connection,
            Err(error) => return Err(failed(&error)),
        };
        let newest = sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(&mut connection).await;
        let newest: Option<i64> = match newest {
            Ok(newest) => newest,
            Err(sqlx::Error::Database(error)) if is_missing_table(&*error) => None,
            Err(error) => return Err(failed(&error)),
        };
        // Nothing was asked that could be lost.
        let _ = connection.close().await;
        let known = || MIGRATIONS.iter().map(|migration| migration.version);
        let found = newest.unwrap_or_default();
        match known().max() {
            Some(last) if found > last => Err(OpenError::Newer { database: location.shown(), found, known: last }),
            _ => Ok(known().filter(|version| *version > found).count()),
        }
    }

    /// Ends what is going on and closes the connections. Another process may then open it.
    pub async fn close(&self) {
        self.pool.close().await;
        if let Some(lock) = &self.lock {
            lock.release();
        }
    }
}

/// Why there is no connection. The pool tries again for as long as the server may be starting, then says only that it
/// waited: trying once more tells what it waited for.
async fn cause(error: sqlx::Error, url: &str) -> sqlx::Error {
    match error {
        sqlx::Error::PoolTimedOut => match tokio::time::timeout(PATIENCE, sqlx::AnyConnection::connect(url)).await {
            Ok(Err(cause)) => cause,
            _ => error,
        },
        error => error,
    }
}

fn options(location: &Location) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().acquire_timeout(PATIENCE);
    if let Location::Postgres(_) = location {
        let options = options.max_connections(CONNECTIONS).test_before_acquire(false);
        let options = options.before_acquire(|connection, about| {
            Box::pin(async move { Ok(about.idle_for < RESTED || connection.ping().await.is_ok()) })
        });
        return options.after_connect(|connection, _| {
            Box::pin(async move {
                // Without it everything works, more slowly.
                if let Err(error) = sqlx::raw_sql(IN_MEMORY).execute(connection).await {
                    tracing::warn!(%error, "PostgreSQL does not take its settings");
                }
                Ok(())
            })
        });
    }
    // SQLite has one writer. With one connection writers queue here, in their order, rather than sleep on each other's
    // locks; in memory, each connection would be another database.
    let options = options.max_connections(1).idle_timeout(None).max_lifetime(None).test_before_acquire(false);
    options.after_connect(|connection, _| {
        Box::pin(async move {
            // What is wrong with the file is told by the migrations, which come next. Told here, it would have the pool
            // try again and again.
            if let Err(error) = sqlx::raw_sql(PRAGMAS).execute(connection).await {
                tracing::warn!(%error, "SQLite does not take its settings");
            }
            Ok(())
        })
    })
}

/// Whether a table isn't there: nothing was ever kept.
fn is_missing_table(error: &dyn sqlx::error::DatabaseError) -> bool {
    // PostgreSQL has a code for it; SQLite only words.
    error.code().as_deref() == Some("42P01") || error.message().starts_with("no such table")
}

/// Why the migrations don't go with what the database says of itself.
fn refused(location: &Location, error: MigrateError) -> OpenError {
    let database = location.shown();
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
    match error {
        MigrateError::VersionMissing(found) => OpenError::Newer { database, found, known },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            OpenError::unusable(database, &error)
        }
        error => OpenError::Unusable {
            database,
            cause: error.to_string(),
            advice: "Another build of Vigie made it: start that one, or begin with an empty database",
        },
    }
}
