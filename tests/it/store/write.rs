//! Transactions: an event does its work once, what isn't committed isn't there, what is committed is on the disk.

use super::homes::{everywhere, where_it_lasts};
use super::school::{at, meet, network};
use vigie::app::housekeeping;
use vigie::domain::key::TenantKey;
use vigie::store::{Acting, Begun, Met, Store};
use vigie_chat::EventId;

fn because(met: Met, event: &str) -> Acting {
    Acting { tenant: met.tenant, person: met.person, now: at(1), cause: Some((network(), EventId::new(event))) }
}

async fn cohorts(store: &Store, met: Met) -> usize {
    store.of(met.tenant).cohorts().await.expect("read").len()
}

/// Makes a cohort because of an event, and says whether it was new.
async fn does_its_work(store: &Store, met: Met, event: &str, name: &str) -> bool {
    match store.write(&because(met, event)).await.expect("begun") {
        Begun::Repeated => false,
        Begun::New(mut write) => {
            write.cohort(name).await.expect("written");
            write.commit().await.expect("committed");
            true
        }
    }
}

#[test]
fn an_event_told_twice_does_its_work_once() {
    everywhere(async |store: Store| {
        let alice = meet(&store, "a", "alice").await;
        assert!(does_its_work(&store, alice, "e1", "Une").await);
        assert!(!does_its_work(&store, alice, "e1", "Autre").await);
        assert!(does_its_work(&store, alice, "e2", "Deux").await);
        assert_eq!(cohorts(&store, alice).await, 2);
        // It is remembered for a week.
        housekeeping::once(&store, 30, at(7 * 24 * 60)).await.expect("done");
        assert!(!does_its_work(&store, alice, "e1", "Autre").await);
        housekeeping::once(&store, 30, at(7 * 24 * 60 + 2)).await.expect("done");
        assert!(does_its_work(&store, alice, "e1", "Autre").await);
    });
}

#[test]
fn an_event_told_by_many_at_once_does_its_work_once() {
    where_it_lasts(async |home| {
        let first = home.open().await;
        let second = if home.is_postgres() { home.open().await } else { first.clone() };
        let alice = meet(&first, "a", "alice").await;
        let tasks: Vec<_> = (0..16)
            .map(|rank| {
                let store = if rank % 2 == 0 { first.clone() } else { second.clone() };
                tokio::spawn(async move { does_its_work(&store, alice, "e", &format!("Promo {rank}")).await })
            })
            .collect();
        let mut worked = 0;
        for task in tasks {
            worked += usize::from(task.await.expect("no panic"));
        }
        assert_eq!((worked, cohorts(&first, alice).await), (1, 1));
        second.close().await;
        first.close().await;
    });
}

#[test]
fn what_is_dropped_changes_nothing_and_may_be_told_again() {
    everywhere(async |store: Store| {
        let alice = meet(&store, "a", "alice").await;
        {
            let Begun::New(mut write) = store.write(&because(alice, "e")).await.expect("begun") else {
                panic!("it is new")
            };
            write.cohort("Une").await.expect("written");
        }
        assert_eq!(cohorts(&store, alice).await, 0);
        assert!(does_its_work(&store, alice, "e", "Une").await);
        assert_eq!(cohorts(&store, alice).await, 1);
    });
}

#[test]
fn nobody_writes_for_a_tenant_that_is_not_there() {
    everywhere(async |store: Store| {
        let alice = meet(&store, "a", "alice").await;
        let nowhere = Acting { tenant: TenantKey(alice.tenant.0 + 1), ..because(alice, "e") };
        assert!(store.write(&nowhere).await.is_err());
        assert!(does_its_work(&store, alice, "e", "Une").await, "its event wasn't noted");
    });
}
