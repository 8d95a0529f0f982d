//! A process that stands still, and a disk that takes nothing for a while.

use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Stops a process for a while, as a machine does that is out of memory or whose disk hangs.
pub(super) async fn stand_still(process: u32, time: Duration) {
    signal(process, "-STOP");
    tokio::time::sleep(time).await;
    signal(process, "-CONT");
}

fn signal(process: u32, signal: &str) {
    // It may have ended by itself, which is told elsewhere.
    let _ = Command::new("kill").args([signal, &process.to_string()]).status();
}

/// Keeps everybody else from writing to a SQLite file for a while. Whether it could.
pub(super) async fn hold(database: &Path, time: Duration) -> bool {
    let options = SqliteConnectOptions::new().filename(database).busy_timeout(Duration::from_secs(2));
    let Ok(mut connection) = SqliteConnection::connect_with(&options).await else { return false };
    let held = sqlx::raw_sql("begin immediate").execute(&mut connection).await.is_ok();
    if held {
        tokio::time::sleep(time).await;
        // Closing it lets go as well.
        let _ = sqlx::raw_sql("rollback").execute(&mut connection).await;
    }
    let _ = connection.close().await;
    held
}
