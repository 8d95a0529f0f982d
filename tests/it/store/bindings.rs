//! Rooms that join a space: by a code, once, until they are released or erased.

use super::homes::{everywhere, where_it_lasts};
use jiff::{SignedDuration, Timestamp};
use vigie::app::housekeeping;
use vigie::store::{Joining, NamedRoom, NetworkSpace, Store};
use vigie_chat::{ConnectorName, RoomId, Space, SpaceId};

fn at(seconds: i64) -> Timestamp {
    let start: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_secs(seconds)
}

fn days(days: i64) -> Timestamp {
    at(days * 24 * 3_600)
}

fn network() -> ConnectorName {
    ConnectorName::new("test")
}

/// Keeps a code that leads to the space of a room, and is of use for a minute.
async fn offer(store: &Store, room: &str, code: &str) {
    let (connector, space) = (network(), SpaceId::new(room));
    let to = NetworkSpace { connector: &connector, space: &space };
    store.offer(to, &RoomId::new(room), code, at(60)).await.expect("written");
}

async fn join(store: &Store, room: &str, code: &str) -> Joining {
    store.join(&network(), &RoomId::new(room), code, at(59)).await.expect("the store answers")
}

async fn joined(store: &Store, room: &str, now: Timestamp) -> Option<String> {
    let space = store.joined_space(&network(), &RoomId::new(room), now).await.expect("the store answers");
    space.map(|space| space.to_string())
}

async fn rooms_of(store: &Store, space: &str) -> Vec<NamedRoom> {
    let (connector, space) = (network(), SpaceId::new(space));
    store.rooms_of(NetworkSpace { connector: &connector, space: &space }).await.expect("the store answers")
}

async fn enter(store: &Store, room: &str, now: Timestamp) {
    let space = Space { id: SpaceId::new(room), name: format!("Salon {room}") };
    store.joined(&network(), &space, now).await.expect("noted");
}

async fn leave(store: &Store, room: &str, now: Timestamp) {
    store.left(&network(), &SpaceId::new(room), now).await.expect("noted");
}

fn to(space: &str) -> Joining {
    Joining::Joined { space: SpaceId::new(space), told: RoomId::new(space) }
}

#[test]
fn a_code_is_used_once_and_in_time() {
    everywhere(async |store: Store| {
        offer(&store, "a", "one").await;
        assert_eq!(join(&store, "b", "other").await, Joining::Unknown);
        let elsewhere = store.join(&ConnectorName::new("other"), &RoomId::new("b"), "one", at(0)).await;
        assert_eq!(elsewhere.expect("the store answers"), Joining::Unknown);
        let late = store.join(&network(), &RoomId::new("b"), "one", at(60)).await;
        assert_eq!(late.expect("the store answers"), Joining::Unknown);
        assert_eq!(join(&store, "b", "one").await, to("a"));
        assert_eq!(join(&store, "c", "one").await, Joining::Unknown);
        assert_eq!(joined(&store, "b", at(0)).await.as_deref(), Some("a"));
        assert_eq!(joined(&store, "c", at(0)).await, None);
    });
}

#[test]
fn a_new_code_takes_the_place_of_the_former() {
    everywhere(async |store: Store| {
        offer(&store, "a", "one").await;
        offer(&store, "a", "two").await;
        assert_eq!(join(&store, "b", "one").await, Joining::Unknown);
        assert_eq!(join(&store, "b", "two").await, to("a"));
    });
}

#[test]
fn of_two_that_use_a_code_at_once_one_joins() {
    everywhere(async |store: Store| {
        offer(&store, "a", "one").await;
        let (b, c, d) = tokio::join!(join(&store, "b", "one"), join(&store, "c", "one"), join(&store, "d", "one"));
        let all = [b, c, d];
        assert_eq!(all.iter().filter(|joining| **joining == to("a")).count(), 1, "{all:?}");
        assert_eq!(all.iter().filter(|joining| **joining == Joining::Unknown).count(), 2, "{all:?}");
    });
}

#[test]
fn what_is_refused_leaves_the_code_as_it_was() {
    everywhere(async |store: Store| {
        offer(&store, "a", "to a").await;
        assert_eq!(join(&store, "a", "to a").await, Joining::Known);
        assert_eq!(join(&store, "b", "to a").await, to("a"));
        offer(&store, "a", "to a").await;
        assert_eq!(join(&store, "b", "to a").await, Joining::Known);
        offer(&store, "c", "to c").await;
        assert_eq!(join(&store, "a", "to c").await, Joining::Holds);
        assert_eq!(join(&store, "b", "to c").await, to("c"));
        assert_eq!(joined(&store, "a", at(0)).await, None);
    });
}

#[test]
fn a_room_that_joins_takes_its_own_codes_back() {
    everywhere(async |store: Store| {
        offer(&store, "a", "to a").await;
        offer(&store, "b", "to b").await;
        assert_eq!(join(&store, "b", "to a").await, to("a"));
        assert_eq!(join(&store, "c", "to b").await, Joining::Unknown);
    });
}

