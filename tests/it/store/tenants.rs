//! Spaces, what belongs to them, and that nothing of one is read from another.

use super::homes::{everywhere, where_it_lasts};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use vigie::app::housekeeping;
use vigie::store::{Arrival, Kept, NetworkSpace, OpenError, Sealing, Store};
use vigie_chat::{ConnectorName, Invocation, Notebook, PersonId, Press, RoomId, Space, SpaceId};

fn at(hours: i64) -> Timestamp {
    let start: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_hours(hours)
}

fn network() -> ConnectorName {
    ConnectorName::new("test")
}

fn space(id: &str) -> Space {
    Space { id: SpaceId::new(id), name: format!("École {id}") }
}

#[test]
fn a_space_is_welcomed_when_it_comes() {
    everywhere(async |store: Store| {
        let (here, there) = (network(), ConnectorName::new("other"));
        let school = space("a");
        let arrival = async |connector, space| store.joined(connector, space, at(0)).await.expect("noted");
        assert_eq!(arrival(&here, &school).await, Arrival::Newcomer);
        assert_eq!(arrival(&here, &school).await, Arrival::Known);
        let renamed = Space { name: "Lycée".to_owned(), ..school.clone() };
        assert_eq!(arrival(&here, &renamed).await, Arrival::Known);
        assert_eq!(arrival(&there, &school).await, Arrival::Newcomer);
        store.left(&here, &school.id, at(1)).await.expect("noted");
        store.left(&here, &SpaceId::new("never met"), at(1)).await.expect("noted");
        assert_eq!(store.present(&here).await.expect("read"), Vec::<SpaceId>::new());
        assert_eq!(store.present(&there).await.expect("read"), std::slice::from_ref(&school.id));
        assert_eq!(arrival(&here, &school).await, Arrival::Returned);
        assert_eq!(arrival(&here, &school).await, Arrival::Known);
        assert_eq!(store.present(&here).await.expect("read"), std::slice::from_ref(&school.id));
    });
}

#[test]
fn of_two_that_join_at_once_one_welcomes() {
    everywhere(async |store: Store| {
        let (network, school) = (network(), space("a"));
        for first in [Arrival::Newcomer, Arrival::Returned] {
            let join = || store.joined(&network, &school, at(0));
            let (a, b, c) = tokio::join!(join(), join(), join());
            let mut arrivals = [a, b, c].map(|arrival| arrival.expect("noted"));
            arrivals.sort_by_key(|arrival| *arrival != first);
            assert_eq!(arrivals, [first, Arrival::Known, Arrival::Known]);
            store.left(&network, &school.id, at(1)).await.expect("noted");
        }
    });
}

#[test]
fn settings_belong_to_their_space() {
    everywhere(async |store: Store| {
        let (here, there) = (network(), ConnectorName::new("other"));
        let (a, b) = (SpaceId::new("a"), SpaceId::new("b"));
        let tenant = |connector, space| NetworkSpace { connector, space };
        store.set(tenant(&here, &a), "zone", "Europe/Paris", at(0)).await.expect("written");
        store.set(tenant(&here, &a), "zone", "Indian/Reunion", at(1)).await.expect("written");
        store.set(tenant(&here, &a), "salon", "'; drop table settings; --", at(1)).await.expect("written");
        let zone = async |of| store.setting(of, "zone").await.expect("read");
        assert_eq!(zone(tenant(&here, &a)).await.as_deref(), Some("Indian/Reunion"));
        assert_eq!(zone(tenant(&here, &b)).await, None);
        assert_eq!(zone(tenant(&there, &a)).await, None);
        assert_eq!(store.settings(tenant(&here, &a)).await.expect("read").len(), 2);
        assert!(store.settings(tenant(&here, &b)).await.expect("read").is_empty());
        assert!(store.settings(tenant(&there, &a)).await.expect("read").is_empty());
    });
}

#[test]
fn rooms_are_found_again() {
    everywhere(async |store: Store| {
        let (here, there) = (network(), ConnectorName::new("other"));
        let (alice, first, second) = (PersonId::new("alice"), RoomId::new("r1"), RoomId::new("r2"));
        for room in [&first, &second] {
            store.note_direct_room(&here, &alice, room).await.expect("written");
            assert_eq!(store.direct_room(&here, &alice).await.expect("read").as_ref(), Some(room));
        }
        assert_eq!(store.direct_room(&there, &alice).await.expect("read"), None);
        assert_eq!(store.space_of(&here, &second).await.expect("read"), None);
        store.place_room(&here, &first, &SpaceId::new("a")).await.expect("written");
        store.place_room(&here, &first, &SpaceId::new("b")).await.expect("written");
        assert_eq!(store.space_of(&here, &first).await.expect("read"), Some(SpaceId::new("b")));
        assert_eq!(store.space_of(&there, &first).await.expect("read"), None);
        assert_eq!(store.direct_room(&here, &alice).await.expect("read"), Some(second));
    });
}

