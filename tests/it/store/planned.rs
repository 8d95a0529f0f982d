//! What changed, the alarms that come of it, what people asked for and how they want it: kept with whatever caused it, lost
//! with it, of one school alone.

use super::homes::where_it_lasts;
use super::work::{ALICE, BOB, BRIEF, CAROL, DAVE, FAR, OTHER, TEAM, Who, at, begin, does, due, rows, schools, when};
use std::collections::BTreeSet;
use std::path::Path;
use vigie::app::housekeeping;
use vigie::domain::key::{CohortKey, MilestoneKey, ReminderKey};
use vigie::domain::occasion::{OccasionKey, OccasionKind, Thing};
use vigie::store::{
    Addition, Alarm, Beside, Changed, MOST_REMINDERS, Mark, Nags, POLICY, QUIET, Reminder, ReminderDraft, Reminding,
    Store, Undoing, WishLevel,
};

fn alarm((tenant, person): Who, subject: i64, hour: i64) -> Alarm {
    let of = OccasionKey { tenant, kind: OccasionKind::Milestone, subject, person };
    Alarm { of, team: Some(TEAM), step: Some(at(hour)), again: None }
}

fn asked(what: &str) -> ReminderDraft {
    let what = Some(what.to_owned()).filter(|what| !what.is_empty());
    ReminderDraft { team: None, what, when: when(10), rule: None, nags: Nags::No }
}

async fn reminded(store: &Store, who: Who, draft: &ReminderDraft) -> Reminder {
    match does!(store, who, 0, remind(draft)) {
        Reminding::Noted(reminder) => reminder,
        other => panic!("{other:?}"),
    }
}

/// What waits, the one that has waited longest first, each taken as worked out.
async fn changes(store: &Store) -> Vec<Changed> {
    let mut all = Vec::new();
    while let Some(next) = store.next_change().await.expect("read") {
        let mut write = begin(store, (next.tenant, ALICE.1), 0).await;
        write.worked_out(next.what).await.expect("noted");
        write.commit().await.expect("committed");
        all.push(next.what);
    }
    all
}

#[test]
fn a_change_is_kept_with_what_it_comes_of_and_lost_with_it() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let mut write = begin(&store, ALICE, 0).await;
        write.add_milestones(TEAM, &[due("abandonné", 5)]).await.expect("written");
        drop(write);
        assert_eq!(store.next_change().await.expect("read"), None);
        let Addition::Added(added) = does!(store, ALICE, 3, add_milestones(TEAM, &[due("gardé", 5)])) else {
            panic!("refused")
        };
        let next = store.next_change().await.expect("read").expect("kept");
        assert_eq!((next.tenant, next.what, next.since), (ALICE.0, Changed::Team(TEAM), at(3)));
        // What waits keeps the instant since which it does.
        does!(store, ALICE, 4, add_milestones(TEAM, &[due("encore", 5)]));
        assert_eq!(store.next_change().await.expect("read").map(|next| next.since), Some(at(3)));
        does!(store, DAVE, 1, journal("test", &format!("team:{}", FAR.0)));
        assert_eq!(changes(&store).await, [Changed::Team(FAR), Changed::Team(TEAM)]);
        let seen = store.of(ALICE.0).milestone(added[0].key).await.expect("read").expect("there");
        does!(store, ALICE, 5, mark_milestone(seen.key, seen.revision, Mark::Done));
        assert_eq!(changes(&store).await, [Changed::Milestone(seen.key)]);
        does!(store, BOB, 5, set_zone(Some("Indian/Reunion")));
        does!(store, ALICE, 6, wish(WishLevel::Team(TEAM), POLICY, Some("-1d@09:00")));
        does!(store, ALICE, 7, wish(WishLevel::Cohort(CohortKey(1)), POLICY, None));
        does!(store, ALICE, 8, journal("setting.changed", "setting:zone"));
        assert_eq!(changes(&store).await, [Changed::Person(BOB.1), Changed::Team(TEAM), Changed::Space]);
        store.close().await;
    });
}

