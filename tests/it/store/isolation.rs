//! Nothing of one space is read or changed from another: each function that reads or writes people, briefs and teams, with
//! the keys of another tenant.

use super::homes::{Home, where_it_lasts};
use super::school::{at, does, founded, joins, meet, network, published, text, writing};
use std::path::Path;
use vigie::domain::display::{Display, Pictures, Theme};
use vigie::domain::key::{BriefKey, CohortKey, TeamKey};
use vigie::store::{
    Adding, Agreeing, Asking, Closing, Dissolving, Drafting, Entry, Founding, Leaving, Met, Naming, Publishing,
    Refusal, Renaming, Replacing, Revising, Seating, Store, Text, Trainer, Unlinking,
};
use vigie_chat::{MessageId, MessageRef, PersonId, RoleId, RoomId};

/// Everything that one space has.
struct Ours {
    alice: Met,
    bob: Met,
    brief: BriefKey,
    draft: BriefKey,
    team: TeamKey,
    cohort: CohortKey,
}

fn role() -> Trainer {
    Trainer::Role { connector: network(), role: RoleId::new("42"), label: "Formateurs".to_owned() }
}

async fn furnished(store: &Store) -> Ours {
    // Numbers that the other space hasn't: its own things are few.
    for rank in 0..20 {
        meet(store, "a", &format!("p{rank}")).await;
    }
    let (alice, bob) = (meet(store, "a", "alice").await, meet(store, "a", "bob").await);
    let carol = meet(store, "a", "carol").await;
    let cohort = does!(store, alice, cohort("Promo")).expect("made");
    let brief = published(store, alice).await;
    let drafting = does!(store, alice, draft(Text { cohort: Some(cohort), ..text("Brouillon", "secret") }));
    let Drafting::Drafted(draft) = drafting else { panic!("{drafting:?}") };
    let team = founded(store, alice, brief, "Un").await;
    assert!(matches!(joins(store, bob, team).await, Seating::Joined { .. }));
    does!(store, alice, set_entry(team, Entry::Asked)).expect("set");
    assert!(matches!(does!(store, carol, ask(team, 4)), Asking::Asked { .. }));
    does!(store, alice, set_room(team, Some(&(network(), RoomId::new("team")))));
    does!(store, alice, add_trainer(&role()));
    does!(store, alice, offer_account_link("h", at(15)));
    Ours { alice, bob, brief, draft, team, cohort }
}

/// Somebody of another space, in which there is nothing.
async fn apart(home: &Home, store: &Store) -> (Ours, Met, String) {
    let ours = furnished(store).await;
    let zoe = meet(store, "z", "zoe").await;
    assert_ne!(zoe.tenant, ours.alice.tenant);
    let condition = format!("tenant_id = {}", ours.alice.tenant.0);
    assert!(home.rows_where(&condition).await.len() > 40);
    (ours, zoe, condition)
}

#[test]
fn nothing_is_read_from_another_space() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let (ours, zoe, _) = apart(home, &store).await;
        let there = store.of(zoe.tenant);
        assert_eq!(there.tenant(), zoe.tenant);
        let (alice, account) = (ours.alice.person, PersonId::new("alice"));
        assert_eq!(there.person(alice).await.expect("read"), None);
        assert_eq!(there.person_of(&network(), &account).await.expect("read"), None);
        assert_eq!(there.people_like("").await.expect("read").len(), 1);
        assert_eq!(there.people_like("ali").await.expect("read"), []);
        assert_eq!(there.accounts_of(alice).await.expect("read"), []);
        assert_eq!(there.trainers().await.expect("read"), []);
        assert!(!there.is_trainer(alice, &network(), [RoleId::new("42")].iter()).await.expect("read"));
        assert_eq!(there.briefs().await.expect("read"), []);
        assert_eq!(there.brief_numbered(1).await.expect("read"), None);
        assert_eq!(there.brief(ours.brief).await.expect("read"), None);
        assert_eq!(there.drafts(alice).await.expect("read"), []);
        assert_eq!(there.draft(alice, ours.draft).await.expect("read"), None);
        assert_eq!(there.brief_versions(ours.brief).await.expect("read"), []);
        assert_eq!(there.brief_version(ours.brief, 1).await.expect("read"), None);
        assert_eq!(there.cohorts().await.expect("read"), []);
        assert_eq!(there.teams(ours.brief).await.expect("read"), []);
        assert_eq!(there.open_teams().await.expect("read"), []);
        assert_eq!(there.team(ours.team).await.expect("read"), None);
        assert_eq!(there.team_numbered(ours.brief, 1).await.expect("read"), None);
        assert_eq!(there.teams_of(alice).await.expect("read"), []);
        assert_eq!(there.team_in_room(&network(), &RoomId::new("team")).await.expect("read"), None);
        assert_eq!(there.requests(ours.team).await.expect("read"), []);
        assert_eq!(there.history(ours.team).await.expect("read"), []);
        let held = there.held_of(alice).await.expect("read");
        assert!(held.iter().all(|section| section.rows.is_empty()), "{held:?}");
        // And from its own it is.
        let here = store.of(ours.alice.tenant);
        assert_eq!(here.teams(ours.brief).await.expect("read").len(), 1);
        let open = here.open_teams().await.expect("read");
        assert_eq!(open.iter().map(|team| (team.key, team.name.as_str())).collect::<Vec<_>>(), [(ours.team, "Un")]);
        assert_eq!(here.requests(ours.team).await.expect("read").len(), 1);
        assert!(here.draft(alice, ours.draft).await.expect("read").is_some());
        store.close().await;
    });
}

