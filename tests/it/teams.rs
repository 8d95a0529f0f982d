//! Teams in chat: the script `teams/equipe.txt` over a space in which a brief is published, and what was said.
//!
//! Accounts of two networks and spaces of two networks are linked here too, which no single console can show.

use crate::conversation::{play_over, vigie, within};
use crate::heard::Heard;
use expect_test::expect_file;
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use vigie::app::Vigie;
use vigie::config::Settings;
use vigie::domain::key::{BriefKey, TeamKey};
use vigie::store::{
    Acting, Begun, Drafting, Entry, Founding, Met, MilestoneDraft, NetworkSpace, Publishing, Store, Text, Write,
};
use vigie_chat::{
    App, ConnectorName, Event, EventId, Handled, Invocation, Origin, Person, Reply, Role, Room, RoomId, RoomKind,
    SpaceId, Standing,
};
use vigie_console::Format;

/// Teams of two or three, four where the class is odd; two deliverables and a milestone.
const BRIEF: &str = r#"{
    "title": "Supervision d’un entrepôt de données",
    "team": { "least": 2, "most": 3, "most_if_odd": 4 },
    "deadline": { "civil": "2026-12-18T18:00:00", "zone": "Europe/Paris" },
    "deliverables": [{ "number": 1, "title": "Dossier" }, { "number": 2, "title": "Démonstrateur" }],
    "milestones": [
        { "key": "cadrage", "title": "Cadrage validé", "due": { "civil": "2026-11-27T18:00:00", "zone": "Europe/Paris" } }
    ]
}"#;

pub(crate) fn now() -> Timestamp {
    "2026-11-23T08:00:00Z".parse().expect("an instant")
}

/// Somebody speaks in a space.
pub(crate) async fn meet(store: &Store, (network, space): (&str, &str), who: &str) -> Met {
    let (connector, space) = (ConnectorName::new(network), SpaceId::new(space));
    let place = NetworkSpace { connector: &connector, space: &space };
    store.meet(place, &Person::new(who, who), now()).await.expect("met")
}

pub(crate) async fn writing(store: &Store, met: Met) -> Write<'_> {
    let acting = Acting { tenant: met.tenant, person: met.person, now: now(), cause: None };
    match store.write(&acting).await.expect("begun") {
        Begun::New(write) => write,
        Begun::Repeated => unreachable!("it has no cause"),
    }
}

/// A brief that a trainer published in the space.
pub(crate) async fn published(store: &Store, place: (&str, &str)) -> BriefKey {
    let prof = meet(store, place, "prof").await;
    let mut write = writing(store, prof).await;
    let deadline_at = Some("2026-12-18T17:00:00Z".parse().expect("an instant"));
    let text = Text { content: BRIEF, title: "Supervision d’un entrepôt de données", deadline_at, cohort: None };
    let Drafting::Drafted(brief) = write.draft(text).await.expect("drafted") else { panic!("too many drafts") };
    let room = RoomId::new("annonces");
    let publishing = write.publish(brief, 1, &ConnectorName::new(place.0), &room).await.expect("published");
    assert!(matches!(publishing, Publishing::Published { .. }), "{publishing:?}");
    write.commit().await.expect("committed");
    brief
}

/// A team that somebody founds, open to all.
pub(crate) async fn founded(store: &Store, by: Met, brief: BriefKey, name: &str) -> TeamKey {
    let mut write = writing(store, by).await;
    let founding = write.found_team(brief, by.person, name, Entry::Open).await.expect("founded");
    let Founding::Founded { team, .. } = founding else { panic!("{founding:?}") };
    write.commit().await.expect("committed");
    team
}

#[test]
fn a_brief_gets_its_teams() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/teams");
    let script = std::fs::read_to_string(folder.join("equipe.txt")).expect("a script");
    let (said, outcome) = within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        published(&store, ("console", "console")).await;
        play_over(store, &script, Settings::default(), Format::Text).await
    });
    expect_file![folder.join("equipe.out")].assert_eq(&format!("{said}\n[{outcome:?}]\n"));
}

