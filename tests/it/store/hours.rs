//! Hours, coverage, defences and the journal.

use super::homes::where_it_lasts;
use super::work::{
    ALICE, BOB, BRIEF, CAROL, DAVE, OTHER, TEAM, at, begin, does, milestone, minutes, schools, two_ways, when,
};
use jiff::civil::Date;
use vigie::app::housekeeping;
use vigie::domain::coverage::{Coverage, Mark, Proof};
use vigie::domain::key::{BriefKey, HoursKey, TeamKey};
use vigie::store::{
    Change, Covering, DefenceSlot, HoursEntry, Logging, Missing, Planning, Revision, Shared, Store, Undoing,
};

fn day() -> Date {
    "2026-11-23".parse().expect("a day")
}

fn entry(spent: u32) -> HoursEntry {
    HoursEntry { minutes: minutes(spent), spent_on: day(), what: Some("Tests « été »".to_owned()), milestone: None }
}

async fn logged(store: &Store, spent: u32) -> HoursKey {
    match does!(store, ALICE, 0, log_hours(TEAM, ALICE.1, &entry(spent))) {
        Logging::Logged(key) => key,
        refused => panic!("{refused:?}"),
    }
}

#[test]
fn hours_are_read_as_they_were_logged_and_summed() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        does!(store, ALICE, 0, add_milestones(TEAM, &[milestone("x")]));
        let first = logged(&store, 90).await;
        let on = HoursEntry { milestone: Some(1), spent_on: day().yesterday().expect("a day"), ..entry(30) };
        does!(store, ALICE, 1, log_hours(TEAM, BOB.1, &on));
        logged(&store, 15).await;
        let scope = store.of(ALICE.0);
        let all = scope.hours_of(TEAM).await.expect("read");
        assert_eq!(all.iter().map(|hours| hours.entry.minutes.get()).collect::<Vec<_>>(), [30, 90, 15]);
        assert_eq!((&all[0].entry, all[0].person, all[0].logged_at), (&on, BOB.1, at(1)));
        assert_eq!(scope.hours_entry(first).await.expect("read").map(|hours| hours.entry), Some(entry(90)));
        assert_eq!(scope.minutes_by_person(TEAM).await.expect("read"), [(ALICE.1, 105), (BOB.1, 30)]);
        assert_eq!(scope.minutes_by_milestone(TEAM).await.expect("read"), [(1, 30)]);
    });
}

#[test]
fn hours_that_cannot_be_are_refused() {
    where_it_lasts(async |home| {
        let (one, other) = two_ways(home).await;
        let log = async |team, person, entry: HoursEntry| does!(one, ALICE, 0, log_hours(team, person, &entry));
        assert_eq!(log(TEAM, CAROL.1, entry(30)).await, Logging::Missing(Missing::Member(CAROL.1)));
        assert_eq!(log(TeamKey(22), ALICE.1, entry(30)).await, Logging::NoTeam);
        let unknown = HoursEntry { milestone: Some(7), ..entry(30) };
        assert_eq!(log(TEAM, ALICE.1, unknown).await, Logging::Missing(Missing::MilestoneNumber(7)));
        // A day has 24 hours, even for who logs it twice at once.
        let half = async |store: Store| does!(store, ALICE, 0, log_hours(TEAM, ALICE.1, &entry(13 * 60)));
        let (a, b) = tokio::join!(half(one.clone()), half(other.clone()));
        let refused = if matches!(a, Logging::Logged(_)) { b } else { a };
        assert_eq!(refused, Logging::DayFull(13 * 60));
        assert_eq!(one.of(ALICE.0).minutes_by_person(TEAM).await.expect("read"), [(ALICE.1, 13 * 60)]);
    });
}

#[test]
fn hours_come_back_within_a_day() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let key = logged(&store, 20 * 60).await;
        assert!(does!(store, ALICE, 1, delete_hours(key)));
        assert!(!does!(store, ALICE, 1, delete_hours(key)));
        assert_eq!(store.of(ALICE.0).hours_of(TEAM).await.expect("read"), []);
        assert_eq!(store.of(ALICE.0).hours_entry(key).await.expect("read"), None);
        assert_eq!(does!(store, ALICE, 2, restore_hours(key)), Undoing::Undone);
        assert_eq!(does!(store, ALICE, 2, restore_hours(key)), Undoing::NotDeleted);
        does!(store, ALICE, 2, delete_hours(key));
        let other = logged(&store, 20 * 60).await;
        assert_eq!(does!(store, ALICE, 3, restore_hours(key)), Undoing::Full);
        does!(store, ALICE, 3, delete_hours(other));
        assert_eq!(does!(store, ALICE, 2 + 24, restore_hours(key)), Undoing::TooLate);
        housekeeping::once(&store, 30, at(28)).await.expect("done");
        assert_eq!(super::work::rows(home, "hours").await, 0);
    });
}

