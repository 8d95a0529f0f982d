//! Deliverables and hand-ins: versions counted once, verdicts on what was seen, receipts that last.

use super::homes::where_it_lasts;
use super::work::{ALICE, BOB, BRIEF, CAROL, DAVE, TEAM, at, begin, does, required, schools, two_ways, when};
use std::collections::BTreeSet;
use vigie::app::housekeeping;
use vigie::domain::handin::{FileName, Fingerprint, Link, Size};
use vigie::domain::key::{DeliverableKey, HandinKey};
use vigie::store::{
    Addition, BriefDeliverable, Change, Deliverable, DeliverableDraft, DeliverableState, HandedIn, Handin, HandingIn,
    Judgement, Revision, Store, Undoing,
};

fn file(content: &[u8]) -> HandedIn {
    let size = Size(u64::try_from(content.len()).expect("it is short"));
    let (name, sha256) = (FileName::of("dossier.pdf"), Fingerprint::of(content));
    HandedIn::File { name, media_type: Some("application/pdf".to_owned()), size, sha256 }
}

fn link() -> HandedIn {
    HandedIn::Link(Link::read("https://forge.example/equipe").expect("a link"))
}

async fn added(store: &Store) -> Deliverable {
    match does!(store, ALICE, 0, add_deliverables(TEAM, &[required("Dossier", 5)])) {
        Addition::Added(given) => read(store, given[0].key).await,
        refused => panic!("{refused:?}"),
    }
}

async fn read(store: &Store, key: DeliverableKey) -> Deliverable {
    store.of(ALICE.0).deliverable(key).await.expect("read").expect("it is there")
}

async fn handed_in(store: &Store, key: DeliverableKey, content: &HandedIn) -> Handin {
    match does!(store, BOB, 1, hand_in(key, content)) {
        HandingIn::Kept(handin) => handin,
        refused => panic!("{refused:?}"),
    }
}

#[test]
fn a_receipt_is_read_as_it_was_given() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let seen = added(&store).await;
        assert_eq!((seen.number, seen.state, &seen.latest), (1, DeliverableState::Expected, &None));
        let first = handed_in(&store, seen.key, &file(b"un")).await;
        let second = handed_in(&store, seen.key, &link()).await;
        assert_eq!((first.version, second.version), (1, 2));
        assert_eq!((first.person, first.handed_in_at, first.due_at), (BOB.1, at(1), Some(at(5))));
        let scope = store.of(ALICE.0);
        assert_eq!(scope.handin(first.key).await.expect("read"), Some(first.clone()));
        assert_eq!(scope.handins_of(seen.key).await.expect("read"), [second.clone(), first.clone()]);
        let now = read(&store, seen.key).await;
        assert_eq!((now.state, &now.latest), (DeliverableState::HandedIn, &Some(second)));
        assert_eq!(scope.deliverables_of(TEAM).await.expect("read"), std::slice::from_ref(&now));
        assert_eq!(scope.deliverables_of_brief(BRIEF).await.expect("read"), std::slice::from_ref(&now));
        assert_eq!(scope.deliverable_numbered(TEAM, 1).await.expect("read"), Some(now.clone()));
        // A deadline that moves doesn't rewrite it.
        let later = DeliverableDraft { due: Some(when(50)), ..now.draft.clone() };
        assert_eq!(does!(store, ALICE, 2, change_deliverable(now.key, now.revision, &later)), Change::Made);
        assert_eq!(scope.handin(first.key).await.expect("read"), Some(first));
        assert_eq!(handed_in(&store, seen.key, &link()).await.due_at, Some(at(50)));
    });
}

#[test]
fn versions_are_never_given_twice() {
    where_it_lasts(async |home| {
        let (one, other) = two_ways(home).await;
        let key = added(&one).await.key;
        let mut handing_in = tokio::task::JoinSet::new();
        for rank in 0..50_u8 {
            let (store, who) = if rank % 2 == 0 { (one.clone(), ALICE) } else { (other.clone(), BOB) };
            handing_in.spawn(async move { does!(store, who, 1, hand_in(key, &file(&[rank]))) });
        }
        let mut given = BTreeSet::new();
        for outcome in handing_in.join_all().await {
            let HandingIn::Kept(handin) = outcome else { panic!("{outcome:?}") };
            given.insert(handin.version);
        }
        assert_eq!(given, (1..=50).collect());
        let newest = read(&one, key).await.latest.expect("the newest");
        assert_eq!(newest.version, 50);
        let seen = read(&one, key).await.revision;
        does!(one, ALICE, 1, withdraw(newest.key, seen));
        one.erase_deleted_before(at(2)).await.expect("erased");
        assert_eq!(handed_in(&one, key, &link()).await.version, 51);
    });
}

