//! The ledger: claimed by one, in the order of each place, taken over when whoever claimed it vanished.

use super::homes::where_it_lasts;
use super::work::{ALICE, BOB, DAVE, at, begin, does, schools};
use jiff::{SignedDuration, Timestamp};
use vigie::app::housekeeping;
use vigie::domain::occasion::{OccasionKey, OccasionKind};
use vigie::store::{Claim, Claimed, DeliveryDraft, DeliveryState, Ledger, Settled, Store};
use vigie_chat::{ConnectorName, MessageId, MessageRef, RoomId};

fn of((tenant, person): super::work::Who, subject: i64) -> OccasionKey {
    OccasionKey { tenant, kind: OccasionKind::Milestone, subject, person }
}

/// Something to say at a place, due at an hour; its subject is what it is told from the others by.
fn draft(subject: i64, lane: &str, hour: i64) -> DeliveryDraft {
    DeliveryDraft {
        of: of(ALICE, subject),
        step: at(hour),
        steps: 1,
        token: format!("t{subject}-{hour}"),
        lane: lane.to_owned(),
        urgent: at(hour),
        held_until: None,
    }
}

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

async fn claim(store: &Store, owner: &str, now: Timestamp, most: u16) -> Vec<Claimed> {
    let claim = Claim { owner, now, lease_until: now + seconds(100), most };
    store.claim(claim).await.expect("claimed")
}

fn subjects(claimed: &[Claimed]) -> Vec<i64> {
    claimed.iter().map(|one| one.of.subject).collect()
}

fn sent() -> Settled {
    let message = MessageRef { room: RoomId::new("r"), id: MessageId::new("m") };
    Settled::Sent { connector: ConnectorName::new("test"), message }
}

async fn settle(store: &Store, owner: &str, now: Timestamp, claimed: &Claimed, what: Settled) {
    store.settle(owner, now, &[(claimed.of.tenant, claimed.key, what)]).await.expect("noted");
}

async fn state(store: &Store, token: &str) -> (DeliveryState, u32, u32, Option<String>) {
    let row = store.delivery_by_token(token).await.expect("read").expect("it is there");
    (row.state, row.stage, row.failures, row.why)
}

#[test]
fn two_share_what_is_due_and_what_goes_to_one_place_goes_in_its_order() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let other = if home.is_postgres() { home.open().await } else { store.clone() };
        let drafts = [draft(1, "a", 3), draft(2, "a", 1), draft(3, "b", 2), draft(4, "c", 0), draft(5, "d", 4)];
        does!(store, ALICE, 5, deliver(&drafts));
        let (one, two) = (claim(&store, "one", at(5), 2).await, claim(&other, "two", at(5), 10).await);
        assert_eq!(subjects(&one), [4, 2], "what is due first first");
        assert_eq!(subjects(&two), [3, 5], "the second of a place waits for the first");
        assert!(one.iter().chain(&two).all(|one| one.failures == 0 && one.tried.is_none()));
        assert_eq!(claim(&store, "one", at(5), 10).await, []);
        assert_eq!(store.next_delivery().await.expect("read"), Some(at(5) + seconds(100)), "nothing else may be sent");
        settle(&store, "one", at(5), &one[1], sent()).await;
        assert_eq!(subjects(&claim(&other, "two", at(5), 10).await), [1]);
        let row = store.delivery_by_token("t2-1").await.expect("read").expect("there");
        assert_eq!((row.state, row.connector.as_deref(), row.ended), (DeliveryState::Sent, Some("test"), Some(at(5))));
        if home.is_postgres() {
            other.close().await;
        }
        store.close().await;
    });
}

#[test]
fn of_many_that_claim_at_once_none_gets_what_another_has() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let other = if home.is_postgres() { home.open().await } else { store.clone() };
        let drafts: Vec<_> =
            (0..200).map(|subject| draft(subject, &format!("lane {}", subject % 50), subject)).collect();
        does!(store, ALICE, 300, deliver(&drafts));
        let mut tasks = tokio::task::JoinSet::new();
        for owner in 0..8 {
            let store = if owner % 2 == 0 { store.clone() } else { other.clone() };
            tasks.spawn(async move { subjects(&claim(&store, &format!("owner {owner}"), at(300), 20).await) });
        }
        let mut all: Vec<i64> = tasks.join_all().await.into_iter().flatten().collect();
        all.sort_unstable();
        assert_eq!(all, (0..50).collect::<Vec<_>>(), "the first of each place, each once");
        if home.is_postgres() {
            other.close().await;
        }
        store.close().await;
    });
}