#[test]
fn a_large_change_is_spread_and_waits_since_the_earlier() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        does!(store, ALICE, 9, journal("test", &format!("team:{}", TEAM.0)));
        let parts = [Changed::Team(TEAM), Changed::Team(OTHER)];
        does!(store, ALICE, 10, spread(at(4), &parts));
        let mut waiting = Vec::new();
        while let Some(next) = store.next_change().await.expect("read") {
            waiting.push((next.what, next.since));
            does!(store, ALICE, 10, worked_out(next.what));
        }
        waiting.sort_unstable();
        assert_eq!(waiting, [(Changed::Team(TEAM), at(4)), (Changed::Team(OTHER), at(4))]);
        let mut write = begin(&store, ALICE, 0).await;
        let mut teams = async |what| {
            let mut teams = write.teams_changed(what).await.expect("read");
            teams.sort_unstable();
            teams
        };
        assert_eq!(teams(Changed::Space).await.len(), 3);
        assert_eq!(teams(Changed::Brief(BRIEF)).await.len(), 3);
        assert_eq!(teams(Changed::Person(CAROL.1)).await, [TEAM, OTHER], "one she left too");
        assert_eq!(teams(Changed::Person(DAVE.1)).await, [], "of another school");
        assert_eq!(teams(Changed::Milestone(MilestoneKey(1))).await, []);
        assert_eq!(teams(Changed::Team(TEAM)).await, [TEAM]);
        drop(write);
        // Whoever has something of their own is planned apart from their teams.
        reminded(&store, CAROL, &asked("x")).await;
        does!(store, BOB, 0, wish(WishLevel::Person(BOB.1), QUIET, Some("")));
        reminded(&store, DAVE, &asked("x")).await;
        let mut write = begin(&store, ALICE, 0).await;
        let mut people = write.people_changed(Changed::Space).await.expect("read");
        people.sort_unstable();
        assert_eq!(people, [BOB.1, CAROL.1]);
        assert_eq!(write.people_changed(Changed::Person(ALICE.1)).await.expect("read"), [ALICE.1]);
        assert_eq!(write.people_changed(Changed::Team(TEAM)).await.expect("read"), []);
        drop(write);
        store.close().await;
    });
}

#[test]
fn alarms_are_set_moved_and_taken_away() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let (one, two, far) = (alarm(ALICE, 1, 5), alarm(BOB, 1, 2), Alarm { team: Some(FAR), ..alarm(DAVE, 1, 1) });
        does!(store, ALICE, 0, set_alarms(&[one, two]));
        does!(store, DAVE, 0, set_alarms(&[far]));
        assert_eq!(store.next_alarm().await.expect("read"), Some((DAVE.0, at(1))));
        let due = async |hour: i64, most: u16| {
            let mut write = begin(&store, ALICE, hour).await;
            write.due_alarms(most).await.expect("read")
        };
        assert_eq!(due(1, 10).await, []);
        assert_eq!(due(5, 10).await, [two, one], "due longest first, of one school");
        assert_eq!(due(5, 1).await, [two]);
        // Put off, then without a step: the first of both is when to look.
        let snoozed = Alarm { again: Some(at(3)), ..one };
        does!(store, ALICE, 0, set_alarms(&[snoozed, Alarm { step: None, ..two }]));
        assert_eq!(due(4, 10).await, [snoozed]);
        assert_eq!(store.of(ALICE.0).alarms_of(BOB.1, 10).await.expect("read"), []);
        assert_eq!(store.of(ALICE.0).alarms_of(ALICE.1, 10).await.expect("read"), [snoozed]);
        assert_eq!(store.of(DAVE.0).alarms_of(ALICE.1, 10).await.expect("read"), []);
        let mut write = begin(&store, ALICE, 0).await;
        assert_eq!(write.alarm(one.of).await.expect("read"), Some(snoozed));
        assert_eq!(write.alarm(two.of).await.expect("read"), None);
        assert_eq!(write.alarms_about(TEAM).await.expect("read"), [snoozed]);
        assert_eq!(write.alarms_about(FAR).await.expect("read"), []);
        assert_eq!(write.own_alarms_of(ALICE.1).await.expect("read"), []);
        write.set_alarms(&[Alarm { again: Some(at(9)), ..snoozed }]).await.expect("set");
        drop(write);
        assert_eq!(store.of(ALICE.0).alarms_of(ALICE.1, 10).await.expect("read"), [snoozed], "dropped with its write");
        // More than one statement takes.
        let many: Vec<Alarm> = (0..1_234).map(|subject| alarm(ALICE, 100 + subject, 50)).collect();
        does!(store, ALICE, 0, set_alarms(&many));
        assert_eq!(rows(home, "alarms").await, 1_236);
        let gone: Vec<Alarm> = many.iter().map(|alarm| Alarm { step: None, ..*alarm }).collect();
        does!(store, ALICE, 0, set_alarms(&gone));
        assert_eq!(rows(home, "alarms").await, 2);
        store.close().await;
    });
}

