//! How milestones are told, where the words vary.

use super::*;
use crate::domain::key::TeamKey;
use crate::store::{MilestoneDraft, Revision, When};

fn now() -> Zoned {
    "2026-11-23T09:00:00+01:00[Europe/Paris]".parse().expect("a time")
}

fn milestone(number: u32, due: Option<&str>, progress: Progress) -> Milestone {
    let due = due.map(|civil| {
        let wall: jiff::civil::DateTime = civil.parse().expect("a date and time");
        let at = wall.in_tz("Europe/Paris").expect("a known zone").timestamp();
        When { wall, zone: "Europe/Paris".to_owned(), at }
    });
    Milestone {
        key: MilestoneKey(i64::from(number)),
        team: TeamKey(1),
        number,
        brief_key: None,
        draft: MilestoneDraft { title: format!("Tâche {number}"), due, ..MilestoneDraft::default() },
        progress,
        revision: Revision(1),
        made_at: now().timestamp(),
    }
}

fn done() -> Progress {
    Progress::Done { at: now().timestamp(), by: PersonKey(1) }
}

#[test]
fn late_ones_come_first_and_done_ones_last() {
    let all = [
        milestone(1, None, Progress::Open),
        milestone(2, Some("2026-11-20T18:00"), done()),
        milestone(3, Some("2026-12-01T18:00"), Progress::Open),
        milestone(4, Some("2026-11-22T18:00"), Progress::Blocked { why: String::new() }),
        milestone(5, Some("2026-11-21T18:00"), Progress::Open),
    ];
    let numbers: Vec<u32> = in_order(&all, &now()).iter().map(|milestone| milestone.number).collect();
    assert_eq!(numbers, [5, 4, 3, 1, 2]);
}

#[test]
fn the_summary_counts_in_french() {
    let told = |all: &[Milestone]| counted(&all.iter().collect::<Vec<_>>(), &now()).replace('\u{a0}', " ");
    let open = || milestone(1, None, Progress::Open);
    let late = || milestone(2, Some("2026-11-20T18:00"), Progress::Blocked { why: "accès".to_owned() });
    assert_eq!(told(&[open()]), "1 jalon, à faire.");
    assert_eq!(told(&[milestone(1, None, done())]), "1 jalon, fait.");
    assert_eq!(told(&[late(), late()]), "2 jalons, tous en retard. Parmi eux, 2 sont bloqués.");
    assert_eq!(told(&[open(), late(), open()]), "3 jalons : 1 en retard et 2 à faire. Parmi eux, 1 est bloqué.");
}

#[test]
fn every_message_keeps_the_rules_of_the_networks() {
    let all: Vec<Milestone> = (1..=30).map(|number| milestone(number, None, Progress::Open)).collect();
    let (names, numbers, now) = (BTreeMap::new(), HashMap::new(), now());
    let board = Board {
        team: "1.1",
        names: &names,
        numbers: &numbers,
        now: &now,
        deadline: None,
        defence: None,
        leave: Leave::May,
    };
    let long = "x".repeat(5_000);
    let drafts = [
        list(None, &all, 2, &board),
        list(None, &[], 7, &board),
        added(&all.iter().collect::<Vec<_>>(), &board),
        told(Outcome::Changed, &all[0], &board),
        deleted(&all[0], &[2, 3], &board),
        how_to_add("1.1"),
        overtaken(&all[0], &board),
        wrong_lines(&[Wrong { line: 1, typed: long.clone(), why: Text::from("Non.") }], 2, &long, "1.1"),
    ];
    for draft in drafts {
        assert_eq!(draft.check(), Vec::new());
        assert!(draft.actions.len() <= 5, "{draft:?}");
    }
    let reader = list(None, &all, 1, &Board { leave: Leave::MayNot, ..board });
    assert_eq!(reader.actions.len(), 1, "whoever only reads turns pages");
}