#[test]
fn notebooks_are_apart_and_last() {
    where_it_lasts(async |home| {
        let clock: Arc<dyn Fn() -> Timestamp + Send + Sync> = Arc::new(|| at(0));
        let store = home.open().await;
        let here = store.notebook(network(), Arc::clone(&clock));
        let there = store.notebook(ConnectorName::new("other"), Arc::clone(&clock));
        here.write("registered", "1").await.expect("written");
        here.write("registered", "2").await.expect("written");
        here.write("gone", "x").await.expect("written");
        here.erase("gone").await.expect("erased");
        here.erase("gone").await.expect("erasing nothing is fine");
        assert_eq!(there.read("registered").await.expect("read"), None);
        here.note_direct_room(&PersonId::new("alice"), &RoomId::new("r")).await.expect("written");
        assert_eq!(there.direct_room(&PersonId::new("alice")).await.expect("read"), None);
        store.close().await;
        let here = home.open().await.notebook(network(), clock);
        assert_eq!(here.read("registered").await.expect("read").as_deref(), Some("2"));
        assert_eq!(here.read("gone").await.expect("read"), None);
        assert_eq!(here.direct_room(&PersonId::new("alice")).await.expect("read"), Some(RoomId::new("r")));
    });
}

/// Gives a space one thing of each kind.
async fn furnish(store: &Store, id: &str) {
    let (connector, school, owner) = (network(), space(id), PersonId::new("alice"));
    store.joined(&connector, &school, at(0)).await.expect("noted");
    let tenant = NetworkSpace { connector: &connector, space: &school.id };
    store.set(tenant, "zone", "Europe/Paris", at(0)).await.expect("written");
    store.place_room(&connector, &RoomId::new(id), &school.id).await.expect("written");
    let sealing = Sealing { connector: &connector, space: Some(&school.id), tenant: None, owner: &owner, at: at(0) };
    let kept = Kept::Message(vec![Press::run(Invocation::new("aide"))]);
    store.keep(id, &kept, sealing).await.expect("written");
}

/// How many of the things that a space was given are still there.
async fn furniture(store: &Store, id: &str) -> usize {
    let (connector, school, owner) = (network(), SpaceId::new(id), PersonId::new("alice"));
    let tenant = NetworkSpace { connector: &connector, space: &school };
    let sealing = Sealing { connector: &connector, space: Some(&school), tenant: None, owner: &owner, at: at(0) };
    store.settings(tenant).await.expect("read").len()
        + usize::from(store.space_of(&connector, &RoomId::new(id)).await.expect("read").is_some())
        + usize::from(store.find(id, sealing).await.expect("read").is_some())
}

#[test]
fn what_belongs_to_a_space_is_erased_after_the_grace_and_not_before() {
    everywhere(async |store: Store| {
        for id in ["left", "stays", "returns"] {
            furnish(&store, id).await;
        }
        for id in ["left", "returns"] {
            store.left(&network(), &SpaceId::new(id), at(0)).await.expect("noted");
        }
        store.joined(&network(), &space("returns"), at(1)).await.expect("noted");
        housekeeping::once(&store, 30, at(30 * 24)).await.expect("done");
        for id in ["left", "stays", "returns"] {
            assert_eq!(furniture(&store, id).await, 3, "{id}");
        }
        housekeeping::once(&store, 30, at(30 * 24 + 1)).await.expect("done");
        assert_eq!(furniture(&store, "left").await, 0);
        assert_eq!(furniture(&store, "stays").await, 3);
        assert_eq!(furniture(&store, "returns").await, 3);
        let again = store.joined(&network(), &space("left"), at(0)).await.expect("noted");
        assert_eq!(again, Arrival::Newcomer);
    });
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    where_it_lasts(async |home| {
        home.open().await.close().await;
        home.say(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             values (9999, 'later', true, '', 0)",
        )
        .await;
        let error = Store::open(&home.url).await.expect_err("it is newer");
        assert!(matches!(error, OpenError::Newer { found: 9999, .. }), "{error:?}");
        assert!(error.to_string().contains("newer version"), "{error}");
    });
}

#[test]
fn how_far_a_database_is_behind_is_told_without_changing_it() {
    where_it_lasts(async |home| {
        home.open().await.close().await;
        assert_eq!(Store::pending(&home.url).await.expect("it answers"), 0);
        home.say("drop table _sqlx_migrations").await;
        let behind = Store::pending(&home.url).await.expect("it answers");
        assert!(behind > 0);
        assert_eq!(Store::pending(&home.url).await.expect("it answers"), behind, "looking brought it up to date");
        home.say("create table _sqlx_migrations (version bigint)").await;
        home.say("insert into _sqlx_migrations (version) values (9999)").await;
        let error = Store::pending(&home.url).await.expect_err("it is newer");
        assert!(matches!(error, OpenError::Newer { found: 9999, .. }), "{error:?}");
    });
}
