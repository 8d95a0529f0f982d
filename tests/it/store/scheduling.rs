//! Defences in the calendar of a network, through whatever happens in between.

mod calendar;
mod damaged;

use self::calendar::{Calendar, Trouble};
use super::homes::{everywhere, where_it_lasts};
use super::school::{at, does, founded, meet, network, published};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use vigie::app::housekeeping;
use vigie::app::scheduling::Scheduling;
use vigie::domain::duration::Minutes;
use vigie::domain::key::{BriefKey, TeamKey};
use vigie::store::{DefenceSlot, Met, NetworkSpace, Planning, Revision, Store, When};
use vigie_chat::{Connector, Space, SpaceId};

/// A trainer's brief with two teams, in the space `a`, and the calendar of its network.
struct School {
    store: Store,
    calendar: Arc<Calendar>,
    prof: Met,
    brief: BriefKey,
    teams: [TeamKey; 2],
}

fn space() -> Space {
    Space { id: SpaceId::new("a"), name: "École".to_owned() }
}

async fn school(store: &Store) -> School {
    store.joined(&network(), &space(), at(0)).await.expect("noted");
    let (prof, alice, bob) =
        (meet(store, "a", "prof").await, meet(store, "a", "alice").await, meet(store, "a", "bob").await);
    let brief = published(store, prof).await;
    let teams = [founded(store, alice, brief, "Vannes").await, founded(store, bob, brief, "Sondes").await];
    School { store: store.clone(), calendar: Arc::new(Calendar::at(at(2))), prof, brief, teams }
}

/// A slot so many hours after the beginning of the tests.
fn slot(hours: i64, minutes: u32) -> DefenceSlot {
    let starts = at(hours * 60);
    DefenceSlot {
        starts: When { wall: starts.to_zoned(jiff::tz::TimeZone::UTC).datetime(), zone: "UTC".to_owned(), at: starts },
        minutes: Minutes::new(minutes).expect("a length"),
        room: Some("B12".to_owned()),
        jury: Some("Deux professionnels".to_owned()),
    }
}

impl School {
    /// The slots of the teams, in the place of those that they had.
    async fn plans(&self, planned: &[(usize, DefenceSlot)]) {
        let former = self.store.of(self.prof.tenant).defences_of(self.brief).await.expect("read");
        let seen: Vec<_> = former.iter().map(|one| (one.key, one.revision)).collect();
        let planned: Vec<_> = planned.iter().map(|(team, slot)| (self.teams[*team], slot.clone())).collect();
        let planning = does!(&self.store, self.prof, plan_defences(self.brief, &seen, &planned));
        assert!(matches!(planning, Planning::Planned(_)), "{planning:?}");
    }

    /// Another process, on the same store.
    fn process(&self) -> Scheduling {
        process(&self.store, &self.calendar)
    }

    /// What the calendar shows once all is done that can be: ids and names, with the hour.
    async fn shows(&self) -> Vec<String> {
        self.process().settle().await.expect("the store answers");
        self.calendar.shown()
    }

    fn passes(&self, time: SignedDuration) {
        self.calendar.passes(time);
    }
}

fn process(store: &Store, calendar: &Arc<Calendar>) -> Scheduling {
    let clock = Arc::clone(calendar);
    let networks = [Arc::clone(calendar) as Arc<dyn Connector>];
    Scheduling::new(store.clone(), &networks, Arc::new(move || clock.now()))
}

#[test]
fn what_is_planned_is_shown_moved_and_taken_away_as_one_event() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        assert_eq!(school.process().settle().await.expect("it answers"), 0, "nothing is planned");
        school.plans(&[(0, slot(48, 50))]).await;
        assert_eq!(school.shows().await, ["1 Soutenance de l’équipe Vannes\u{a0}: MSPR, 2026-11-25T08:00:00Z, B12"]);
        school.plans(&[(0, slot(49, 50))]).await;
        assert_eq!(school.shows().await, ["1 Soutenance de l’équipe Vannes\u{a0}: MSPR, 2026-11-25T09:00:00Z, B12"]);
        let asked = school.calendar.asked();
        school.plans(&[(0, slot(49, 80))]).await;
        school.shows().await;
        assert_eq!(school.calendar.asked(), asked, "a slot that only lasts longer changes nothing");
        school.plans(&[]).await;
        assert_eq!(school.shows().await, [""; 0]);
        assert_eq!(school.process().settle().await.expect("it answers"), 0, "nothing is left to be done");
    });
}

#[test]
fn hours_that_would_tell_whose_slot_is_longer_are_shown_to_nobody() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        school.plans(&[(0, slot(48, 50)), (1, slot(49, 50))]).await;
        assert_eq!(school.shows().await.len(), 2);
        school.plans(&[(0, slot(48, 70)), (1, slot(50, 50))]).await;
        assert_eq!(school.shows().await, [""; 0]);
        school.plans(&[(0, slot(48, 70)), (1, slot(80, 50))]).await;
        assert_eq!(school.shows().await.len(), 2, "on different days they tell nothing");
    });
}

