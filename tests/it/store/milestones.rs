//! Milestones: counted once, never lost, changed by one at a time, of one team and one school alone.

use super::homes::where_it_lasts;
use super::work::{
    ALICE, BOB, BRIEF, CAROL, DAVE, FAR, OTHER, TEAM, Who, at, begin, does, due, milestone, minutes, schools, two_ways,
};
use std::collections::BTreeSet;
use vigie::app::housekeeping;
use vigie::domain::key::{MilestoneKey, TeamKey};
use vigie::store::{
    Addition, BriefMilestone, Change, Mark, Milestone, MilestoneDraft, Missing, Moved, Progress, Revision, Store,
    Taking, Undoing,
};

/// Adds one milestone to Alice's team and gives it as it is read.
async fn added(store: &Store, draft: &MilestoneDraft) -> Milestone {
    match does!(store, ALICE, 0, add_milestones(TEAM, std::slice::from_ref(draft))) {
        Addition::Added(given) => read(store, given[0].key).await,
        refused => panic!("{refused:?}"),
    }
}

async fn read(store: &Store, key: MilestoneKey) -> Milestone {
    store.of(ALICE.0).milestone(key).await.expect("read").expect("it is there")
}

async fn titles(store: &Store) -> Vec<String> {
    let all = store.of(ALICE.0).milestones_of(TEAM).await.expect("read");
    all.into_iter().map(|milestone| milestone.draft.title).collect()
}

#[test]
fn they_are_read_as_they_were_written() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let first = added(&store, &milestone("Maquette « v1 »")).await;
        does!(store, ALICE, 0, add_deliverables(TEAM, &[super::work::required("Dossier", 5)]));
        let full = MilestoneDraft {
            minutes: Some(minutes(90)),
            deliverable: Some(1),
            people: vec![ALICE.1, BOB.1],
            needs: vec![first.key],
            criteria: vec!["C1.5".to_owned(), "c2".to_owned()],
            ..due("Essais", 30)
        };
        let second = added(&store, &full).await;
        assert_eq!((first.number, second.number), (1, 2));
        assert_eq!((&second.draft, &second.progress, second.made_at), (&full, &Progress::Open, at(0)));
        let scope = store.of(ALICE.0);
        assert_eq!(scope.milestones_of(TEAM).await.expect("read"), [first.clone(), second.clone()]);
        assert_eq!(scope.milestones_of_brief(BRIEF).await.expect("read"), [first, second.clone()]);
        assert_eq!(scope.milestone_numbered(TEAM, 2).await.expect("read"), Some(second));
        assert_eq!(scope.milestone_numbered(OTHER, 2).await.expect("read"), None);
        let mut write = begin(&store, ALICE, 0).await;
        assert_eq!(write.plan_of(TEAM).await.expect("read").len(), 2);
    });
}

#[test]
fn what_isnt_there_cant_be_named() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let add = async |team: TeamKey, draft: MilestoneDraft| does!(store, ALICE, 0, add_milestones(team, &[draft]));
        let refused = |missing| Addition::Missing(missing);
        // Carol left this team, and is in another.
        let carols = MilestoneDraft { people: vec![CAROL.1], ..milestone("x") };
        assert_eq!(add(TEAM, carols).await, refused(Missing::Member(CAROL.1)));
        let theirs = match add(OTHER, milestone("x")).await {
            Addition::Added(given) => given[0].key,
            other => panic!("{other:?}"),
        };
        let needing = MilestoneDraft { needs: vec![theirs], ..milestone("x") };
        assert_eq!(add(TEAM, needing.clone()).await, refused(Missing::Milestone(theirs)));
        let leading = MilestoneDraft { deliverable: Some(1), ..milestone("x") };
        assert_eq!(add(TEAM, leading).await, refused(Missing::Deliverable(1)));
        assert_eq!(add(TeamKey(22), milestone("x")).await, Addition::NoTeam);
        assert_eq!(titles(&store).await, Vec::<String>::new());
        let own = added(&store, &milestone("à nous")).await;
        let change = does!(store, ALICE, 0, change_milestone(own.key, own.revision, &needing));
        assert_eq!(change, Change::Missing(Missing::Milestone(theirs)));
    });
}

