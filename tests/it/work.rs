//! What a team does on its work, as conversations over a store that already holds a brief and a team.

use super::conversation::{play_over, vigie, within};
use expect_test::expect_file;
use jiff::Timestamp;
use vigie::app::Vigie;
use vigie::config::Settings;
use vigie::domain::brief::{Assessed, Brief, How, ReferentielChoice, WallTime};
use vigie::domain::key::TeamKey;
use vigie::store::{
    Acting, Begun, BriefDeliverable, BriefMilestone, DeliverableDraft, Drafting, Entry, Founding, Met, MilestoneDraft,
    NetworkSpace, Seating, Store, Text, When, Write,
};
use vigie_chat::{
    App, CompletionQuery, ConnectorName, EventId, Invocation, Origin, Person, Room, RoomId, RoomKind, SpaceId, Standing,
};
use vigie_console::Format;

pub(crate) fn start() -> Timestamp {
    "2026-11-23T07:00:00Z".parse().expect("an instant")
}

fn network() -> ConnectorName {
    ConnectorName::new("console")
}

pub(crate) async fn meet(store: &Store, who: &str) -> Met {
    let (connector, space) = (network(), SpaceId::new("console"));
    let at = NetworkSpace { connector: &connector, space: &space };
    store.meet(at, &Person::new(who, who), start()).await.expect("met")
}

pub(crate) async fn writing(store: &Store, met: Met) -> Write<'_> {
    let acting = Acting { tenant: met.tenant, person: met.person, now: start(), cause: None };
    match store.write(&acting).await.expect("begun") {
        Begun::New(write) => write,
        Begun::Repeated => unreachable!("it has no cause"),
    }
}

fn paris(civil: &str) -> When {
    let wall: jiff::civil::DateTime = civil.parse().expect("a date and time");
    let at = wall.in_tz("Europe/Paris").expect("a known zone").timestamp();
    When { wall, zone: "Europe/Paris".to_owned(), at }
}

fn wall(civil: &str) -> WallTime {
    WallTime { civil: civil.parse().expect("a date and time"), zone: "Europe/Paris".to_owned() }
}

fn content() -> Brief {
    let assessed = |code: &str| Assessed {
        code: Some(code.to_owned()),
        wording: "Une compétence".to_owned(),
        confidence: 100,
        how: How::ByCode,
    };
    Brief {
        title: "Chaîne de données".to_owned(),
        referentiel: Some(ReferentielChoice::Known("data-engineer".to_owned())),
        competencies: vec![assessed("C1.5"), assessed("C1.6")],
        preparation_minutes: Some(30 * 60),
        starts: Some(wall("2026-11-23T09:00:00")),
        deadline: Some(wall("2026-12-18T18:00:00")),
        defences: vec![wall("2027-01-12T09:00:00")],
        ..Brief::default()
    }
}

/// A brief of `prof`, the team « Les Volts » of alice, bob and carol in its own room, and the team of dave.
pub(crate) async fn school(store: &Store) -> TeamKey {
    let trainer = meet(store, "prof").await;
    let content = serde_json::to_string(&content()).expect("JSON");
    let deadline_at = Some(paris("2026-12-18T18:00:00").at);
    let mut write = writing(store, trainer).await;
    let text = Text { content: &content, title: "Chaîne de données", deadline_at, cohort: None };
    let Drafting::Drafted(brief) = write.draft(text).await.expect("the store answers") else { panic!("no draft") };
    write.publish(brief, 1, &network(), &RoomId::new("annonces")).await.expect("published");
    write.commit().await.expect("committed");
    let mut keys = Vec::new();
    for (captain, name) in [("alice", "Les Volts"), ("dave", "Les Watts")] {
        let met = meet(store, captain).await;
        let mut write = writing(store, met).await;
        match write.found_team(brief, met.person, name, Entry::Open).await.expect("the store answers") {
            Founding::Founded { team, .. } => keys.push(team),
            other => panic!("{other:?}"),
        }
        write.commit().await.expect("committed");
    }
    for who in ["bob", "carol"] {
        let met = meet(store, who).await;
        let mut write = writing(store, met).await;
        assert!(matches!(write.join(keys[0], 4).await.expect("the store answers"), Seating::Joined { .. }));
        write.commit().await.expect("committed");
    }
    let mut write = writing(store, trainer).await;
    for team in &keys {
        let draft = MilestoneDraft {
            title: "Point d’étape".to_owned(),
            due: Some(paris("2026-12-04T14:00:00")),
            ..MilestoneDraft::default()
        };
        let fixed = BriefMilestone { key: "point-d-etape".to_owned(), draft };
        write.follow_milestones(*team, &[fixed]).await.expect("the store answers");
        let draft = DeliverableDraft {
            title: "Dossier technique".to_owned(),
            is_required: true,
            due: Some(paris("2026-12-18T18:00:00")),
        };
        let asked = BriefDeliverable { key: "dossier".to_owned(), draft };
        write.follow_deliverables(*team, &[asked]).await.expect("the store answers");
    }
    let room = (network(), RoomId::new("volts"));
    assert!(write.set_room(keys[0], Some(&room)).await.expect("the store answers"));
    write.commit().await.expect("committed");
    keys[0]
}

