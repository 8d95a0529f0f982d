//! A place that takes nothing and says nothing: nobody else waits for it.

use super::crowd::{due, engine, furnish};
use crate::store::homes::where_it_lasts;
use crate::store::recorder::{Recorder, Trouble};
use jiff::SignedDuration;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use vigie::app::reminders;
use vigie::store::{DeliveryState, Ledger};

const PEOPLE: i64 = 700;
const EACH: i64 = 2;

#[test]
fn a_message_that_hangs_holds_up_nobody_but_its_reader() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        furnish(home, PEOPLE, EACH).await;
        let network = Arc::new(Recorder::at(due() + SignedDuration::from_secs(30)));
        // The first never ends by itself.
        network.trouble(Trouble::CrashBefore);
        let engine = Arc::new(engine(&store, &network));
        let others = usize::try_from((PEOPLE - 1) * EACH).expect("few");
        let all_others = async {
            while network.taken().len() < others {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        reminders::run(engine, all_others).await;
        assert_eq!(network.taken().len(), others);
        let mut taken = BTreeSet::new();
        for one in network.taken() {
            let (name, _) = one.key.split_once('-').expect("a token and a stage");
            taken.insert(store.delivery_by_token(name).await.expect("read").expect("in the ledger").key);
        }
        // Of one that was given up, the ledger would say that it is tried again.
        let rows = store.ledger(Ledger::Waiting, 10_000).await.expect("read");
        let hanging =
            rows.iter().filter(|row| row.state == DeliveryState::Sending && !taken.contains(&row.key)).count();
        assert_eq!(hanging, 1, "the one that hangs is under way all the time");
        store.close().await;
    });
}
