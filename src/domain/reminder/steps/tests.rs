//! One test a rule.

use super::super::calendar::Respect;
use super::super::holidays::Region;
use super::*;
use jiff::civil::date;

pub(super) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("the database of zones is in the program")
}

fn in_zone(name: &str) -> Habits {
    let calendar = Calendar::new(Region::Metropole, Respect::Kept, []);
    Habits { zone: zone(name), quiet: QuietHours::default(), calendar }
}

fn instant(wall: &str, habits: &Habits) -> Timestamp {
    let wall: DateTime = wall.parse().expect("a wall-clock time");
    habits.instant(wall).expect("it is on the calendar")
}

fn walls(steps: &[StepAt], habits: &Habits) -> Vec<String> {
    steps.iter().map(|step| habits.wall(step.at).strftime("%Y-%m-%d %H:%M").to_string()).collect()
}

/// When the steps of a stored policy come for a deadline at a wall-clock time of the person.
#[track_caller]
fn check_in(habits: &Habits, policy: &str, due: &str, expected: &[&str]) {
    let policy = Policy::from_stored(policy).expect("a stored policy");
    assert_eq!(walls(&steps(&policy, instant(due, habits), habits), habits), expected);
}

#[track_caller]
fn check(policy: &str, due: &str, expected: &[&str]) {
    check_in(&in_zone("Europe/Paris"), policy, due, expected);
}

const STANDARD: &str = "-7d@09:00 -3d@09:00 -1d@09:00 -2h +1d@09:00";

#[test]
fn the_standard_policy() {
    check(
        STANDARD,
        "2026-11-27T18:00",
        &["2026-11-20 09:00", "2026-11-24 09:00", "2026-11-26 09:00", "2026-11-27 16:00", "2026-11-28 09:00"],
    );
}

#[test]
fn days_keep_their_hour_over_both_changes_of_the_clocks() {
    check(
        "-7d@09:00 -1d@09:00 +1d@09:00",
        "2027-03-28T18:00",
        &["2027-03-21 09:00", "2027-03-27 09:00", "2027-03-30 09:00"],
    );
    check("-7d@09:00 -1d@09:00", "2026-10-26T18:00", &["2026-10-19 09:00", "2026-10-25 09:00"]);
}

#[test]
fn a_time_that_does_not_exist_moves_on_and_of_two_alike_the_first_counts() {
    let mut habits = in_zone("Europe/Paris");
    habits.quiet = QuietHours::NONE;
    check_in(&habits, "-1d@02:30", "2027-03-29T18:00", &["2027-03-28 03:30"]);
    let due = instant("2026-10-26T18:00", &habits);
    let policy = Policy::from_stored("-1d@02:30").expect("a stored policy");
    assert_eq!(steps(&policy, due, &habits)[0].at.to_string(), "2026-10-25T00:30:00Z");
}

#[test]
fn hours_are_elapsed_time() {
    let mut habits = in_zone("Europe/Paris");
    habits.quiet = QuietHours::NONE;
    // The hour from 2 h to 3 h is left out.
    check_in(&habits, "-2h", "2027-03-28T04:00", &["2027-03-28 01:00"]);
}

#[test]
fn days_are_those_of_the_person() {
    let reunion = in_zone("Indian/Reunion");
    let paris = in_zone("Europe/Paris");
    // 22 h 30 in Paris is half past midnight of the next day in La Réunion.
    let due = instant("2026-11-27T21:30", &paris);
    let policy = Policy::from_stored("-1d@09:00").expect("a stored policy");
    assert_eq!(walls(&steps(&policy, due, &paris), &paris), ["2026-11-26 09:00"]);
    assert_eq!(walls(&steps(&policy, due, &reunion), &reunion), ["2026-11-27 09:00"]);
}

#[test]
fn closed_days_move_back_before_the_deadline_and_on_after_it() {
    // 6 May 2027 is Ascension, 8 May a Saturday and a holiday.
    check("-1d@09:00", "2027-05-07T18:00", &["2027-05-05 09:00"]);
    check("+1d@09:00", "2027-05-05T18:00", &["2027-05-07 09:00"]);
    check("-2h", "2027-05-06T12:00", &["2027-05-05 10:00"]);
    let company = (date(2027, 1, 4), date(2027, 1, 15));
    let mut habits = in_zone("Europe/Paris");
    habits.calendar = Calendar::new(Region::Metropole, Respect::Ignored, [company]);
    check_in(
        &habits,
        "-7d@09:00 -1d@18:00 +1d@09:00",
        "2027-01-15T18:00",
        &["2027-01-03 09:00", "2027-01-03 18:00", "2027-01-16 09:00"],
    );
}

#[test]
fn a_step_stays_where_no_day_near_is_open() {
    let mut habits = in_zone("Europe/Paris");
    habits.calendar = Calendar::new(Region::Metropole, Respect::Ignored, [(date(2026, 1, 1), date(2028, 1, 1))]);
    check_in(
        &habits,
        "-1d@09:00 -2h +1d@21:00",
        "2027-01-15T07:30",
        &["2027-01-14 09:00", "2027-01-14 19:59", "2027-01-17 08:00"],
    );
}

