//! Briefs: drafts that are their author's alone, versions of which the second of two is told, what is closed.

use super::homes::{everywhere, where_it_lasts};
use super::school::{at, does, founded, joins, meet, network, published, text, writing};
use vigie::domain::key::CohortKey;
use vigie::store::{BriefState, Closing, Drafting, MOST_DRAFTS, Publishing, Refusal, Revising, Seating, Store, Text};
use vigie_chat::{MessageId, MessageRef, RoomId};

fn room() -> RoomId {
    RoomId::new("annonces")
}

async fn drafted(store: &Store, by: vigie::store::Met) -> vigie::domain::key::BriefKey {
    match does!(store, by, draft(text("Un sujet", "1"))) {
        Drafting::Drafted(brief) => brief,
        refused @ Drafting::TooMany { .. } => panic!("{refused:?}"),
    }
}

#[test]
fn a_draft_is_its_authors_alone() {
    everywhere(async |store: Store| {
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        let brief = drafted(&store, alice).await;
        let scope = store.of(alice.tenant);
        assert_eq!(
            scope.draft(alice.person, brief).await.expect("read").map(|draft| draft.content).as_deref(),
            Some("1")
        );
        assert_eq!(scope.draft(bob.person, brief).await.expect("read"), None);
        assert_eq!(scope.drafts(bob.person).await.expect("read"), []);
        assert_eq!(scope.drafts(alice.person).await.expect("read").len(), 1);
        assert_eq!(scope.brief(brief).await.expect("read"), None);
        assert_eq!(scope.briefs().await.expect("read"), []);
        for number in [-brief.0, 0, 1] {
            assert_eq!(scope.brief_numbered(number).await.expect("read"), None);
        }
        assert_eq!(scope.brief_versions(brief).await.expect("read"), []);
        assert_eq!(scope.brief_version(brief, 1).await.expect("read"), None);
        assert_eq!(does!(&store, bob, new_version(brief, 1, text("x", "x"))), Revising::NotThere);
        assert_eq!(does!(&store, bob, publish(brief, 1, &network(), &room())), Publishing::NotThere);
        assert_eq!(does!(&store, alice, close_brief(brief)), Closing::NotThere);
        assert!(!does!(&store, bob, discard(brief)));
        assert!(does!(&store, alice, discard(brief)));
        assert_eq!(scope.draft(alice.person, brief).await.expect("read"), None);
    });
}

#[test]
fn drafts_are_numbered_when_they_are_published() {
    everywhere(async |store: Store| {
        let alice = meet(&store, "a", "alice").await;
        let (one, two) = (drafted(&store, alice).await, drafted(&store, alice).await);
        assert_eq!(does!(&store, alice, new_version(two, 1, text("Deux", "2"))), Revising::Written { version: 2 });
        assert_eq!(does!(&store, alice, publish(two, 1, &network(), &room())), Publishing::Changed { version: 2 });
        let publish = Publishing::Published { number: 1 };
        assert_eq!(does!(&store, alice, publish(two, 2, &network(), &room())), publish);
        assert_eq!(does!(&store, alice, publish(two, 2, &network(), &room())), Publishing::Already { number: 1 });
        assert_eq!(does!(&store, alice, publish(one, 1, &network(), &room())), Publishing::Published { number: 2 });
        let message = MessageRef { room: room(), id: MessageId::new("m") };
        assert!(does!(&store, alice, announced(two, &network(), &message)));
        let scope = store.of(alice.tenant);
        let brief = scope.brief_numbered(1).await.expect("read").expect("there");
        assert_eq!((brief.key, brief.version, brief.title.as_str()), (two, 1, "Deux"));
        assert_eq!((brief.state, brief.deadline_at), (BriefState::Published, Some(at(10_000))));
        assert_eq!((brief.room.clone(), brief.message.clone()), (Some((network(), room())), Some(MessageId::new("m"))));
        assert_eq!(scope.brief(two).await.expect("read"), Some(brief));
        let numbers: Vec<_> = scope.briefs().await.expect("read").iter().map(|brief| brief.number).collect();
        assert_eq!(numbers, [Some(2), Some(1)]);
        let versions = scope.brief_versions(two).await.expect("read");
        assert_eq!(versions.iter().map(|said| (said.version, said.content.as_str())).collect::<Vec<_>>(), [(1, "2")]);
    });
}

