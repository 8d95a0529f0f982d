//! Later: what the button of a reminder puts off to.
//!
//! A date in words is read by [`date`](crate::domain::date); these four are what a button offers. A snooze says when one
//! reminder comes again, and never shifts the rule or the policy that it comes from.

use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

/// The hour of « ce soir ».
const EVENING: Time = Time::constant(18, 0, 0, 0);
/// Past this hour, « ce soir » is in two hours.
const EVENING_IS_NEAR: Time = Time::constant(17, 0, 0, 0);
/// From this hour on, « ce soir » is tomorrow's.
const EVENING_IS_OVER: Time = Time::constant(20, 0, 0, 0);
/// The hour of « demain » and of « lundi ».
const MORNING: Time = Time::constant(9, 0, 0, 0);

/// How long a reminder is put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Snooze {
    /// An hour of elapsed time.
    Hour,
    /// This evening at 18 h; past 17 h in two hours; from 20 h on tomorrow at 18 h.
    Evening,
    /// Tomorrow at 9 h.
    Tomorrow,
    /// Next Monday at 9 h; on a Monday, the one in a week.
    NextWeek,
}

impl Snooze {
    /// Every one, the shortest first.
    pub const ALL: [Self; 4] = [Self::Hour, Self::Evening, Self::Tomorrow, Self::NextWeek];

    /// What the button says.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Hour => "Dans 1\u{a0}h",
            Self::Evening => "Ce soir",
            Self::Tomorrow => "Demain",
            Self::NextWeek => "La semaine prochaine",
        }
    }

    /// The name that is stored and passed in a command: lower-case ASCII.
    #[must_use]
    pub fn to_stored(self) -> &'static str {
        match self {
            Self::Hour => "1h",
            Self::Evening => "soir",
            Self::Tomorrow => "demain",
            Self::NextWeek => "semaine",
        }
    }

    /// The snooze of a stored name.
    #[must_use]
    pub fn from_stored(stored: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|snooze| snooze.to_stored() == stored)
    }

    /// The instant that it puts off to, always after now. `now` is in the zone of the person.
    #[must_use]
    pub fn until(self, now: &Zoned) -> Timestamp {
        let hours =
            |hours: i64| now.timestamp().checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX);
        let tomorrow = || now.date().tomorrow().unwrap_or(Date::MAX);
        let at = |day: Date, time: Time| {
            let wall = now.time_zone().to_ambiguous_timestamp(day.to_datetime(time));
            wall.compatible().unwrap_or(Timestamp::MAX)
        };
        match self {
            Self::Hour => hours(1),
            Self::Evening if now.time() <= EVENING_IS_NEAR => at(now.date(), EVENING),
            Self::Evening if now.time() < EVENING_IS_OVER => hours(2),
            Self::Evening => at(tomorrow(), EVENING),
            Self::Tomorrow => at(tomorrow(), MORNING),
            Self::NextWeek => {
                let days = 7 - i32::from(now.date().weekday().since(Weekday::Monday));
                at(now.date().checked_add(days.days()).unwrap_or(Date::MAX), MORNING)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(snooze: Snooze, now: &str, expected: &str) {
        let now: Zoned = format!("{now}[Europe/Paris]").parse().expect("a wall-clock time");
        let until = snooze.until(&now).to_zoned(now.time_zone().clone());
        assert_eq!(until.datetime().strftime("%Y-%m-%dT%H:%M").to_string(), expected);
    }

    #[test]
    fn in_an_hour() {
        check(Snooze::Hour, "2026-11-24T10:20", "2026-11-24T11:20");
        check(Snooze::Hour, "2027-03-28T01:30", "2027-03-28T03:30");
    }

    #[test]
    fn this_evening() {
        check(Snooze::Evening, "2026-11-24T10:20", "2026-11-24T18:00");
        check(Snooze::Evening, "2026-11-24T17:00", "2026-11-24T18:00");
        check(Snooze::Evening, "2026-11-24T17:10", "2026-11-24T19:10");
        check(Snooze::Evening, "2026-11-24T19:59", "2026-11-24T21:59");
        check(Snooze::Evening, "2026-11-24T20:00", "2026-11-25T18:00");
    }

    #[test]
    fn tomorrow_and_next_week() {
        check(Snooze::Tomorrow, "2026-10-24T23:50", "2026-10-25T09:00");
        check(Snooze::NextWeek, "2026-11-22T23:50", "2026-11-23T09:00");
        check(Snooze::NextWeek, "2026-11-23T08:00", "2026-11-30T09:00");
        check(Snooze::NextWeek, "2026-11-28T08:00", "2026-11-30T09:00");
    }

    #[test]
    fn names() {
        for snooze in Snooze::ALL {
            assert_eq!(Snooze::from_stored(snooze.to_stored()), Some(snooze));
        }
        assert_eq!(Snooze::from_stored("jamais"), None);
    }

    proptest! {
        #[test]
        fn it_is_always_later(
            second in 1_700_000_000i64..2_000_000_000,
            zone in prop::sample::select(&["Europe/Paris", "Indian/Reunion", "America/New_York"][..]),
        ) {
            let zone = jiff::tz::TimeZone::get(zone).expect("the database of zones is in the program");
            let now = Timestamp::from_second(second).expect("it exists").to_zoned(zone);
            for snooze in Snooze::ALL {
                let until = snooze.until(&now);
                prop_assert!(until > now.timestamp());
                prop_assert!(until <= now.timestamp() + SignedDuration::from_hours(8 * 24 + 10));
            }
        }
    }
}