#[test]
fn a_deliverable_has_so_many_versions() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let key = added(&store).await.key;
        let mut write = begin(&store, ALICE, 0).await;
        for _ in 0..200 {
            assert!(matches!(write.hand_in(key, &link()).await.expect("written"), HandingIn::Kept(_)));
        }
        write.commit().await.expect("committed");
        let mut write = begin(&store, ALICE, 0).await;
        assert_eq!(write.hand_in(key, &link()).await.expect("written"), HandingIn::Full(200));
        drop(write);
        let many = vec![required("x", 1); 49];
        assert!(matches!(does!(store, ALICE, 0, add_deliverables(TEAM, &many)), Addition::Added(_)));
        assert_eq!(does!(store, ALICE, 0, add_deliverables(TEAM, &many[..1])), Addition::Full(50));
    });
}

#[test]
fn a_verdict_is_on_what_was_seen() {
    where_it_lasts(async |home| {
        let (one, other) = two_ways(home).await;
        let key = added(&one).await.key;
        let first = handed_in(&one, key, &file(b"un")).await;
        let seen = read(&one, key).await.revision;
        let accept = async |store: Store| does!(store, CAROL, 2, judge(first.key, seen, Judgement::Accepted, None));
        let send_back = async |store: Store| {
            does!(store, CAROL, 2, judge(first.key, seen, Judgement::SentBack, Some("Il manque une annexe.")))
        };
        let (yes, no) = tokio::join!(accept(one.clone()), send_back(other.clone()));
        let (state, outcomes) = if yes == Change::Made {
            (DeliverableState::Accepted, (yes, no))
        } else {
            (DeliverableState::SentBack, (no, yes))
        };
        assert_eq!(outcomes, (Change::Made, Change::Changed));
        let now = read(&one, key).await;
        assert_eq!(now.state, state);
        let verdict = now.latest.and_then(|latest| latest.verdict).expect("a verdict");
        assert_eq!((verdict.by, verdict.at), (CAROL.1, at(2)));
        // Another version comes: what was said of the former one stays with it, and can't be said any more.
        let second = handed_in(&one, key, &link()).await;
        let newest = read(&one, key).await;
        assert_eq!(newest.state, DeliverableState::HandedIn);
        let outdated = does!(one, CAROL, 3, judge(second.key, now.revision, Judgement::Accepted, None));
        let former = does!(one, CAROL, 3, judge(first.key, newest.revision, Judgement::Accepted, None));
        assert_eq!((outdated, former), (Change::Changed, Change::Changed));
        let changed = does!(one, CAROL, 3, judge(second.key, newest.revision, Judgement::SentBack, Some("Non.")));
        assert_eq!(changed, Change::Made);
        let comment =
            read(&one, key).await.latest.and_then(|latest| latest.verdict).and_then(|verdict| verdict.comment);
        assert_eq!(comment.as_deref(), Some("Non."));
    });
}

#[test]
fn what_is_withdrawn_comes_back_within_a_day() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let key = added(&store).await.key;
        let first = handed_in(&store, key, &file(b"un")).await;
        let seen = read(&store, key).await.revision;
        does!(store, CAROL, 1, judge(first.key, seen, Judgement::SentBack, None));
        let second = handed_in(&store, key, &file(b"deux")).await;
        let seen = read(&store, key).await.revision;
        assert_eq!(does!(store, BOB, 2, withdraw(second.key, seen)), Change::Made);
        assert_eq!(does!(store, BOB, 2, withdraw(second.key, seen)), Change::Gone);
        let now = read(&store, key).await;
        assert_eq!((now.state, now.latest.map(|latest| latest.version)), (DeliverableState::SentBack, Some(1)));
        assert_eq!(store.of(BOB.0).handin(second.key).await.expect("read"), None);
        assert_eq!(does!(store, BOB, 3, restore_handin(second.key)), Undoing::Undone);
        assert_eq!(does!(store, BOB, 3, restore_handin(second.key)), Undoing::NotDeleted);
        assert_eq!(read(&store, key).await.state, DeliverableState::HandedIn);
        for handin in [second.key, first.key] {
            let seen = read(&store, key).await.revision;
            assert_eq!(does!(store, BOB, 4, withdraw(handin, seen)), Change::Made);
        }
        assert_eq!(read(&store, key).await.state, DeliverableState::Expected);
        assert_eq!(does!(store, BOB, 4 + 24, restore_handin(second.key)), Undoing::TooLate);
        housekeeping::once(&store, 30, at(4 + 25)).await.expect("done");
        assert_eq!(does!(store, BOB, 5, restore_handin(second.key)), Undoing::NotDeleted);
    });
}