#[test]
fn quiet_hours_end_at_the_next_open_minute() {
    check("-1d@06:00", "2026-11-27T18:00", &["2026-11-26 08:00"]);
    check("-1d@21:00", "2026-11-27T18:00", &["2026-11-27 08:00"]);
    check("-12h", "2026-11-27T14:00", &["2026-11-27 08:00"]);
}

#[test]
fn quiet_hours_never_push_a_reminder_past_its_deadline() {
    check("-2h", "2026-11-27T07:30", &["2026-11-26 19:59"]);
    check("-2h", "2026-11-27T08:00", &["2026-11-26 19:59"]);
    check("-2h", "2026-11-27T08:01", &["2026-11-27 08:00"]);
    check("-2h", "2026-11-27T22:30", &["2026-11-27 19:59"]);
}

#[test]
fn after_the_deadline_quiet_hours_always_end_later() {
    check("+1d@22:00", "2026-11-25T18:00", &["2026-11-27 08:00"]);
}

#[test]
fn quiet_hours_never_move_a_step_onto_a_closed_day() {
    // 10 November in the evening, and 11 November is a holiday.
    check("-3d@21:00", "2026-11-13T18:00", &["2026-11-10 19:59"]);
    check("+1d@21:00", "2026-11-09T18:00", &["2026-11-12 08:00"]);
    // Early on the 12th, the last open minute of the day before would be on the holiday.
    check("-2h", "2026-11-12T07:30", &["2026-11-10 19:59"]);
}

#[test]
fn an_hour_of_the_day_itself_that_is_over_comes_after_the_deadline() {
    check("-0d@09:00", "2026-11-27T07:30", &["2026-11-27 09:00"]);
    check("-0d@08:30", "2026-11-27T12:00", &["2026-11-27 08:30"]);
}

#[test]
fn steps_that_land_together_are_one() {
    let habits = in_zone("Europe/Paris");
    let policy = Policy::from_stored("-1d@09:00 -3h -150m -2h").expect("a stored policy");
    let due = instant("2026-11-27T08:30", &habits);
    let all = steps(&policy, due, &habits);
    assert_eq!(walls(&all, &habits), ["2026-11-26 09:00", "2026-11-27 08:00"]);
    assert_eq!(all[1].step, Step::Before { minutes: 120 });
}

#[test]
fn what_comes_next_and_what_was_missed() {
    let habits = in_zone("Europe/Paris");
    let (policy, due) = (Policy::standard(), instant("2026-11-27T18:00", &habits));
    let at = |wall: &str| instant(wall, &habits);
    let next = |after: &str| next_after(&policy, due, &habits, at(after)).map(|step| step.at);
    assert_eq!(next("2026-11-20T08:59"), Some(at("2026-11-20T09:00")));
    assert_eq!(next("2026-11-20T09:00"), Some(at("2026-11-24T09:00")));
    assert_eq!(next("2026-11-28T09:00"), None);
    let missed = missed(&policy, due, &habits, (at("2026-11-20T09:00"), at("2026-11-26T09:00")));
    assert_eq!(walls(&missed, &habits), ["2026-11-24 09:00", "2026-11-26 09:00"]);
    assert_eq!(steps(&Policy::none(), due, &habits), []);
}

#[test]
fn a_late_reminder_waits_for_the_morning_unless_the_deadline_forces_it() {
    let habits = in_zone("Europe/Paris");
    let at = |wall: &str| instant(wall, &habits);
    let sent = |now: &str, due: Option<&str>| may_be_sent(at(now), due.map(at), &habits);
    assert_eq!(sent("2026-11-26T10:30", None), at("2026-11-26T10:30"));
    assert_eq!(sent("2026-11-26T21:00", None), at("2026-11-27T08:00"));
    assert_eq!(sent("2026-11-26T21:00", Some("2026-11-27T18:00")), at("2026-11-27T08:00"));
    assert_eq!(sent("2026-11-26T21:00", Some("2026-11-27T08:00")), at("2026-11-26T21:00"));
    assert_eq!(sent("2026-11-26T21:00", Some("2026-11-26T20:30")), at("2026-11-27T08:00"), "it is over");
    assert_eq!(sent("2026-11-10T21:00", None), at("2026-11-12T08:00"), "the 11th is a holiday");
    assert_eq!(sent("2026-11-11T10:00", Some("2026-11-11T23:59")), at("2026-11-11T10:00"));
    assert_eq!(sent("2026-11-10T22:00", Some("2026-11-11T23:59")), at("2026-11-11T08:00"), "a holiday, but no night");
}

#[test]
fn ends_of_the_calendar_are_no_instant() {
    let habits = in_zone("Europe/Paris");
    assert_eq!(steps(&Policy::standard(), Timestamp::MIN, &habits).len(), 1);
    assert!(steps(&Policy::standard(), Timestamp::MAX, &habits).len() >= 4);
}
