//! The real program: exit statuses, files written or not, pipes.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn vigie(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .args(args)
        .env_remove("VIGIE_CONFIG")
        .env_remove("DATABASE_URL")
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads its input");
    child.wait_with_output().expect("it ends")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[test]
fn a_script_ends_with_a_status_that_says_how_it_went() {
    let good = vigie(&["console", "--memory"], "C1.5\n/aide\n");
    assert_eq!(good.status.code(), Some(0), "{}", err(&good));
    assert!(out(&good).contains("Data Engineer"));
    let bad = vigie(&["console", "--memory"], "/nimporte quoi\n");
    assert_eq!(bad.status.code(), Some(1));
}

#[test]
fn search_answers_in_words_and_in_json() {
    let words = vigie(&["search", "test", "d'intrusion"], "");
    assert_eq!(words.status.code(), Some(0));
    assert!(out(&words).contains("solutions-informatiques:C18"), "{}", out(&words));
    let batch = vigie(&["search", "--batch"], "{\"q\":\"criteres c1.5 data engineer\",\"scope\":null}\nsiem\n");
    let lines: Vec<serde_json::Value> = out(&batch).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["hits"][0]["id"], "data-engineer:C1.5");
    assert_eq!(lines[0]["hits"][0]["type"], "competence");
    assert_eq!(lines[1]["q"], "siem");
    assert!(lines[1]["micros"].is_number());
    let unknown = vigie(&["search", "--referentiel", "nope", "x"], "");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("data-engineer"), "{}", err(&unknown));
}

#[test]
fn eval_measures_and_refuses_what_it_cannot_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("q.jsonl");
    std::fs::write(
        &file,
        "{\"q\":\"C18\",\"relevant\":{\"solutions-informatiques:C18\":2},\"kind\":\"code\",\"scope\":null}\n",
    )
    .expect("a file");
    let good = vigie(&["eval", file.to_str().expect("a path")], "");
    assert_eq!(good.status.code(), Some(0), "{}", err(&good));
    assert!(out(&good).contains("1.000"), "{}", out(&good));
    std::fs::write(&file, "{\"q\":3}\n").expect("a file");
    let bad = vigie(&["eval", file.to_str().expect("a path")], "");
    assert_eq!(bad.status.code(), Some(2));
    assert!(err(&bad).contains("line 1"), "{}", err(&bad));
}

#[test]
fn export_prints_the_contract() {
    let export = vigie(&["referentiel", "export", "projet-ia"], "");
    let json: serde_json::Value = serde_json::from_str(&out(&export)).expect("JSON");
    assert_eq!(json["slug"], "projet-ia");
    assert_eq!(json["titre_dans_document"], false);
    assert_eq!(json["niveau"], serde_json::Value::Null);
    assert_eq!(json["lexique"].as_array().map(Vec::len), Some(12));
    let keys: Vec<&String> = json.as_object().expect("an object").keys().collect();
    assert_eq!(keys.len(), 12);
    assert_eq!(vigie(&["referentiel", "export", "nope"], "").status.code(), Some(2));
}

/// A small document of our own, with the columns that the importer expects.
const DOCUMENT: &str = "Référentiel du métier Jardinier - niveau 4\n\n\
    REFERENTIEL D'ACTIVITES\tREFERENTIEL DE COMPETENCES\tREFERENTIEL D'EVALUATION\t\n\
    \t\tMODALITÉS D'ÉVALUATION\tCRITÈRES D'ÉVALUATION\n\
    Bloc 1 : Cultiver un jardin\t\t\t\n\
    A1 - Préparer le sol\tC1.1 Bêcher une planche afin de l'aérer\tMise en situation professionnelle : une planche à bêcher\tLa terre est meuble. Les outils sont rendus propres.\n\
    A2 - Semer\tC1.2 Semer des radis en ligne\t\tLes lignes sont droites.\n";

#[test]
fn import_writes_a_file_that_checks_and_bad_input_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file");
    write("doc.txt", DOCUMENT.as_bytes());
    let good = vigie(&["referentiel", "import", &path("doc.txt"), "--out", &path("doc.toml")], "");
    assert_eq!(good.status.code(), Some(0), "{}", err(&good));
    assert!(err(&good).contains("2 competencies, 3 criteria"), "{}", err(&good));
    let checked = vigie(&["referentiel", "check", &path("doc.toml")], "");
    assert_eq!(checked.status.code(), Some(0), "{}", err(&checked));

    write("empty.txt", b"");
    write("binary.txt", b"%PDF-1.7\x00\x01");
    write("latin1.txt", b"R\xe9f\xe9rentiel\n");
    write("prose.txt", "Il fait beau.\nDemain aussi.\n".as_bytes());
    let cut = DOCUMENT.find("Semer des").expect("a place in the table");
    write("cut.txt", &DOCUMENT.as_bytes()[..cut]);
    for (name, expected) in [
        ("empty.txt", "empty"),
        ("binary.txt", "PDF"),
        ("latin1.txt", "UTF-8"),
        ("prose.txt", "table"),
        ("cut.txt", "complete"),
        ("missing.txt", "missing.txt"),
    ] {
        let bad = vigie(&["referentiel", "import", &path(name), "--out", &path("bad.toml")], "");
        assert_eq!(bad.status.code(), Some(2), "{name}: {}", err(&bad));
        assert!(err(&bad).contains(expected), "{name}: {}", err(&bad));
        assert!(!Path::new(&path("bad.toml")).exists(), "{name} left a file");
    }
    let large = std::fs::File::create(folder.path().join("large.txt")).expect("a file");
    large.set_len(100 * 1024 * 1024).expect("a sparse file");
    let bad = vigie(&["referentiel", "import", &path("large.txt")], "");
    assert_eq!(bad.status.code(), Some(2));
    assert!(err(&bad).contains("bytes"), "{}", err(&bad));

    write("wrong.toml", "slug = \"x y\"\nfoo = 1\n".as_bytes());
    let wrong = vigie(&["referentiel", "check", &path("wrong.toml")], "");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("wrong.toml:1") && err(&wrong).contains("wrong.toml:2"), "{}", err(&wrong));
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .args(["referentiel", "export", "projet-ia"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
}