#[test]
fn a_criterion_is_covered_by_one_at_a_time() {
    where_it_lasts(async |home| {
        let (one, other) = two_ways(home).await;
        let proof = Proof::sentence("Voir le chapitre 3.").expect("a sentence");
        let mark = Mark::in_progress().with(proof).and_then(|mark| mark.with(Proof::Deliverable(2))).expect("proofs");
        let cover = async |store: Store, mark: Mark| does!(store, BOB, 1, cover(TEAM, "A1C1", Covering::NEVER, &mark));
        let (a, b) = tokio::join!(cover(one.clone(), mark.clone()), cover(other.clone(), Mark::in_progress()));
        let kept = if a == Change::Made { mark.clone() } else { Mark::in_progress() };
        assert!(
            [(&Change::Made, &Change::Changed), (&Change::Changed, &Change::Made)].contains(&(&a, &b)),
            "{a:?} {b:?}"
        );
        let read = async || one.of(BOB.0).coverage_of(TEAM).await.expect("read").pop().expect("it is kept");
        let seen = read().await;
        assert_eq!((&seen.mark, seen.by, seen.at), (&kept, BOB.1, at(1)));
        assert_eq!(does!(one, ALICE, 2, cover(TEAM, "A1C1", seen.revision, &mark)), Change::Made);
        assert_eq!(does!(one, BOB, 2, cover(TEAM, "A1C1", seen.revision, &Mark::default())), Change::Changed);
        assert_eq!(read().await.mark, mark);
        let seen = read().await;
        assert_eq!(does!(one, BOB, 2, cover(TEAM, "A1C1", seen.revision, &Mark::default())), Change::Made);
        assert_eq!(read().await.mark.coverage(), Coverage::Todo);
        assert_eq!(does!(one, BOB, 2, cover(TEAM, "A1C1", Covering::NEVER, &mark)), Change::Changed);
        assert_eq!(one.of(BOB.0).coverage_of_brief(BRIEF).await.expect("read").len(), 1);
        let mut write = begin(&one, BOB, 2).await;
        assert_eq!(write.coverage_of(TEAM).await.expect("read").len(), 1);
    });
}

fn slot(hours: i64, length: u32, room: &str, jury: &str) -> DefenceSlot {
    let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    DefenceSlot { starts: when(hours), minutes: minutes(length), room: named(room), jury: named(jury) }
}

#[test]
fn defences_are_planned_in_their_order() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let plan = [(OTHER, slot(1, 60, "B12", "")), (TEAM, slot(2, 90, "B12", "Jury 1"))];
        let Planning::Planned(keys) = does!(store, CAROL, 0, plan_defences(BRIEF, &[], &plan)) else {
            panic!("refused")
        };
        let read = async || store.of(CAROL.0).defences_of(BRIEF).await.expect("read");
        let seen = read().await;
        assert_eq!(
            seen.iter().map(|one| (one.key, one.rank, one.team)).collect::<Vec<_>>(),
            [(keys[0], 1, OTHER), (keys[1], 2, TEAM)]
        );
        assert_eq!(seen[1].slot, plan[1].1);
        assert_eq!(store.of(CAROL.0).defence_of(BRIEF, TEAM).await.expect("read").as_ref(), Some(&seen[1]));
        let of = |seen: &[vigie::store::Defence]| seen.iter().map(|one| (one.key, one.revision)).collect::<Vec<_>>();
        let swapped = [(TEAM, slot(1, 90, "B12", "")), (OTHER, slot(3, 60, "B12", ""))];
        assert_eq!(does!(store, ALICE, 0, plan_defences(BRIEF, &[], &swapped)), Planning::Changed);
        let again = does!(store, CAROL, 0, plan_defences(BRIEF, &of(&seen), &swapped));
        assert_eq!(again, Planning::Planned(vec![keys[1], keys[0]]), "their keys stay");
        assert_eq!(does!(store, CAROL, 0, plan_defences(BRIEF, &of(&seen), &plan)), Planning::Changed);
        let seen = read().await;
        let one = does!(store, CAROL, 0, plan_defences(BRIEF, &of(&seen), &swapped[..1]));
        assert_eq!(one, Planning::Planned(vec![keys[1]]));
        assert_eq!(read().await.len(), 1, "what isn't given is cancelled");
    });
}