#[test]
fn versions_are_kept_once_it_is_published() {
    everywhere(async |store: Store| {
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        let brief = published(&store, alice).await;
        assert_eq!(does!(&store, bob, new_version(brief, 1, text("B", "b"))), Revising::Written { version: 2 });
        assert_eq!(does!(&store, alice, new_version(brief, 1, text("C", "c"))), Revising::Changed { version: 2 });
        let scope = store.of(alice.tenant);
        let versions = scope.brief_versions(brief).await.expect("read");
        let said: Vec<_> = versions.iter().map(|said| (said.version, said.content.as_str(), said.author)).collect();
        assert_eq!(said, [(1, "{}", alice.person), (2, "b", bob.person)]);
        assert_eq!(scope.brief_version(brief, 2).await.expect("read").as_ref(), versions.last());
        assert_eq!(scope.brief_version(brief, 3).await.expect("read"), None);
        assert_eq!(scope.brief(brief).await.expect("read").map(|brief| brief.title).as_deref(), Some("B"));
    });
}

#[test]
fn of_two_that_publish_a_version_at_once_one_is_told() {
    where_it_lasts(async |home| {
        let first = home.open().await;
        let second = if home.is_postgres() { home.open().await } else { first.clone() };
        let (alice, bob) = (meet(&first, "a", "alice").await, meet(&first, "a", "bob").await);
        let brief = published(&first, alice).await;
        let revise =
            |store: Store, by| tokio::spawn(async move { does!(&store, by, new_version(brief, 1, text("x", "x"))) });
        let tasks: Vec<_> = (0..6).flat_map(|_| [revise(first.clone(), alice), revise(second.clone(), bob)]).collect();
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.expect("no panic"));
        }
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == Revising::Written { version: 2 }).count(), 1);
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == Revising::Changed { version: 2 }).count(), 11);
        second.close().await;
        first.close().await;
    });
}

#[test]
fn what_is_closed_is_kept_and_changes_no_more() {
    everywhere(async |store: Store| {
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        let brief = published(&store, alice).await;
        let team = founded(&store, alice, brief, "Un").await;
        assert_eq!(does!(&store, alice, close_brief(brief)), Closing::Closed);
        assert_eq!(does!(&store, alice, close_brief(brief)), Closing::Already);
        assert_eq!(does!(&store, alice, new_version(brief, 1, text("x", "x"))), Revising::Closed);
        assert_eq!(joins(&store, bob, team).await, Seating::No(Refusal::Closed));
        let scope = store.of(alice.tenant);
        assert_eq!(scope.brief(brief).await.expect("read").map(|brief| brief.state), Some(BriefState::Closed));
        assert_eq!(scope.teams(brief).await.expect("read")[0].members.len(), 1);
    });
}

#[test]
fn drafts_of_one_person_are_counted() {
    everywhere(async |store: Store| {
        let (alice, bob) = (meet(&store, "a", "alice").await, meet(&store, "a", "bob").await);
        for _ in 0..MOST_DRAFTS {
            drafted(&store, alice).await;
        }
        let outcome = does!(&store, alice, draft(text("x", "x")));
        assert_eq!(outcome, Drafting::TooMany { most: MOST_DRAFTS });
        drafted(&store, bob).await;
    });
}

#[test]
fn a_cohort_is_found_however_it_is_written() {
    everywhere(async |store: Store| {
        let (alice, zoe) = (meet(&store, "a", "alice").await, meet(&store, "z", "zoe").await);
        let cohort = does!(&store, alice, cohort("  Promo  Été 2026 ")).expect("made");
        assert_eq!(does!(&store, alice, cohort("promo ete 2026")), Some(cohort));
        let cohorts = store.of(alice.tenant).cohorts().await.expect("read");
        assert_eq!(cohorts.iter().map(|cohort| cohort.name.as_str()).collect::<Vec<_>>(), ["Promo Été 2026"]);
        assert_eq!(store.of(zoe.tenant).cohorts().await.expect("read"), []);
        let with = |cohort: CohortKey| Text { cohort: Some(cohort), ..text("x", "x") };
        let mut write = writing(&store, alice).await;
        let Drafting::Drafted(known) = write.draft(with(cohort)).await.expect("written") else { panic!("refused") };
        let Drafting::Drafted(unknown) = write.draft(with(CohortKey(999))).await.expect("written") else {
            panic!("refused")
        };
        write.commit().await.expect("committed");
        let drafts = store.of(alice.tenant).drafts(alice.person).await.expect("read");
        let of = |key| drafts.iter().find(|draft| draft.key == key).and_then(|draft| draft.cohort);
        assert_eq!((of(known), of(unknown)), (Some(cohort), None));
    });
}