#[test]
fn nothing_is_changed_from_another_space() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let (ours, zoe, condition) = apart(home, &store).await;
        let before = home.rows_where(&condition).await;
        let carol = meet(&store, "a", "carol").await.person;
        let (alice, bob, team, brief) = (ours.alice.person, ours.bob.person, ours.team, ours.brief);
        let message = MessageRef { room: RoomId::new("r"), id: MessageId::new("m") };
        let not_there = Refusal::NotThere;
        does!(&store, zoe, set_zone(Some("Europe/Paris")));
        does!(&store, zoe, set_display(Display { pictures: Some(Pictures::Without), theme: Some(Theme::Dark) }));
        does!(&store, zoe, offer_account_link("z1", at(15)));
        does!(&store, zoe, offer_space_link("z2", at(15)));
        assert_eq!(does!(&store, zoe, unlink(&network(), &PersonId::new("alice"))), Unlinking::NotTheirs);
        let trainer = Trainer::Person { person: alice, name: None };
        assert_eq!(does!(&store, zoe, add_trainer(&trainer)), Adding::NotThere);
        assert!(!does!(&store, zoe, remove_trainer(&role())));
        assert_ne!(does!(&store, zoe, cohort("Promo")), None);
        assert_eq!(does!(&store, zoe, new_version(brief, 1, text("x", "x"))), Revising::NotThere);
        assert_eq!(does!(&store, zoe, new_version(ours.draft, 1, text("x", "x"))), Revising::NotThere);
        assert_eq!(does!(&store, zoe, publish(ours.draft, 1, &network(), &RoomId::new("r"))), Publishing::NotThere);
        assert!(!does!(&store, zoe, announced(brief, &network(), &message)));
        assert_eq!(does!(&store, zoe, close_brief(brief)), Closing::NotThere);
        assert!(!does!(&store, zoe, discard(ours.draft)));
        let founding = does!(&store, zoe, found_team(brief, zoe.person, "Zut", Entry::Open));
        assert_eq!(founding, Founding::No(not_there));
        assert_eq!(does!(&store, zoe, rename(team, "Zut")), Renaming::No(not_there));
        assert_eq!(does!(&store, zoe, set_entry(team, Entry::Open)), Err(not_there));
        assert!(!does!(&store, zoe, set_room(team, None)));
        assert_eq!(does!(&store, zoe, dissolve(team)), Dissolving::No(not_there));
        assert_eq!(does!(&store, zoe, join(team, 4)), Seating::No(not_there));
        assert_eq!(does!(&store, zoe, place_member(team, alice, 4)), Seating::No(not_there));
        assert_eq!(does!(&store, zoe, ask(team, 4)), Asking::No(not_there));
        assert_eq!(does!(&store, zoe, agree(team, alice, 4)), Agreeing::No(not_there));
        assert!(!does!(&store, zoe, decline(team, carol)));
        assert_eq!(does!(&store, zoe, leave(team, bob)), Leaving::No(not_there));
        assert_eq!(does!(&store, zoe, replace(team, alice, zoe.person)), Replacing::No(not_there));
        assert_eq!(does!(&store, zoe, name_captain(team, bob)), Naming::No(not_there));
        does!(&store, zoe, journal("test", "test:1"));
        // What it has of its own takes nobody from elsewhere, and no cohort from elsewhere.
        let own = published(&store, zoe).await;
        let founding = does!(&store, zoe, found_team(own, alice, "Zut", Entry::Open));
        assert_eq!(founding, Founding::No(Refusal::NoSuchPerson));
        let own_team = founded(&store, zoe, own, "Un").await;
        assert_eq!(does!(&store, zoe, place_member(own_team, bob, 4)), Seating::No(Refusal::NoSuchPerson));
        let replacing = does!(&store, zoe, replace(own_team, zoe.person, bob));
        assert_eq!(replacing, Replacing::No(Refusal::NoSuchPerson));
        does!(&store, zoe, draft(Text { cohort: Some(ours.cohort), ..text("x", "x") }));
        let drafts = store.of(zoe.tenant).drafts(zoe.person).await.expect("read");
        assert_eq!(drafts.iter().map(|draft| draft.cohort).collect::<Vec<_>>(), [None]);
        drop(writing(&store, zoe).await);
        assert_eq!(home.rows_where(&condition).await, before);
        store.close().await;
    });
}

