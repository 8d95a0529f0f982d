//! Nothing that is kept tells who used `/amenagement`, or asked about their health: the real program is played a scenario over
//! a data folder, with everything logged, and the bytes of all that it leaves behind are searched.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What everybody does.
const PUBLIC: &str = ":moi alice candidat
:salon general
/chercher rgpd
/competence A4C8
/criteres A4C11
/equipe voir
/compte voir
/compte code
:moi bob candidat
/chercher siem
/compte voir
";

/// What alice alone does, between: typed, mistyped, pressed, asked in her own words, in private and in a room of several.
const DELICATE: &str = ":moi alice candidat
/amenagement procedure
:1
/amenagement procedure projet-ia
/amenagement procedure cil
:1
/amenagement temps 30 min, 45 min, 4 h
/amenagement tems 30min
/amenagement temps une éternité
/amenagement contact
/aménagement contact
/aide amenagement
/aide amenagement temps
/lexique handicap
/competence handicap
/chercher tiers temps
:1
je suis dyslexique, ai-je droit à un tiers-temps ?
:1
qui est le référent handicap
:prive
/amenagement procedure data-engineer
mon médecin demande une compensation
/donnees exporter
";

/// What none of it may leave behind, in any case.
const WORDS: [&str; 11] = [
    "amenagement",
    "aménagement",
    "handicap",
    "tiers temps",
    "tiers-temps",
    "procedure",
    "procédure",
    "dyslexi",
    "medecin",
    "médecin",
    "compensation",
];

/// What alice asks to be reminded of, in private, and what becomes of it in a year.
const FOLLOWED: &str = ":moi alice candidat
:salon general
/equipe voir
:prive
/amenagement rappel jeudi 10h
/rappel liste
:avance 4 jours
/rappel reporter demain
:avance 2 jours
/rappel fait
/amenagement rappel \"7 décembre 2026\" pour:renouvellement referentiel:data-engineer
:maintenant 2027-11-08T10:00
:moi prof formateur
:salon general
/suivi
/equipe voir
";

/// The same asked for as anybody asks for a reminder without words.
const ORDINARY: [(&str, &str); 2] = [
    ("/amenagement rappel jeudi 10h", "/rappel ajouter jeudi 10h"),
    (
        "/amenagement rappel \"7 décembre 2026\" pour:renouvellement referentiel:data-engineer",
        "/rappel ajouter \"7 novembre 2027 9h\"",
    ),
];

/// Plays a script over a folder, and gives what went to standard error.
fn play(script: &str, folder: &Path) -> Vec<u8> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .args(["console", "--now", "2026-11-23T09:00", "--data"])
        .arg(folder)
        .env_remove("VIGIE_CONFIG")
        .env_remove("DATABASE_URL")
        .env("VIGIE_LOG", "trace")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(script.as_bytes()).expect("it reads its input");
    child.wait_with_output().expect("it ends").stderr
}

/// Every file of a folder with its bytes, in lower case; what the person was given is theirs.
fn left_in(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "console-files") {
                all.extend(left_in(&path));
            }
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            all.push((path.display().to_string(), String::from_utf8_lossy(&bytes).to_lowercase()));
        }
    }
    all
}

/// How many rows each table has.
async fn rows(folder: &Path) -> Vec<(String, i64)> {
    sqlx::any::install_default_drivers();
    let url = vigie::store::Location::url_of(&folder.join("vigie.db"));
    let pool = sqlx::AnyPool::connect(&url).await.expect("a connection");
    let tables = "select name from sqlite_master where type = 'table' order by name";
    let tables = sqlx::query_scalar::<_, String>(tables).fetch_all(&pool).await.expect("the tables");
    let mut all = Vec::new();
    for table in tables {
        let count = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        all.push((table, sqlx::query_scalar(count).fetch_one(&pool).await.expect("a count")));
    }
    pool.close().await;
    all
}

#[tokio::test]
async fn nothing_that_is_kept_tells_who_asked_about_accommodation() {
    let (with, without) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let log = play(&format!("{PUBLIC}{DELICATE}"), with.path());
    play(PUBLIC, without.path());
    std::fs::write(with.path().join("log"), &log).expect("the log is kept as a file");
    let left = left_in(with.path());
    // The search finds what is there to be found.
    assert!(left.iter().any(|(file, text)| file.ends_with("vigie.db") && text.contains("rgpd")), "{:?}", names(&left));
    assert!(left.iter().any(|(file, text)| file.ends_with("log") && text.contains("answered")), "{:?}", names(&left));
    for (file, text) in &left {
        for word in WORDS {
            if let Some(at) = text.find(word) {
                let from = (0..=at.saturating_sub(120)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                let around: String = text[from..].chars().take(260).collect();
                panic!("{word} is in {file}: {around}");
            }
        }
    }
    // Nor does the database hold one row more than without any of it.
    assert_eq!(rows(with.path()).await, rows(without.path()).await);
}

/// All that the tables of reminders hold, but for what is drawn at random.
async fn reminders(folder: &Path) -> Vec<Vec<String>> {
    sqlx::any::install_default_drivers();
    let url = vigie::store::Location::url_of(&folder.join("vigie.db"));
    let pool = sqlx::AnyPool::connect(&url).await.expect("a connection");
    let questions = [
        "select 'reminder ' || id || ' ' || number || ' ' || person_id || ' ' || coalesce(what, '-') || ' ' || starts_at \
             || ' ' || coalesce(rule, '-') || ' ' || acknowledged || ' ' || made_at from reminders order by id",
        "select 'delivery ' || id || ' ' || kind || ' ' || subject_id || ' ' || step_at || ' ' || steps || ' ' || state \
             || ' ' || lane || ' ' || coalesce(why, '-') from deliveries order by id",
        "select 'alarm ' || kind || ' ' || subject_id || ' ' || look_at from alarms order by kind, subject_id",
        "select 'seen ' || reminder_id || ' ' || at from acknowledgements order by reminder_id",
        "select 'deed ' || id || ' ' || at || ' ' || person_id || ' ' || deed || ' ' || about from journal order by id",
        "select 'wish ' || key || ' ' || value from reminder_settings order by key",
        "select 'button ' || kind || ' ' || presses from buttons order by made_at",
        // The first part of an event is drawn by each process.
        "select 'effect ' || substr(event, 17) from effects order by event",
    ];
    let mut all = Vec::new();
    for question in questions {
        all.push(sqlx::query_scalar::<_, String>(question).fetch_all(&pool).await.expect("rows"));
    }
    pool.close().await;
    all
}

#[tokio::test]
async fn a_reminder_about_accommodation_is_one_like_any_other() {
    let (with, ordinary) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let log = play(FOLLOWED, with.path());
    let script = ORDINARY.iter().fold(FOLLOWED.to_owned(), |script, (said, instead)| script.replace(said, instead));
    assert!(!script.contains("amenagement"), "{script}");
    play(&script, ordinary.path());
    std::fs::write(with.path().join("log"), &log).expect("the log is kept as a file");
    let kept = reminders(with.path()).await;
    assert_eq!(kept, reminders(ordinary.path()).await);
    let sent = |row: &&String| row.starts_with("delivery") && row.contains(" sent ");
    assert_eq!(kept.iter().flatten().filter(sent).count(), 3, "once, put off, and a year later: {kept:?}");
    for (file, text) in left_in(with.path()) {
        for word in WORDS {
            assert!(!text.contains(word), "{word} is in {file}");
        }
    }
}

fn names(left: &[(String, String)]) -> Vec<&str> {
    left.iter().map(|(file, _)| file.as_str()).collect()
}
