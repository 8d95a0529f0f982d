//! What holds for any policy, deadline and habit.

use super::super::calendar::Respect;
use super::super::holidays::Region;
use super::*;
use jiff::civil::Time;
use proptest::prelude::*;

fn policy() -> impl Strategy<Value = Policy> {
    let time = (0i8..24, prop::sample::select(&[0i8, 30, 59][..])).prop_map(|(h, m)| Time::constant(h, m, 0, 0));
    let days = (-5i16..=40, time).prop_map(|(before, at)| Step::Days { before, at });
    let elapsed = (1u32..=3_000).prop_map(|minutes| Step::Before { minutes });
    prop::collection::vec(prop_oneof![days, elapsed], 0..8).prop_filter_map("bounds", |steps| Policy::new(steps).ok())
}

fn habits() -> impl Strategy<Value = Habits> {
    let zone = prop::sample::select(&["Europe/Paris", "Indian/Reunion", "America/New_York", "Australia/Lord_Howe"][..]);
    let quiet = (0i8..24, 0i8..24).prop_filter_map("long", |(from, until)| {
        QuietHours::new(Time::constant(from, 0, 0, 0), Time::constant(until, 30, 0, 0)).ok()
    });
    let region = prop::sample::select(&Region::ALL[..]);
    let respect = prop::sample::select(&[Respect::Kept, Respect::Ignored][..]);
    let weeks = prop::collection::vec((0i32..1_500, 0i32..12), 0..6);
    (zone, quiet, region, respect, weeks).prop_map(|(zone, quiet, region, holidays, weeks)| {
        let day = |days: i32| Date::constant(2026, 1, 1).checked_add(days.days()).unwrap_or(Date::MAX);
        let weeks = weeks.into_iter().map(|(first, days)| (day(first), day(first + days)));
        Habits { zone: super::tests::zone(zone), quiet, calendar: Calendar::new(region, holidays, weeks) }
    })
}

/// Minutes from 2026 to 2029.
fn due() -> impl Strategy<Value = Timestamp> {
    (1_767_225_600i64 / 60..1_893_456_000 / 60)
        .prop_map(|minute| Timestamp::from_second(minute * 60).expect("it is on the calendar"))
}

/// When a step would come if nobody rested, worked out anew.
fn wished(step: Step, due: Timestamp, zone: &TimeZone) -> Timestamp {
    match step {
        Step::Days { before, at } => {
            let day = due.to_zoned(zone.clone()).date() - i32::from(before).days();
            day.to_datetime(at).to_zoned(zone.clone()).expect("it is on the calendar").timestamp()
        }
        Step::Before { minutes } => due - SignedDuration::from_mins(minutes.into()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn steps_are_in_order_and_none_is_in_quiet_hours(policy in policy(), habits in habits(), due in due()) {
        let all = steps(&policy, due, &habits);
        prop_assert!(all.is_sorted_by(|one, other| one.at < other.at));
        prop_assert!(all.len() <= policy.steps().len() && all.is_empty() == policy.steps().is_empty());
        for step in &all {
            prop_assert!(!habits.is_quiet(step.at));
            prop_assert!(habits.is_open(step.at), "no run of closed days is that long");
        }
    }

    #[test]
    fn each_step_keeps_its_side_of_the_deadline(policy in policy(), habits in habits(), due in due()) {
        for StepAt { at, step } in steps(&policy, due, &habits) {
            prop_assert_eq!(at < due, wished(step, due, &habits.zone) < due);
        }
    }

    #[test]
    fn no_step_is_early_but_by_the_written_exceptions(policy in policy(), habits in habits(), due in due()) {
        for StepAt { at, step } in steps(&policy, due, &habits) {
            let wished = wished(step, due, &habits.zone);
            if at < wished {
                let next_open = habits.quiet.next_open(wished, &habits.zone);
                let closed_day = !habits.is_open(wished) || !habits.is_open(next_open);
                let forced = habits.is_quiet(wished) && next_open >= due;
                prop_assert!(wished < due && (closed_day || forced));
            }
        }
    }

    #[test]
    fn no_step_is_moved_without_a_reason(policy in policy(), habits in habits(), due in due()) {
        for StepAt { at, step } in steps(&policy, due, &habits) {
            let wished = wished(step, due, &habits.zone);
            prop_assert!(at == wished || habits.is_quiet(wished) || !habits.is_open(wished));
        }
    }

    #[test]
    fn next_and_missed_agree_with_the_whole(
        policy in policy(), habits in habits(), due in due(), from in 0i64..90_000, long in 0i64..50_000,
    ) {
        let after = due - SignedDuration::from_mins(from);
        let until = after + SignedDuration::from_mins(long);
        let mut walked = Vec::new();
        let mut at = after;
        while let Some(step) = next_after(&policy, due, &habits, at).filter(|step| step.at <= until) {
            walked.push(step);
            at = step.at;
        }
        prop_assert_eq!(walked, missed(&policy, due, &habits, (after, until)));
    }

    #[test]
    fn a_late_one_goes_at_an_open_minute_or_before_its_deadline(habits in habits(), now in due(), due in due()) {
        let at = may_be_sent(now, Some(due), &habits);
        prop_assert!(at >= now);
        let open = !habits.is_quiet(at) && habits.is_open(at);
        prop_assert!(open || (at == now && now < due));
        prop_assert!(now >= due || at < due);
        prop_assert!(may_be_sent(now, None, &habits) >= at);
    }
}
