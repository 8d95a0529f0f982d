//! Rooms that go on as others: what belonged to the former one belongs to the new one, and to nobody else.

use super::homes::everywhere;
use jiff::{SignedDuration, Timestamp};
use vigie::store::{Arrival, Kept, NetworkSpace, Sealing, Store};
use vigie_chat::{ConnectorName, Invocation, PersonId, Press, Room, RoomId, RoomKind, Space, SpaceId, Value};

fn at(hours: i64) -> Timestamp {
    let start: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_hours(hours)
}

fn network() -> ConnectorName {
    ConnectorName::new("test")
}

async fn joined(store: &Store, id: &str, hour: i64) -> Arrival {
    let space = Space { id: SpaceId::new(id), name: format!("Salon {id}") };
    store.joined(&network(), &space, at(hour)).await.expect("noted")
}

async fn place(store: &Store, room: &str, space: &str) {
    store.place_room(&network(), &RoomId::new(room), &SpaceId::new(space)).await.expect("written");
}

async fn space_of(store: &Store, room: &str) -> Option<String> {
    let space = store.space_of(&network(), &RoomId::new(room)).await.expect("read");
    space.map(|space| space.as_str().to_owned())
}

async fn set(store: &Store, space: &str, key: &str, value: &str, hour: i64) {
    let (connector, space) = (network(), SpaceId::new(space));
    let tenant = NetworkSpace { connector: &connector, space: &space };
    store.set(tenant, key, value, at(hour)).await.expect("written");
}

async fn setting(store: &Store, space: &str, key: &str) -> Option<String> {
    let (connector, space) = (network(), SpaceId::new(space));
    store.setting(NetworkSpace { connector: &connector, space: &space }, key).await.expect("read")
}

fn mention(room: &str) -> Kept {
    let room = Room { id: RoomId::new(room), kind: RoomKind::Shared };
    Kept::Message(vec![Press::run(Invocation::new("annoncer").with("salon", Value::Room(room)))])
}

async fn keep(store: &Store, id: &str, kept: &Kept, space: &str) {
    let (connector, space, owner) = (network(), SpaceId::new(space), PersonId::new("alice"));
    let sealing = Sealing { connector: &connector, space: Some(&space), tenant: None, owner: &owner, at: at(0) };
    store.keep(id, kept, sealing).await.expect("written");
}

async fn found(store: &Store, id: &str, from: &str) -> Option<Kept> {
    let (connector, space, owner) = (network(), SpaceId::new(from), PersonId::new("alice"));
    let sealing = Sealing { connector: &connector, space: Some(&space), tenant: None, owner: &owner, at: at(0) };
    store.find(id, sealing).await.expect("read").map(|found| found.kept)
}

async fn moved(store: &Store, from: &str, to: &str) {
    store.move_room(&network(), &RoomId::new(from), &RoomId::new(to)).await.expect("moved");
}

#[test]
fn a_room_that_is_its_own_space_takes_everything_along() {
    everywhere(async |store: Store| {
        joined(&store, "!old", 0).await;
        place(&store, "!old", "!old").await;
        place(&store, "!beside", "!old").await;
        set(&store, "!old", "zone", "Indian/Reunion", 0).await;
        keep(&store, "m", &mention("!elsewhere"), "!old").await;
        // Again: a connector may tell it at each start.
        for _ in 0..2 {
            moved(&store, "!old", "!new").await;
            assert_eq!(store.present(&network()).await.expect("read"), [SpaceId::new("!new")]);
            assert_eq!(space_of(&store, "!old").await, None);
            assert_eq!(space_of(&store, "!new").await.as_deref(), Some("!new"));
            assert_eq!(space_of(&store, "!beside").await.as_deref(), Some("!new"));
            assert_eq!(setting(&store, "!old", "zone").await, None);
            assert_eq!(setting(&store, "!new", "zone").await.as_deref(), Some("Indian/Reunion"));
            assert_eq!(found(&store, "m", "!old").await, None);
            assert_eq!(found(&store, "m", "!new").await, Some(mention("!elsewhere")));
        }
        assert_eq!(joined(&store, "!new", 1).await, Arrival::Known, "nobody is welcomed twice");
    });
}

#[test]
fn a_room_of_a_space_stays_in_it() {
    everywhere(async |store: Store| {
        joined(&store, "!school", 0).await;
        place(&store, "!old", "!school").await;
        moved(&store, "!old", "!new").await;
        assert_eq!(space_of(&store, "!old").await, None);
        assert_eq!(space_of(&store, "!new").await.as_deref(), Some("!school"));
        assert_eq!(store.present(&network()).await.expect("read"), [SpaceId::new("!school")]);
    });
}

