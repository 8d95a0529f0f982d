//! Conversations: a script in, a transcript out, through the real dispatcher and the real console.
//!
//! Each `.txt` file of `transcripts/` is a script; the snapshot beside it is what was said. `UPDATE_EXPECT=1 cargo test`
//! rewrites the snapshots.

use expect_test::expect_file;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use vigie::app::{Vigie, shelf::Shelf};
use vigie::config::Settings;
use vigie::store::Store;
use vigie_chat::{App, Connector, ConnectorName, Space, SpaceId, plain};
use vigie_console::{Console, Format, Options, Outcome, Rooms};

/// What is written, kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic while writing").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Plays a script and gives what was said, and how it went.
pub(crate) fn play(script: &str, settings: Settings, format: Format) -> (String, Outcome) {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        play_over(store, script, settings, format).await
    })
}

/// The same over a store that holds something already.
pub(crate) async fn play_over(store: Store, script: &str, settings: Settings, format: Format) -> (String, Outcome) {
    let kept = Kept::default();
    // Of a name that is always as long, so that lines are cut at the same place.
    let files = tempfile::Builder::new().prefix("v").tempdir_in("/tmp").expect("a folder for the files");
    let at = "2026-11-23T08:00:00Z".parse().expect("an instant");
    let options = Options::new(Arc::new(move || at))
        .format(format)
        .width(100)
        // A remark of the script says so.
        .rooms(if script.contains("# salons à part") { Rooms::Apart } else { Rooms::Together })
        .files_in(files.path())
        .script(std::io::Cursor::new(script.to_owned()))
        .output(kept.clone());
    let dial = options.dial();
    let console = Arc::new(Console::new(options));
    let drawn = AtomicU64::new(0);
    let chance = move || Some(0x7654_3210 + drawn.fetch_add(1, Ordering::Relaxed));
    let app = vigie(store, settings).with_clock(dial.clock()).with_chance(Arc::new(chance));
    let app = Arc::new(app.on([Arc::clone(&console) as Arc<dyn Connector>]));
    console.run(app, Box::pin(std::future::pending())).await.expect("the script ends");
    let said = String::from_utf8(kept.0.lock().expect("no panic while writing").clone()).expect("UTF-8");
    let said = said.replace(&*files.path().to_string_lossy(), "/dossier");
    // A long line may be cut within the path.
    let name = files.path().file_name().expect("it has a name").to_string_lossy();
    let said = said.replace(&*name, "dossier");
    (said, console.outcome())
}

pub(crate) fn vigie(store: Store, settings: Settings) -> Vigie {
    Vigie::new(Shelf::open(None, None).expect("the embedded référentiels"), settings, store)
}

/// Runs something that waits.
pub(crate) fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/transcripts")
}

#[test]
fn transcripts() {
    let mut scripts: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("the folder of transcripts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    scripts.sort();
    assert!(scripts.len() >= 5, "transcripts are missing");
    for path in scripts {
        let script = std::fs::read_to_string(&path).expect("a script");
        let settings = Settings {
            referent_handicap: script.contains("# contact").then(|| vigie::config::ReferentHandicap {
                nom: "Mission handicap".to_owned(),
                courriel: Some("handicap@ecole.example".to_owned()),
                telephone: None,
                lieu: Some("bâtiment B, le mardi".to_owned()),
            }),
            web_listen: script.contains("# calendrier").then(|| ([127, 0, 0, 1], 8080).into()),
            web_public_url: script
                .contains("# calendrier")
                .then(|| "https://vigie.ecole.example".parse().expect("an address")),
            ..Settings::default()
        };
        let (said, outcome) = play(&script, settings, Format::Text);
        expect_file![path.with_extension("out")].assert_eq(&format!("{said}\n[{outcome:?}]\n"));
    }
}

#[test]
fn every_line_of_json_keeps_the_contract() {
    let (said, _) = play("C1.5\n:1\nrgpd\n/amenagement contact\n/nimporte\n", Settings::default(), Format::Json);
    let mut kinds = Vec::new();
    for line in said.lines() {
        let message: serde_json::Value = serde_json::from_str(line).expect("one JSON object a line");
        for key in ["to", "kind", "at", "title", "text", "actions", "files"] {
            assert!(message.get(key).is_some(), "{key} is missing in {line}");
        }
        assert_eq!(message["at"], "2026-11-23T09:00:00+01:00");
        kinds.push(format!("{} {}", message["to"].as_str().expect("text"), message["kind"].as_str().expect("text")));
    }
    assert_eq!(
        kinds,
        [
            "salon:general answer",
            "salon:general answer",
            "salon:general answer",
            "prive:alice answer",
            "prive:alice error"
        ]
    );
}

#[test]
fn hostile_text_cannot_reach_the_terminal() {
    let (said, _) = play(
        "/chercher \u{1b}[2J\u{202e}@everyone <script>alert(1)</script> **x**\n",
        Settings::default(),
        Format::Text,
    );
    assert!(said.contains("@everyone"), "it is words like others: {said}");
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
}

#[test]
fn a_second_person_is_answered_for_themselves() {
    let script = ":moi bob candidat\nC1.5\n:moi chloe candidat\n/amenagement contact\n:moi bob\n:1\n";
    let (said, outcome) = play(script, Settings::default(), Format::Json);
    let last = said.lines().last().expect("an answer");
    assert!(last.contains("C1.4 — "), "bob pressed under his own sheet: {last}");
    assert_eq!(outcome, Outcome::Clean);
}

#[test]
fn without_a_store_people_are_answered_without_buttons() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        store.close().await;
        let (said, outcome) = play_over(store, "C1.5\n", Settings::default(), Format::Text).await;
        assert!(said.contains("Data Engineer") && said.contains("Les boutons de ce message"), "{said}");
        assert!(!said.contains("(1)"), "{said}");
        assert_eq!(outcome, Outcome::Clean);
    });
}

#[test]
fn a_space_is_welcomed_once() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let (network, id) = (ConnectorName::new("test"), SpaceId::new("a"));
        let space = Space { id: id.clone(), name: "École".to_owned() };
        let app = vigie(store.clone(), Settings::default());
        let welcome = app.joined(&network, &space).await.expect("a welcome");
        assert!(plain(&welcome).contains("/aide"));
        let restarted = vigie(store, Settings::default());
        assert!(restarted.joined(&network, &space).await.is_none());
        assert_eq!(restarted.spaces(&network).await, std::slice::from_ref(&id));
        restarted.left(&network, &id).await;
        assert!(restarted.spaces(&network).await.is_empty());
        assert!(restarted.joined(&network, &space).await.is_some(), "it came back");
    });
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    /// Whatever is typed is answered, and the process lives.
    #[test]
    fn anything_typed_is_answered(lines in proptest::collection::vec("[ -~éàçœ’«»0-9\u{0}-\u{1f}]{0,60}", 1..4)) {
        let script: String = lines.iter().map(|l| l.replace(['\n', '\r'], " ") + "\n").collect();
        let (said, _) = play(&script, Settings::default(), Format::Text);
        proptest::prop_assert!(!said.contains("Une erreur de ma part"), "{}", said);
        let spoken = lines.iter().any(|line| line.chars().any(char::is_alphanumeric) && !line.trim_start().starts_with('#'));
        proptest::prop_assert!(!spoken || !said.trim().is_empty(), "{:?} was not answered", lines);
    }
}
