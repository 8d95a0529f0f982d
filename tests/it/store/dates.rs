//! What of a team stands in calendars: what changed last and when, what is no more, nothing of another school.

use super::homes::where_it_lasts;
use super::work::{ALICE, BRIEF, DAVE, FAR, OTHER, TEAM, at, begin, does, due, minutes, required, schools, when};
use vigie::domain::handin::Link;
use vigie::domain::key::{DeliverableKey, MilestoneKey};
use vigie::store::{
    Addition, Closing, Dated, DatedKind, DefenceSlot, HandedIn, Mark, MilestoneDraft, Planning, Revision, Stands, Store,
};

async fn dates(store: &Store) -> Vec<Dated> {
    store.of(ALICE.0).dates_of(&[TEAM]).await.expect("read")
}

/// The only date, in short: what, how it stands, its revision, when it changed.
async fn only(store: &Store) -> (DatedKind, Stands, i64, jiff::Timestamp) {
    let all = dates(store).await;
    let [one] = all.as_slice() else { panic!("{all:?}") };
    (one.kind, one.stands, one.revision.0, one.changed_at)
}

async fn added(store: &Store) -> MilestoneKey {
    match does!(store, ALICE, 0, add_milestones(TEAM, &[due("Maquette", 100)])) {
        Addition::Added(added) => added[0].key,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_milestone_is_followed_until_it_is_no_more_and_back() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let key = added(&store).await;
        let kind = DatedKind::Milestone;
        let (_, _, first, _) = only(&store).await;
        let seen = |changes: i64| Revision(first + changes);
        assert_eq!(only(&store).await, (kind, Stands::Open, first, at(0)));
        does!(store, ALICE, 1, mark_milestone(key, seen(0), Mark::Done));
        assert_eq!(only(&store).await, (kind, Stands::Done, first + 1, at(1)));
        does!(store, ALICE, 2, mark_milestone(key, seen(1), Mark::Open));
        does!(store, ALICE, 3, change_milestone(key, seen(2), &due("Maquette", 50)));
        assert_eq!(only(&store).await, (kind, Stands::Open, first + 3, at(3)));
        does!(store, ALICE, 4, delete_milestone(key, seen(3)));
        assert_eq!(only(&store).await, (kind, Stands::Gone, first + 4, at(4)));
        assert_eq!((dates(&store).await[0].when.clone(), dates(&store).await[0].title.clone()), (when(50), None));
        does!(store, ALICE, 5, restore_milestone(key));
        assert_eq!(only(&store).await, (kind, Stands::Open, first + 5, at(5)));
        let undated = MilestoneDraft { due: None, ..due("Maquette", 50) };
        does!(store, ALICE, 6, change_milestone(key, seen(5), &undated));
        assert_eq!(only(&store).await, (kind, Stands::Gone, first + 6, at(6)), "it has no date any more");
        does!(store, ALICE, 7, change_milestone(key, seen(6), &due("Maquette", 60)));
        assert_eq!(only(&store).await, (kind, Stands::Open, first + 7, at(7)));
        // What never had one leaves nothing.
        does!(store, ALICE, 8, add_milestones(TEAM, &[undated]));
        assert_eq!(dates(&store).await.len(), 1);
        // What was deleted is erased, and its date is still said to be gone until it would have been over for long.
        does!(store, ALICE, 9, delete_milestone(key, seen(7)));
        store.erase_deleted_before(at(1_000)).await.expect("erased");
        assert_eq!(only(&store).await, (kind, Stands::Gone, first + 8, at(9)));
        assert_eq!(store.erase_gone_before(at(60)).await.expect("erased"), 0);
        assert_eq!(store.erase_gone_before(at(61)).await.expect("erased"), 1);
        assert_eq!(dates(&store).await, []);
        store.close().await;
    });
}