#[test]
fn a_direct_room_stays_with_its_person() {
    everywhere(async |store: Store| {
        let (alice, old, new) = (PersonId::new("alice"), RoomId::new("!old"), RoomId::new("!new"));
        store.note_direct_room(&network(), &alice, &old).await.expect("written");
        moved(&store, "!old", "!new").await;
        assert_eq!(store.direct_room(&network(), &alice).await.expect("read"), Some(new));
    });
}

#[test]
fn what_names_the_room_names_the_new_one() {
    everywhere(async |store: Store| {
        keep(&store, "m", &mention("!old"), "!school").await;
        keep(&store, "other", &mention("!older"), "!school").await;
        set(&store, "!school", "annonces", "!old", 0).await;
        set(&store, "!school", "rappels", "!older", 0).await;
        moved(&store, "!old", "!\"new\"").await;
        assert_eq!(found(&store, "m", "!school").await, Some(mention("!\"new\"")));
        assert_eq!(found(&store, "other", "!school").await, Some(mention("!older")));
        assert_eq!(setting(&store, "!school", "annonces").await.as_deref(), Some("!\"new\""));
        assert_eq!(setting(&store, "!school", "rappels").await.as_deref(), Some("!older"));
    });
}

#[test]
fn where_both_are_known_what_was_chosen_last_holds() {
    everywhere(async |store: Store| {
        joined(&store, "!old", 0).await;
        joined(&store, "!new", 5).await;
        place(&store, "!old", "!school").await;
        place(&store, "!new", "!new").await;
        set(&store, "!old", "zone", "Europe/Paris", 1).await;
        set(&store, "!new", "zone", "Indian/Reunion", 6).await;
        set(&store, "!old", "calme", "20-7", 8).await;
        set(&store, "!new", "calme", "22-7", 7).await;
        set(&store, "!old", "only", "1", 0).await;
        moved(&store, "!old", "!new").await;
        assert_eq!(store.present(&network()).await.expect("read"), [SpaceId::new("!new")]);
        assert_eq!(setting(&store, "!new", "zone").await.as_deref(), Some("Indian/Reunion"));
        assert_eq!(setting(&store, "!new", "calme").await.as_deref(), Some("20-7"));
        assert_eq!(setting(&store, "!new", "only").await.as_deref(), Some("1"));
        assert_eq!(space_of(&store, "!new").await.as_deref(), Some("!school"), "it was placed there by somebody");
    });
}

#[test]
fn a_room_placed_meanwhile_stays_where_it_is() {
    everywhere(async |store: Store| {
        place(&store, "!old", "!school").await;
        place(&store, "!new", "!other").await;
        moved(&store, "!old", "!new").await;
        assert_eq!(space_of(&store, "!old").await, None);
        assert_eq!(space_of(&store, "!new").await.as_deref(), Some("!other"));
    });
}

#[test]
fn nothing_of_others_moves() {
    everywhere(async |store: Store| {
        let there = ConnectorName::new("other");
        let (old, school) = (RoomId::new("!old"), SpaceId::new("!old"));
        let (alice, space) = (PersonId::new("alice"), Space { id: school.clone(), name: "Salon".to_owned() });
        let sealing = Sealing { connector: &there, space: Some(&school), tenant: None, owner: &alice, at: at(0) };
        let tenant = NetworkSpace { connector: &there, space: &school };
        store.joined(&there, &space, at(0)).await.expect("noted");
        store.place_room(&there, &old, &school).await.expect("written");
        store.set(tenant, "annonces", "!old", at(0)).await.expect("written");
        store.keep("m", &mention("!old"), sealing).await.expect("written");
        joined(&store, "!stays", 0).await;
        // To itself: nothing to do, and nothing lost.
        store.move_room(&there, &old, &old).await.expect("moved");
        moved(&store, "!old", "!new").await;
        assert_eq!(store.present(&there).await.expect("read"), std::slice::from_ref(&school));
        assert_eq!(store.present(&network()).await.expect("read"), [SpaceId::new("!stays")]);
        assert_eq!(store.space_of(&there, &old).await.expect("read"), Some(school.clone()));
        assert_eq!(store.setting(tenant, "annonces").await.expect("read").as_deref(), Some("!old"));
        let kept = store.find("m", sealing).await.expect("read");
        assert_eq!(kept.map(|found| found.kept), Some(mention("!old")));
    });
}
