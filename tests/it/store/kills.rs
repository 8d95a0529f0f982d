//! What was acknowledged survives `kill -9` at once, whatever it was: the real program, killed as soon as its answer is read,
//! started again, and asked.

use super::postgres;
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// How often each kind of write is acknowledged before a kill.
const ROUNDS: usize = 5;

/// A program that talks on its standard input and output.
struct Console {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

/// Where everything is kept.
enum Kept<'a> {
    In(&'a Path),
    At(&'a str),
}

impl Console {
    /// Starts it in the morning of a Monday; alice is the one who speaks.
    fn start(kept: &Kept<'_>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
        command.args(["console", "--json", "--now", "2026-11-23T09:00"]).current_dir(std::env::temp_dir());
        command.env_remove("VIGIE_CONFIG").env_remove("DATABASE_URL");
        match kept {
            Kept::In(folder) => command.arg("--data").arg(folder),
            Kept::At(url) => command.env("DATABASE_URL", url),
        };
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut console = Self { child, input, output };
        console.says(":moi alice candidat");
        console
    }

    fn says(&mut self, line: &str) {
        writeln!(self.input, "{line}").expect("it reads its input");
    }

    /// Says a line and waits for the answer to it.
    fn asks(&mut self, line: &str) -> String {
        self.says(line);
        loop {
            let said = self.output.next().expect("it answers").expect("UTF-8");
            let said: Value = serde_json::from_str(&said).expect("a line of JSON");
            match said["kind"].as_str() {
                Some("answer" | "edit") => {
                    let text = |key: &str| said[key].as_str().unwrap_or_default().replace('\u{a0}', " ");
                    return format!("{}\n{}", text("title"), text("text"));
                }
                Some("notice") => {}
                _ => panic!("{line}: {said}"),
            }
        }
    }

    /// Says a line whose answer has all these words on one of its lines.
    #[track_caller]
    fn expect(&mut self, line: &str, words: &[&str]) {
        let said = self.asks(line);
        let is_there = said.lines().any(|line| words.iter().all(|word| line.contains(word)));
        assert!(is_there, "{line}: {words:?} isn't in {said}");
    }

    /// Ends it as a power cut would: on Unix this is SIGKILL.
    fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ended");
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Something that is written, what acknowledges it, and how it is seen afterwards.
struct Written {
    line: String,
    told: &'static str,
    question: &'static str,
    /// On one line.
    seen: Vec<String>,
}

/// One of each kind.
fn written(round: usize) -> [Written; 6] {
    let number = round + 1;
    [
        Written {
            line: format!("/jalon ajouter \"Relevé {number}, jeudi 12h\""),
            told: "Relevé",
            question: "/jalon liste",
            seen: vec![format!("Relevé {number}")],
        },
        Written {
            line: format!("/jalon fait releve {number}"),
            told: "fait",
            question: "/planning",
            seen: vec![format!("Relevé {number}"), "fait".to_owned()],
        },
        Written {
            line: format!("/livrable deposer 2 lien:https://forge.example/rapport-{number}"),
            told: "Reçu",
            question: "/livrable fichier L2",
            seen: vec![format!("https://forge.example/rapport-{number}")],
        },
        Written {
            line: "/heures ajouter 1h".to_owned(),
            told: "1 h",
            question: "/heures voir",
            seen: vec!["alice".to_owned(), format!("{number} h")],
        },
        Written {
            line: format!("/grille couvrir A2C1/1 preuve:\"Voir la page {number}.\""),
            told: "A2C1",
            question: "/grille voir competence:A2C1",
            seen: vec![format!("Voir la page {number}.")],
        },
        Written {
            line: format!("/equipe renommer Les Phares {number}"),
            told: "Les Phares",
            question: "/equipe voir",
            seen: vec![format!("Les Phares {number}")],
        },
    ]
}

fn survives(kept: &Kept<'_>) {
    let brief = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/briefs/projet-ia-fuites.md");
    let mut console = Console::start(kept);
    console.says(":moi prof formateur");
    console.says(&format!(":fichier {}", brief.display()));
    console.asks("/brief publier");
    console.expect(":1", &["publié"]);
    console.kill();
    let mut console = Console::start(kept);
    console.expect("/brief liste", &["fuites"]);
    console.expect("/equipe creer Les Phares", &["Les Phares"]);
    for written in (0..ROUNDS).flat_map(written) {
        console.expect(&written.line, &[written.told]);
        console.kill();
        console = Console::start(kept);
        let seen: Vec<&str> = written.seen.iter().map(String::as_str).collect();
        console.expect(written.question, &seen);
    }
}

#[test]
fn what_was_acknowledged_survives_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    survives(&Kept::In(folder.path()));
}

#[test]
fn what_was_acknowledged_survives_on_postgres() {
    if let Some(url) = postgres::database() {
        survives(&Kept::At(&url));
    }
}
