//! Where all teams of a brief stand, at a glance.

use super::homes::where_it_lasts;
use super::work::{
    ALICE, BOB, BRIEF, CAROL, DAVE, OTHER, TEAM, at, does, due, milestone, minutes, required, schools, when,
};
use vigie::domain::coverage::{Mark, Proof};
use vigie::domain::handin::Link;
use vigie::domain::key::BriefKey;
use vigie::store::{
    Addition, Covering, DefenceSlot, DeliverableState, HandedIn, HandingIn, HoursEntry, Judgement, LATE_TOLD,
    Mark as Marked, MilestoneCounts, Numbered,
};

#[test]
fn each_team_is_told_with_what_is_its_own() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let late: Vec<_> = (0..7).map(|hour| due(&format!("retard {hour}"), hour)).collect();
        let Addition::Added(given) = does!(store, ALICE, 0, add_milestones(TEAM, &late)) else { panic!("refused") };
        let next = [due("ensuite", 30), due("d’abord", 20), milestone("sans date")];
        does!(store, ALICE, 0, add_milestones(TEAM, &next));
        let key = |number: usize| given[number].key;
        for (number, mark) in [(0, Marked::Done), (1, Marked::Blocked("panne"))] {
            let seen = store.of(ALICE.0).milestone(key(number)).await.expect("read").expect("there").revision;
            does!(store, ALICE, 0, mark_milestone(key(number), seen, mark));
        }
        let asked = [required("Dossier", 5), required("Vidéo", 50), required("Code", 5), required("Annexe", 5)];
        let optional = vigie::store::DeliverableDraft { is_required: false, ..required("Bonus", 5) };
        let Addition::Added(asked) = does!(store, ALICE, 0, add_deliverables(TEAM, &asked)) else { panic!("refused") };
        does!(store, ALICE, 0, add_deliverables(TEAM, &[optional]));
        let link = HandedIn::Link(Link::read("https://forge.example/a").expect("a link"));
        for (rank, verdict) in [(2, None), (3, Some(Judgement::SentBack))] {
            let HandingIn::Kept(handin) = does!(store, BOB, 0, hand_in(asked[rank].key, &link)) else {
                panic!("refused")
            };
            let seen = store.of(BOB.0).deliverable(asked[rank].key).await.expect("read").expect("there").revision;
            if let Some(verdict) = verdict {
                does!(store, CAROL, 0, judge(handin.key, seen, verdict, None));
            }
        }
        let day = "2026-11-23".parse().expect("a day");
        for (spent, milestone) in [(90, None), (30, Some(2)), (15, Some(2))] {
            let entry = HoursEntry { minutes: minutes(spent), spent_on: day, what: None, milestone };
            does!(store, BOB, 0, log_hours(TEAM, BOB.1, &entry));
        }
        let covered = Mark::default().with(Proof::Deliverable(1)).expect("a proof");
        for (criterion, mark) in
            [("a", &covered), ("b", &covered), ("c", &Mark::in_progress()), ("d", &Mark::default())]
        {
            does!(store, BOB, 0, cover(TEAM, criterion, Covering::NEVER, mark));
        }
        let slot = DefenceSlot { starts: when(100), minutes: minutes(30), room: None, jury: None };
        does!(store, CAROL, 0, plan_defences(BRIEF, &[], &[(TEAM, slot)]));

        // Ten minutes after the seventh was due.
        let now = at(6) + jiff::SignedDuration::from_mins(10);
        let all = store.of(CAROL.0).overview(BRIEF, now).await.expect("read");
        assert_eq!(
            all.iter().map(|team| team.team).collect::<Vec<_>>(),
            [Numbered { key: TEAM, number: 1 }, Numbered { key: OTHER, number: 2 },]
        );
        let (team, other) = (&all[0], &all[1]);
        assert_eq!((team.name.as_str(), &team.members), ("Les Aigles", &vec![ALICE.1, BOB.1]));
        assert_eq!(team.milestones, MilestoneCounts { all: 10, done: 1, blocked: 1, late: 6 });
        assert_eq!(team.next.as_ref().map(|next| next.title.as_str()), Some("d’abord"));
        let late: Vec<_> = team.late.iter().map(|late| late.milestone.number).collect();
        assert_eq!((late.len(), late), (usize::try_from(LATE_TOLD).expect("few"), vec![2, 3, 4, 5, 6]));
        let wanting: Vec<_> = team.wanting.iter().map(|one| (one.title.as_str(), one.state, one.is_late)).collect();
        assert_eq!(
            wanting,
            [
                ("Dossier", DeliverableState::Expected, true),
                ("Vidéo", DeliverableState::Expected, false),
                ("Annexe", DeliverableState::SentBack, true),
            ]
        );
        assert_eq!((team.minutes, &team.minutes_by_milestone), (135, &vec![(2, 45)]));
        assert_eq!((team.criteria_in_progress, team.criteria_covered), (1, 2));
        assert_eq!(team.defence_at, Some(at(100)));
        assert_eq!(
            (other.members.as_slice(), other.milestones, &other.next),
            (&[CAROL.1][..], MilestoneCounts::default(), &None)
        );
        assert_eq!((other.minutes, other.criteria_covered, other.wanting.len(), other.defence_at), (0, 0, 0, None));
        // One team is told as it is among all.
        assert_eq!(store.of(CAROL.0).team_overview(TEAM, now).await.expect("read").as_ref(), Some(team));
        assert_eq!(store.of(CAROL.0).team_overview(OTHER, now).await.expect("read").as_ref(), Some(other));
        // The minute of a deadline is still in time.
        let on_time = at(0) + jiff::SignedDuration::from_secs(59);
        let all = store.of(CAROL.0).overview(BRIEF, on_time).await.expect("read");
        assert_eq!((all[0].milestones.late, all[0].late.len()), (0, 0));
        assert_eq!(all[0].next.as_ref().map(|next| next.title.as_str()), Some("retard 1"));
    });
}

#[test]
fn nothing_is_read_from_another_school() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        does!(store, ALICE, 0, add_milestones(TEAM, &[due("x", 1)]));
        assert_eq!(store.of(DAVE.0).overview(BRIEF, at(9)).await.expect("read"), []);
        assert_eq!(store.of(DAVE.0).team_overview(TEAM, at(9)).await.expect("read"), None);
        let theirs = store.of(DAVE.0).overview(BriefKey(11), at(9)).await.expect("read");
        assert_eq!((theirs.len(), theirs[0].milestones), (1, MilestoneCounts::default()));
    });
}
