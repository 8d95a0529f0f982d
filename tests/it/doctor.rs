//! `vigie doctor`, the real program: what it says, its status, and that it changes nothing.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// Runs it with everything in `folder` and only these settings.
fn doctor(folder: &Path, args: &[&str], settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    for (name, _) in std::env::vars() {
        if name.starts_with("VIGIE_") || name.starts_with("DISCORD_") || name.starts_with("DATABASE_") {
            command.env_remove(name);
        }
    }
    let data = folder.join("data");
    let command = command.arg("doctor").args(args).env("VIGIE_DATA_DIR", data).envs(settings.iter().copied());
    command.current_dir(folder).output().expect("the program starts")
}

/// What is said about each thing: its state and its words.
#[track_caller]
fn signs(output: &Output) -> Vec<(String, String, String)> {
    let text = String::from_utf8_lossy(&output.stdout);
    let json: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let text = |sign: &Value, key: &str| sign[key].as_str().unwrap_or_default().to_owned();
    let signs = json["signs"].as_array().expect("signs").iter();
    signs
        .map(|sign| {
            (text(sign, "about"), text(sign, "state"), format!("{} {}", text(sign, "says"), text(sign, "advice")))
        })
        .collect()
}

#[track_caller]
fn check(output: &Output, about: &str, state: &str, says: &str) {
    let signs = signs(output);
    let found = signs.iter().find(|sign| sign.0 == about).unwrap_or_else(|| panic!("nothing on {about}: {signs:?}"));
    assert!(found.1 == state && found.2.contains(says), "{found:?}");
}

fn opened(folder: &Path) {
    let console = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .args(["console", "--data"])
        .arg(folder.join("data"))
        .stdin(std::process::Stdio::null())
        .output();
    assert!(console.expect("the program starts").status.success());
}

#[test]
fn a_fresh_folder_is_in_order_and_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = doctor(folder.path(), &["--json"], &[]);
    assert_eq!(said.status.code(), Some(0));
    check(&said, "settings", "ok", "");
    check(&said, "référentiels", "ok", "indexed");
    check(&said, "data folder", "ok", "made at the first start");
    check(&said, "database", "ok", "made at the first start");
    check(&said, "networks", "warning", "DISCORD_TOKEN");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "something was written");
}

#[test]
fn words_are_one_line_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = doctor(folder.path(), &[], &[]);
    let text = String::from_utf8(said.stdout).expect("UTF-8");
    assert!(text.lines().count() >= 5, "{text}");
    for line in text.lines() {
        assert!(["ok ", "warning ", "problem "].iter().any(|state| line.starts_with(state)), "{line}");
    }
}

#[test]
fn wrong_settings_are_a_problem() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = doctor(folder.path(), &["--json"], &[("VIGIE_TIME_ZONE", "Europe/Pari")]);
    assert_eq!(said.status.code(), Some(1));
    check(&said, "settings", "problem", "Europe/Pari");
    let said = doctor(folder.path(), &["--json"], &[("DATABASE_URL", "mysql://root:secret@h/d")]);
    assert_eq!(said.status.code(), Some(1));
    check(&said, "database", "problem", "sqlite");
    assert!(!String::from_utf8_lossy(&said.stdout).contains("secret"));
    std::fs::write(folder.path().join("essai.toml"), "slug = 3").expect("a file");
    let here = folder.path().to_str().expect("a path");
    let said = doctor(folder.path(), &["--json"], &[("VIGIE_REFERENTIELS_DIR", here)]);
    check(&said, "référentiels", "problem", "essai.toml:1");
}

#[test]
fn a_folder_that_cannot_be_made_is_a_problem() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("data"), "a file in its place").expect("a file");
    let said = doctor(folder.path(), &["--json"], &[]);
    assert_eq!(said.status.code(), Some(1));
    check(&said, "data folder", "problem", "VIGIE_DATA_DIR");
}

#[test]
fn a_database_is_good_in_use_or_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    opened(folder.path());
    let file = folder.path().join("data").join("vigie.db");
    let said = doctor(folder.path(), &["--json"], &[]);
    check(&said, "data folder", "ok", "can be written");
    check(&said, "database", "ok", "answers");

    let lock = std::fs::File::open(folder.path().join("data").join("vigie.db.lock")).expect("the lock");
    lock.lock().expect("nobody else has it");
    let said = doctor(folder.path(), &["--json"], &[]);
    check(&said, "database", "ok", "in use by a running Vigie");
    lock.unlock().expect("it was held");

    std::fs::write(&file, "").expect("an empty file");
    let said = doctor(folder.path(), &["--json"], &[]);
    check(&said, "database", "warning", "copy");
    assert_eq!(std::fs::metadata(&file).expect("the file").len(), 0, "it was written");

    std::fs::write(&file, "no database at all, whatever the name says".repeat(50)).expect("a file");
    let said = doctor(folder.path(), &["--json"], &[]);
    assert_eq!(said.status.code(), Some(1));
    check(&said, "database", "problem", "damaged");
}

#[cfg(feature = "matrix")]
#[test]
fn a_session_of_matrix_is_tried() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = doctor(folder.path(), &["--json"], &[]);
    check(&said, "matrix", "ok", "not logged in");

    let matrix = folder.path().join("data").join("matrix");
    std::fs::create_dir_all(&matrix).expect("a folder");
    let session = |text: &str| std::fs::write(matrix.join("session.json"), text).expect("a file");
    session("{");
    let said = doctor(folder.path(), &["--json"], &[]);
    assert_eq!(said.status.code(), Some(1));
    check(&said, "matrix", "problem", "can't be read");

    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    session(&format!(r#"{{"homeserver":"http://{free}","user_id":"@v:x","device_id":"D","access_token":"s3cret"}}"#));
    let said = doctor(folder.path(), &["--json"], &[]);
    assert_eq!(said.status.code(), Some(1));
    check(&said, "matrix", "problem", "can't be reached");
    assert!(!String::from_utf8_lossy(&said.stdout).contains("s3cret"));
}

#[cfg(feature = "discord")]
#[tokio::test(flavor = "multi_thread")]
async fn the_token_of_discord_is_tried() {
    let discord = fake_discord::FakeDiscord::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let base = discord.base_url();
    let good =
        doctor(folder.path(), &["--json"], &[("DISCORD_TOKEN", &discord.token()), ("VIGIE_DISCORD_API_BASE", &base)]);
    check(&good, "discord", "ok", "accepted");
    let bad =
        doctor(folder.path(), &["--json"], &[("DISCORD_TOKEN", "old.old.old"), ("VIGIE_DISCORD_API_BASE", &base)]);
    assert_eq!(bad.status.code(), Some(1));
    check(&bad, "discord", "problem", "developer portal");
    assert!(!String::from_utf8_lossy(&bad.stdout).contains("old.old"));
    discord.expect_complaint("a wrong or missing token");
}
