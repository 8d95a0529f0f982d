//! The console played from scripts, with a small real application behind it.

#[path = "play/parrot.rs"]
mod parrot;

use expect_test::{Expect, expect};
use jiff::Timestamp;
use parrot::Parrot;
use proptest::prelude::*;
use std::{
    future,
    io::{self, Cursor, Write},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use vigie_chat::{App, Connector};
use vigie_console::{Console, Format, Options, Outcome, Rooms};

/// What was written, for the test to read.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A reader that went away.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn options() -> Options {
    let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a valid instant");
    Options::new(Arc::new(move || now))
}

fn run(options: Options) -> Outcome {
    let console = Arc::new(Console::new(options));
    let app: Arc<dyn App> = Arc::new(Parrot::new(Arc::downgrade(&console)));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
    let ended = runtime.block_on(console.run(app, Box::pin(future::pending())));
    ended.expect("the console runs to its end");
    console.outcome()
}

fn play(format: Format, folder: &Path, script: impl Into<Vec<u8>>) -> (String, Outcome) {
    let written = Written::default();
    let options = options().format(format).files_in(folder).script(Cursor::new(script.into())).output(written.clone());
    let outcome = run(options);
    let bytes = written.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    (String::from_utf8(bytes).expect("the console writes UTF-8"), outcome)
}

fn checked(format: Format, script: &str, outcome: Outcome, expected: &Expect) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let notes = folder.path().join("notes.md");
    std::fs::write(&notes, "# Sujet\n").expect("the file is written");
    let folder_name = folder.path().to_str().expect("a temporary folder has a plain name");
    let (text, ended) = play(format, folder.path(), script.replace("DOSSIER", folder_name));
    expected.assert_eq(&text.replace(folder_name, "DOSSIER").replace(['\u{a0}', '\u{202f}'], "~"));
    assert_eq!(ended, outcome);
}

#[track_caller]
fn check(script: &str, outcome: Outcome, expected: &Expect) {
    checked(Format::Text, script, outcome, expected);
}

#[track_caller]
fn check_json(script: &str, outcome: Outcome, expected: &Expect) {
    checked(Format::Json, script, outcome, expected);
}