#[test]
fn what_somebody_left_is_taken_over_and_their_word_no_longer_counts() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        does!(store, ALICE, 0, deliver(&[draft(1, "a", 0), draft(2, "b", 0)]));
        let lost = claim(&store, "lost", at(0), 1).await;
        let end = at(0) + seconds(100);
        assert_eq!(subjects(&claim(&store, "new", end - seconds(1), 10).await), [2]);
        let again = claim(&store, "new", end, 10).await;
        assert_eq!((subjects(&again), again[0].failures, again[0].tried), (vec![1], 0, Some(at(0))));
        assert_eq!(again[0].token, lost[0].token, "it keeps its name on networks");
        for what in [sent(), Settled::Failed { why: "gone".to_owned() }, Settled::Held { until: at(50) }] {
            settle(&store, "lost", end, &lost[0], what).await;
            assert_eq!(state(&store, "t1-0").await, (DeliveryState::Sending, 0, 0, None));
        }
        settle(&store, "new", end, &again[0], sent()).await;
        assert_eq!(state(&store, "t1-0").await.0, DeliveryState::Sent);
        settle(&store, "new", end, &again[0], Settled::Dropped { why: "over" }).await;
        assert_eq!(state(&store, "t1-0").await.0, DeliveryState::Sent, "it is said once what became of it");
        store.close().await;
    });
}

#[test]
fn what_is_held_waits_for_its_hour_and_keeps_nobody_waiting() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let held = DeliveryDraft { held_until: Some(at(10)), ..draft(1, "a", 0) };
        does!(store, ALICE, 0, deliver(&[held, draft(2, "a", 1)]));
        assert_eq!(store.next_delivery().await.expect("read"), Some(at(0)));
        let first = claim(&store, "one", at(1), 10).await;
        assert_eq!(subjects(&first), [2]);
        settle(&store, "one", at(1), &first[0], Settled::Held { until: at(12) }).await;
        assert_eq!(store.next_delivery().await.expect("read"), Some(at(10)));
        assert_eq!(store.overdue_since(at(9)).await.expect("read"), None, "whoever waits for an hour isn't late");
        assert_eq!(claim(&store, "one", at(10) - seconds(1), 10).await, []);
        assert_eq!(subjects(&claim(&store, "one", at(10), 10).await), [1]);
        assert_eq!(claim(&store, "one", at(12), 10).await.len(), 1, "the lease of the first is over too");
        store.close().await;
    });
}

#[test]
fn what_fails_is_tried_again_then_elsewhere_then_given_up() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        does!(store, ALICE, 0, deliver(&[draft(1, "a", 0), draft(2, "a", 1), draft(3, "b", 2)]));
        let first = claim(&store, "one", at(3), 1).await;
        let why = "network".to_owned();
        settle(&store, "one", at(3), &first[0], Settled::Again { at: at(4), failures: 1, why: Some(why) }).await;
        assert_eq!(subjects(&claim(&store, "one", at(3), 10).await), [3], "only its own place waits for it");
        let again = claim(&store, "one", at(4), 1).await;
        assert_eq!((subjects(&again), again[0].failures, again[0].tried), (vec![1], 1, Some(at(3))));
        assert_eq!(again[0].why.as_deref(), Some("network"));
        let next = Settled::Next { stage: 1, lane: "room".to_owned(), why: "network gone".to_owned() };
        settle(&store, "one", at(4), &again[0], next).await;
        assert_eq!(state(&store, "t1-0").await, (DeliveryState::Due, 1, 0, Some("network gone".to_owned())));
        let elsewhere = claim(&store, "one", at(4), 10).await;
        assert!(subjects(&elsewhere).starts_with(&[1, 2]), "the former place is free: {elsewhere:?}");
        assert_eq!((elsewhere[0].stage, elsewhere[0].failures, elsewhere[0].tried), (1, 0, None));
        settle(&store, "one", at(5), &elsewhere[0], Settled::Failed { why: "network gone forbidden".to_owned() }).await;
        settle(&store, "one", at(5), &elsewhere[1], Settled::Dropped { why: "over" }).await;
        let failed = store.ledger(Ledger::Failed, 10).await.expect("read");
        assert_eq!(failed.iter().map(|row| row.of.subject).collect::<Vec<_>>(), [1]);
        assert_eq!(failed[0].why.as_deref(), Some("network gone forbidden"));
        assert_eq!((failed[0].ended, failed[0].try_at), (Some(at(5)), at(4)));
        let counts = store.ledger_counts(at(5)).await.expect("counted");
        assert_eq!(counts.states, [("dropped".to_owned(), 1), ("failed".to_owned(), 1), ("sending".to_owned(), 1)]);
        store.close().await;
    });
}