/// Functions of this name are tried above; the files that hold others have their own such test.
#[test]
fn every_function_is_tried() {
    let here = include_str!("isolation.rs");
    for file in ["people", "linking", "trainers", "briefs", "publishing", "cohorts", "teams", "seating", "founding"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/store/{file}.rs"));
        let source = std::fs::read_to_string(&path).expect("a source file");
        let mut tried = 0;
        for part in
            source.split("\nimpl ").skip(1).filter(|part| part.starts_with("Scope") || part.starts_with("Write"))
        {
            let end = part.find("\n}\n").unwrap_or(part.len());
            for function in part[..end].split("    pub async fn ").skip(1) {
                let name: String = function.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                assert!(here.contains(&format!(".{name}(")) || here.contains(&format!(", {name}(")), "{file}: {name}");
                tried += 1;
            }
        }
        assert!(tried > 0, "{file}: no function was found");
    }
}

#[test]
fn a_tenant_is_erased_with_its_last_space() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let (connector, matrix) = (network(), vigie_chat::ConnectorName::new("matrix"));
        let days = |days: i64| at(days * 24 * 60);
        for (connector, space) in [(&connector, "a"), (&matrix, "!b"), (&connector, "stays")] {
            let space = vigie_chat::Space { id: vigie_chat::SpaceId::new(space), name: "École".to_owned() };
            store.joined(connector, &space, at(0)).await.expect("noted");
        }
        let (alice, other) = (meet(&store, "a", "alice").await, meet(&store, "stays", "zoe").await);
        does!(&store, alice, offer_space_link("h", at(15)));
        let second = vigie_chat::SpaceId::new("!b");
        let place = vigie::store::NetworkSpace { connector: &matrix, space: &second };
        store.link_space(place, "h", at(1)).await.expect("linked");
        published(&store, other).await;
        // A row in every table of tenants.
        for (table, columns) in home.columns().await {
            if !columns.iter().any(|(name, _)| name == "tenant_id") {
                continue;
            }
            for tenant in [alice.tenant.0, other.tenant.0] {
                let value = |(name, kind): &(String, String)| match (name.as_str(), kind.as_str()) {
                    ("tenant_id", _) => tenant.to_string(),
                    // What was deleted, sent, or has begun is erased sooner.
                    ("deleted_at" | "ended_at", _) => "null".to_owned(),
                    ("starts_at", _) => days(10_000).as_millisecond().to_string(),
                    (_, "bigint") => "9000".to_owned(),
                    _ => format!("'x{tenant}'"),
                };
                let values: Vec<String> = columns.iter().map(value).collect();
                home.run(format!("insert into {table} values ({})", values.join(", "))).await;
            }
        }
        home.say("delete from tenant_spaces where connector like 'x%'").await;
        let ours = format!("tenant_id = {}", alice.tenant.0);
        let theirs = format!("tenant_id = {}", other.tenant.0);
        let before = home.rows_where(&theirs).await;
        store.left(&connector, &vigie_chat::SpaceId::new("a"), days(0)).await.expect("noted");
        vigie::app::housekeeping::once(&store, 30, days(31)).await.expect("done");
        assert!(home.rows_where(&ours).await.len() > 20, "its other space is still there");
        assert_eq!(home.number(format!("select count(*) from tenant_spaces where {ours}")).await, 1);
        store.left(&matrix, &second, days(31)).await.expect("noted");
        vigie::app::housekeeping::once(&store, 30, days(62)).await.expect("done");
        assert_eq!(home.rows_where(&ours).await, Vec::<String>::new());
        assert_eq!(home.number(format!("select count(*) from tenants where id = {}", alice.tenant.0)).await, 0);
        let after = home.rows_where(&theirs).await;
        // Codes that are over, dates that were over long ago.
        let erased_sooner = |row: &String| row.starts_with("linking_codes") || row.starts_with("gone_dates");
        let codes = |rows: &[String]| rows.iter().filter(|row| !erased_sooner(row)).cloned().collect::<Vec<_>>();
        assert_eq!(codes(&after), codes(&before), "nothing of others is erased");
        // Its number is never given again.
        assert!(meet(&store, "new", "alice").await.tenant.0 > other.tenant.0.max(alice.tenant.0));
        store.close().await;
    });
}