#[test]
fn a_line_is_answered_before_the_next() {
    check(
        "# remarque\n\n/echo un\necho: deux\nbonjour\n",
        Outcome::Clean,
        &expect![[r"
        Vous dites un.

        (1) Encore
        Combien de fois~:
        (2) Trois — pas plus
        (3) Autre chose…

        Vous dites deux.

        (1) Encore
        Combien de fois~:
        (2) Trois — pas plus
        (3) Autre chose…

        Texte : bonjour

    "]],
    );
}

#[test]
fn a_room_that_was_opened_is_for_its_people() {
    let script = "/equipe\n:moi bob\n:salon equipe-des-lions\n/qui\n:moi carla\n/qui\n:1\n:salon general\n/qui\n/equipe retrait:@bob\n:moi bob\n:salon equipe-des-lions\n/qui\n";
    check(
        script,
        Outcome::Failed,
        &expect![[r"
        Voici equipe-des-lions.

        C’est bob, candidat, Member, Shared dans equipe-des-lions (console).

        Erreur~: Le salon «~equipe-des-lions~» est réservé à un groupe dont carla ne fait pas partie~: choisissez un autre salon avec :salon.

        Erreur~: Le salon «~equipe-des-lions~» est réservé à un groupe dont carla ne fait pas partie~: choisissez un autre salon avec :salon.

        C’est carla, candidat, Member, Shared dans general (console).

        Voici equipe-des-lions.

        Erreur~: Le salon «~equipe-des-lions~» est réservé à un groupe dont bob ne fait pas partie~: choisissez un autre salon avec :salon.

    "]],
    );
    let options = |written: &Written| options().rooms(Rooms::Apart).script(Cursor::new(script)).output(written.clone());
    let written = Written::default();
    run(options(&written).format(Format::Text));
    let bytes = written.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let text = String::from_utf8(bytes).expect("the console writes UTF-8");
    assert!(
        text.contains("dans equipe-des-lions (general)"),
        "an opened room is of the space beside which it is: {text}"
    );
}

#[test]
fn a_class_is_played_by_one_script() {
    let script = ":moi prof formateur\n/echo cours\n:moi bob\n:salon equipe-1\n/echo salut\n:moi alice\n:salon general\n:1\n:moi carla\n:2\n:4\n:prive\n/qui\n:1\n";
    check_json(
        script,
        Outcome::Failed,
        &expect![[r#"
            {"to":"salon:general","kind":"answer","at":"2026-11-23T09:00:00+01:00","title":null,"text":"Vous dites cours.\n\n(1) Encore\n\nCombien de fois~:\n(2) Trois — pas plus\n\n(3) Autre chose…","actions":["Encore","Trois","Autre chose…"],"files":[]}
            {"to":"salon:equipe-1","kind":"answer","at":"2026-11-23T09:00:00+01:00","title":null,"text":"Vous dites salut.\n\n(1) Encore\n\nCombien de fois~:\n(2) Trois — pas plus\n\n(3) Autre chose…","actions":["Encore","Trois","Autre chose…"],"files":[]}
            {"to":"salon:general","kind":"edit","at":"2026-11-23T09:00:00+01:00","title":null,"text":"Vous dites cours bis.\n\n(1) Encore\n\nCombien de fois~:\n(2) Trois — pas plus\n\n(3) Autre chose…","actions":["Encore","Trois","Autre chose…"],"files":[]}
            {"to":"salon:general","kind":"edit","at":"2026-11-23T09:00:00+01:00","title":null,"text":"Vous dites cours bis ter.\n\n(1) Encore\n\nCombien de fois~:\n(2) Trois — pas plus\n\n(3) Autre chose…","actions":["Encore","Trois","Autre chose…"],"files":[]}
            {"to":"prive:carla","kind":"error","at":"2026-11-23T09:00:00+01:00","title":null,"text":"Le dernier message n’a pas d’action 4~: choisissez de 1 à 3.","actions":[],"files":[]}
            {"to":"prive:carla","kind":"answer","at":"2026-11-23T09:00:00+01:00","title":null,"text":"C’est carla, candidat, Member, Direct dans prive:carla (console).","actions":[],"files":[]}
            {"to":"prive:carla","kind":"error","at":"2026-11-23T09:00:00+01:00","title":null,"text":"Le dernier message n’a pas d’action.","actions":[],"files":[]}
        "#]],
    );
}

#[test]
fn private_answers_are_marked() {
    check(
        "/secret\n:prive\n/secret\n",
        Outcome::Clean,
        &expect![[r"
            (privé) Personne d’autre ne lit ceci.

            Personne d’autre ne lit ceci.

        "]],
    );
}

#[test]
fn files_go_both_ways() {
    check_json(
        ":fichier DOSSIER/notes.md\n/lire\n/planning\n",
        Outcome::Clean,
        &expect![[r##"
        {"to":"salon:general","kind":"answer","at":"2026-11-23T09:00:00+01:00","title":null,"text":"notes.md : \"# Sujet\\n\"","actions":[],"files":[]}
        {"to":"salon:general","kind":"answer","at":"2026-11-23T09:00:00+01:00","title":"Planning","text":"Planning\n\nImage~: Trois jalons (planning.png)\n\nFichier joint~: Les dates (../equipe.ics)","actions":[],"files":[{"name":"planning.png","path":"DOSSIER/m2/planning.png","alt":"Trois jalons"},{"name":"../equipe.ics","path":"DOSSIER/m2/_equipe.ics","alt":"Les dates"}]}
    "##]],
    );
    check(
        "/planning\n",
        Outcome::Clean,
        &expect![[r"
        Planning

        Image~: Trois jalons (planning.png, DOSSIER/m1/planning.png)

        Fichier~: Les dates (../equipe.ics, DOSSIER/m1/_equipe.ics)

    "]],
    );
}

#[test]
fn forms_are_filled_line_by_line() {
    let script = "/echo un\n:3\ntexte : deux\nremarque: trois\n\n:3\n.\n/echo quatre\n:3\n:annuler\n:3\ntexte: cinq";
    check(
        script,
        Outcome::Failed,
        &expect![[r"
            Vous dites un.

            (1) Encore
            Combien de fois~:
            (2) Trois — pas plus
            (3) Autre chose…

            Répéter

            • Texte (obligatoire)
            • Remarque (facultatif, sur plusieurs lignes au besoin)

            Tapez une ligne «~champ~: valeur~» par champ, puis une ligne vide ou un point pour envoyer, ou «~:annuler~».

            Vous dites deux.

            trois

            (1) Encore
            Combien de fois~:
            (2) Trois — pas plus
            (3) Autre chose…

            Répéter

            • Texte (obligatoire)
            • Remarque (facultatif, sur plusieurs lignes au besoin)

            Tapez une ligne «~champ~: valeur~» par champ, puis une ligne vide ou un point pour envoyer, ou «~:annuler~».

            Erreur~: Le formulaire n’est pas parti, il manque~: Texte.

            Vous dites quatre.

            (1) Encore
            Combien de fois~:
            (2) Trois — pas plus
            (3) Autre chose…

            Répéter

            • Texte (obligatoire)
            • Remarque (facultatif, sur plusieurs lignes au besoin)

            Tapez une ligne «~champ~: valeur~» par champ, puis une ligne vide ou un point pour envoyer, ou «~:annuler~».

            Répéter

            • Texte (obligatoire)
            • Remarque (facultatif, sur plusieurs lignes au besoin)

            Tapez une ligne «~champ~: valeur~» par champ, puis une ligne vide ou un point pour envoyer, ou «~:annuler~».

            Vous dites cinq.

            (1) Encore
            Combien de fois~:
            (2) Trois — pas plus
            (3) Autre chose…

        "]],
    );
}

#[test]
fn the_application_speaks_by_itself() {
    check_json(
        "/annonce @bob attention\n:moi bob\n:1\n",
        Outcome::Clean,
        &expect![[r#"
        {"to":"prive:bob","kind":"reminder","at":"2026-11-23T09:00:00+01:00","title":"Rappel","text":"Rappel\n\nattention\n\n(1) Fait","actions":["Fait"],"files":[]}
        {"to":"salon:general","kind":"answer","at":"2026-11-23T09:00:00+01:00","title":null,"text":"C’est bob, candidat, Member, Shared dans general (console).","actions":[],"files":[]}
    "#]],
    );
}

#[test]
fn what_fails_is_told_and_counted() {
    for line in
        ["/inconnu", "/panne", "/refus", ":1", ":truc", ":fichier /nulle/part", ":avance trois jours", ":annuler"]
    {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (text, outcome) = play(Format::Json, folder.path(), line);
        assert_eq!(outcome, Outcome::Failed, "{line}");
        assert!(text.contains(r#""kind":"error""#), "{line}: {text}");
    }
    check(
        "/ech un\n/echo\n",
        Outcome::Failed,
        &expect![[r"
            (privé) Erreur~: La commande ech n’existe pas. Voulez-vous dire /echo~?

            (privé) Erreur~: Il manque texte~: ce qu’il faut répéter.

            Par exemple /echo bonjour

        "]],
    );
}

#[test]
fn a_reader_that_goes_away_ends_it_cleanly() {
    let script = "/echo un\n".repeat(3);
    assert_eq!(run(options().script(Cursor::new(script)).output(Gone)), Outcome::Clean);
}

#[test]
fn bytes_that_are_no_text_do_no_harm() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (text, _) = play(Format::Text, folder.path(), *b"/echo \xff\xfe\x1b[2J\r\n\0\n");
    assert!(!text.contains('\u{1b}'), "{text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_script_breaks_it(script in proptest::collection::vec(
        prop_oneof![
            r"(/|!|:)?(echo|qui|secret|moi|salon|prive|fichier|annonce|[0-9]{1,3})? ?\PC{0,12}",
            Just("/echo a".to_owned()), (0..6_u8).prop_map(|n| format!(":{n}")), any::<String>(), Just(".".to_owned()),
        ],
        0..12,
    )) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (text, _) = play(Format::Json, folder.path(), script.join("\n"));
        for line in text.lines() {
            let record: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
            let keys: Vec<&str> = record.as_object().expect("an object").keys().map(String::as_str).collect();
            prop_assert_eq!(keys.len(), 7);
        }
    }
}