#[test]
fn what_is_over_or_given_up_is_not_shown() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        school.plans(&[(0, slot(48, 50)), (1, slot(72, 50))]).await;
        assert_eq!(school.shows().await.len(), 2);
        // The first one begins: networks end such events by themselves.
        let asked = school.calendar.asked();
        school.passes(SignedDuration::from_hours(50));
        school.process().begin().await.expect("it answers");
        assert_eq!(school.shows().await.len(), 2);
        assert_eq!(school.calendar.asked(), asked);
        // Put off all the same, it is another event.
        school.plans(&[(0, slot(96, 50)), (1, slot(72, 50))]).await;
        assert_eq!(school.shows().await.len(), 3);
        does!(&store, school.prof, close_brief(school.brief));
        let shown = school.shows().await;
        assert_eq!(shown.len(), 1, "what had begun is left to the network: {shown:?}");
        school.passes(SignedDuration::from_hours(24 * 30));
        housekeeping::once(&store, 30, school.calendar.now()).await.expect("forgotten");
        assert_eq!(school.process().settle().await.expect("it answers"), 0);
    });
}

#[test]
fn failures_are_tried_again_and_make_no_second_event() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        school.calendar.meets([Trouble::Limited, Trouble::Before, Trouble::After]);
        school.plans(&[(0, slot(48, 50))]).await;
        assert_eq!(school.shows().await, [""; 0]);
        for seconds in [61, 11, 11] {
            school.passes(SignedDuration::from_secs(seconds));
            school.shows().await;
        }
        assert_eq!(school.shows().await.len(), 1);
        assert_eq!(school.calendar.made(), 1);
        school.calendar.meets([Trouble::Before, Trouble::After]);
        school.plans(&[(0, slot(50, 50))]).await;
        for seconds in [0, 6, 11] {
            school.passes(SignedDuration::from_secs(seconds));
            school.shows().await;
        }
        assert_eq!(school.shows().await, ["1 Soutenance de l’équipe Vannes\u{a0}: MSPR, 2026-11-25T10:00:00Z, B12"]);
    });
}

#[test]
fn what_is_refused_is_left_alone_for_a_day_or_until_the_next_start() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        school.calendar.meets([Trouble::Refused, Trouble::Refused]);
        school.plans(&[(0, slot(72, 50))]).await;
        assert_eq!(school.shows().await, [""; 0]);
        let asked = school.calendar.asked();
        school.passes(SignedDuration::from_hours(23));
        assert_eq!(school.shows().await, [""; 0]);
        assert_eq!(school.calendar.asked(), asked, "it isn't asked again and again");
        school.passes(SignedDuration::from_hours(2));
        assert_eq!(school.shows().await, [""; 0]);
        assert_eq!(school.calendar.asked(), asked + 1);
        school.process().begin().await.expect("it answers");
        assert_eq!(school.shows().await.len(), 1, "whoever starts it may have given the right");
    });
}

#[test]
fn what_somebody_deleted_comes_back_only_with_a_change() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        school.plans(&[(0, slot(48, 50))]).await;
        school.shows().await;
        school.calendar.loses_all();
        school.process().begin().await.expect("it answers");
        assert_eq!(school.shows().await, [""; 0]);
        school.plans(&[(0, slot(50, 50))]).await;
        assert_eq!(school.shows().await.len(), 1);
        school.calendar.loses_all();
        school.plans(&[]).await;
        assert_eq!(school.shows().await, [""; 0]);
        assert_eq!(school.process().settle().await.expect("it answers"), 0);
    });
}

#[test]
fn a_process_that_ends_between_making_and_noting_makes_no_second_event() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let before = school(&store).await;
        before.plans(&[(0, slot(48, 50))]).await;
        before.calendar.meets([Trouble::Ends]);
        let ended = before.process();
        tokio::select! {
            settled = ended.settle() => panic!("it ends before: {settled:?}"),
            () = before.calendar.ended() => {}
        }
        drop(ended);
        assert_eq!(before.calendar.shown().len(), 1);
        store.close().await;
        let store = home.open().await;
        store.release_claims().await.expect("released");
        let after = School { store: store.clone(), ..before };
        // Where other processes may run, nobody knows that this one ended until its time is over.
        after.passes(SignedDuration::from_mins(11));
        after.process().begin().await.expect("it answers");
        assert_eq!(after.shows().await.len(), 1);
        assert_eq!(after.calendar.made(), 1);
        after.plans(&[]).await;
        assert_eq!(after.shows().await, [""; 0], "it is known by its id again");
        store.close().await;
    });
}

#[test]
fn what_a_process_made_as_it_ended_is_taken_away_where_it_is_cancelled_meanwhile() {
    where_it_lasts(async |home| {
        let store = home.open().await;
        let before = school(&store).await;
        before.plans(&[(0, slot(48, 50)), (1, slot(80, 50))]).await;
        before.calendar.meets([Trouble::Ends]);
        let ended = before.process();
        tokio::select! {
            settled = ended.settle() => panic!("it ends before: {settled:?}"),
            () = before.calendar.ended() => {}
        }
        drop(ended);
        before.plans(&[(1, slot(81, 50))]).await;
        before.passes(SignedDuration::from_mins(11));
        let shown = before.shows().await;
        assert_eq!(shown, ["2 Soutenance de l’équipe Sondes\u{a0}: MSPR, 2026-11-26T17:00:00Z, B12"]);
        store.close().await;
    });
}