#[test]
fn whoever_leaves_offers_what_is_not_done() {
    let (said, before_others, left) = within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let place = ("console", "console");
        let brief = published(&store, place).await;
        let (bob, dina) = (meet(&store, place, "bob").await, meet(&store, place, "dina").await);
        let team = founded(&store, bob, brief, "Les Éclaireurs").await;
        let mut write = writing(&store, dina).await;
        write.join(team, 3).await.expect("joined");
        let titled = |title: &str| MilestoneDraft {
            title: title.to_owned(),
            people: vec![bob.person],
            ..MilestoneDraft::default()
        };
        let both = MilestoneDraft { people: vec![bob.person, dina.person], ..titled("À deux") };
        write.add_milestones(team, &[both, titled("**Seul** @everyone")]).await.expect("added");
        write.commit().await.expect("committed");
        let leaves = |who: &str| format!(":moi {who} candidat\n:salon equipe\n/equipe quitter\n");
        let mut write = writing(&store, bob).await;
        let room = (ConnectorName::new("console"), RoomId::new("equipe"));
        assert!(write.set_room(team, Some(&room)).await.expect("set"));
        write.commit().await.expect("committed");
        let (said, _) = play_over(store.clone(), &leaves("bob"), Settings::default(), Format::Text).await;
        let mut write = writing(&store, dina).await;
        write.set_room(team, None).await.expect("set");
        write.commit().await.expect("committed");
        let fay = meet(&store, place, "fay").await;
        let mut write = writing(&store, fay).await;
        write.join(team, 3).await.expect("joined");
        write.commit().await.expect("committed");
        let (before_others, _) = play_over(store.clone(), &leaves("dina"), Settings::default(), Format::Text).await;
        (said, before_others, store.of(bob.tenant).open_milestones_of(team, bob.person).await.expect("read"))
    });
    let others = "Il reste 1\u{a0}jalon à reprendre";
    assert!(before_others.contains(others) && !before_others.contains("À deux"), "{before_others}");
    assert!(left.is_empty(), "nothing is bob's any more: {left:?}");
    for words in [
        "J2 **Seul** @everyone",
        "plus personne ne s’en charge",
        "1\u{a0}autre s’en charge",
        "Prendre le jalon\u{a0}2",
        "dina",
    ] {
        assert!(said.contains(words), "{words} is missing: {said}");
    }
}

/// Somebody on a network, as the application hears them.
struct Voice<'a> {
    app: &'a Vigie,
    network: &'a str,
    space: &'a str,
    who: &'a str,
}

static EVENTS: AtomicU64 = AtomicU64::new(0);

impl Voice<'_> {
    async fn says(&self, invocation: Invocation) -> (Handled, String) {
        let origin = Origin {
            connector: ConnectorName::new(self.network),
            space: Some(SpaceId::new(self.space)),
            room: Room { id: RoomId::new("cours"), kind: RoomKind::Shared },
            person: Person::new(self.who, self.who),
            standing: Standing::Administrator,
            roles: Vec::<Role>::new(),
            locale: None,
            attachments: Vec::new(),
            at: now(),
            event: EventId::new(EVENTS.fetch_add(1, Ordering::Relaxed).to_string()),
            message: None,
        };
        let heard = Arc::new(Heard::default());
        let event = Event::Command { invocation, origin };
        let handled = self.app.handle(event, Arc::clone(&heard) as Arc<dyn Reply>).await;
        let said = heard.words();
        (handled, said)
    }
}

fn over(store: Store) -> Vigie {
    let drawn = AtomicU64::new(0x7654_3210);
    vigie(store, Settings::default())
        .with_clock(Arc::new(now))
        .with_chance(Arc::new(move || Some(drawn.fetch_add(1, Ordering::Relaxed))))
}

