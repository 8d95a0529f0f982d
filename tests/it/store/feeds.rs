//! The addresses at which people read their own calendar: one a person, theirs for as long as they have it.

use super::homes::{everywhere, where_it_lasts};
use super::people::link;
use super::school::{at, does, meet, meet_on};
use jiff::civil::date;
use vigie::store::{Feed, FeedOf, LinkedAccount, Met, NetworkSpace, Store};
use vigie_chat::{ConnectorName, SpaceId};

fn of(met: Met) -> FeedOf {
    FeedOf { tenant: met.tenant, person: met.person }
}

async fn leads_to(store: &Store, hash: &str) -> Option<FeedOf> {
    store.feed_of(hash).await.expect("the store answers")
}

#[test]
fn a_new_address_takes_the_place_of_the_former_one() {
    everywhere(async |store: Store| {
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        let far = meet(&store, "b", "alice").await;
        assert_eq!(store.of(alice.tenant).feed(alice.person).await.expect("read"), None);
        does!(&store, alice, make_feed("h1"));
        does!(&store, bob, make_feed("h2"));
        does!(&store, far, make_feed("h3"));
        assert_eq!(leads_to(&store, "h1").await, Some(of(alice)));
        assert_eq!(leads_to(&store, "h3").await, Some(of(far)));
        assert_eq!(leads_to(&store, "h").await, None);
        store.feed_was_read(of(alice), date(2026, 11, 23)).await.expect("noted");
        let feed = store.of(alice.tenant).feed(alice.person).await.expect("read");
        assert_eq!(feed, Some(Feed { made_at: at(1), read_on: Some(date(2026, 11, 23)) }));
        let other = store.of(far.tenant).feed(far.person).await.expect("read");
        assert_eq!(other.and_then(|feed| feed.read_on), None);
        does!(&store, alice, make_feed("h4"));
        assert_eq!((leads_to(&store, "h1").await, leads_to(&store, "h4").await), (None, Some(of(alice))));
        let feed = store.of(alice.tenant).feed(alice.person).await.expect("read");
        assert_eq!(feed, Some(Feed { made_at: at(1), read_on: None }), "nobody read the new one");
        assert!(does!(&store, alice, withdraw_feed()));
        assert!(!does!(&store, alice, withdraw_feed()));
        assert_eq!((leads_to(&store, "h4").await, leads_to(&store, "h2").await), (None, Some(of(bob))));
        store.answers().await.expect("it answers");
    });
}

#[test]
fn an_address_goes_with_its_person_and_follows_who_they_are() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let alice = meet(&store, "a", "alice").await;
        does!(&store, alice, make_feed("h1"));
        does!(&store, alice, forget_me());
        assert_eq!(leads_to(&store, "h1").await, None);
        let (one, two) = (meet(&store, "a", "carol").await, meet(&store, "a", "dave").await);
        // The same people on another network of the space.
        does!(&store, one, offer_space_link("s", at(15)));
        let (network, space) = (ConnectorName::new("matrix"), SpaceId::new("m"));
        let place = NetworkSpace { connector: &network, space: &space };
        store.link_space(place, "s", at(2)).await.expect("linked");
        let of_one = meet_on(&store, "matrix", "m", "@carol").await;
        let of_two = meet_on(&store, "matrix", "m", "@dave").await;
        does!(&store, of_one, make_feed("theirs"));
        does!(&store, of_two, make_feed("second"));
        does!(&store, two, make_feed("first"));
        for (stays, account, code) in [(one, "@carol", "c1"), (two, "@dave", "c2")] {
            does!(&store, stays, offer_account_link(code, at(15)));
            let linked = link(&store, "matrix", account, code).await;
            assert!(matches!(linked, LinkedAccount::Linked { .. }), "{linked:?}");
        }
        assert_eq!(leads_to(&store, "theirs").await, Some(of(one)), "it leads to who they are now");
        assert_eq!((leads_to(&store, "first").await, leads_to(&store, "second").await), (Some(of(two)), None));
        store.close().await;
    });
}