#[test]
fn deliverables_and_defences_are_followed_too() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let added = does!(store, ALICE, 0, add_deliverables(TEAM, &[required("Dossier", 90)]));
        let Addition::Added(given) = added else { panic!("{added:?}") };
        let key: DeliverableKey = given[0].key;
        let kind = DatedKind::Deliverable;
        let (_, _, first, _) = only(&store).await;
        let seen = |changes: i64| Revision(first + changes);
        let link = HandedIn::Link(Link::read("https://forge.example/a").expect("a link"));
        does!(store, ALICE, 1, hand_in(key, &link));
        assert_eq!(only(&store).await, (kind, Stands::Done, first + 1, at(1)));
        does!(store, ALICE, 2, delete_deliverable(key, seen(1)));
        assert_eq!(only(&store).await, (kind, Stands::Gone, first + 2, at(2)));
        does!(store, ALICE, 3, restore_deliverable(key));
        assert_eq!(only(&store).await, (kind, Stands::Done, first + 3, at(3)));
        does!(store, ALICE, 4, delete_deliverable(key, seen(3)));
        store.erase_gone_before(at(5_000)).await.expect("erased");
        let slot = DefenceSlot { starts: when(200), minutes: minutes(50), room: Some("B12".to_owned()), jury: None };
        let planned = does!(store, ALICE, 5, plan_defences(BRIEF, &[], &[(TEAM, slot.clone())]));
        let Planning::Planned(keys) = planned else { panic!("{planned:?}") };
        assert_eq!(only(&store).await, (DatedKind::Defence, Stands::Open, 1, at(5)));
        let later = DefenceSlot { starts: when(201), ..slot };
        does!(store, ALICE, 6, plan_defences(BRIEF, &[(keys[0], Revision(1))], &[(TEAM, later)]));
        assert_eq!(only(&store).await, (DatedKind::Defence, Stands::Open, 2, at(6)));
        assert_eq!(dates(&store).await[0].place.as_deref(), Some("B12"));
        does!(store, ALICE, 7, plan_defences(BRIEF, &[(keys[0], Revision(2))], &[]));
        assert_eq!(only(&store).await, (DatedKind::Defence, Stands::Gone, 3, at(7)));
        store.close().await;
    });
}

#[test]
fn a_closed_brief_says_since_when_and_nothing_is_read_of_another_school() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let key = added(&store).await;
        does!(store, ALICE, 0, add_milestones(OTHER, &[due("Autre", 10)]));
        does!(store, DAVE, 0, add_milestones(FAR, &[due("Loin", 10)]));
        assert_eq!(store.of(DAVE.0).dates_of(&[TEAM, OTHER]).await.expect("read"), []);
        assert_eq!(store.of(ALICE.0).dates_of(&[FAR]).await.expect("read"), []);
        assert_eq!(store.of(ALICE.0).dates_of(&[]).await.expect("read"), []);
        let both = store.of(ALICE.0).dates_of(&[TEAM, OTHER]).await.expect("read");
        let titles: Vec<Option<&str>> = both.iter().map(|dated| dated.title.as_deref()).collect();
        assert_eq!(titles, [Some("Autre"), Some("Maquette")], "what is due first first");
        assert_eq!(both[1].over_at, None);
        assert_eq!(does!(store, ALICE, 3, close_brief(BRIEF)), Closing::Closed);
        assert_eq!(dates(&store).await[0].over_at, Some(at(3)));
        assert_eq!(store.of(ALICE.0).closed_at(BRIEF).await.expect("read"), Some(at(3)));
        assert_eq!(store.of(DAVE.0).closed_at(BRIEF).await.expect("read"), None);
        assert_eq!(store.of(ALICE.0).mark().await.expect("read"), 0);
        // Another school's keys do nothing to it.
        let mut write = begin(&store, DAVE, 4).await;
        write.delete_milestone(key, Revision(0)).await.expect("the store answers");
        write.commit().await.expect("committed");
        assert_eq!(dates(&store).await[0].stands, Stands::Open);
        store.close().await;
    });
}