#[test]
fn what_people_ask_for_is_theirs_alone() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let first = reminded(&store, ALICE, &asked("Relire le rapport")).await;
        let full = ReminderDraft { rule: Some("w1@09:00".to_owned()), nags: Nags::UntilSeen, ..asked("") };
        let second = reminded(&store, ALICE, &full).await;
        let of_team = reminded(&store, BOB, &ReminderDraft { team: Some(TEAM), ..asked("Répéter") }).await;
        assert_eq!((first.number, second.number, of_team.number), (1, 2, 1));
        let of = async |who: Who| store.of(who.0).reminders_of(who.1).await.expect("read");
        assert_eq!(of(ALICE).await, [first.clone(), second.clone()]);
        assert_eq!(of(ALICE).await[1].draft, full);
        assert_eq!(of(CAROL).await, []);
        assert_eq!(store.of(DAVE.0).reminders_of(ALICE.1).await.expect("read"), []);
        let gone = ReminderDraft { team: Some(vigie::domain::key::TeamKey(22)), ..asked("x") };
        assert_eq!(does!(store, ALICE, 0, remind(&gone)), Reminding::NoTeam);
        let far = ReminderDraft { team: Some(FAR), ..asked("x") };
        assert_eq!(does!(store, ALICE, 0, remind(&far)), Reminding::NoTeam);
        // Nobody else deletes, brings back or reads them.
        for other in [BOB, DAVE] {
            assert!(!does!(store, other, 0, forget_reminder(first.key)));
        }
        assert!(does!(store, ALICE, 0, forget_reminder(first.key)));
        assert!(!does!(store, ALICE, 0, forget_reminder(first.key)));
        assert_eq!(does!(store, BOB, 1, restore_reminder(first.number)), Undoing::NotDeleted);
        assert_eq!(does!(store, DAVE, 1, restore_reminder(first.number)), Undoing::NotDeleted);
        assert_eq!(does!(store, ALICE, 23, restore_reminder(first.number)), Undoing::Undone);
        assert_eq!(of(ALICE).await.len(), 2);
        does!(store, ALICE, 23, forget_reminder(first.key));
        assert_eq!(does!(store, ALICE, 47, restore_reminder(first.number)), Undoing::TooLate);
        // Its number isn't given again.
        assert_eq!(reminded(&store, ALICE, &asked("suite")).await.number, 3);
        assert_eq!(does!(store, ALICE, 0, forget_wordless_reminders()), 1);
        assert_eq!(of(ALICE).await.iter().map(|one| one.number).collect::<Vec<_>>(), [3]);
        store.close().await;
    });
}

#[test]
fn somebody_has_so_many_and_no_more() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let mut write = begin(&store, ALICE, 0).await;
        for _ in 0..MOST_REMINDERS {
            assert!(matches!(write.remind(&asked("x")).await.expect("noted"), Reminding::Noted(_)));
        }
        assert_eq!(write.remind(&asked("de trop")).await.expect("answered"), Reminding::Full);
        write.commit().await.expect("committed");
        assert!(matches!(does!(store, BOB, 0, remind(&asked("x"))), Reminding::Noted(_)));
        let first = store.of(ALICE.0).reminders_of(ALICE.1).await.expect("read")[0].key;
        does!(store, ALICE, 0, forget_reminder(first));
        assert!(matches!(does!(store, ALICE, 0, remind(&asked("x"))), Reminding::Noted(_)));
        store.close().await;
    });
}