#[test]
fn a_team_has_so_many_and_no_more() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let many = vec![milestone("x"); 500];
        assert!(
            matches!(does!(store, ALICE, 0, add_milestones(TEAM, &many)), Addition::Added(given) if given.len() == 500)
        );
        assert_eq!(does!(store, ALICE, 0, add_milestones(TEAM, &many[..1])), Addition::Full(500));
        assert!(matches!(does!(store, CAROL, 0, add_milestones(OTHER, &many[..1])), Addition::Added(_)));
        let last = store.of(ALICE.0).milestone_numbered(TEAM, 500).await.expect("read").expect("there");
        does!(store, ALICE, 0, delete_milestone(last.key, last.revision));
        assert!(matches!(does!(store, ALICE, 0, add_milestones(TEAM, &many[..1])), Addition::Added(_)));
        assert_eq!(does!(store, ALICE, 0, restore_milestone(last.key)), Undoing::Full);
    });
}

#[test]
fn numbers_are_never_given_twice() {
    where_it_lasts(async |home| {
        let (one, other) = two_ways(home).await;
        let mut adding = tokio::task::JoinSet::new();
        for rank in 0..50 {
            let (store, who) = if rank % 2 == 0 { (one.clone(), ALICE) } else { (other.clone(), BOB) };
            adding
                .spawn(async move { does!(store, who, 0, add_milestones(TEAM, &[milestone(&format!("n° {rank}"))])) });
        }
        let mut given = BTreeSet::new();
        for outcome in adding.join_all().await {
            let Addition::Added(new) = outcome else { panic!("{outcome:?}") };
            given.extend(new.into_iter().map(|new| new.number));
        }
        assert_eq!(given, (1..=50).collect());
        assert_eq!(titles(&one).await.len(), 50);
        // Not even those of what was erased.
        let last = one.of(ALICE.0).milestone_numbered(TEAM, 50).await.expect("read").expect("there");
        does!(one, ALICE, 0, delete_milestone(last.key, last.revision));
        assert_eq!(one.erase_deleted_before(at(1)).await.expect("erased"), 1);
        assert_eq!(added(&one, &milestone("après")).await.number, 51);
    });
}

#[test]
fn of_two_who_change_it_one_is_told() {
    where_it_lasts(async |home| {
        let (one, other) = two_ways(home).await;
        let seen = added(&one, &milestone("avant")).await;
        let change = async |store: Store, who: Who, title: &'static str| {
            does!(store, who, 0, change_milestone(seen.key, seen.revision, &milestone(title)))
        };
        let (a, b) = tokio::join!(change(one.clone(), ALICE, "d’Alice"), change(other.clone(), BOB, "de Bob"));
        let (winner, outcomes) = if a == Change::Made { ("d’Alice", (a, b)) } else { ("de Bob", (b, a)) };
        assert_eq!(outcomes, (Change::Made, Change::Changed));
        assert_eq!(titles(&one).await, [winner]);
        // Whatever they do to it.
        assert_eq!(does!(other, BOB, 0, mark_milestone(seen.key, seen.revision, Mark::Done)), Change::Changed);
        assert_eq!(does!(other, BOB, 0, delete_milestone(seen.key, seen.revision)), Change::Changed);
        assert_eq!(titles(&other).await, [winner]);
    });
}

#[test]
fn it_is_said_how_far_they_are() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let mut seen = added(&store, &milestone("x")).await;
        for (mark, progress) in [
            (Mark::Blocked("pas d’accès"), Progress::Blocked { why: "pas d’accès".to_owned() }),
            (Mark::Done, Progress::Done { at: at(3), by: BOB.1 }),
            (Mark::Open, Progress::Open),
        ] {
            assert_eq!(does!(store, BOB, 3, mark_milestone(seen.key, seen.revision, mark)), Change::Made);
            seen = read(&store, seen.key).await;
            assert_eq!(seen.progress, progress);
        }
        assert_eq!(does!(store, BOB, 3, mark_milestone(MilestoneKey(1), Revision(1), Mark::Done)), Change::Gone);
    });
}