#[test]
fn milestones_plan_and_hours() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        school(&store).await;
        let script = include_str!("work/jalons.txt");
        let (said, outcome) = play_over(store, script, Settings::default(), Format::Text).await;
        expect_file!["work/jalons.out"].assert_eq(&format!("{said}\n[{outcome:?}]\n"));
    });
}

/// What somebody is offered while they type a value.
async fn offered(app: &Vigie, who: &str, (room, path): (&str, &str), team: Option<&str>) -> Vec<String> {
    let param = if path.ends_with("ajouter") { "qui" } else { "jalon" };
    let query = CompletionQuery {
        invocation: Invocation::new(path).with_some("equipe", team),
        param: param.to_owned(),
        typed: String::new(),
        origin: Origin {
            connector: network(),
            space: Some(SpaceId::new("console")),
            room: Room { id: RoomId::new(room), kind: RoomKind::Shared },
            person: Person::new(who, who),
            standing: Standing::Member,
            roles: Vec::new(),
            locale: None,
            attachments: Vec::new(),
            at: start(),
            event: EventId::new("e"),
            message: None,
        },
    };
    app.complete(query).await.into_iter().map(|suggestion| suggestion.value).collect()
}

#[test]
fn completion_shows_nobody_the_work_of_others() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        school(&store).await;
        let app = vigie(store, Settings::default());
        let one = ["1"];
        assert_eq!(offered(&app, "alice", ("general", "jalon fait"), None).await, one);
        assert_eq!(offered(&app, "bob", ("volts", "jalon modifier"), Some("1")).await, one);
        assert_eq!(
            offered(&app, "bob", ("general", "jalon ajouter"), None).await,
            ["moi", "tous", "alice", "bob", "carol"]
        );
        // dave has a team of his own; zoe has none.
        for team in [Some("1"), Some("volts"), Some("1.1")] {
            assert!(offered(&app, "dave", ("general", "jalon fait"), team).await.is_empty(), "{team:?}");
            assert!(offered(&app, "zoe", ("general", "jalon fait"), team).await.is_empty(), "{team:?}");
        }
        assert!(offered(&app, "dave", ("volts", "jalon ajouter"), None).await.is_empty());
        assert!(offered(&app, "zoe", ("volts", "jalon fait"), None).await.is_empty());
        assert_eq!(offered(&app, "dave", ("general", "jalon fait"), None).await, one);
    });
}

#[test]
fn many_milestones_at_once_are_refused_with_the_limit() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let team = school(&store).await;
        let lines = |count: usize| (1..=count).map(|rank| format!("Tâche {rank}, 10/12/2026")).collect::<Vec<_>>();
        let form = |count| format!("/jalon ajouter\n:1\n{}\n.\n", lines(count).join("\n"));
        let script = format!(":moi alice candidat\n:salon volts\n{}{}", form(51), form(50).repeat(10));
        let (said, _) = play_over(store.clone(), &script, Settings::default(), Format::Text).await;
        let said = said.replace(['\u{a0}', '\n'], " ");
        assert!(said.contains("jalons ajoutés en une fois ne doit pas dépasser 50 ; il serait de 51."), "{said}");
        assert!(said.contains("jalons d’une équipe ne doit pas dépasser 500 ; il serait de 501."), "{said}");
        let tenant = meet(&store, "alice").await.tenant;
        assert_eq!(store.of(tenant).milestones_of(team).await.expect("read").len(), 451);
    });
}