#[test]
fn what_was_deleted_is_erased_with_who_saw_it() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let seen = ReminderDraft { team: Some(TEAM), nags: Nags::UntilSeen, ..asked("Lire") };
        let (gone, kept) = (reminded(&store, ALICE, &seen).await.key, reminded(&store, ALICE, &seen).await.key);
        for (who, hour) in [(BOB, 1), (ALICE, 2), (BOB, 3)] {
            does!(store, who, hour, acknowledge(gone));
            does!(store, who, hour, acknowledge(kept));
        }
        assert_eq!(store.of(ALICE.0).seen_by(gone).await.expect("read"), [BOB.1, ALICE.1], "who saw it first first");
        assert_eq!(store.of(DAVE.0).seen_by(gone).await.expect("read"), []);
        does!(store, ALICE, 5, forget_reminder(gone));
        housekeeping::once(&store, 30, at(5 + 23)).await.expect("done");
        assert_eq!((rows(home, "reminders").await, rows(home, "acknowledgements").await), (2, 4));
        housekeeping::once(&store, 30, at(5 + 25)).await.expect("done");
        assert_eq!((rows(home, "reminders").await, rows(home, "acknowledgements").await), (1, 2));
        assert_eq!(store.of(ALICE.0).seen_by(kept).await.expect("read").len(), 2);
        let own = reminded(&store, ALICE, &ReminderDraft { nags: Nags::UntilSeen, ..asked("") }).await.key;
        does!(store, ALICE, 6, acknowledge(own));
        assert_eq!(does!(store, ALICE, 6, forget_wordless_reminders()), 1);
        assert_eq!((rows(home, "reminders").await, rows(home, "acknowledgements").await), (1, 2));
        store.close().await;
    });
}

#[test]
fn the_nearest_wish_holds() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let levels =
            [WishLevel::Person(ALICE.1), WishLevel::Team(TEAM), WishLevel::Cohort(CohortKey(7)), WishLevel::Space];
        let wishes = async || store.of(ALICE.0).wishes(&[ALICE.1]).await.expect("read");
        for (rank, level) in levels.iter().enumerate().rev() {
            let value = format!("-{}d@09:00", rank + 1);
            does!(store, ALICE, 0, wish(*level, POLICY, Some(&value)));
            assert_eq!(wishes().await.nearest(ALICE.0, &levels, POLICY), Some(&*value));
        }
        does!(store, ALICE, 0, wish(levels[0], POLICY, Some("")));
        assert_eq!(wishes().await.nearest(ALICE.0, &levels, POLICY), Some(""), "no reminder is a wish too");
        does!(store, ALICE, 0, wish(levels[0], POLICY, None));
        assert_eq!(wishes().await.nearest(ALICE.0, &levels, POLICY), Some("-2d@09:00"));
        assert_eq!(wishes().await.nearest(ALICE.0, &levels, QUIET), None);
        // Bob's own, and what another school wants, with the same numbers.
        does!(store, BOB, 0, wish(WishLevel::Person(BOB.1), QUIET, Some("22:00-07:00")));
        does!(store, DAVE, 0, wish(WishLevel::Team(TEAM), POLICY, Some("-9d@09:00")));
        does!(store, DAVE, 0, wish(WishLevel::Space, POLICY, Some("-9d@09:00")));
        let wishes = wishes().await;
        assert_eq!(wishes.at(ALICE.0, WishLevel::Person(BOB.1), QUIET), None, "it was asked for one person");
        assert_eq!(wishes.nearest(ALICE.0, &levels, POLICY), Some("-2d@09:00"));
        assert_eq!(wishes.at(DAVE.0, WishLevel::Space, POLICY), None);
        let theirs = store.of(DAVE.0).wishes(&[ALICE.1]).await.expect("read");
        assert_eq!(theirs.at(ALICE.0, WishLevel::Space, POLICY), None);
        store.close().await;
    });
}