#[test]
fn no_room_and_no_jury_is_taken_twice() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let plan = async |plan: &[(TeamKey, DefenceSlot)]| does!(store, CAROL, 0, plan_defences(BRIEF, &[], plan));
        let overlap = |shared| Planning::Overlap { one: TEAM, other: OTHER, shared };
        let both = |a, b| [(TEAM, a), (OTHER, b)];
        let first = || slot(1, 90, "Salle B12", "");
        assert_eq!(plan(&both(first(), slot(2, 30, " salle b12", ""))).await, overlap(Shared::Room));
        let jury = |hours| slot(hours, 90, "", "Mme Été");
        assert_eq!(plan(&both(jury(1), jury(2))).await, overlap(Shared::Jury));
        assert_eq!(plan(&[(TeamKey(22), first())]).await, Planning::NoTeam(TeamKey(22)));
        assert_eq!(plan(&[(TEAM, first()), (TEAM, slot(9, 30, "", ""))]).await, Planning::Twice(TEAM));
        // Of another brief of the same school.
        home.say(
            "insert into defences (tenant_id, id, brief_id, team_id, rank, starts_on_wall, zone, starts_at, minutes, room,
                                   jury, revision)
             select 1, 900, 99, 98, 1, '2026-11-23T10:00', 'Europe/Paris', 1795424400000, 60, 'Salle B12', null, 1",
        )
        .await;
        let other = Planning::Overlap { one: TEAM, other: TeamKey(98), shared: Shared::Room };
        assert_eq!(plan(&[(TEAM, slot(1, 30, "salle b12", ""))]).await, other);
        // One ends as the other begins, elsewhere or nowhere in particular.
        let fits = both(slot(2, 60, "Salle B12", ""), slot(3, 60, "Salle B12", ""));
        assert!(matches!(plan(&fits).await, Planning::Planned(_)));
    });
}

#[test]
fn the_journal_is_read_from_the_newest() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        for (hour, deed) in [(0, "team.founded"), (1, "team.joined"), (2, "milestone.done")] {
            does!(store, ALICE, hour, journal(deed, "team:20"));
        }
        does!(store, ALICE, 3, journal("team.joined", "team:2"));
        let scope = store.of(ALICE.0);
        let newest = scope.deeds("team:20", None, 2).await.expect("read");
        assert_eq!(newest.iter().map(|deed| deed.deed.as_str()).collect::<Vec<_>>(), ["milestone.done", "team.joined"]);
        assert_eq!((newest[0].at, newest[0].person), (at(2), ALICE.1));
        let rest = scope.deeds("team:20", Some(newest[1].id), 2).await.expect("read");
        assert_eq!(rest.iter().map(|deed| deed.deed.as_str()).collect::<Vec<_>>(), ["team.founded"]);
        assert_eq!(store.of(DAVE.0).deeds("team:20", None, 9).await.expect("read"), []);
    });
}

#[test]
fn nothing_is_read_or_changed_from_another_school() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let (key, gone) = (logged(&store, 30).await, logged(&store, 40).await);
        does!(store, ALICE, 0, delete_hours(gone));
        does!(store, ALICE, 0, cover(TEAM, "A1C1", Covering::NEVER, &Mark::in_progress()));
        does!(store, CAROL, 0, plan_defences(BRIEF, &[], &[(TEAM, slot(1, 60, "B12", ""))]));
        let near = store.of(ALICE.0);
        let before = (near.hours_of(TEAM).await.expect("read"), near.coverage_of(TEAM).await.expect("read"));
        let defences = near.defences_of(BRIEF).await.expect("read");
        let far = store.of(DAVE.0);
        assert_eq!(far.hours_of(TEAM).await.expect("read"), []);
        assert_eq!(far.hours_entry(key).await.expect("read"), None);
        assert_eq!(far.minutes_by_person(TEAM).await.expect("read"), []);
        assert_eq!(far.minutes_by_milestone(TEAM).await.expect("read"), []);
        assert_eq!(far.coverage_of(TEAM).await.expect("read"), []);
        assert_eq!(far.coverage_of_brief(BRIEF).await.expect("read"), []);
        assert_eq!(far.defences_of(BRIEF).await.expect("read"), []);
        assert_eq!(far.defence_of(BRIEF, TEAM).await.expect("read"), None);
        assert_eq!(does!(store, DAVE, 0, log_hours(TEAM, ALICE.1, &entry(30))), Logging::NoTeam);
        assert!(!does!(store, DAVE, 0, delete_hours(key)));
        assert_eq!(does!(store, DAVE, 0, restore_hours(gone)), Undoing::NotDeleted);
        assert_eq!(does!(store, DAVE, 0, cover(TEAM, "A1C1", Revision(1), &Mark::default())), Change::Gone);
        let slots = [(TEAM, slot(5, 60, "B12", ""))];
        assert_eq!(does!(store, DAVE, 0, plan_defences(BRIEF, &[], &slots)), Planning::NoTeam(TEAM));
        let theirs = does!(store, DAVE, 0, plan_defences(BriefKey(11), &[], &[(TeamKey(30), slot(1, 60, "B12", ""))]));
        assert!(matches!(theirs, Planning::Planned(_)), "a room of another school is another room");
        assert_eq!((near.hours_of(TEAM).await.expect("read"), near.coverage_of(TEAM).await.expect("read")), before);
        assert_eq!(near.defences_of(BRIEF).await.expect("read"), defences);
    });
}
