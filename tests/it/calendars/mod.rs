//! Calendar files as another program reads them: what `/planning`, briefs and feeds give, before and after changes.

mod python;

use super::conversation::within;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use vigie::app::Vigie;
use vigie::app::shelf::Shelf;
use vigie::commands::calendar_of;
use vigie::config::Settings;
use vigie::store::{Account, FeedOf, Store};
use vigie_chat::{App, Connector, ConnectorName, PersonId};
use vigie_console::{Console, Format, Options, Outcome};

/// A team with dates on both sides of two changes of the clocks, by clocks of Paris and of La Réunion.
const BEGINS: &str = ":moi prof formateur
:fichier tests/briefs/projet-ia-fuites.md
/brief publier
:1
:moi alice candidat
/equipe creer Les Vigies
/jalon ajouter Avant echeance:\"2026-10-24T18:00 oui\"
/jalon ajouter Après echeance:\"2026-10-26T18:00 oui\"
/jalon ajouter Veille echeance:\"2027-03-27T18:00 oui\"
/jalon ajouter Lendemain echeance:\"2027-03-28T18:00 oui\"
/jalon ajouter \"Jour; entier, \\ 🧑‍🤝‍🧑 שלום\" echeance:\"2027-03-28T23:59 oui\"
:moi bob candidat
/equipe rejoindre Les Vigies
/compte fuseau Indian/Reunion
/jalon ajouter Veille-Réunion echeance:\"2027-03-27T18:00 oui\"
/jalon ajouter Lendemain-Réunion echeance:\"2027-03-28T18:00 oui\"
:moi alice
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

/// Plays a script over a store at an instant, and gives the folder of what was sent.
async fn played(store: &Store, script: &str, at: &str) -> tempfile::TempDir {
    let (kept, folder) = (Kept::default(), tempfile::tempdir().expect("a folder"));
    let at = at.parse().expect("an instant");
    let options = Options::new(Arc::new(move || at))
        .format(Format::Text)
        .files_in(folder.path())
        .script(std::io::Cursor::new(script.to_owned()))
        .output(kept.clone());
    let dial = options.dial();
    let console = Arc::new(Console::new(options));
    let shelf = Shelf::open(None, None).expect("the embedded référentiels");
    let app = Vigie::new(shelf, Settings::default(), store.clone()).with_clock(dial.clock());
    let app: Arc<dyn App> = Arc::new(app.on([Arc::clone(&console) as Arc<dyn Connector>]));
    console.run(app, Box::pin(std::future::pending())).await.expect("the script ends");
    let said = String::from_utf8(kept.0.lock().expect("no panic while writing").clone()).expect("UTF-8");
    assert_eq!(console.outcome(), Outcome::Clean, "{said}");
    folder
}

/// The calendar files of what was sent whose names begin so. Each message has a folder.
fn files(folder: &Path, begin: &str) -> Vec<PathBuf> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path()).collect()
    };
    let mut all: Vec<PathBuf> = inside(folder).iter().flat_map(|message| inside(message)).collect();
    all.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(begin) && name.ends_with(".ics")
    });
    all.sort();
    all
}

/// The only file of a team.
fn file(folder: &Path) -> PathBuf {
    let all = files(folder, "planning-");
    let [one] = all.as_slice() else { panic!("{all:?}") };
    one.clone()
}

fn about<'a>(events: &'a [Value], summary: &str) -> &'a Value {
    let found = events.iter().find(|event| event["summary"] == summary);
    found.unwrap_or_else(|| panic!("no {summary} in {events:#?}"))
}

/// The hour at which something begins: alike by the zone's name and by the rules in the file.
fn hour(events: &[Value], summary: &str) -> String {
    let start = &about(events, summary)["start"];
    assert_eq!(start["by_name"], start["by_rules"], "{summary}");
    start["by_name"].as_str().unwrap_or_else(|| panic!("{summary}: {start}")).to_owned()
}

#[test]
fn hours_are_right_on_both_sides_of_a_change_of_the_clocks() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let folder = played(&store, &format!("{BEGINS}/planning\n"), "2026-09-28T08:00:00Z").await;
        let Some(events) = python::events(&[&file(folder.path())]) else { return };
        assert!(events.iter().all(|event| event["errors"] == serde_json::json!([])), "{events:#?}");
        assert!(events.iter().all(|event| event["method"] == "PUBLISH" && event["alarms"] == serde_json::json!([])));
        assert_eq!(hour(&events, "Avant"), "2026-10-24T18:00:00+02:00");
        assert_eq!(hour(&events, "Après"), "2026-10-26T18:00:00+01:00");
        assert_eq!(hour(&events, "Veille"), "2027-03-27T18:00:00+01:00");
        assert_eq!(hour(&events, "Lendemain"), "2027-03-28T18:00:00+02:00");
        assert_eq!(hour(&events, "Veille-Réunion"), "2027-03-27T18:00:00+04:00");
        assert_eq!(hour(&events, "Lendemain-Réunion"), "2027-03-28T18:00:00+04:00");
        assert_eq!(hour(&events, "À rendre\u{a0}: Note de cadrage"), "2026-11-06T18:00:00+01:00");
        let day = about(&events, "Jour; entier, \\ 🧑‍🤝‍🧑 שלום");
        assert_eq!((&day["start"]["day"], &day["end"]["day"]), (&"2027-03-28".into(), &"2027-03-29".into()));
        let deadline =
            events.iter().filter(|event| event["summary"].as_str().is_some_and(|s| s.starts_with("Échéance")));
        assert_eq!(deadline.count(), 1, "{events:#?}");
        // The same data is the same bytes.
        let again = played(&store, ":moi alice candidat\n/planning\n", "2026-10-05T08:00:00Z").await;
        let bytes = |folder: &Path| std::fs::read(file(folder)).expect("a file");
        assert_eq!(bytes(folder.path()), bytes(again.path()), "whenever it is asked for");
    });
}

