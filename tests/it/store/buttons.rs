//! Buttons and forms: found again, for as long as they are meant to be, by whom they are meant for.

use super::homes::{everywhere, where_it_lasts};
use jiff::{SignedDuration, Timestamp};
use vigie::domain::key::TenantKey;
use vigie::store::{FORM_LIFE, Found, Kept, MESSAGE_LIFE, MOST_FOR_ONE, Sealing, Store};
use vigie_chat::{ConnectorName, Form, FormField, Invocation, PersonId, Press, SpaceId};

struct Hand {
    connector: ConnectorName,
    space: Option<SpaceId>,
    owner: PersonId,
    at: Timestamp,
}

impl Hand {
    fn of(owner: &str) -> Self {
        let at = "2026-11-23T08:00:00Z".parse().expect("an instant");
        let (connector, space) = (ConnectorName::new("test"), Some(SpaceId::new("school")));
        Self { connector, space, owner: PersonId::new(owner), at }
    }

    fn later(self, by: SignedDuration) -> Self {
        Self { at: self.at + by, ..self }
    }

    fn sealing(&self) -> Sealing<'_> {
        Sealing {
            connector: &self.connector,
            space: self.space.as_ref(),
            tenant: None,
            owner: &self.owner,
            at: self.at,
        }
    }
}

fn message() -> Kept {
    let more = Invocation::new("chercher").with("texte", "l’« été » 🌞 \" ' \\ \u{202e}").with("page", 2);
    Kept::Message(vec![Press::run(Invocation::new("aide")), Press::run(more).by_owner().replacing()])
}

fn form() -> Kept {
    let form = Form::new("Sujet", Invocation::new("brief modifier").with("id", 3));
    Kept::Form(form.field(FormField::paragraph("texte", "Texte").optional().holding("un\ndeux")))
}

async fn keep(store: &Store, id: &str, kept: &Kept, hand: &Hand) {
    store.keep(id, kept, hand.sealing()).await.expect("written");
}

async fn found(store: &Store, id: &str, from: &Hand) -> Option<Kept> {
    store.find(id, from.sealing()).await.expect("read").map(|found| found.kept)
}

#[test]
fn they_outlive_the_process() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let alice = Hand::of("alice");
        keep(&store, "m", &message(), &alice).await;
        keep(&store, "f", &form(), &alice).await;
        store.close().await;
        drop(store);
        let store = home.open().await;
        let Found { owner, kept, .. } = store.find("m", Hand::of("bob").sealing()).await.expect("read").expect("kept");
        assert_eq!((owner.as_str(), kept), ("alice", message()));
        assert_eq!(found(&store, "f", &alice).await, Some(form()));
    });
}

#[test]
fn they_expire() {
    everywhere(async |store: Store| {
        let alice = || Hand::of("alice");
        keep(&store, "m", &message(), &alice()).await;
        keep(&store, "f", &form(), &alice()).await;
        let instant = SignedDuration::from_millis(1);
        for (id, life) in [("m", MESSAGE_LIFE), ("f", FORM_LIFE)] {
            assert!(found(&store, id, &alice().later(life - instant)).await.is_some(), "{id}");
            assert!(found(&store, id, &alice().later(life)).await.is_none(), "{id}");
        }
        assert_eq!(store.prune(alice().later(FORM_LIFE).at).await.expect("pruned"), 1);
        assert_eq!(store.prune(alice().later(MESSAGE_LIFE).at).await.expect("pruned"), 1);
        assert!(found(&store, "m", &alice()).await.is_none());
    });
}

#[test]
fn a_form_is_spent_once_and_a_message_never() {
    everywhere(async |store: Store| {
        let alice = Hand::of("alice");
        keep(&store, "m", &message(), &alice).await;
        keep(&store, "f", &form(), &alice).await;
        let spend =
            async |id: &str, on: &str| store.spend(id, &ConnectorName::new(on)).await.expect("the store answers");
        assert!(!spend("f", "other").await);
        assert!(spend("f", "test").await);
        assert!(!spend("f", "test").await);
        assert!(!spend("m", "test").await);
        assert!(found(&store, "f", &alice).await.is_none());
        assert!(found(&store, "m", &alice).await.is_some());
    });
}

#[test]
fn nothing_is_found_from_elsewhere() {
    everywhere(async |store: Store| {
        let alice = || Hand::of("alice");
        keep(&store, "m", &message(), &alice()).await;
        keep(&store, "alone", &message(), &Hand { space: None, ..alice() }).await;
        let elsewhere = || Hand { space: Some(SpaceId::new("other")), ..alice() };
        assert!(found(&store, "m", &elsewhere()).await.is_none());
        assert!(found(&store, "m", &Hand { connector: ConnectorName::new("other"), ..alice() }).await.is_none());
        assert!(found(&store, "m", &Hand { space: None, ..alice() }).await.is_some());
        assert!(found(&store, "alone", &elsewhere()).await.is_some());
    });
}

#[test]
fn the_newest_of_each_person_are_kept() {
    everywhere(async |store: Store| {
        let most = i64::from(MOST_FOR_ONE);
        keep(&store, "bob's", &message(), &Hand::of("bob")).await;
        for rank in 0..most + 5 {
            let hand = Hand::of("alice").later(SignedDuration::from_secs(rank));
            keep(&store, &format!("alice's {rank}"), &message(), &hand).await;
        }
        let now = Hand::of("alice").later(SignedDuration::from_hours(2));
        assert_eq!(store.prune(now.at).await.expect("pruned"), 5);
        assert!(found(&store, "alice's 4", &now).await.is_none());
        assert!(found(&store, "alice's 5", &now).await.is_some());
        assert!(found(&store, "bob's", &now).await.is_some());
    });
}

#[test]
fn an_action_of_another_version_has_expired() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let alice = Hand::of("alice");
        keep(&store, "m", &message(), &alice).await;
        keep(&store, "f", &form(), &alice).await;
        home.say("update buttons set presses = '[{\"effect\":\"later\"}]'").await;
        assert!(found(&store, "m", &alice).await.is_none());
        assert!(found(&store, "f", &alice).await.is_none());
    });
}

#[test]
fn what_a_space_does_not_tell_is_told_with_it() {
    everywhere(async |store: Store| {
        let here = Hand::of("alice");
        let direct = Hand { space: None, ..Hand::of("alice") };
        for (id, hand) in [("here", &here), ("direct", &direct)] {
            let sealing = Sealing { tenant: Some(TenantKey(7)), ..hand.sealing() };
            store.keep(id, &message(), sealing).await.expect("written");
        }
        keep(&store, "of nobody", &message(), &direct).await;
        let made_in = async |id, from: &Hand| {
            store.find(id, from.sealing()).await.expect("read").expect("kept").made_in.map(|tenant| tenant.0)
        };
        assert_eq!(made_in("here", &here).await, None, "it is of this space, whichever tenant that is by now");
        assert_eq!(made_in("here", &direct).await, Some(7));
        assert_eq!(made_in("direct", &here).await, Some(7));
        assert_eq!(made_in("direct", &direct).await, Some(7));
        assert_eq!(made_in("of nobody", &direct).await, None);
    });
}
