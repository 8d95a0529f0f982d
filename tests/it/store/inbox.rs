//! What arrived and isn't answered yet: kept in order with how far the network was read, and nothing of it once answered.

use super::homes::{everywhere, where_it_lasts};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use vigie::app::housekeeping;
use vigie::store::{Store, StoredInbox};
use vigie_chat::{Arrival, ConnectorName, EventId, Inbox, RoomId};

fn at(hours: i64) -> Timestamp {
    let start: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_hours(hours)
}

fn inbox_of(store: &Store, connector: &str) -> StoredInbox {
    store.inbox(ConnectorName::new(connector), Arc::new(|| at(0)))
}

/// Any bytes, those that are no text among them.
fn sealed(id: &str) -> Vec<u8> {
    [b"\0\xff\xfe'".as_slice(), id.as_bytes(), b"\0"].concat()
}

fn arrivals(ids: &[&str]) -> Vec<Arrival> {
    let arrival =
        |id: &&str| Arrival { id: EventId::new(*id), room: RoomId::new(format!("!of-{id}")), content: sealed(id) };
    ids.iter().map(arrival).collect()
}

async fn take(inbox: &StoredInbox, ids: &[&str], mark: &str) {
    inbox.take(&arrivals(ids), mark).await.expect("taken");
}

async fn done(inbox: &StoredInbox, id: &str) {
    inbox.done(&EventId::new(id)).await.expect("noted");
}

async fn waiting(inbox: &StoredInbox) -> Vec<String> {
    let waiting = inbox.waiting().await.expect("read");
    waiting.iter().map(|arrival| arrival.id.as_str().to_owned()).collect()
}

async fn mark(inbox: &StoredInbox) -> Option<String> {
    inbox.mark().await.expect("read")
}

#[test]
fn what_waits_outlives_the_process_whole_and_in_order() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let inbox = inbox_of(&store, "test");
        assert_eq!(mark(&inbox).await, None);
        take(&inbox, &["z", "a"], "s1").await;
        take(&inbox, &["m"], "s2").await;
        take(&inbox, &[], "s3").await;
        store.close().await;
        drop(store);
        let inbox = inbox_of(&home.open().await, "test");
        assert_eq!(inbox.waiting().await.expect("read"), arrivals(&["z", "a", "m"]));
        assert_eq!(mark(&inbox).await.as_deref(), Some("s3"));
    });
}

#[test]
fn what_is_told_twice_is_taken_once_as_it_was() {
    everywhere(async |store: Store| {
        let inbox = inbox_of(&store, "test");
        take(&inbox, &["a", "b", "a"], "s1").await;
        done(&inbox, "a").await;
        let mut again = arrivals(&["b", "c", "a"]);
        again[0].content = b"otherwise".to_vec();
        inbox.take(&again, "s2").await.expect("taken");
        assert_eq!(inbox.waiting().await.expect("read"), arrivals(&["b", "c"]));
        done(&inbox, "b").await;
        done(&inbox, "b").await;
        done(&inbox, "never heard").await;
        assert_eq!(waiting(&inbox).await, ["c"]);
    });
}

#[test]
fn the_order_holds_when_what_came_before_is_answered() {
    everywhere(async |store: Store| {
        let inbox = inbox_of(&store, "test");
        take(&inbox, &["a", "b"], "s1").await;
        done(&inbox, "b").await;
        take(&inbox, &["c"], "s2").await;
        done(&inbox, "a").await;
        take(&inbox, &["d", "e"], "s3").await;
        assert_eq!(waiting(&inbox).await, ["c", "d", "e"]);
    });
}

#[test]
fn a_thousand_at_once_are_taken_in_order() {
    everywhere(async |store: Store| {
        let inbox = inbox_of(&store, "test");
        // Backwards, so that the order isn't the one of the ids; one more than whole statements hold.
        let ids: Vec<String> = (0..1001).rev().map(|rank| format!("{rank:04}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        take(&inbox, &ids, "s1").await;
        assert_eq!(waiting(&inbox).await, ids);
        take(&inbox, &ids, "s2").await;
        assert_eq!(waiting(&inbox).await.len(), 1001);
    });
}

#[test]
fn inboxes_are_apart() {
    everywhere(async |store: Store| {
        let (here, there) = (inbox_of(&store, "test"), inbox_of(&store, "other"));
        take(&here, &["a"], "s1").await;
        assert_eq!((waiting(&there).await, mark(&there).await), (Vec::new(), None));
        take(&there, &["a", "b"], "t1").await;
        done(&there, "a").await;
        assert_eq!((waiting(&here).await, mark(&here).await.as_deref()), (vec!["a".to_owned()], Some("s1")));
    });
}

#[test]
fn two_that_take_at_once_keep_everything_once() {
    everywhere(async |store: Store| {
        let (one, other) = (inbox_of(&store, "test"), inbox_of(&store, "test"));
        tokio::join!(take(&one, &["a", "b", "c"], "s1"), take(&other, &["c", "b", "d"], "s2"));
        let mut kept = waiting(&one).await;
        kept.sort();
        assert_eq!(kept, ["a", "b", "c", "d"]);
    });
}

#[test]
fn both_are_kept_or_neither() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let inbox = inbox_of(&store, "test");
        take(&inbox, &["a"], "s1").await;
        home.say("alter table inbox rename to elsewhere").await;
        inbox.take(&arrivals(&["b"]), "s2").await.expect_err("it can't be written");
        home.say("alter table elsewhere rename to inbox").await;
        assert_eq!((waiting(&inbox).await, mark(&inbox).await.as_deref()), (vec!["a".to_owned()], Some("s1")));
    });
}

#[test]
fn nothing_of_what_was_said_is_left_once_answered() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let inbox = inbox_of(&store, "test");
        take(&inbox, &["a"], "s1").await;
        done(&inbox, "a").await;
        let left = "select count(*) from inbox where id = 'a' and (content is not null or room is not null)";
        assert_eq!(home.count(left).await, 0);
        assert_eq!(home.count("select count(*) from inbox where id = 'a'").await, 1);
    });
}

#[test]
fn that_it_was_answered_is_remembered_for_a_week() {
    everywhere(async |store: Store| {
        let hour = Arc::new(AtomicI64::new(0));
        let told = Arc::clone(&hour);
        let inbox = store.inbox(ConnectorName::new("test"), Arc::new(move || at(told.load(Ordering::Relaxed))));
        take(&inbox, &["early", "late", "waits"], "s1").await;
        done(&inbox, "early").await;
        hour.store(1, Ordering::Relaxed);
        done(&inbox, "late").await;
        // Not answered again: the first time counts.
        done(&inbox, "early").await;
        let week = 7 * 24;
        housekeeping::once(&store, 30, at(week)).await.expect("done");
        take(&inbox, &["early", "late"], "s2").await;
        assert_eq!(waiting(&inbox).await, ["waits"]);
        housekeeping::once(&store, 30, at(week + 1)).await.expect("done");
        take(&inbox, &["early", "late"], "s3").await;
        assert_eq!(waiting(&inbox).await, ["waits", "early"]);
    });
}
