//! What holds of every schedule, for anybody, over both changes of the clocks.

use super::{MOST_COUNTED, Schedule};
use crate::domain::reminder::{Calendar, Habits, Policy, QuietHours, Region, Respect, Rule};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const ZONES: [&str; 4] = ["Europe/Paris", "Indian/Reunion", "America/Martinique", "Australia/Lord_Howe"];
const QUIET: [&str; 4] = ["20:00-08:00", "", "22:15-09:30", "02:00-03:30"];
const POLICIES: [&str; 4] =
    ["-7d@09:00 -3d@09:00 -1d@09:00 -2h +1d@09:00", "-1d@02:30 -45m +1d@02:30", "-26h -0d@08:00", ""];
const RULES: [&str; 5] = ["d@02:30", "b@09:00", "w12345@21:15", "m31@09:00", "w2/14@18:00>2026-10-05<2027-04-30"];

/// An instant of the half-year that has both changes of the clocks in it.
fn instant() -> impl Strategy<Value = Timestamp> {
    let start: Timestamp = "2026-10-01T00:00:00Z".parse().expect("an instant");
    (0i64..210 * 24 * 60).prop_map(move |minutes| start + SignedDuration::from_mins(minutes))
}

fn habits() -> impl Strategy<Value = Habits> {
    (0..ZONES.len(), 0..QUIET.len(), any::<bool>()).prop_map(|(zone, quiet, kept)| Habits {
        zone: TimeZone::get(ZONES[zone]).expect("a zone"),
        quiet: QuietHours::from_stored(QUIET[quiet]).expect("quiet hours"),
        calendar: Calendar::new(Region::Metropole, if kept { Respect::Kept } else { Respect::Ignored }, []),
    })
}

fn schedule() -> impl Strategy<Value = Schedule> {
    let policy = || (0..POLICIES.len()).prop_map(|rank| Policy::from_stored(POLICIES[rank]).expect("a policy"));
    let rule = (0..RULES.len()).prop_map(|rank| Rule::from_stored(RULES[rank]).expect("a rule"));
    prop_oneof![
        (instant(), policy()).prop_map(|(due, policy)| Schedule::Deadline { due, policy }),
        (instant(), policy()).prop_map(|(starts, policy)| Schedule::Event { starts, policy }),
        instant().prop_map(|at| Schedule::Once { at }),
        instant().prop_map(|at| Schedule::UntilSeen { at }),
        (instant(), rule).prop_map(|(from, rule)| Schedule::Recurring { from, rule }),
    ]
}

proptest! {
    #[test]
    fn what_comes_next_is_what_lies_between(schedule in schedule(), habits in habits(), mut at in [instant(), instant(), instant()]) {
        at.sort_unstable();
        let [one, two, three] = at;
        let all = schedule.between(&habits, one, three);
        prop_assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
        prop_assert!(all.iter().all(|said| one < *said && *said <= three), "{all:?}");
        prop_assert!(all.len() <= MOST_COUNTED);
        prop_assert!(all.iter().all(|said| !habits.quiet.is_quiet(&said.to_zoned(habits.zone.clone()))), "{all:?}");
        prop_assert_eq!(schedule.next(&habits, one).filter(|next| *next <= three), all.first().copied());
        if all.len() < MOST_COUNTED {
            let parts = [schedule.between(&habits, one, two), schedule.between(&habits, two, three)].concat();
            prop_assert_eq!(&parts, &all, "cut in two it is the same");
        }
        // Whoever asks in between is told the same.
        if let Some(next) = schedule.next(&habits, one) {
            let just_before = next - SignedDuration::from_millis(1);
            prop_assert_eq!(schedule.next(&habits, just_before.max(one)), Some(next));
            if two < next {
                prop_assert_eq!(schedule.next(&habits, two), Some(next));
            }
        }
    }

    #[test]
    fn what_may_be_sent_is_neither_too_early_nor_in_quiet_hours_but_for_a_deadline(
        schedule in schedule(),
        habits in habits(),
        now in instant(),
    ) {
        let open = schedule.may_be_sent(now, &habits);
        prop_assert!(open >= now);
        let quiet = habits.quiet.is_quiet(&open.to_zoned(habits.zone.clone()));
        let forced = schedule.deadline().is_some_and(|due| now < due && due <= habits.quiet.next_open(now, &habits.zone));
        prop_assert!(!quiet || (forced && open == now));
        prop_assert_eq!(schedule.may_be_sent(open, &habits), open, "what may be sent then may be sent then");
    }
}