#[test]
fn what_is_true_is_read_and_nothing_of_what_is_over() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let Addition::Added(added) = does!(store, ALICE, 0, add_milestones(TEAM, &[due("x", 5), due("y", 6)])) else {
            panic!("refused")
        };
        let own = reminded(&store, ALICE, &asked("à moi")).await.key;
        let of_team = ReminderDraft { team: Some(TEAM), nags: Nags::UntilSeen, ..asked("à nous") };
        let ours = reminded(&store, BOB, &of_team).await.key;
        let thing = |kind, subject| Thing { tenant: ALICE.0, kind, subject };
        let milestone = thing(OccasionKind::Milestone, added[0].key.0);
        let (mine, theirs) = (thing(OccasionKind::Asked, own.0), thing(OccasionKind::Asked, ours.0));
        let things: BTreeSet<Thing> = [milestone, mine, theirs].into();
        let people = async |thing: Thing| {
            let all = store.occasions(&things).await.expect("read");
            all.get(&thing).map(|one| one.people.clone())
        };
        assert_eq!(people(milestone).await, Some(vec![ALICE.1, BOB.1]));
        assert_eq!(people(mine).await, Some(vec![ALICE.1]));
        assert_eq!(people(theirs).await, Some(vec![ALICE.1, BOB.1]));
        does!(store, ALICE, 1, acknowledge(ours));
        assert_eq!(people(theirs).await, Some(vec![BOB.1]), "who saw it is told no more");
        does!(store, ALICE, 1, take_milestone(added[0].key, BOB.1));
        assert_eq!(people(milestone).await, Some(vec![BOB.1]), "who is responsible alone");
        // From another school there is nothing under these keys.
        let far: BTreeSet<Thing> = things.iter().map(|thing| Thing { tenant: DAVE.0, ..*thing }).collect();
        assert!(store.occasions(&far).await.expect("read").is_empty());
        let mut write = begin(&store, DAVE, 1).await;
        assert!(write.occasions_among(&things).await.expect("read").is_empty());
        assert!(write.occasions_of(TEAM).await.expect("read").is_empty());
        assert!(write.occasions_asked_by(ALICE.1).await.expect("read").is_empty());
        assert_eq!(write.occasion(milestone).await.expect("read"), None);
        assert!(write.alarms_asked(own.0).await.expect("read").is_empty());
        drop(write);
        assert_eq!(store.occasions_of_person(ALICE.0, ALICE.1).await.expect("read").len(), 1);
        let seen = store.of(ALICE.0).milestone(added[0].key).await.expect("read").expect("there");
        does!(store, ALICE, 2, mark_milestone(seen.key, seen.revision, Mark::Done));
        does!(store, ALICE, 2, forget_reminder(own));
        home.say("update briefs set state = 'closed' where tenant_id = 1").await;
        assert!(store.occasions(&things).await.expect("read").is_empty());
        store.close().await;
    });
}

#[test]
fn what_was_one_persons_is_the_others_once_they_are_linked() {
    where_it_lasts(async |home| {
        use super::school::{meet, network};
        let store = home.open().await;
        let (alice, second) = super::people::two_faces(&store).await;
        let (one, two) = ((alice.tenant, alice.person), (second.tenant, second.person));
        for (who, what) in [(one, "déjà là"), (two, "apporté")] {
            reminded(&store, who, &asked(what)).await;
            does!(store, who, 0, wish(WishLevel::Person(who.1), QUIET, Some(what)));
        }
        does!(store, two, 0, wish(WishLevel::Person(two.1), POLICY, Some("-1d@09:00")));
        let key = ReminderKey(9_000);
        does!(store, one, 1, acknowledge(key));
        does!(store, two, 2, acknowledge(key));
        changes(&store).await;
        let digest = |(tenant, person): Who| Alarm {
            of: OccasionKey { tenant, kind: OccasionKind::Digest, subject: person.0, person },
            team: None,
            step: Some(at(50)),
            again: None,
        };
        let of_both = |who: Who| Alarm { step: Some(at(60)), ..alarm(who, 1, 0) };
        does!(store, two, 0, set_alarms(&[digest(two), of_both(two), alarm(two, 2, 70)]));
        does!(store, one, 0, set_alarms(&[of_both(one)]));
        super::people::link(&store, "matrix", "@alice", "h").await;
        assert_eq!(meet(&store, "a", "alice").await, alice);
        let reminders = store.of(alice.tenant).reminders_of(alice.person).await.expect("read");
        assert_eq!(reminders.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2], "no two have one number");
        let wishes = store.of(alice.tenant).wishes(&[alice.person]).await.expect("read");
        let level = WishLevel::Person(alice.person);
        assert_eq!(wishes.at(alice.tenant, level, QUIET), Some("déjà là"), "who stays keeps what they chose");
        assert_eq!(wishes.at(alice.tenant, level, POLICY), Some("-1d@09:00"));
        assert_eq!(store.of(alice.tenant).seen_by(key).await.expect("read"), [alice.person]);
        let alarms = store.of(alice.tenant).alarms_of(alice.person, 10).await.expect("read");
        assert_eq!(alarms, [of_both(one), alarm(one, 2, 70)], "a digest is planned anew");
        assert!(changes(&store).await.contains(&Changed::Person(alice.person)));
        assert_eq!(network().as_str(), "test");
        store.close().await;
    });
}