#[test]
fn what_is_deleted_comes_back_within_a_day() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let first = added(&store, &milestone("avant")).await;
        let draft = MilestoneDraft {
            people: vec![BOB.1],
            needs: vec![first.key],
            criteria: vec!["C1".to_owned()],
            ..milestone("essais")
        };
        let seen = added(&store, &draft).await;
        assert_eq!(does!(store, BOB, 0, delete_milestone(first.key, first.revision)), Change::Made);
        assert_eq!(read(&store, seen.key).await.draft.needs, [], "nothing needs what is deleted");
        assert_eq!(does!(store, BOB, 0, delete_milestone(seen.key, seen.revision)), Change::Made);
        assert_eq!(does!(store, BOB, 0, delete_milestone(seen.key, seen.revision)), Change::Gone);
        assert_eq!(does!(store, BOB, 0, change_milestone(seen.key, seen.revision, &draft)), Change::Gone);
        assert_eq!(titles(&store).await, Vec::<String>::new());
        // Housekeeping leaves what can still come back.
        housekeeping::once(&store, 30, at(23)).await.expect("done");
        assert_eq!(does!(store, BOB, 23, restore_milestone(seen.key)), Undoing::Undone);
        assert_eq!(does!(store, BOB, 23, restore_milestone(first.key)), Undoing::Undone);
        assert_eq!(read(&store, seen.key).await.draft, draft);
        assert_eq!(does!(store, BOB, 23, restore_milestone(seen.key)), Undoing::NotDeleted);
        let again = read(&store, seen.key).await;
        does!(store, BOB, 23, delete_milestone(again.key, again.revision));
        assert_eq!(does!(store, BOB, 23 + 24, restore_milestone(seen.key)), Undoing::TooLate);
        housekeeping::once(&store, 30, at(23 + 25)).await.expect("done");
        assert_eq!(does!(store, BOB, 23, restore_milestone(seen.key)), Undoing::NotDeleted);
        for left in ["milestone_people", "milestone_needs", "milestone_criteria"] {
            assert_eq!(super::work::rows(home, left).await, 0, "{left}");
        }
    });
}

#[test]
fn the_briefs_own_follow_it() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let of_brief = |key: &str, draft| BriefMilestone { key: key.to_owned(), draft };
        let first = [of_brief("deadline", due("Rendu", 10)), of_brief("oral", due("Soutenance", 20))];
        let moved = does!(store, CAROL, 0, follow_milestones(TEAM, &first));
        assert_eq!(moved.added.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2]);
        assert!(does!(store, CAROL, 0, follow_milestones(TEAM, &first)).is_empty());
        let deadline = read(&store, moved.added[0].key).await;
        assert_eq!(deadline.brief_key.as_deref(), Some("deadline"));
        let refused = does!(store, ALICE, 0, change_milestone(deadline.key, deadline.revision, &milestone("x")));
        assert_eq!(refused, Change::OfBrief);
        assert_eq!(does!(store, ALICE, 0, delete_milestone(deadline.key, deadline.revision)), Change::OfBrief);
        assert_eq!(does!(store, ALICE, 0, take_milestone(deadline.key, ALICE.1)), Taking::Taken);
        let deadline = read(&store, deadline.key).await;
        assert_eq!(does!(store, ALICE, 0, mark_milestone(deadline.key, deadline.revision, Mark::Done)), Change::Made);
        added(&store, &milestone("à nous")).await;
        let second = [of_brief("deadline", due("Rendu", 12)), of_brief("bilan", due("Bilan", 30))];
        let version = does!(store, CAROL, 1, follow_milestones(TEAM, &second));
        let numbers = |of: &[vigie::store::Numbered<MilestoneKey>]| of.iter().map(|one| one.number).collect::<Vec<_>>();
        assert_eq!(
            (numbers(&version.added), numbers(&version.changed), numbers(&version.removed)),
            (vec![4], vec![1], vec![2])
        );
        let deadline = read(&store, deadline.key).await;
        assert_eq!(deadline.draft.due, due("", 12).due);
        assert_eq!(
            (deadline.draft.people, deadline.progress),
            (vec![ALICE.1], Progress::Done { at: at(0), by: ALICE.1 })
        );
        assert_eq!(titles(&store).await, ["Rendu", "à nous", "Bilan"]);
        // A team doesn't bring back what the brief no longer has; the brief does.
        assert_eq!(does!(store, ALICE, 1, restore_milestone(version.removed[0].key)), Undoing::NotDeleted);
        let back = does!(store, CAROL, 2, follow_milestones(TEAM, &first));
        assert_eq!((numbers(&back.added), numbers(&back.changed), numbers(&back.removed)), (vec![2], vec![1], vec![4]));
        assert_eq!(does!(store, CAROL, 2, follow_milestones(TeamKey(22), &first)), Moved::default());
    });
}

