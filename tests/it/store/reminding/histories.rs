//! Random histories, after which each person has received exactly what the model says.

use super::model::{CHOICES, Level};
use super::rules::Rule;
use super::world::{Deed, World};
use crate::store::recorder::Trouble;
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;

/// Days at which histories begin: before both changes of the clocks, before the end of a year.
const BEGINNINGS: [&str; 4] =
    ["2026-10-22T07:00:00Z", "2026-12-21T15:00:00Z", "2027-03-25T20:30:00Z", "2027-04-01T11:11:00Z"];

fn minutes() -> impl Strategy<Value = i64> {
    prop_oneof![1i64..180, 60i64..2_000, 1_000i64..14_000]
}

fn level() -> impl Strategy<Value = Level> {
    prop_oneof![Just(Level::Space), Just(Level::Team), (0usize..2).prop_map(Level::Person)]
}

fn rule() -> impl Strategy<Value = Rule> {
    let hours = prop_oneof![Just((2, 30)), Just((9, 0)), Just((21, 15)), (0i8..24, 0i8..60)];
    (hours, any::<bool>()).prop_map(|((hour, minute), working)| Rule { hour, minute, working })
}

fn deed() -> impl Strategy<Value = Deed> {
    let any_of = 0usize..100;
    let two = 0usize..2;
    prop_oneof![
        6 => (1i64..2_500).prop_map(|minutes| Deed::Run { minutes }),
        2 => (1i64..4_000).prop_map(|minutes| Deed::Sleep { minutes }),
        4 => (proptest::option::of(two.clone()), minutes()).prop_map(|(of, minutes)| Deed::Milestone { of, minutes }),
        1 => (any_of.clone(), minutes()).prop_map(|(thing, minutes)| Deed::Move { thing, minutes }),
        1 => any_of.clone().prop_map(|thing| Deed::Done { thing }),
        1 => any_of.clone().prop_map(|thing| Deed::Reopen { thing }),
        1 => any_of.clone().prop_map(|thing| Deed::Delete { thing }),
        2 => (two.clone(), minutes()).prop_map(|(of, minutes)| Deed::Once { of, minutes }),
        2 => (two.clone(), minutes(), rule()).prop_map(|(of, minutes, rule)| Deed::Round { of, minutes, rule }),
        1 => minutes().prop_map(|minutes| Deed::UntilSeen { minutes }),
        1 => (any_of.clone(), two.clone()).prop_map(|(thing, by)| Deed::Seen { thing, by }),
        2 => (any_of, minutes()).prop_map(|(said, minutes)| Deed::Snooze { said, minutes }),
        1 => (level(), 0..CHOICES).prop_map(|(level, choice)| Deed::Policy { level, choice }),
        1 => (level(), 0..CHOICES).prop_map(|(level, choice)| Deed::Quiet { level, choice }),
        1 => (level(), 0..CHOICES).prop_map(|(level, choice)| Deed::Holidays { level, choice }),
        1 => (two.clone(), 0..CHOICES).prop_map(|(of, choice)| Deed::Zone { of, choice }),
        1 => prop_oneof![Just(Deed::Leave), Just(Deed::Return)],
        1 => prop_oneof![two.clone().prop_map(|of| Deed::Close { of }), two.prop_map(|of| Deed::Open { of })],
    ]
}

fn trouble() -> impl Strategy<Value = Deed> {
    prop_oneof![
        Just(Trouble::Before),
        Just(Trouble::After),
        (1u64..100_000).prop_map(Trouble::Slower),
        Just(Trouble::CrashBefore),
        Just(Trouble::CrashAfter),
    ]
    .prop_map(Deed::Trouble)
}

fn beginning() -> impl Strategy<Value = Timestamp> {
    (0..BEGINNINGS.len()).prop_map(|rank| BEGINNINGS[rank].parse().expect("an instant"))
}

fn play(beginning: Timestamp, deeds: &[Deed]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut world = World::at(beginning).await;
        for deed in deeds {
            world.does(deed).await;
        }
        world.compare().await;
    });
}

/// A quarter of what is asked for (`PROPTEST_CASES`): a history takes a while.
fn config() -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig { cases: asked.cases / 4, max_shrink_iters: 400, failure_persistence: None, ..asked }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn everybody_receives_exactly_what_they_should(beginning in beginning(), deeds in vec(deed(), 5..30)) {
        play(beginning, &deeds);
    }

    #[test]
    fn whatever_fails_nothing_is_lost_or_said_twice(
        beginning in beginning(),
        deeds in vec(prop_oneof![3 => deed(), 1 => trouble()], 10..40),
    ) {
        play(beginning, &deeds);
    }
}

#[test]
fn who_takes_over_what_is_moved_meanwhile_hears_of_it() {
    let beginning = "2026-10-22T07:00:00Z".parse().expect("an instant");
    let deeds = [
        Deed::Milestone { of: Some(1), minutes: 1 },
        Deed::Run { minutes: 1 },
        Deed::Leave,
        Deed::Move { thing: 0, minutes: 121 },
        Deed::Run { minutes: 1 },
    ];
    play(beginning, &deeds);
}
