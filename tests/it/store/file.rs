//! The SQLite file itself: one process at a time, refused when it can't be used, whole after a kill.

use super::homes::Home;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use vigie::store::{Location, OpenError, Store};

/// Why the store at this address can't be opened.
fn refused(url: &str) -> OpenError {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(Store::open(url)).expect_err("it can't be used")
}

fn console(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    command.args(["console", "--json", "--data"]).arg(data).current_dir(std::env::temp_dir());
    command.env_remove("VIGIE_CONFIG").env_remove("DATABASE_URL");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[tokio::test]
async fn a_second_one_is_refused() {
    let home = Home::file();
    let store = home.open().await;
    let error = Store::open(&home.url).await.expect_err("in use");
    assert!(matches!(error, OpenError::InUse { .. }), "{error:?}");
    assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    store.close().await;
    drop(store);
    home.open().await;
}

/// As beside `vigie doctor`, which looks for a moment.
#[tokio::test]
async fn one_that_ends_at_once_is_waited_for() {
    let home = Home::file();
    let store = home.open().await;
    let (opened, ()) = tokio::join!(Store::open(&home.url), store.close());
    opened.expect("the other has closed it").close().await;
}

#[test]
fn the_program_says_what_to_do_when_another_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let url = Location::url_of(&folder.path().join("vigie.db"));
    let _held = runtime.block_on(Store::open(&url)).expect("opened");
    let output = console(folder.path()).stdin(Stdio::null()).output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("in use by another Vigie") && said.contains("--data"), "{said}");
}

#[test]
fn what_is_no_database_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("vigie.db");
    std::fs::write(&file, "Ceci n’est pas une base de données.".repeat(200)).expect("a file");
    let said = refused(&Location::url_of(&file)).to_string();
    assert!(said.contains("vigie.db") && said.contains("Restore a copy"), "{said}");
}

#[cfg(unix)]
#[tokio::test]
async fn it_is_for_the_operator_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("vigie.db");
    let _store = Store::open(&Location::url_of(&file)).await.expect("opened");
    for name in ["vigie.db", "vigie.db-wal", "vigie.db.lock"] {
        let mode = std::fs::metadata(folder.path().join(name)).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name}: {mode:o}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("a file");
    let said = refused(&Location::url_of(&file.join("inside/vigie.db"))).to_string();
    assert!(said.contains("inside") && said.contains("VIGIE_DATA_DIR"), "{said}");
    // A folder stands where the file should be.
    let inside = folder.path().join("vigie.db");
    std::fs::create_dir(&inside).expect("a folder");
    let said = refused(&Location::url_of(&inside)).to_string();
    assert!(said.contains("vigie.db can't be used"), "{said}");
}

#[test]
fn a_password_is_never_told() {
    // Nothing listens on this port of loopback.
    let said = refused("postgres://vigie:s3cret@127.0.0.1:1/vigie").to_string();
    assert!(said.contains("127.0.0.1:1/vigie") && said.contains("refused"), "{said}");
    assert!(!said.contains("s3cret"), "{said}");
}

#[test]
fn what_was_answered_survives_a_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = console(folder.path()).spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(b"C1.5\n").expect("it reads its input");
    let mut answer = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut answer).expect("it answers");
    assert!(answer.contains("\"actions\":[\""), "{answer}");
    // On Unix this is SIGKILL.
    child.kill().expect("killed");
    child.wait().expect("it ended");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let kept: i64 = runtime.block_on(async {
        let url = Location::url_of(&folder.path().join("vigie.db"));
        let store = Store::open(&url).await.expect("it opens after a kill");
        let pool = sqlx::AnyPool::connect(&url).await.expect("a connection");
        let kept = sqlx::query_scalar("select count(*) from buttons").fetch_one(&pool).await.expect("a count");
        store.close().await;
        kept
    });
    assert_eq!(kept, 1, "the buttons of the answer");
}