#[test]
fn a_room_is_released_once() {
    everywhere(async |store: Store| {
        let release = async |room: &str| store.release(&network(), &RoomId::new(room)).await.expect("released");
        assert!(!release("b").await);
        offer(&store, "a", "one").await;
        assert_eq!(join(&store, "b", "one").await, to("a"));
        assert_eq!(joined(&store, "b", at(0)).await.as_deref(), Some("a"));
        assert!(release("b").await);
        assert_eq!(joined(&store, "b", at(0)).await, None);
        assert!(!release("b").await);
    });
}

#[test]
fn rooms_have_the_names_that_the_network_told() {
    everywhere(async |store: Store| {
        for (room, code) in [("b", "one"), ("c", "two"), ("d", "three")] {
            offer(&store, "a", code).await;
            assert_eq!(join(&store, room, code).await, to("a"));
        }
        for room in ["a", "b", "d"] {
            enter(&store, room, at(0)).await;
        }
        leave(&store, "d", at(1)).await;
        let named = |id: &str, name: Option<&str>| NamedRoom { id: RoomId::new(id), name: name.map(str::to_owned) };
        assert_eq!(rooms_of(&store, "a").await, [named("b", Some("Salon b")), named("c", None)]);
        assert_eq!(rooms_of(&store, "b").await, []);
    });
}

#[test]
fn what_another_process_changes_is_seen_within_half_a_minute() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        assert_eq!(joined(&store, "b", at(0)).await, None);
        home.say("insert into rooms (connector, id, space) values ('test', 'b', 'a')").await;
        assert_eq!(joined(&store, "b", at(29)).await, None);
        assert_eq!(joined(&store, "b", at(30)).await.as_deref(), Some("a"));
    });
}

#[test]
fn a_store_that_fails_answers_what_it_knew() {
    everywhere(async |store: Store| {
        offer(&store, "a", "one").await;
        assert_eq!(join(&store, "b", "one").await, to("a"));
        assert_eq!(joined(&store, "b", at(0)).await.as_deref(), Some("a"));
        store.close().await;
        assert_eq!(joined(&store, "b", at(3_600)).await.as_deref(), Some("a"));
        assert!(store.joined_space(&network(), &RoomId::new("c"), at(0)).await.is_err());
    });
}

/// A space of rooms `a` and `b`, with one setting.
async fn furnished(store: &Store) {
    for room in ["a", "b"] {
        enter(store, room, at(0)).await;
    }
    offer(store, "a", "one").await;
    assert_eq!(join(store, "b", "one").await, to("a"));
    let (connector, space) = (network(), SpaceId::new("a"));
    store
        .set(NetworkSpace { connector: &connector, space: &space }, "zone", "Europe/Paris", at(0))
        .await
        .expect("written");
}

async fn has_settings(store: &Store) -> bool {
    let (connector, space) = (network(), SpaceId::new("a"));
    !store.settings(NetworkSpace { connector: &connector, space: &space }).await.expect("read").is_empty()
}

#[test]
fn a_space_lasts_as_long_as_one_of_its_rooms() {
    everywhere(async |store: Store| {
        furnished(&store).await;
        leave(&store, "a", days(0)).await;
        housekeeping::once(&store, 30, days(100)).await.expect("done");
        assert!(has_settings(&store).await, "b is still there");
        assert_eq!(joined(&store, "b", days(100)).await.as_deref(), Some("a"));
        leave(&store, "b", days(100)).await;
        housekeeping::once(&store, 30, days(130)).await.expect("done");
        assert!(has_settings(&store).await, "the grace counts from the last that was left");
        housekeeping::once(&store, 30, days(131)).await.expect("done");
        assert!(!has_settings(&store).await);
        assert_eq!(joined(&store, "b", days(131)).await, None);
    });
}

#[test]
fn a_room_that_was_left_keeps_its_place_for_the_grace() {
    everywhere(async |store: Store| {
        furnished(&store).await;
        leave(&store, "b", days(0)).await;
        housekeeping::once(&store, 30, days(30)).await.expect("done");
        assert_eq!(joined(&store, "b", days(30)).await.as_deref(), Some("a"));
        housekeeping::once(&store, 30, days(31)).await.expect("done");
        assert_eq!(joined(&store, "b", days(31)).await, None);
        assert!(has_settings(&store).await);
        enter(&store, "b", days(31)).await;
        assert_eq!(joined(&store, "b", days(32)).await, None, "it comes back as any other");
    });
}

#[test]
fn codes_whose_time_is_over_are_forgotten() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        offer(&store, "a", "one").await;
        housekeeping::once(&store, 30, at(59)).await.expect("done");
        assert_eq!(join(&store, "b", "one").await, to("a"));
        offer(&store, "a", "two").await;
        housekeeping::once(&store, 30, at(60)).await.expect("done");
        // A clock that is set back doesn't bring it back.
        assert_eq!(join(&store, "c", "two").await, Joining::Unknown);
    });
}