#[test]
fn who_leaves_is_responsible_for_nothing_that_is_left_to_do() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let bobs = |title| MilestoneDraft { people: vec![BOB.1], ..milestone(title) };
        let (done, open) = (added(&store, &bobs("fait")).await, added(&store, &bobs("à faire")).await);
        does!(store, BOB, 0, mark_milestone(done.key, done.revision, Mark::Done));
        added(&store, &MilestoneDraft { people: vec![ALICE.1, BOB.1], ..milestone("à deux") }).await;
        let theirs = store.of(ALICE.0).open_milestones_of(TEAM, BOB.1).await.expect("read");
        assert_eq!(theirs.iter().map(|one| (one.milestone.number, one.others)).collect::<Vec<_>>(), [(2, 0), (3, 1)]);
        assert_eq!(does!(store, BOB, 1, release_milestones(TEAM, BOB.1)), theirs);
        assert!(store.of(ALICE.0).open_milestones_of(TEAM, BOB.1).await.expect("read").is_empty());
        assert_eq!(read(&store, done.key).await.draft.people, [BOB.1], "history keeps");
        assert_eq!(does!(store, BOB, 1, mark_milestone(open.key, open.revision, Mark::Done)), Change::Changed);
        assert_eq!(does!(store, ALICE, 1, take_milestone(open.key, ALICE.1)), Taking::Taken);
        assert_eq!(does!(store, ALICE, 1, take_milestone(open.key, ALICE.1)), Taking::Already);
        assert_eq!(does!(store, ALICE, 1, take_milestone(open.key, CAROL.1)), Taking::NotMember);
        assert_eq!(does!(store, ALICE, 1, take_milestone(MilestoneKey(1), ALICE.1)), Taking::Gone);
    });
}

#[test]
fn nothing_is_read_or_changed_from_another_school() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let seen = added(&store, &MilestoneDraft { people: vec![ALICE.1], ..milestone("à nous") }).await;
        let gone = added(&store, &milestone("supprimé")).await;
        does!(store, ALICE, 0, delete_milestone(gone.key, gone.revision));
        let before = store.of(ALICE.0).milestones_of(TEAM).await.expect("read");
        let far = store.of(DAVE.0);
        assert_eq!(far.milestones_of(TEAM).await.expect("read"), []);
        assert_eq!(far.milestones_of_brief(BRIEF).await.expect("read"), []);
        assert_eq!(far.milestone(seen.key).await.expect("read"), None);
        assert_eq!(far.milestone_numbered(TEAM, 1).await.expect("read"), None);
        assert_eq!(far.open_milestones_of(TEAM, ALICE.1).await.expect("read"), []);
        let draft = milestone("x");
        assert_eq!(does!(store, DAVE, 0, add_milestones(TEAM, std::slice::from_ref(&draft))), Addition::NoTeam);
        assert_eq!(does!(store, DAVE, 0, change_milestone(seen.key, seen.revision, &draft)), Change::Gone);
        assert_eq!(does!(store, DAVE, 0, mark_milestone(seen.key, seen.revision, Mark::Done)), Change::Gone);
        assert_eq!(does!(store, DAVE, 0, delete_milestone(seen.key, seen.revision)), Change::Gone);
        assert_eq!(does!(store, DAVE, 0, restore_milestone(gone.key)), Undoing::NotDeleted);
        assert_eq!(does!(store, DAVE, 0, take_milestone(seen.key, DAVE.1)), Taking::Gone);
        assert_eq!(does!(store, DAVE, 0, release_milestones(TEAM, ALICE.1)), []);
        let brief = BriefMilestone { key: "k".to_owned(), draft: draft.clone() };
        assert!(does!(store, DAVE, 0, follow_milestones(TEAM, &[brief])).is_empty());
        let needing = MilestoneDraft { needs: vec![seen.key], ..draft };
        let refused = does!(store, DAVE, 0, add_milestones(FAR, &[needing]));
        assert_eq!(refused, Addition::Missing(Missing::Milestone(seen.key)));
        let mut write = begin(&store, DAVE, 0).await;
        assert_eq!(write.plan_of(TEAM).await.expect("read"), []);
        assert_eq!(write.milestone(seen.key).await.expect("read"), None);
        drop(write);
        assert_eq!(store.of(ALICE.0).milestones_of(TEAM).await.expect("read"), before);
    });
}

#[test]
fn what_was_committed_outlives_the_store_and_the_rest_does_not() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        added(&store, &milestone("promis")).await;
        let mut write = begin(&store, ALICE, 0).await;
        write.add_milestones(TEAM, &[milestone("abandonné")]).await.expect("written");
        drop(write);
        drop(store);
        let store = home.open().await;
        assert_eq!(titles(&store).await, ["promis"]);
        assert_eq!(added(&store, &milestone("suite")).await.number, 2);
    });
}