#[test]
fn a_newer_file_changes_and_cancels_what_a_former_one_said() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let first = played(&store, &format!("{BEGINS}/planning\n"), "2026-09-28T08:00:00Z").await;
        let changes = ":moi alice candidat
/jalon modifier 2 echeance:\"2026-10-25T18:00 oui\"
/jalon supprimer 3
/jalon fait 4
/planning
";
        let second = played(&store, changes, "2026-09-29T08:00:00Z").await;
        let close = ":moi prof formateur\n/brief cloturer sujet:1 confirmation:oui\n:moi alice candidat\n/planning equipe:1.1\n";
        let third = played(&store, close, "2026-10-01T08:00:00Z").await;
        let of = |folder: &tempfile::TempDir| python::events(&[&file(folder.path())]);
        let (Some(first), Some(second), Some(third)) = (of(&first), of(&second), of(&third)) else { return };
        let before = |summary: &str| about(&first, summary).clone();
        let after = |events: &[Value], former: &Value| -> Value {
            let same: Vec<&Value> = events.iter().filter(|event| event["uid"] == former["uid"]).collect();
            let [one] = same.as_slice() else { panic!("{former} is {same:?}") };
            (*one).clone()
        };
        let sequence = |event: &Value| event["sequence"].as_i64().expect("a number");
        for (summary, status, said) in [
            ("Avant", "CONFIRMED", "Avant"),
            ("Après", "CANCELLED", "Jalon supprimé"),
            ("Veille", "CONFIRMED", "Fait\u{a0}: Veille"),
        ] {
            let (former, now) = (before(summary), after(&second, &before(summary)));
            assert_eq!((&now["status"], &now["summary"]), (&status.into(), &said.into()));
            assert!(sequence(&now) > sequence(&former), "{former} {now}");
        }
        assert_eq!(hour(&second, "Avant"), "2026-10-25T18:00:00+01:00");
        let same = before("Lendemain");
        assert_eq!(after(&second, &same), same, "nothing else changed");
        // All that was to come is given up with its brief; what is done is done.
        for former in &first {
            let now = after(&third, former);
            let done = former["summary"] == "Veille";
            assert_eq!(now["status"] == "CANCELLED", !done, "{now}");
            assert!(sequence(&now) > sequence(former), "{former} {now}");
        }
    });
}

/// The entry of a file whose UID begins so, unfolded.
fn entry(path: &Path, begins: &str) -> String {
    let text = std::fs::read_to_string(path).expect("a file").replace("\r\n ", "");
    let mut entries = text.split("BEGIN:VEVENT");
    let found = entries.find(|entry| entry.contains(&format!("UID:{begins}")));
    found.unwrap_or_else(|| panic!("no {begins} in {text}")).to_owned()
}

fn sequence(entry: &str) -> u32 {
    let line = entry.lines().find_map(|line| line.strip_prefix("SEQUENCE:"));
    line.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("no SEQUENCE in {entry}"))
}

#[test]
fn a_defence_changes_with_the_length_that_its_brief_says_and_with_the_name_of_its_team() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let plan = "/soutenance planifier debut:\"15 janvier 2027 9h\" duree:50min sujet:1\n";
        let planned = format!("{BEGINS}:moi prof formateur\n{plan}:moi alice\n/planning\n");
        let first = played(&store, &planned, "2026-09-28T08:00:00Z").await;
        let longer =
            ":moi prof formateur\n/brief modifier champ:oral valeur:25 min sujet:1\n:1\n:moi alice\n/planning\n";
        let second = played(&store, longer, "2026-09-29T08:00:00Z").await;
        let renamed = ":moi alice candidat\n/equipe renommer \"Les Phares\"\n/planning\n";
        let third = played(&store, renamed, "2026-09-30T08:00:00Z").await;
        let [first, second, third] = [first, second, third].map(|folder| entry(&file(folder.path()), "defence-"));
        assert!(
            first != second && second.contains("Les Vigies") && third.contains("Les Phares"),
            "{first} {second} {third}"
        );
        assert!(
            sequence(&first) < sequence(&second) && sequence(&second) < sequence(&third),
            "{first} {second} {third}"
        );
        assert!(first.contains("DTSTAMP:20260928T") && second.contains("DTSTAMP:20260929T"), "{first} {second}");
        assert!(third.contains("DTSTAMP:20260930T"), "{third}");
    });
}