#[test]
fn a_step_is_written_once() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let first = draft(1, "a", 0);
        does!(store, ALICE, 0, deliver(std::slice::from_ref(&first)));
        let same = DeliveryDraft { token: "another".to_owned(), lane: "b".to_owned(), ..first.clone() };
        let of_bob = DeliveryDraft { of: of(BOB, 1), token: "bob".to_owned(), ..first.clone() };
        does!(store, ALICE, 1, deliver(&[same, of_bob, draft(1, "a", 1)]));
        assert_eq!(store.delivery_by_token("another").await.expect("read"), None);
        let to_alice = store.of(ALICE.0).deliveries_to(ALICE.1, 10).await.expect("read");
        assert_eq!(to_alice.iter().map(|row| row.step).collect::<Vec<_>>(), [at(1), at(0)], "the newest first");
        assert_eq!(store.of(ALICE.0).deliveries_to(BOB.1, 10).await.expect("read").len(), 1);
        assert_eq!(store.of(DAVE.0).deliveries_to(ALICE.1, 10).await.expect("read"), [], "not from another school");
        let mut write = begin(&store, ALICE, 2).await;
        write.deliver(&[draft(9, "a", 2)]).await.expect("written");
        drop(write);
        assert_eq!(store.delivery_by_token("t9-2").await.expect("read"), None, "dropped, it changes nothing");
        store.close().await;
    });
}

#[test]
fn a_start_on_a_file_takes_back_what_the_former_process_had() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        does!(store, ALICE, 0, deliver(&[draft(1, "a", 0)]));
        claim(&store, "former", at(0), 1).await;
        store.close().await;
        let store = home.open().await;
        store.release_claims().await.expect("let go");
        // Another process may have a database of PostgreSQL open: it keeps what it claimed.
        let again = claim(&store, "new", at(0) + seconds(1), 1).await;
        assert_eq!(again.len(), usize::from(!home.is_postgres()));
        assert!(again.iter().all(|one| one.failures == 0 && one.tried == Some(at(0))), "it may have left: {again:?}");
        store.close().await;
    });
}

#[test]
fn what_ended_is_forgotten_after_sixty_days_and_what_waits_never() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        does!(store, ALICE, 0, deliver(&[draft(1, "a", 0), draft(2, "b", 0), draft(3, "c", 0)]));
        let claimed = claim(&store, "one", at(0), 2).await;
        settle(&store, "one", at(0), &claimed[0], sent()).await;
        settle(&store, "one", at(24), &claimed[1], Settled::Failed { why: "gone".to_owned() }).await;
        assert_eq!(store.erase_ended_before(at(0)).await.expect("erased"), 0, "what ends at that instant stays");
        housekeeping::once(&store, 30, at(60 * 24)).await.expect("done");
        assert_eq!(store.ledger(Ledger::Newest, 10).await.expect("read").len(), 3);
        housekeeping::once(&store, 30, at(60 * 24 + 1)).await.expect("done");
        assert_eq!(store.ledger(Ledger::Newest, 10).await.expect("read").len(), 2);
        housekeeping::once(&store, 30, at(1_000 * 24)).await.expect("done");
        let left = store.ledger(Ledger::Newest, 10).await.expect("read");
        assert_eq!(left.iter().map(|row| row.state).collect::<Vec<_>>(), [DeliveryState::Due]);
        store.close().await;
    });
}
