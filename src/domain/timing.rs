//! Early or late, by the rule in force.
//!
//! A deadline is the whole of its minute: "18 h 00" runs until 18:00:59.999, because that is what a clock on the wall
//! shows. A brief may add minutes of grace, during which a hand-in still counts as in time and is said to have used them.
//! How late something is, is counted from the deadline, grace or not. Used for hand-ins, for milestones and by the trainer's
//! view; it knows no zone and reads no clock.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

const MINUTE: i64 = 60_000;

/// When something came, against when it had to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// Before the deadline, or within its minute.
    Early {
        /// How long before, in whole minutes; zero within the last one.
        by: Lapse,
    },
    /// After the deadline, within the minutes of grace: it counts as in time.
    InGrace {
        /// How long after the deadline, in minutes begun.
        by: Lapse,
    },
    /// Too late.
    Late {
        /// How long after the deadline, in minutes begun.
        by: Lapse,
    },
}

impl Timing {
    /// How something that came at `at` stands against a deadline with `grace` minutes.
    #[must_use]
    pub fn of(at: Timestamp, deadline: Timestamp, grace: u32) -> Self {
        let (at, last) = (at.as_millisecond(), minute_of(deadline));
        let over = at - (last + MINUTE);
        if over < 0 {
            return Self::Early { by: Lapse::of_minutes((last - at).max(0) / MINUTE) };
        }
        let late = over / MINUTE + 1;
        let by = Lapse::of_minutes(late);
        if late <= i64::from(grace) { Self::InGrace { by } } else { Self::Late { by } }
    }

    /// Whether it counts as in time.
    #[must_use]
    pub fn is_in_time(self) -> bool {
        !matches!(self, Self::Late { .. })
    }
}

impl fmt::Display for Timing {
    /// `en avance de 2 jours et 3 h`, `à l’heure`, `à l’heure, dans le délai de grâce (…)`, `en retard de 12 min`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Early { by: Lapse(0) } => f.write_str("à l’heure"),
            Self::Early { by } => write!(f, "en avance de {by}"),
            Self::InGrace { by } => {
                write!(f, "à l’heure, dans le délai de grâce ({by} après l’échéance)")
            }
            Self::Late { by } => write!(f, "en retard de {by}"),
        }
    }
}

/// Whether a deadline has gone by: its minute is over.
#[must_use]
pub fn is_past(deadline: Timestamp, now: Timestamp) -> bool {
    now.as_millisecond() >= minute_of(deadline) + MINUTE
}

/// First millisecond of an instant's minute. Zones whose offset has seconds ended in 1972.
fn minute_of(at: Timestamp) -> i64 {
    at.as_millisecond().div_euclid(MINUTE) * MINUTE
}

/// A stretch of calendar time in whole minutes, of whatever length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lapse(u64);

impl Lapse {
    /// A number of minutes, whichever way it goes.
    #[must_use]
    pub fn of_minutes(minutes: i64) -> Self {
        Self(minutes.unsigned_abs())
    }

    /// The stretch between two instants, in minutes begun.
    #[must_use]
    pub fn between(one: Timestamp, other: Timestamp) -> Self {
        Self(one.as_millisecond().abs_diff(other.as_millisecond()).div_ceil(MINUTE.unsigned_abs()))
    }

    /// The number of minutes.
    #[must_use]
    pub fn minutes(self) -> u64 {
        self.0
    }

    /// As people say a delay: the nearest number of days from one day on, and under that as it is.
    #[must_use]
    pub fn rounded(self) -> String {
        const DAY: u64 = 1_440;
        match self.0.saturating_add(DAY / 2) / DAY {
            _ if self.0 < DAY => self.to_string(),
            1 => "1\u{a0}jour".to_owned(),
            days => format!("{days}\u{a0}jours"),
        }
    }
}