#[test]
fn a_brief_gives_its_own_dates_under_the_names_that_teams_have_them() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let brief = played(&store, &format!("{BEGINS}/brief voir 1\n"), "2026-09-28T08:00:00Z").await;
        let team = played(&store, ":moi alice candidat\n/planning\n", "2026-09-28T09:00:00Z").await;
        // The announcement and the answer are the same file, under two names.
        let files = files(brief.path(), "sujet-1");
        let contents: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).expect("a file")).collect();
        assert!(!contents.is_empty() && contents.iter().all(|content| *content == contents[0]), "{files:?}");
        let Some(of_brief) = python::events(&[&files[0]]) else { return };
        let Some(of_team) = python::events(&[&file(team.path())]) else { return };
        for begins in ["Échéance", "À rendre\u{a0}: Note de cadrage", "Point d’étape"] {
            let named = |event: &&Value| event["summary"].as_str().is_some_and(|summary| summary.starts_with(begins));
            let (ours, theirs) = (of_brief.iter().find(named), of_team.iter().find(named));
            let (ours, theirs) = (ours.expect("the brief has it"), theirs.expect("its team has it"));
            assert_eq!(ours["uid"], theirs["uid"], "{begins}");
            assert!(ours["sequence"].as_i64() <= theirs["sequence"].as_i64(), "{ours} {theirs}");
        }
        let mut names: Vec<&Value> = of_brief.iter().map(|event| &event["uid"]).collect();
        names.sort_by_key(ToString::to_string);
        names.dedup();
        assert_eq!(names.len(), of_brief.len());
    });
}

#[test]
fn a_trainer_who_opens_the_files_of_two_teams_has_both() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let other = ":moi carol candidat\n/equipe creer Phares\n:moi prof formateur\n";
        played(&store, &format!("{BEGINS}{other}"), "2026-09-28T08:00:00Z").await;
        let uids = async |who: &str, team: &str| {
            let asked = format!(":moi {who}\n/planning equipe:{team}\n");
            let folder = played(&store, &asked, "2026-09-28T09:00:00Z").await;
            let text = std::fs::read_to_string(file(folder.path())).expect("a file").replace("\r\n ", "");
            let uids: BTreeSet<String> =
                text.lines().filter_map(|line| line.strip_prefix("UID:")).map(str::to_owned).collect();
            uids
        };
        let (one, two) = (uids("prof formateur", "1.1").await, uids("prof formateur", "1.2").await);
        assert_eq!(one.intersection(&two).count(), 1, "the deadline alone is one: {one:?} {two:?}");
        let theirs = uids("alice candidat", "1.1").await;
        assert!(
            theirs.iter().filter(|uid| uid.starts_with("brief-")).count() > 1,
            "those of the brief's file: {theirs:?}"
        );
    });
}

#[test]
fn somebodys_own_calendar_is_read_with_its_alarms_and_its_rules() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let script = format!("{BEGINS}:prive\n/rappel ajouter \"tous les lundis 9h\" texte:\"point d’équipe\"\n");
        played(&store, &script, "2026-09-28T08:00:00Z").await;
        let alice = Account { connector: ConnectorName::new("console"), id: PersonId::new("alice") };
        let presence = store.presences(&alice).await.expect("read").pop().expect("she is known");
        let of = FeedOf { tenant: presence.tenant, person: presence.person };
        let zone = jiff::tz::TimeZone::get("Europe/Paris").expect("a zone");
        let calendar = calendar_of(&store, of, &zone).await.expect("made").written();
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("own.ics");
        std::fs::write(&path, &calendar).expect("a file");
        let Some(events) = python::events(&[&path]) else { return };
        let lendemain = about(&events, "Lendemain");
        // 9 h of the 21st, the 25th and the 27th, by the clocks of before; 16 h of the day; 9 h of the day after.
        let expect = ["-8 days, 16:00:00", "-4 days, 16:00:00", "-2 days, 16:00:00", "-1 day, 22:00:00", "15:00:00"];
        assert_eq!(lendemain["alarms"], serde_json::json!(expect), "{calendar}");
        let weekly = about(&events, "Rappel\u{a0}: point d’équipe");
        assert_eq!(weekly["rule"], "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;WKST=MO");
        assert_eq!(hour(&events, "Rappel\u{a0}: point d’équipe"), "2026-10-05T09:00:00+02:00");
        assert!(events.iter().all(|event| event["errors"] == serde_json::json!([])), "{events:#?}");
    });
}
