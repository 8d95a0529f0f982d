//! Who is responsible for a milestone, and what was deleted and is looked for again: of one team and one school alone.

use super::homes::where_it_lasts;
use super::work::{ALICE, BOB, CAROL, DAVE, FAR, OTHER, TEAM, begin, does, due, milestone, minutes, schools};
use jiff::civil::date;
use vigie::domain::key::MilestoneKey;
use vigie::store::{Addition, BriefMilestone, Change, HoursEntry, Logging, Missing, Revision, Store};

async fn only(store: &Store) -> vigie::store::Milestone {
    store.of(ALICE.0).milestones_of(TEAM).await.expect("read").pop().expect("there is one")
}

#[test]
fn the_team_says_who_does_what_the_brief_asks() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let fixed = BriefMilestone { key: "rendu".to_owned(), draft: due("Rendu", 50) };
        does!(store, CAROL, 0, follow_milestones(TEAM, std::slice::from_ref(&fixed)));
        let first = only(&store).await;
        let both = [ALICE.1, BOB.1];
        assert_eq!(does!(store, ALICE, 0, assign_milestone(first.key, first.revision, &both)), Change::Made);
        let second = only(&store).await;
        assert_eq!((second.draft.people.as_slice(), &second.draft.due), (&both[..], &first.draft.due));
        assert_eq!(does!(store, ALICE, 0, assign_milestone(first.key, first.revision, &[])), Change::Changed);
        // Whoever left, or is of another team, isn't responsible for anything.
        let missing = Change::Missing(Missing::Member(CAROL.1));
        assert_eq!(does!(store, ALICE, 0, assign_milestone(first.key, second.revision, &[CAROL.1])), missing);
        assert_eq!(does!(store, ALICE, 0, assign_milestone(MilestoneKey(999), Revision(1), &[])), Change::Gone);
        assert_eq!(does!(store, DAVE, 0, assign_milestone(first.key, second.revision, &[])), Change::Gone);
        assert_eq!(does!(store, BOB, 0, assign_milestone(first.key, second.revision, &[])), Change::Made);
        assert_eq!(only(&store).await.draft.people, []);
    });
}

#[test]
fn what_was_deleted_is_found_in_its_team_alone() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let Addition::Added(given) = does!(store, ALICE, 0, add_milestones(TEAM, &[milestone("Maquette")])) else {
            panic!("it isn't added");
        };
        let (key, scope) = (given[0].key, store.of(ALICE.0));
        assert_eq!(scope.deleted_milestone(TEAM, 1).await.expect("read"), None, "it is there");
        assert_eq!(does!(store, ALICE, 0, delete_milestone(key, Revision(1))), Change::Made);
        let found = Some((key, "Maquette".to_owned()));
        assert_eq!(scope.deleted_milestone(TEAM, 1).await.expect("read"), found);
        assert_eq!(scope.deleted_milestone(OTHER, 1).await.expect("read"), None);
        assert_eq!(scope.deleted_milestone(TEAM, 2).await.expect("read"), None);
        for team in [TEAM, FAR] {
            assert_eq!(store.of(DAVE.0).deleted_milestone(team, 1).await.expect("read"), None);
        }

        let day = date(2026, 11, 23);
        let entry = HoursEntry { minutes: minutes(90), spent_on: day, what: None, milestone: None };
        let Logging::Logged(key) = does!(store, ALICE, 0, log_hours(TEAM, ALICE.1, &entry)) else {
            panic!("it isn't logged");
        };
        assert_eq!(scope.deleted_hours(key).await.expect("read"), None, "it is there");
        assert!(does!(store, ALICE, 0, delete_hours(key)));
        let found = scope.deleted_hours(key).await.expect("read").expect("it is found");
        assert_eq!((found.team, found.person, found.entry), (TEAM, ALICE.1, entry));
        assert_eq!(store.of(DAVE.0).deleted_hours(key).await.expect("read"), None);
        let mut write = begin(&store, ALICE, 0).await;
        write.restore_hours(key).await.expect("restored");
        write.commit().await.expect("committed");
        assert_eq!(scope.deleted_hours(key).await.expect("read"), None, "it is there again");
    });
}
