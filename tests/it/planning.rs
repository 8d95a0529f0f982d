//! `/planning` and the other answers with pictures, as conversations; what is in the files; "texte seul".

use super::conversation::{play_over, vigie, within};
use super::heard::Heard;
use super::work::{meet, school, start, writing};
use expect_test::expect_file;
use std::sync::Arc;
use vigie::config::Settings;
use vigie::domain::display::{Display, Pictures};
use vigie::store::{Addition, MilestoneDraft, Store};
use vigie_chat::{
    App, ConnectorName, Event, EventId, File, Handled, Invocation, Origin, Person, Reply, Room, RoomId, RoomKind,
    Sealed, SpaceId, Standing,
};
use vigie_console::Format;

#[test]
fn a_planning_is_a_picture_and_words() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        school(&store).await;
        let script = include_str!("planning/planning.txt");
        let (said, outcome) = play_over(store, script, Settings::default(), Format::Text).await;
        expect_file!["planning/planning.out"].assert_eq(&format!("{said}\n[{outcome:?}]\n"));
    });
}

#[test]
fn turning_pages_draws_nothing() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let team = school(&store).await;
        let alice = meet(&store, "alice").await;
        let mut write = writing(&store, alice).await;
        let many: Vec<MilestoneDraft> = (1..=30)
            .map(|rank| MilestoneDraft { title: format!("Tâche {rank}"), ..MilestoneDraft::default() })
            .collect();
        let added = write.add_milestones(team, &many).await.expect("the store answers");
        assert!(matches!(added, Addition::Added(_)));
        write.commit().await.expect("committed");
        let (said, outcome) =
            play_over(store, include_str!("planning/pages.txt"), Settings::default(), Format::Text).await;
        expect_file!["planning/pages.out"].assert_eq(&format!("{said}\n[{outcome:?}]\n"));
    });
}

/// What alice is answered in her team's room.
async fn answered(store: &Store, invocation: Invocation) -> Sealed {
    let origin = Origin {
        connector: ConnectorName::new("console"),
        space: Some(SpaceId::new("console")),
        room: Room { id: RoomId::new("volts"), kind: RoomKind::Shared },
        person: Person::new("alice", "alice"),
        standing: Standing::Member,
        roles: Vec::new(),
        locale: None,
        attachments: Vec::new(),
        at: start(),
        event: EventId::new(invocation.path.as_str()),
        message: None,
    };
    let app = vigie(store.clone(), Settings::default()).with_clock(Arc::new(start));
    let heard = Arc::new(Heard::default());
    let handled = app.handle(Event::Command { invocation, origin }, Arc::clone(&heard) as Arc<dyn Reply>).await;
    assert_eq!(handled, Handled::Done);
    let mut said = heard.all();
    assert_eq!(said.len(), 1);
    said.remove(0)
}

fn planning(what: &str) -> Invocation {
    Invocation::new("planning").with("quoi", what)
}

fn is_picture(file: &File) -> bool {
    file.media_type.starts_with("image/")
}

/// In a document, `![` begins a picture and nothing that people wrote does.
fn referred_to(document: &str) -> Vec<&str> {
    let parts = document.split("\n![").skip(1);
    parts.map(|part| part.split("](").nth(1).and_then(|rest| rest.split(')').next()).expect("a name")).collect()
}

#[test]
fn an_export_refers_to_the_pictures_that_come_with_it() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let team = school(&store).await;
        let alice = meet(&store, "alice").await;
        let mut write = writing(&store, alice).await;
        let hostile = MilestoneDraft { title: "=1+1 | ![a](b) <b>\n![x](y)".to_owned(), ..MilestoneDraft::default() };
        let added = write.add_milestones(team, &[hostile]).await.expect("the store answers");
        assert!(matches!(added, Addition::Added(_)));
        write.commit().await.expect("committed");
        let said = answered(&store, planning("export")).await;
        let files = said.all_files();
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let pictures = ["planning-gantt.png", "planning-reseau.png", "planning-heures.png"];
        let tables = ["planning-equipe-1.md", "planning-equipe-1.csv"];
        assert_eq!(names, [tables.as_slice(), &pictures, &["planning-equipe-1.ics"]].concat());
        assert!(files.len() <= 10, "Discord takes no more in a message");
        for file in files.iter().filter(|file| is_picture(file)) {
            assert!(file.bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{}", file.name);
            assert!(file.bytes.len() < 300_000, "{}: {} bytes", file.name, file.bytes.len());
        }
        let document = std::str::from_utf8(&files[0].bytes).expect("UTF-8");
        assert_eq!(referred_to(document), pictures);
        let table = std::str::from_utf8(&files[1].bytes).expect("UTF-8");
        assert!(table.starts_with("\u{feff}N°;Jalon;Livrable;") && table.contains("\r\n"), "{table}");
        assert!(table.contains(";\"'=1+1 | ![a](b) <b>\n"), "{table}");
    });
}

#[test]
fn in_words_only_nothing_has_a_picture() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        school(&store).await;
        let asked = || {
            ["gantt", "reseau", "heures", "export"]
                .map(planning)
                .into_iter()
                .chain([planning("gantt").with("format", "svg"), Invocation::new("grille voir")])
        };
        for invocation in asked() {
            let with = answered(&store, invocation.clone()).await;
            assert!(with.all_files().iter().any(|file| is_picture(file)), "{invocation:?}");
        }
        let alice = meet(&store, "alice").await;
        let mut write = writing(&store, alice).await;
        write.set_display(Display { pictures: Some(Pictures::Without), theme: None }).await.expect("set");
        write.commit().await.expect("committed");
        for invocation in asked() {
            let without = answered(&store, invocation.clone()).await;
            assert!(!without.all_files().iter().any(|file| is_picture(file)), "{invocation:?}");
            if invocation.text("quoi") == Some("export") {
                let document = std::str::from_utf8(&without.all_files()[0].bytes).expect("UTF-8");
                assert!(referred_to(document).is_empty() && document.contains("| N° |"), "{document}");
            }
        }
    });
}
