//! Several processes on one database: they share what is to be said, and go on with what one of them leaves behind.

use super::crowd::{due, engine, furnish};
use crate::store::homes::where_it_lasts;
use crate::store::recorder::{Recorder, Trouble};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;
use vigie::app::reminders::{Reminders, Round};
use vigie::store::{DeliveryState, Ledger};

/// People, each with [`EACH`] reminders.
const PEOPLE: i64 = 1_000;
const EACH: i64 = 2;

/// What one process says until so much is said: as long as another holds the first of each place, it has nothing to do.
async fn until(engine: &Reminders, network: &Recorder, said: usize) -> usize {
    let mut settled = 0;
    for _ in 0..100_000 {
        if network.taken().len() >= said {
            return settled;
        }
        settled += engine.settle().await.expect("settled").settled;
        tokio::task::yield_now().await;
    }
    panic!("{} of {said} were said", network.taken().len());
}

/// The keys of what was said, in its order, by who it was said to; nothing twice.
fn said(network: &Recorder) -> BTreeMap<String, Vec<String>> {
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in network.taken() {
        said.entry(format!("{:?}", one.to)).or_default().push(one.key);
    }
    said
}

#[test]
fn what_one_leaves_behind_the_others_say_once_and_in_its_order() {
    where_it_lasts(async |home| {
        if !home.is_postgres() {
            return;
        }
        let store = home.open().await;
        furnish(home, PEOPLE, EACH).await;
        let network = Arc::new(Recorder::at(due() + SignedDuration::from_secs(30)));
        // One claims, has some of it sent, and ends before it notes anything. More are under way than it sends at a time.
        for trouble in [Trouble::CrashAfter, Trouble::CrashBefore] {
            (0..20).for_each(|_| network.trouble(trouble));
        }
        let ends = home.open().await;
        let dying = engine(&ends, &network);
        tokio::select! {
            biased;
            round = dying.settle() => panic!("it was to end: {round:?}"),
            () = network.crashed.notified() => {}
        }
        drop(dying);
        network.calm();
        ends.close().await;
        let left = network.taken().len();
        assert!(left > 0, "it had sent something");
        let rows = store.ledger(Ledger::Waiting, 10_000).await.expect("read");
        let claimed = rows.iter().filter(|row| row.state == DeliveryState::Sending).count();
        assert!(claimed > left, "it had claimed more than it sent: {claimed}");
        // The others leave it what it claimed, for as long as it might still be at it.
        let second = home.open().await;
        let (one, other) = (engine(&store, &network), engine(&second, &network));
        let each = usize::try_from(EACH).expect("few");
        let all = usize::try_from(PEOPLE * EACH).expect("few");
        let theirs = all - claimed * each;
        let (a, b) = tokio::join!(until(&one, &network, left + theirs), until(&other, &network, left + theirs));
        assert!(a > 0 && b > 0, "they share the work: {a} {b}");
        assert_eq!(a + b, theirs, "what goes to the same people waits");
        assert_eq!(one.settle().await.expect("settled"), Round::default(), "nothing else may be said");
        assert_eq!((network.taken().len(), network.repeated()), (left + theirs, 0));
        // Then they take it over. What had left is known by its key.
        network.turn_to(due() + SignedDuration::from_mins(5));
        let (a, b) = tokio::join!(until(&one, &network, all), until(&other, &network, all));
        assert_eq!(a + b, claimed * each);
        assert_eq!(network.taken().len(), all, "nothing is lost");
        assert_eq!(network.repeated(), left, "nothing is said again but what wasn't noted");
        let rows = store.ledger(Ledger::Newest, 10_000).await.expect("read");
        assert_eq!(rows.len(), all);
        assert!(rows.iter().all(|row| row.state == DeliveryState::Sent));
        let steps: BTreeMap<String, Timestamp> = {
            let mut steps = BTreeMap::new();
            for one in network.taken() {
                let (token, _) = one.key.split_once('-').expect("a token and a stage");
                let row = store.delivery_by_token(token).await.expect("read").expect("in the ledger");
                steps.insert(one.key.clone(), row.step);
            }
            steps
        };
        let said = said(&network);
        assert_eq!(said.len(), usize::try_from(PEOPLE).expect("few"));
        for (who, keys) in said {
            let order: Vec<Timestamp> = keys.iter().map(|key| steps[key]).collect();
            assert_eq!(order.len(), each, "{who}");
            assert!(order.is_sorted(), "{who}: {order:?}");
        }
        second.close().await;
        store.close().await;
    });
}
