//! `/donnees`: what is kept of somebody, given to them or erased, as a conversation and as files.

use crate::conversation::{play_over, vigie, within};
use crate::heard::Heard;
use crate::work::{meet, school, start, writing};
use expect_test::expect_file;
use std::sync::Arc;
use vigie::config::Settings;
use vigie::domain::duration::Minutes;
use vigie::store::{Account, DeliverableDraft, HoursEntry, MilestoneDraft, NetworkSpace, Store};
use vigie_chat::{
    App as _, ConnectorName, Event, EventId, Handled, Invocation, Origin, Person, PersonId, Privacy, Reply, Room,
    RoomId, RoomKind, Space, SpaceId, Standing,
};
use vigie_console::Format;

#[test]
fn given_and_erased() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let team = school(&store).await;
        let alice = meet(&store, "alice").await;
        let mut write = writing(&store, alice).await;
        let draft =
            MilestoneDraft { title: "Cadrage".to_owned(), people: [alice.person].into(), ..MilestoneDraft::default() };
        write.add_milestones(team, &[draft]).await.expect("added");
        write.commit().await.expect("committed");
        let script = include_str!("donnees/donnees.txt");
        let (said, outcome) = play_over(store.clone(), script, Settings::default(), Format::Text).await;
        expect_file!["donnees/donnees.out"].assert_eq(&format!("{said}\n[{outcome:?}]\n"));
    });
}

fn says(who: &str, command: Invocation) -> Event {
    let origin = Origin {
        connector: ConnectorName::new("console"),
        space: Some(SpaceId::new("console")),
        room: Room { id: RoomId::new("general"), kind: RoomKind::Shared },
        person: Person::new(who, who),
        standing: Standing::Member,
        roles: Vec::new(),
        locale: None,
        attachments: Vec::new(),
        at: start(),
        event: EventId::new(format!("{who} {}", command.path)),
        message: None,
    };
    Event::Command { invocation: command, origin }
}

/// Everything somebody does is in their file, in words, and nothing of what others do.
#[test]
fn the_file_holds_everything_in_words() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let team = school(&store).await;
        let (bob, carol) = (meet(&store, "bob").await, meet(&store, "carol").await);
        let mut write = writing(&store, bob).await;
        let draft = MilestoneDraft {
            title: "Maquette *en* [trois](x) écrans".to_owned(),
            people: [bob.person].into(),
            ..MilestoneDraft::default()
        };
        write.add_milestones(team, &[draft]).await.expect("added");
        let asked = DeliverableDraft { title: "Démonstration".to_owned(), ..DeliverableDraft::default() };
        write.add_deliverables(team, &[asked]).await.expect("added");
        write.log_hours(team, bob.person, &hours(90, "maquette")).await.expect("logged");
        write.set_zone(Some("Indian/Reunion")).await.expect("set");
        write.commit().await.expect("committed");
        let mut write = writing(&store, carol).await;
        write.log_hours(team, carol.person, &hours(60, "secret de carol")).await.expect("logged");
        write.commit().await.expect("committed");
        let app = vigie(store, Settings::default()).with_clock(Arc::new(start));
        for command in [Invocation::new("chercher").with("texte", "rgpd"), Invocation::new("donnees exporter")] {
            let files = Arc::new(Heard::default());
            let handled = app.handle(says("bob", command.clone()), Arc::clone(&files) as Arc<dyn Reply>).await;
            assert_eq!(handled, Handled::Done);
            let sent = files.files();
            if command.path.as_str() == "chercher" {
                continue;
            }
            let [(Privacy::Private, text), (Privacy::Private, json)] = sent.as_slice() else { panic!("{sent:?}") };
            let text = String::from_utf8(text.bytes.clone()).expect("UTF-8");
            assert!(!text.contains("secret de carol") && text.contains("/chercher"), "{text}");
            expect_file!["donnees/mes-donnees.md"].assert_eq(&text);
            let json: serde_json::Value = serde_json::from_slice(&json.bytes).expect("JSON");
            let held = &json["spaces"][0]["held"];
            assert_eq!(held["hours"][0]["minutes"], 90);
            assert_eq!(held["person"][0]["zone"], "Indian/Reunion");
            assert_eq!(held["seats"][0]["rank"], "member");
            assert_eq!(json["account"]["id"], "bob");
            assert!(json["whatever_the_space"]["buttons"][0]["presses"].is_array(), "{json:#}");
        }
    });
}

/// In a direct room no space is meant: each is offered, and all can go at once.
#[test]
fn every_space_of_an_account_is_offered_in_private() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        school(&store).await;
        let (connector, other) = (ConnectorName::new("console"), SpaceId::new("autre"));
        let place = NetworkSpace { connector: &connector, space: &other };
        let elsewhere = store.meet(place, &Person::new("alice", "alice"), start()).await.expect("met");
        store.joined(&connector, &Space { id: other.clone(), name: "Lycée".to_owned() }, start()).await.expect("noted");
        let app = vigie(store.clone(), Settings::default()).with_clock(Arc::new(start));
        let direct = async |command: Invocation| {
            let heard = Arc::new(Heard::default());
            let Event::Command { invocation, mut origin } = says("alice", command) else { panic!("it is a command") };
            origin.space = None;
            origin.room = Room { id: RoomId::new("direct"), kind: RoomKind::Direct };
            app.handle(Event::Command { invocation, origin }, Arc::clone(&heard) as Arc<dyn Reply>).await;
            heard.words()
        };
        let erase = || Invocation::new("donnees effacer");
        let asked = direct(erase()).await;
        assert!(asked.contains("2\u{a0}espaces") && asked.contains("Lycée"), "{asked}");
        let known = async || {
            let account = Account { connector: connector.clone(), id: PersonId::new("alice") };
            store.presences(&account).await.expect("read").len()
        };
        assert_eq!(known().await, 2, "nothing is erased before it is confirmed");
        let one = erase().with("espace", elsewhere.tenant.0.to_string());
        let asked = direct(one.clone()).await;
        assert!(asked.contains("Lycée") && !asked.contains("Les Volts"), "{asked}");
        let all = direct(erase().with("espace", "tous")).await;
        assert!(all.contains("Lycée") && all.contains("Les Volts"), "{all}");
        direct(one.with("confirmation", "oui")).await;
        assert_eq!(known().await, 1);
        let done = direct(erase().with("espace", "tous").with("confirmation", "oui")).await;
        assert!(done.contains("C’est fait"), "{done}");
        assert_eq!(known().await, 0);
        assert!(direct(erase()).await.contains("Rien"), "it is told that there is nothing");
    });
}

fn hours(minutes: u32, what: &str) -> HoursEntry {
    HoursEntry {
        minutes: Minutes::new(minutes).expect("a duration"),
        spent_on: jiff::civil::date(2026, 11, 23),
        what: Some(what.to_owned()),
        milestone: None,
    }
}