impl fmt::Display for Lapse {
    /// The two greatest units that say something: `3 jours et 4 h`, `1 jour`, `2 h 05`, `12 min`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, hours, minutes) = (self.0 / 1_440, self.0 / 60 % 24, self.0 % 60);
        let unit = if days < 2 { "jour" } else { "jours" };
        match (days, hours, minutes) {
            (0, 0, minutes) => write!(f, "{minutes}\u{a0}min"),
            (0, hours, 0) => write!(f, "{hours}\u{a0}h"),
            (0, hours, minutes) => write!(f, "{hours}\u{a0}h\u{a0}{minutes:02}"),
            (days, 0, _) => write!(f, "{days}\u{a0}{unit}"),
            (days, hours, _) => write!(f, "{days}\u{a0}{unit} et {hours}\u{a0}h"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_delay_is_told_in_whole_days() {
        let told = [(45, "45\u{a0}min"), (1_439, "23\u{a0}h\u{a0}59"), (1_440, "1\u{a0}jour"), (4_080, "3\u{a0}jours")];
        for (minutes, words) in told {
            assert_eq!(Lapse::of_minutes(-minutes).rounded(), words);
        }
        assert!(Lapse(u64::MAX).rounded().ends_with("jours"));
    }

    const DEADLINE: &str = "2026-11-27T17:00:00Z";

    #[track_caller]
    fn check(at: &str, grace: u32, words: &str) {
        let instant = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let timing = Timing::of(instant(at), instant(DEADLINE), grace);
        assert_eq!(timing.to_string().replace('\u{a0}', " "), words, "{at}");
    }

    #[test]
    fn the_deadline_is_the_whole_of_its_minute() {
        check("2026-11-27T16:58:00Z", 0, "en avance de 2 min");
        check("2026-11-27T16:59:30Z", 0, "à l’heure");
        check("2026-11-27T17:00:00Z", 0, "à l’heure");
        check("2026-11-27T17:00:59.999Z", 0, "à l’heure");
        check("2026-11-27T17:01:00Z", 0, "en retard de 1 min");
        check("2026-11-27T17:12:59Z", 0, "en retard de 12 min");
    }

    #[test]
    fn grace_counts_as_in_time_and_is_said() {
        check("2026-11-27T17:10:59Z", 10, "à l’heure, dans le délai de grâce (10 min après l’échéance)");
        check("2026-11-27T17:11:00Z", 10, "en retard de 11 min");
        check("2026-11-27T16:00:00Z", 10, "en avance de 1 h");
    }

    #[test]
    fn long_stretches_are_said_in_two_units() {
        check("2026-11-24T13:00:00Z", 0, "en avance de 3 jours et 4 h");
        check("2026-11-28T17:30:00Z", 0, "en retard de 1 jour");
        check("2026-11-27T14:55:00Z", 0, "en avance de 2 h 05");
    }

    #[test]
    fn a_deadline_past_is_what_a_hand_in_would_be_late_for() {
        let deadline: Timestamp = DEADLINE.parse().expect("an instant");
        for seconds in [-3_600, -1, 0, 30, 59, 60, 61, 90_000] {
            let now = deadline + jiff::SignedDuration::from_secs(seconds);
            assert_eq!(is_past(deadline, now), !Timing::of(now, deadline, 0).is_in_time(), "{seconds}");
        }
    }

    proptest! {
        #[test]
        fn later_is_never_better(at in any::<i32>(), wait in 0i64..1_000_000, grace in 0u32..2_000) {
            let deadline: Timestamp = DEADLINE.parse().expect("an instant");
            let rank = |second: i64| {
                let at = deadline + jiff::SignedDuration::from_secs(second);
                match Timing::of(at, deadline, grace) {
                    Timing::Early { by } => -i128::from(by.minutes()),
                    Timing::InGrace { by } => 1 + i128::from(by.minutes()),
                    Timing::Late { by } => 1_000_000_000 + i128::from(by.minutes()),
                }
            };
            prop_assert!(rank(i64::from(at)) <= rank(i64::from(at) + wait));
        }
    }
}