#[test]
fn what_is_over_is_forgotten_and_the_rest_is_not() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let once = reminded(&store, ALICE, &asked("une fois")).await;
        reminded(&store, ALICE, &ReminderDraft { rule: Some("d@09:00".to_owned()), ..asked("chaque jour") }).await;
        let put_off = reminded(&store, ALICE, &asked("reporté")).await;
        does!(store, ALICE, 11, acknowledge(once.key));
        let thing = Thing { tenant: ALICE.0, kind: OccasionKind::Asked, subject: put_off.key.0 };
        let again = Alarm { of: thing.of(ALICE.1), team: None, step: None, again: Some(at(99)) };
        does!(store, ALICE, 11, set_alarms(&[again]));
        assert_eq!(store.erase_past_reminders(at(10)).await.expect("erased"), 0, "it isn't over yet");
        assert_eq!(store.erase_past_reminders(at(12)).await.expect("erased"), 1);
        let left = store.of(ALICE.0).reminders_of(ALICE.1).await.expect("read");
        assert_eq!(left.iter().map(|one| one.number).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(rows(home, "acknowledgements").await, 0);
        store.close().await;
    });
}

#[test]
fn a_calendar_has_what_was_asked_for_somebody_and_their_teams() {
    where_it_lasts(async |home| {
        let store = schools(home).await;
        let own = reminded(&store, ALICE, &asked("à moi")).await;
        let of_team = reminded(&store, BOB, &ReminderDraft { team: Some(TEAM), ..asked("à tous") }).await;
        reminded(&store, BOB, &asked("à lui")).await;
        reminded(&store, CAROL, &ReminderDraft { team: Some(OTHER), ..asked("aux autres") }).await;
        let of = async |(tenant, person): Who| {
            let all = store.of(tenant).reminders_for(person).await.expect("read");
            all.into_iter().filter_map(|one| one.draft.what).collect::<Vec<_>>()
        };
        assert_eq!(of(ALICE).await, ["à moi", "à tous"]);
        assert_eq!(of(CAROL).await, ["aux autres"]);
        assert_eq!(of((DAVE.0, ALICE.1)).await, Vec::<String>::new());
        does!(store, ALICE, 1, acknowledge(of_team.key));
        does!(store, ALICE, 1, forget_reminder(own.key));
        assert_eq!(of(ALICE).await, Vec::<String>::new());
        assert_eq!(of(BOB).await, ["à tous", "à lui"]);
        store.close().await;
    });
}

#[tokio::test]
async fn whether_something_is_overdue_is_seen_from_outside() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = vigie::store::Location::url_of(&folder.path().join("vigie.db"));
    let seen = async |url: &str, minute: i64| {
        let mut beside = Beside::at(url).await?;
        Some(beside.overdue_since(at(minute)).await.expect("it answers"))
    };
    assert_eq!(seen(&url, 0).await, None, "it isn't there");
    let store = Store::open(&url).await.expect("opened");
    assert_eq!(seen(&url, 0).await, Some(None), "also while it is open");
    let alice = super::school::meet(&store, "a", "alice").await;
    let of = OccasionKey { tenant: alice.tenant, kind: OccasionKind::Asked, subject: 1, person: alice.person };
    does!(
        store,
        (alice.tenant, alice.person),
        0,
        set_alarms(&[Alarm { of, team: None, step: Some(at(2)), again: None }])
    );
    assert_eq!(seen(&url, 1).await, Some(None));
    assert_eq!(seen(&url, 3).await, Some(Some(at(2))));
    store.close().await;
}

/// The functions of these files are tried here, or in the tests of the ledger.
#[test]
fn every_function_is_tried() {
    let here = [include_str!("planned.rs"), include_str!("ledger.rs")].concat();
    for file in
        ["changes", "alarms", "occasions", "wishes", "reminders", "deliveries", "deliveries/claim", "deliveries/read"]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/store/{file}.rs"));
        let source = std::fs::read_to_string(&path).expect("a source file");
        let mut tried = 0;
        for part in source.split("\nimpl ").skip(1) {
            let end = part.find("\n}\n").unwrap_or(part.len());
            for function in part[..end].split("    pub async fn ").skip(1) {
                let name: String = function.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                // Who is reminded is read by the histories.
                let elsewhere = name == "reminded";
                let found = here.contains(&format!(".{name}("))
                    || here.contains(&format!("::{name}("))
                    || here.contains(&format!(", {name}("));
                assert!(found || elsewhere, "{file}: {name}");
                tried += 1;
            }
        }
        assert!(tried > 0, "{file}: no function was found");
    }
}
