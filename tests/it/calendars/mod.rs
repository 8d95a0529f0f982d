//! Calendar files as another program reads them: what `/planning` and briefs give, before and after changes.

mod python;

use super::conversation::within;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use vigie::app::Vigie;
use vigie::app::shelf::Shelf;
use vigie::config::Settings;
use vigie::store::Store;
use vigie_chat::{App, Connector};
use vigie_console::{Console, Format, Options, Outcome};

/// What a class does up to its first files: a brief with dates on both sides of two changes of the clocks.
const BEGINS: &str = ":moi prof formateur
/brief publier \"# Fuites; données, réelles\n\n## Calendrier\n- Début : 12 octobre 2026\n- Revue : 24 octobre 2026 à 18 h\n- Atelier : 26 octobre 2026 à 18 h\n- Date limite : 28 mars 2027 à 18 h\n\n## Livrables\n- Un dossier\n\n## Équipes\n4 personnes\"
:1
:moi alice candidat
/equipe creer Les Vigies
/jalon ajouter maquette; 1, \\ échéance:\"27 mars 2027 18h\"
";

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

/// Plays a script in a folder, where what is sent is kept, and gives what was said.
fn play(script: &str, folder: &Path) -> String {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let kept = Kept::default();
        let at = "2026-09-28T08:00:00Z".parse().expect("an instant");
        let options = Options::new(Arc::new(move || at))
            .format(Format::Text)
            .files_in(folder)
            .script(std::io::Cursor::new(script.to_owned()))
            .output(kept.clone());
        let dial = options.dial();
        let console = Arc::new(Console::new(options));
        let shelf = Shelf::open(None, None).expect("the embedded référentiels");
        let app = Vigie::new(shelf, Settings::default(), store).with_clock(dial.clock());
        let app: Arc<dyn App> = Arc::new(app.on([Arc::clone(&console) as Arc<dyn Connector>]));
        console.run(app, Box::pin(std::future::pending())).await.expect("the script ends");
        let said = String::from_utf8(kept.0.lock().expect("no panic while writing").clone()).expect("UTF-8");
        assert_eq!(console.outcome(), Outcome::Clean, "{said}");
        said
    })
}

/// The calendar files of a folder, in the order in which they were sent.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "ics"))
        .collect();
    all.sort_by_key(|path| std::fs::metadata(path).and_then(|data| data.modified()).expect("a time"));
    all
}

#[test]
fn what_is_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = play(&format!("{BEGINS}/planning\n/brief voir\n"), folder.path());
    println!("{said}");
    for file in files(folder.path()) {
        println!("{}\n{}", file.display(), std::fs::read_to_string(&file).expect("text"));
    }
    let _: Option<Value> = None;
}