#[test]
fn two_defences_of_one_name_and_hour_have_an_event_each() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        let dave = meet(&store, "a", "dave").await;
        let brief = published(&store, school.prof).await;
        let namesake = founded(&store, dave, brief, "Vannes").await;
        let elsewhere = DefenceSlot { room: Some("C7".to_owned()), jury: None, ..slot(48, 50) };
        // Both are made, and nobody hears of it.
        school.calendar.meets([Trouble::After, Trouble::After]);
        school.plans(&[(0, slot(48, 50))]).await;
        let planning = does!(&store, school.prof, plan_defences(brief, &[], &[(namesake, elsewhere)]));
        let Planning::Planned(keys) = planning else { panic!("{planning:?}") };
        assert_eq!(school.shows().await.len(), 2);
        school.passes(SignedDuration::from_secs(6));
        assert_eq!(school.shows().await.len(), 2);
        assert_eq!(school.calendar.made(), 2);
        school.plans(&[]).await;
        assert_eq!(school.shows().await.len(), 1);
        let planning = does!(&store, school.prof, plan_defences(brief, &[(keys[0], Revision(1))], &[]));
        assert!(matches!(planning, Planning::Planned(_)), "{planning:?}");
        assert_eq!(school.shows().await, [""; 0], "each was taken away by its own id");
    });
}

#[test]
fn of_two_processes_one_makes_each_event() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        for day in 2..12 {
            school.plans(&[(0, slot(24 * day, 50)), (1, slot(24 * day + 1, 50))]).await;
            let (one, other) = (school.process(), school.process());
            let (settled, too) = tokio::join!(one.settle(), other.settle());
            settled.and(too).expect("the store answers");
            assert_eq!(school.shows().await.len(), 2);
            assert_eq!(school.calendar.made(), 2 + 2 * (usize::try_from(day).expect("small") - 2));
            school.plans(&[]).await;
            assert_eq!(school.shows().await, [""; 0]);
        }
    });
}

#[test]
fn a_space_that_is_joined_again_shows_each_event_once_whether_the_network_kept_it_or_not() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        school.plans(&[(0, slot(48, 50)), (1, slot(80, 50))]).await;
        let before = school.shows().await;
        let asked = school.calendar.asked();
        store.left(&network(), &space().id, at(3)).await.expect("noted");
        school.shows().await;
        school.process().begin().await.expect("it answers");
        school.shows().await;
        assert_eq!(school.calendar.asked(), asked, "nobody is there to ask");
        store.joined(&network(), &space(), at(4)).await.expect("noted");
        assert_eq!(school.shows().await, before, "they stood there all the time");
        assert_eq!(school.calendar.made(), 2);
        store.left(&network(), &space().id, at(5)).await.expect("noted");
        school.shows().await;
        school.calendar.loses_all();
        store.joined(&network(), &space(), at(6)).await.expect("noted");
        assert_eq!(school.shows().await.len(), 2, "the network lost them");
        assert_eq!(school.calendar.made(), 4);
        assert_eq!(school.process().settle().await.expect("it answers"), 0, "nothing is left to be done");
        let place = (network(), space().id);
        let alone = store.unlink_space(NetworkSpace { connector: &place.0, space: &place.1 }).await;
        assert!(!alone.expect("it answers"), "it is the tenant's only one");
    });
}

#[test]
fn what_changes_while_the_space_is_left_is_shown_on_coming_back() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        school.plans(&[(0, slot(48, 50)), (1, slot(80, 50))]).await;
        school.shows().await;
        store.left(&network(), &space().id, at(3)).await.expect("noted");
        school.shows().await;
        school.plans(&[(0, slot(50, 50))]).await;
        assert_eq!(school.shows().await.len(), 2, "nobody is there to change it");
        store.joined(&network(), &space(), at(4)).await.expect("noted");
        assert_eq!(school.shows().await, ["1 Soutenance de l’équipe Vannes\u{a0}: MSPR, 2026-11-25T10:00:00Z, B12"]);
        store.left(&network(), &space().id, at(5)).await.expect("noted");
        school.shows().await;
        school.passes(SignedDuration::from_hours(24 * 30));
        housekeeping::once(&store, 30, school.calendar.now()).await.expect("forgotten");
        school.process().begin().await.expect("it answers");
        assert_eq!(school.process().settle().await.expect("it answers"), 0, "what is over is forgotten");
    });
}

#[test]
fn what_a_network_has_no_calendar_for_is_nowhere() {
    everywhere(async |store: Store| {
        let school = school(&store).await;
        school.plans(&[(0, slot(48, 50))]).await;
        let now: Timestamp = at(2);
        let none = Scheduling::new(store.clone(), &[], Arc::new(move || now));
        assert_eq!(none.settle().await.expect("it answers"), 0);
        assert_eq!(school.shows().await.len(), 1, "another process has the network");
    });
}
