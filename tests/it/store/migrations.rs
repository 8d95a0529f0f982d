//! A database of an earlier version, with data in it, opened by this program.

use super::homes::{Home, where_it_lasts};
use super::school::{at, does, founded, joins, meet, network, published};
use super::work::{self, ALICE, TEAM, required, schools, when};
use vigie::domain::handin::{FileName, Fingerprint, Size};
use vigie::store::{
    Addition, Changed, HandedIn, HandingIn, Kept, MilestoneDraft, NetworkSpace, Sealing, Seating, Store,
};
use vigie_chat::{ConnectorName, Invocation, PersonId, Press, RoomId, Space, SpaceId};

/// The version that this program makes.
const NEWEST: i64 = 10;

/// What came with the fifth step.
const REMINDERS: [&str; 7] =
    ["reminders", "acknowledgements", "reminder_settings", "changes", "alarms", "deliveries", "dispatch"];

/// Takes what came with the tenth step away.
async fn back_to_nine(home: &Home) {
    home.say("alter table deliveries rename column failures to attempts").await;
    home.say("delete from _sqlx_migrations where version > 9").await;
}

/// Takes what came with the ninth step away.
async fn back_to_eight(home: &Home) {
    back_to_nine(home).await;
    for table in ["scheduling", "scheduled"] {
        home.run(format!("drop table {table}")).await;
    }
    home.say("delete from _sqlx_migrations where version > 8").await;
}

/// Rows as they were before the eighth step, which added a column to these tables that nothing is in yet.
fn before_eight(rows: Vec<String>) -> Vec<String> {
    let of_three =
        |row: &String| ["milestones: ", "deliverables: ", "defences: "].iter().any(|table| row.starts_with(table));
    let as_before = |row: String| match row.strip_suffix("|∅") {
        Some(before) if of_three(&row) => before.to_owned(),
        _ => row,
    };
    rows.into_iter().map(as_before).collect()
}

/// Takes what came with the eighth step away.
async fn back_to_seven(home: &Home) {
    back_to_eight(home).await;
    for table in ["feeds", "gone_dates"] {
        home.run(format!("drop table {table}")).await;
    }
    for table in ["milestones", "deliverables", "defences"] {
        home.run(format!("alter table {table} drop column changed_at")).await;
    }
    home.say("delete from _sqlx_migrations where version > 7").await;
}

/// Takes what came with the seventh step away.
async fn back_to_six(home: &Home) {
    back_to_seven(home).await;
    home.say("alter table people drop column pictures").await;
    home.say("alter table people drop column theme").await;
    home.say("delete from _sqlx_migrations where version > 6").await;
}

/// Takes what came with the sixth step away.
async fn back_to_five(home: &Home) {
    back_to_six(home).await;
    home.say("alter table tenants drop column file_bytes").await;
    home.say("alter table buttons drop column made_in").await;
    home.say("delete from _sqlx_migrations where version > 5").await;
}

/// Takes what came with the fifth step away.
async fn back_to_four(home: &Home) {
    back_to_five(home).await;
    for table in REMINDERS {
        home.run(format!("drop table {table}")).await;
    }
    home.say("delete from _sqlx_migrations where version > 4").await;
}

/// Takes what came with the fourth step away: what is left is what version 3 had made.
async fn back_to_three(home: &Home) {
    back_to_four(home).await;
    let tables = home.tables_of_tenants().await.into_iter().chain(["tenants".to_owned(), "effects".to_owned()]);
    for table in tables {
        home.run(format!("drop table {table}")).await;
    }
    home.say("delete from _sqlx_migrations where version > 3").await;
}

/// The rows without what came with the seventh step: of whoever was there before, nothing is said.
fn without_display(rows: Vec<String>) -> Vec<String> {
    let mut people = 0;
    let rows = rows.into_iter().map(|row| match row.strip_prefix("people: ") {
        Some(person) => {
            people += 1;
            format!("people: {}", person.strip_suffix("|∅|∅").expect("nobody chose anything"))
        }
        None => row,
    });
    let rows = rows.collect();
    assert!(people > 0, "nobody was there");
    rows
}

/// One row at least in every table of version 3.
async fn furnish(store: &Store) {
    let (connector, space) = (network(), Space { id: SpaceId::new("a"), name: "École".to_owned() });
    store.joined(&connector, &space, at(0)).await.expect("noted");
    store.place_room(&connector, &RoomId::new("r"), &space.id).await.expect("placed");
    let place = NetworkSpace { connector: &connector, space: &space.id };
    store.set(place, "zone", "Indian/Reunion", at(0)).await.expect("set");
    store.offer(place, &RoomId::new("r"), "h", at(15)).await.expect("offered");
    let owner = PersonId::new("alice");
    let sealing = Sealing { connector: &connector, space: Some(&space.id), tenant: None, owner: &owner, at: at(0) };
    let kept = Kept::Message(vec![Press::run(Invocation::new("aide"))]);
    store.keep("m", &kept, sealing).await.expect("kept");
}