#[tokio::test]
async fn a_space_spans_two_networks_and_a_person_two_accounts() {
    let store = Store::open("sqlite::memory:").await.expect("a store in memory");
    let app = over(store.clone());
    let here = Voice { app: &app, network: "discord", space: "ecole", who: "alice" };
    let there = Voice { app: &app, network: "matrix", space: "!ecole", who: "@alice:x" };
    let join = |code: &str| Invocation::new("config rattacher").with("code", code);

    assert_eq!(here.says(Invocation::new("config code")).await.0, Handled::Done);
    let (handled, said) = there.says(join("ZZZZ-ZZZZ")).await;
    assert!(handled == Handled::Refused && said.contains("n’est pas valable"), "{said}");
    let other = Voice { space: "autre", ..here };
    let (handled, said) = other.says(join("BCDF-GHJK")).await;
    assert!(handled == Handled::Refused && said.contains("appartient déjà à un serveur"), "one network: {said}");
    let (handled, said) = there.says(join("BCDF-GHJK")).await;
    assert!(handled == Handled::Done && said.contains("n’en font plus qu’un"), "{said}");
    let third = Voice { network: "console", space: "console", ..here };
    let (handled, said) = third.says(join("BCDF-GHJK")).await;
    assert!(handled == Handled::Refused && said.contains("n’est pas valable"), "it serves once: {said}");
    let discord = meet(&store, ("discord", "ecole"), "alice").await;
    let matrix = meet(&store, ("matrix", "!ecole"), "@alice:x").await;
    assert_eq!(discord.tenant, matrix.tenant);
    assert_ne!(discord.person, matrix.person);

    assert_eq!(there.says(Invocation::new("compte code")).await.0, Handled::Done);
    let link = Invocation::new("compte relier").with("code", "ccdf ghjk");
    let (handled, said) = there.says(link.clone().with("confirmation", "oui")).await;
    assert!(handled == Handled::Refused && said.contains("compte à relier"), "{said}");
    let (handled, said) = here.says(link.clone()).await;
    assert!(handled == Handled::Done && said.contains("Ce code est à @alice:x") && said.contains("Matrix"), "{said}");
    assert_eq!(meet(&store, ("discord", "ecole"), "alice").await.person, discord.person, "nothing is done yet");
    let link = link.with("confirmation", "oui");
    let (handled, said) = here.says(link.clone()).await;
    assert!(handled == Handled::Done && said.contains("@alice:x"), "{said}");
    let (handled, said) = here.says(link).await;
    assert!(handled == Handled::Refused && said.contains("n’est pas valable"), "it serves once: {said}");
    let again = meet(&store, ("discord", "ecole"), "alice").await;
    assert_eq!(again.person, matrix.person);
    let (_, said) = here.says(Invocation::new("compte voir")).await;
    assert!(said.contains("2\u{a0}comptes") && said.contains("Matrix"), "{said}");

    // One that leaves begins anew; the other keeps what they had, and is the last.
    let apart = Invocation::new("config detacher");
    let (handled, said) = there.says(apart.clone()).await;
    assert!(handled == Handled::Done && said.contains("Séparer cet espace"), "{said}");
    assert_eq!(meet(&store, ("matrix", "!ecole"), "@alice:x").await.tenant, discord.tenant);
    let apart = apart.with("confirmation", "oui");
    let (handled, said) = there.says(apart.clone()).await;
    assert!(handled == Handled::Done && said.contains("recommence à zéro"), "{said}");
    assert_ne!(meet(&store, ("matrix", "!ecole"), "@alice:x").await.tenant, discord.tenant);
    assert_eq!(meet(&store, ("discord", "ecole"), "alice").await.tenant, discord.tenant);
    for alone in [&here, &there] {
        assert_eq!(alone.says(apart.clone()).await.0, Handled::Refused);
    }
}

/// Whoever is named must have been met, or be told by the network to belong to the space.
#[tokio::test]
async fn nobody_of_another_server_is_placed() {
    let store = Store::open("sqlite::memory:").await.expect("a store in memory");
    let place = ("discord", "ecole");
    let brief = published(&store, place).await;
    let bob = meet(&store, place, "bob").await;
    founded(&store, bob, brief, "Les Éclaireurs").await;
    let app = over(store.clone());
    let prof = Voice { app: &app, network: "discord", space: "ecole", who: "prof" };
    let places = |who: &str| {
        let invocation = Invocation::new("equipe membre").with("equipe", "1").with("action", "placer");
        invocation.with("personne", Person::new(who, who))
    };
    let (handled, said) = prof.says(places("@anyone:server")).await;
    assert!(handled == Handled::Refused && said.contains("Je n’ai jamais rencontré"), "{said}");
    assert_eq!(store.of(bob.tenant).people_like("anyone").await.expect("read"), []);
    meet(&store, place, "chloe").await;
    assert_eq!(prof.says(places("chloe")).await.0, Handled::Done);
}

#[tokio::test]
async fn nobody_finds_the_code_of_an_account_by_trying() {
    let store = Store::open("sqlite::memory:").await.expect("a store in memory");
    let app = over(store);
    let here = Voice { app: &app, network: "discord", space: "ecole", who: "mallory" };
    for _ in 0..5 {
        let (_, said) = here.says(Invocation::new("compte relier").with("code", "ZZZZ-ZZZZ")).await;
        assert!(said.contains("n’est pas valable"), "{said}");
    }
    let (_, said) = here.says(Invocation::new("compte relier").with("code", "BCDF-GHJK")).await;
    assert!(said.contains("Trop de codes erronés"), "{said}");
}
