//! What a team does on its work, as conversations over a store that already holds a brief and a team.

use super::conversation::{play_over, within};
use expect_test::expect_file;
use jiff::Timestamp;
use vigie::config::Settings;
use vigie::domain::brief::{Assessed, Brief, How, ReferentielChoice, WallTime};
use vigie::domain::key::TeamKey;
use vigie::store::{
    Acting, Begun, BriefDeliverable, BriefMilestone, DeliverableDraft, Drafting, Entry, Founding, Met, MilestoneDraft,
    NetworkSpace, Seating, Store, Text, When, Write,
};
use vigie_chat::{ConnectorName, Person, RoomId, SpaceId};
use vigie_console::Format;

fn start() -> Timestamp {
    "2026-11-23T07:00:00Z".parse().expect("an instant")
}

fn network() -> ConnectorName {
    ConnectorName::new("console")
}

async fn meet(store: &Store, who: &str) -> Met {
    let (connector, space) = (network(), SpaceId::new("console"));
    let at = NetworkSpace { connector: &connector, space: &space };
    store.meet(at, &Person::new(who, who), start()).await.expect("met")
}

async fn writing(store: &Store, met: Met) -> Write<'_> {
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
async fn school(store: &Store) -> TeamKey {
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