#[test]
fn version_three_with_data_in_it_is_brought_up_to_date() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        furnish(&store).await;
        store.close().await;
        home.say("insert into notes (connector, key, value, written_at) values ('test', 'registered', '1', 0)").await;
        home.say("insert into marks (connector, mark, written_at) values ('test', 's1', 0)").await;
        home.say(
            "insert into inbox (connector, id, room, rank, content, taken_at) values ('test', 'e', 'r', 1, null, 0)",
        )
        .await;
        back_to_three(home).await;
        let mut before = Vec::new();
        for table in ["spaces", "rooms", "settings", "notes", "buttons", "inbox", "marks", "joining_codes"] {
            let rows = home.number(format!("select count(*) from {table}")).await;
            assert_eq!(rows, 1, "{table} is empty: the test says nothing of it");
            before.push((table, rows));
        }
        assert_eq!(home.columns().await.into_keys().filter(|table| table == "people").count(), 0);
        let store = home.open().await;
        for (table, rows) in before {
            assert_eq!(home.number(format!("select count(*) from {table}")).await, rows, "{table}");
        }
        assert_eq!(home.count("select max(version) from _sqlx_migrations where success").await, NEWEST);
        let (connector, space) = (ConnectorName::new("test"), SpaceId::new("a"));
        let place = NetworkSpace { connector: &connector, space: &space };
        assert_eq!(store.setting(place, "zone").await.expect("read").as_deref(), Some("Indian/Reunion"));
        let owner = PersonId::new("alice");
        let sealing = Sealing { connector: &connector, space: Some(&space), tenant: None, owner: &owner, at: at(1) };
        assert!(store.find("m", sealing).await.expect("read").is_some());
        // And what is new works.
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        let brief = published(&store, alice).await;
        let team = founded(&store, alice, brief, "Un").await;
        assert!(matches!(joins(&store, bob, team).await, Seating::Joined { .. }));
        assert!(does!(&store, alice, set_room(team, None)));
        store.close().await;
    });
}

#[test]
fn version_five_with_data_in_it_is_brought_up_to_date() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let added = work::does!(store, ALICE, 0, add_deliverables(TEAM, &[required("Dossier", 9)]));
        let Addition::Added(given) = added else { panic!("{added:?}") };
        let (name, sha256) = (FileName::of("a.pdf"), Fingerprint::of(b"a"));
        let content = HandedIn::File { name, media_type: None, size: Size(1_234), sha256 };
        let handed_in = work::does!(store, ALICE, 0, hand_in(given[0].key, &content));
        assert!(matches!(handed_in, HandingIn::Kept(_)));
        store.close().await;
        back_to_five(home).await;
        let before = home.everything().await;
        let store = home.open().await;
        assert_eq!(before_eight(without_display(home.everything().await)), before);
        assert_eq!(home.count("select file_bytes from tenants where id = 1").await, 1_234);
        assert_eq!(home.count("select file_bytes from tenants where id = 2").await, 0);
        store.close().await;
    });
}

#[test]
fn version_seven_with_data_in_it_is_brought_up_to_date() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let (alice, _) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        let brief = published(&store, alice).await;
        let team = founded(&store, alice, brief, "Un").await;
        let due = MilestoneDraft { title: "Maquette".to_owned(), due: Some(when(100)), ..MilestoneDraft::default() };
        assert!(matches!(does!(&store, alice, add_milestones(team, &[due])), Addition::Added(_)));
        store.close().await;
        back_to_seven(home).await;
        let before = home.number("select count(*) from milestones".to_owned()).await;
        let store = home.open().await;
        assert_eq!(home.count("select max(version) from _sqlx_migrations where success").await, NEWEST);
        assert_eq!(home.number("select count(*) from milestones".to_owned()).await, before);
        // What hasn't changed since was changed when it was made.
        let dates = store.of(alice.tenant).dates_of(&[team]).await.expect("read");
        let made = store.of(alice.tenant).milestones_of(team).await.expect("read")[0].made_at;
        assert_eq!(dates.iter().map(|dated| dated.changed_at).collect::<Vec<_>>(), [made]);
        store.close().await;
    });
}

#[test]
fn version_four_with_data_in_it_is_brought_up_to_date() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        furnish(&store).await;
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        let brief = published(&store, alice).await;
        let team = founded(&store, alice, brief, "Un").await;
        assert!(matches!(joins(&store, bob, team).await, Seating::Joined { .. }));
        let due = MilestoneDraft { title: "Maquette".to_owned(), due: Some(when(100)), ..MilestoneDraft::default() };
        assert!(matches!(does!(&store, alice, add_milestones(team, &[due])), Addition::Added(_)));
        store.close().await;
        back_to_four(home).await;
        let tables = home.tables_of_tenants().await;
        assert!(!tables.iter().any(|table| REMINDERS.contains(&table.as_str())), "{tables:?}");
        let before = home.everything().await;
        assert!(before.iter().any(|row| row.starts_with("milestones")), "{before:?}");
        let store = home.open().await;
        assert_eq!(home.count("select max(version) from _sqlx_migrations where success").await, NEWEST);
        let after = before_eight(without_display(home.everything().await));
        let kept = |row: &&String| !REMINDERS.iter().any(|table| row.starts_with(&format!("{table}: ")));
        assert_eq!(after.iter().filter(kept).cloned().collect::<Vec<_>>(), before);
        // Whoever was at work before is reminded from now on, without having to touch anything.
        assert_eq!(after.iter().filter(|row| row.starts_with("changes: ")).count(), 1, "{after:?}");
        let change = store.next_change().await.expect("read").expect("what was there is worked out");
        assert_eq!((change.tenant, change.what), (alice.tenant, Changed::Space));
        store.close().await;
    });
}
