//! What of calendars can't be read in the store.

use super::super::homes::where_it_lasts;
use super::super::school::{at, does, founded, meet, network, published};
use super::{School, process, school, slot};
use std::sync::Arc;
use vigie::store::{Met, Planning, Store};
use vigie_chat::{Space, SpaceId};

/// A trainer of another school, in the space `z` of the same network.
async fn elsewhere(store: &Store) -> Met {
    let space = Space { id: SpaceId::new("z"), name: "Ailleurs".to_owned() };
    store.joined(&network(), &space, at(0)).await.expect("noted");
    meet(store, "z", "prof").await
}

#[test]
fn what_cannot_be_read_of_one_school_stops_no_other() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let (one, far) = (school(&store).await, elsewhere(&store).await);
        assert!(one.prof.tenant < far.tenant, "the one that is damaged comes first");
        let brief = published(&store, far).await;
        let team = founded(&store, far, brief, "Loin").await;
        one.plans(&[(0, slot(48, 50))]).await;
        assert_eq!(one.shows().await.len(), 1);
        store.close().await;
        home.say("update scheduled set failures = -1, try_at = 0; update defences set minutes = -1").await;
        let store = home.open().await;
        let calendar = Arc::clone(&one.calendar);
        let planning = does!(&store, far, plan_defences(brief, &[], &[(team, slot(50, 50))]));
        assert!(matches!(planning, Planning::Planned(_)), "{planning:?}");
        let process = process(&store, &calendar);
        process.begin().await.expect("it answers");
        process.settle().await.expect("the store answers");
        let shown = calendar.shown();
        assert_eq!(shown.len(), 2, "{shown:?}");
        store.close().await;
    });
}

#[test]
fn what_an_event_said_and_cannot_be_read_is_put_right() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let before = school(&store).await;
        before.plans(&[(0, slot(48, 50)), (1, slot(80, 50))]).await;
        let shown = before.shows().await;
        store.close().await;
        home.say("update scheduled set said = '{', wanted = null where event = '1'; update scheduled set said = '{' where event = '2'")
            .await;
        let store = home.open().await;
        let after = School { store: store.clone(), ..before };
        after.process().begin().await.expect("it answers");
        assert_eq!(after.shows().await, shown);
        after.plans(&[]).await;
        assert_eq!(after.shows().await, [""; 0], "both are still known");
        store.close().await;
    });
}