#[test]
fn a_deliverable_goes_with_its_hand_ins_and_comes_back_with_them() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let key = added(&store).await.key;
        let handin = handed_in(&store, key, &file(b"un")).await;
        let seen = read(&store, key).await.revision;
        assert_eq!(does!(store, ALICE, 2, delete_deliverable(key, seen)), Change::Made);
        assert_eq!(store.of(ALICE.0).handin(handin.key).await.expect("read"), None);
        assert_eq!(store.of(ALICE.0).handins_of(key).await.expect("read"), []);
        assert_eq!(does!(store, ALICE, 2, hand_in(key, &link())), HandingIn::Gone);
        assert_eq!(does!(store, ALICE, 3, restore_deliverable(key)), Undoing::Undone);
        assert_eq!(read(&store, key).await.latest, Some(handin));
        let seen = read(&store, key).await.revision;
        does!(store, ALICE, 3, delete_deliverable(key, seen));
        assert_eq!(does!(store, ALICE, 3 + 24, restore_deliverable(key)), Undoing::TooLate);
        housekeeping::once(&store, 30, at(3 + 25)).await.expect("done");
        assert_eq!(super::work::rows(home, "handins").await, 0);
        assert_eq!(super::work::rows(home, "deliverables").await, 0);
    });
}

#[test]
fn the_briefs_own_follow_it() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let of_brief = |key: &str, draft| BriefDeliverable { key: key.to_owned(), draft };
        let first = [of_brief("dossier", required("Dossier", 10)), of_brief("code", required("Code", 10))];
        let moved = does!(store, CAROL, 0, follow_deliverables(TEAM, &first));
        let dossier = moved.added[0].key;
        let handin = handed_in(&store, dossier, &file(b"un")).await;
        let seen = read(&store, dossier).await;
        assert_eq!(does!(store, ALICE, 0, change_deliverable(dossier, seen.revision, &seen.draft)), Change::OfBrief);
        assert_eq!(does!(store, ALICE, 0, delete_deliverable(dossier, seen.revision)), Change::OfBrief);
        let second = [of_brief("dossier", required("Dossier", 20)), of_brief("vidéo", required("Vidéo", 10))];
        let version = does!(store, CAROL, 0, follow_deliverables(TEAM, &second));
        assert_eq!((version.added[0].number, version.changed[0].number, version.removed[0].number), (3, 1, 2));
        let now = read(&store, dossier).await;
        assert_eq!((now.state, now.latest, now.draft.due), (DeliverableState::HandedIn, Some(handin), Some(when(20))));
        assert!(does!(store, CAROL, 0, follow_deliverables(TEAM, &second)).is_empty());
        let back = does!(store, CAROL, 0, follow_deliverables(TEAM, &first));
        assert_eq!((back.added[0].number, back.changed[0].number, back.removed[0].number), (2, 1, 3));
    });
}

#[test]
fn nothing_is_read_or_changed_from_another_school() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let key = added(&store).await.key;
        let handin = handed_in(&store, key, &file(b"un")).await;
        let gone = handed_in(&store, key, &file(b"deux")).await;
        let seen = read(&store, key).await.revision;
        does!(store, ALICE, 1, withdraw(gone.key, seen));
        let deleted = added(&store).await;
        does!(store, ALICE, 1, delete_deliverable(deleted.key, deleted.revision));
        let before = store.of(ALICE.0).deliverables_of(TEAM).await.expect("read");
        let seen = before[0].revision;
        let far = store.of(DAVE.0);
        assert_eq!(far.deliverables_of(TEAM).await.expect("read"), []);
        assert_eq!(far.deliverables_of_brief(BRIEF).await.expect("read"), []);
        assert_eq!(far.deliverable(key).await.expect("read"), None);
        assert_eq!(far.deliverable_numbered(TEAM, 1).await.expect("read"), None);
        assert_eq!(far.handin(handin.key).await.expect("read"), None);
        assert_eq!(far.handins_of(key).await.expect("read"), []);
        let draft = required("x", 1);
        assert_eq!(does!(store, DAVE, 1, add_deliverables(TEAM, std::slice::from_ref(&draft))), Addition::NoTeam);
        assert_eq!(does!(store, DAVE, 1, change_deliverable(key, seen, &draft)), Change::Gone);
        assert_eq!(does!(store, DAVE, 1, delete_deliverable(key, seen)), Change::Gone);
        assert_eq!(does!(store, DAVE, 1, restore_deliverable(deleted.key)), Undoing::NotDeleted);
        assert_eq!(does!(store, DAVE, 1, hand_in(key, &link())), HandingIn::Gone);
        assert_eq!(does!(store, DAVE, 1, judge(handin.key, seen, Judgement::Accepted, None)), Change::Gone);
        assert_eq!(does!(store, DAVE, 1, withdraw(handin.key, seen)), Change::Gone);
        assert_eq!(does!(store, DAVE, 1, restore_handin(gone.key)), Undoing::NotDeleted);
        let brief = BriefDeliverable { key: "k".to_owned(), draft };
        assert!(does!(store, DAVE, 1, follow_deliverables(TEAM, &[brief])).is_empty());
        assert_eq!(store.of(ALICE.0).deliverables_of(TEAM).await.expect("read"), before);
        assert_eq!(does!(store, ALICE, 1, judge(HandinKey(1), Revision(1), Judgement::Accepted, None)), Change::Gone);
    });
}
