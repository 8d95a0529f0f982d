//! When a deadline reminds: an ordered list of steps before and after it.
//!
//! A space, a team or a person chooses one; [`steps`](super::steps()) turns it into instants. Nothing here knows a date.
//! A policy is in order from the earliest step to the latest, holds no step twice, and what it writes reads back as
//! itself.

mod reading;
mod written;

use crate::domain::date::NotADate;
use crate::domain::duration::Minutes;
use jiff::civil::Time;
use std::cmp::Reverse;

/// Most steps of a policy.
pub const MOST_STEPS: usize = 12;
/// Longest text that is read as a policy, in characters.
pub const LONGEST: usize = 300;
/// Furthest step before a deadline, in days.
pub const MOST_DAYS_BEFORE: i16 = 366;
/// Furthest step after a deadline, in days.
pub const MOST_DAYS_AFTER: i16 = 60;

/// One reminder of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// So many civil days before the day of the deadline, at a wall-clock time; after it where negative.
    Days {
        /// Days before; negative after, zero on the day itself.
        before: i16,
        /// The wall-clock time, to the minute.
        at: Time,
    },
    /// So much elapsed time before the deadline.
    Before {
        /// Minutes, from 1 to [`Minutes::MOST`].
        minutes: u32,
    },
}

impl Step {
    /// How long before the end of the deadline's day it roughly is, in minutes: what the order goes by.
    fn rank(self) -> i64 {
        match self {
            Self::Days { before, at } => {
                i64::from(before) * 1_440 + 1_439 - i64::from(at.hour()) * 60 - i64::from(at.minute())
            }
            Self::Before { minutes } => i64::from(minutes),
        }
    }
}

/// A text isn't a policy. Its text is a French sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Nothing was written.
    #[error("Dites quand rappeler. Exemples\u{a0}: {EXAMPLES}")]
    Empty,
    /// Longer than [`LONGEST`].
    #[error("C’est trop long\u{a0}: écrivez {LONGEST}\u{a0}caractères au plus. Exemples\u{a0}: {EXAMPLES}")]
    TooLong,
    /// More than [`MOST_STEPS`].
    #[error("Un rappel compte {MOST_STEPS}\u{a0}étapes au plus\u{a0}: retirez-en {over}.")]
    TooMany {
        /// How many are too many.
        over: usize,
    },
    /// From here on nothing reads as a step. Holds what is left of the text, cut short.
    #[error("Je ne comprends pas «\u{a0}{0}\u{a0}». Exemples\u{a0}: {EXAMPLES}")]
    Unknown(String),
    /// Too far before or after.
    #[error(
        "C’est trop loin\u{a0}: au plus {MOST_DAYS_BEFORE}\u{a0}jours avant, {MOST_DAYS_AFTER}\u{a0}jours après, et {hours}\u{a0}h si vous comptez en heures.",
        hours = Minutes::MOST / 60
    )]
    TooFar,
    /// Hours or minutes after the deadline.
    #[error("Après l’échéance, un rappel se compte en jours\u{a0}: par exemple «\u{a0}le lendemain à 9\u{a0}h\u{a0}».")]
    AfterInHours,
    /// No time at all before the deadline.
    #[error("Un rappel part au moins une minute avant l’échéance\u{a0}: par exemple «\u{a0}2\u{a0}h avant\u{a0}».")]
    Zero,
    /// An hour that doesn't exist.
    #[error(transparent)]
    Hour(#[from] NotADate),
}

const EXAMPLES: &str =
    "7\u{a0}j, 3\u{a0}j et 1\u{a0}j avant à 9\u{a0}h, 2\u{a0}h avant, le lendemain\u{a0}; J-7 J-1\u{a0}; aucun.";

/// An ordered list of steps; an empty one never reminds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Policy {
    steps: Vec<Step>,
}

impl Policy {
    /// The time of day of a step that is written without one: 9 h.
    pub const DEFAULT_TIME: Time = Time::constant(9, 0, 0, 0);

    /// A policy of these steps, in any order.
    ///
    /// # Errors
    ///
    /// [`PolicyError`] for too many steps, or one out of bounds.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Result<Self, PolicyError> {
        let mut steps: Vec<Step> = steps.into_iter().map(checked).collect::<Result<_, _>>()?;
        steps.sort_by_key(|step| (Reverse(step.rank()), matches!(step, Step::Before { .. })));
        steps.dedup();
        match steps.len().checked_sub(MOST_STEPS) {
            Some(over @ 1..) => Err(PolicyError::TooMany { over }),
            _ => Ok(Self { steps }),
        }
    }

    /// Never a reminder.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// What holds where nobody chose: 7, 3 and 1 days before at 9 h, 2 h before, and the day after at 9 h, which counts
    /// only for what is still open.
    #[must_use]
    pub fn standard() -> Self {
        let day = |before| Step::Days { before, at: Self::DEFAULT_TIME };
        Self { steps: vec![day(7), day(3), day(1), Step::Before { minutes: 120 }, day(-1)] }
    }

    /// The steps, the earliest first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Compact ASCII (`-7d@09:00 -2h -90m +1d@09:00`); nothing for a policy that never reminds.
    #[must_use]
    pub fn to_stored(&self) -> String {
        let written: Vec<String> = self.steps.iter().map(|step| stored(*step)).collect();
        written.join(" ")
    }

    /// What [`Self::to_stored`] wrote.
    #[must_use]
    pub fn from_stored(stored: &str) -> Option<Self> {
        let steps: Option<Vec<Step>> = stored.split_ascii_whitespace().map(step).collect();
        Self::new(steps?).ok()
    }

    /// Reads a policy in French: `7 j, 3 j, 1 j à 9 h, 2 h avant, le lendemain`, `une semaine avant, la veille à 18h`,
    /// `J-7 J-3 J-1`, `aucun`.
    ///
    /// A time of day holds for its step and for those before it that have none; without any it is 9 h. A month is thirty
    /// days.
    ///
    /// # Errors
    ///
    /// [`PolicyError`], with the reason.
    pub fn read(text: &str) -> Result<Self, PolicyError> {
        reading::read(text)
    }
}

fn checked(step: Step) -> Result<Step, PolicyError> {
    match step {
        Step::Days { before, at } if (-MOST_DAYS_AFTER..=MOST_DAYS_BEFORE).contains(&before) => {
            Ok(Step::Days { before, at: Time::constant(at.hour(), at.minute(), 0, 0) })
        }
        Step::Before { minutes: 0 } => Err(PolicyError::Zero),
        Step::Before { minutes } if minutes <= Minutes::MOST => Ok(step),
        _ => Err(PolicyError::TooFar),
    }
}

fn stored(step: Step) -> String {
    match step {
        Step::Days { before, at } => {
            let sign = if before < 0 { '+' } else { '-' };
            format!("{sign}{}d@{:02}:{:02}", before.unsigned_abs(), at.hour(), at.minute())
        }
        Step::Before { minutes } if minutes.is_multiple_of(60) => format!("-{}h", minutes / 60),
        Step::Before { minutes } => format!("-{minutes}m"),
    }
}

fn step(stored: &str) -> Option<Step> {
    let (sign, rest) = stored.split_at_checked(1)?;
    if let Some((days, at)) = rest.split_once("d@") {
        let days: i16 = days.parse().ok()?;
        let before = match sign {
            "-" => days,
            "+" => -days,
            _ => return None,
        };
        return Some(Step::Days { before, at: at.parse().ok()? });
    }
    let (number, unit) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
    let number: u32 = number.parse().ok()?;
    match (sign, unit) {
        ("-", "h") => Some(Step::Before { minutes: number.checked_mul(60)? }),
        ("-", "m") => Some(Step::Before { minutes: number }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, stored: &str) {
        let read = Policy::read(text).unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
        assert_eq!(read.to_stored(), stored, "{text}");
    }

    #[test]
    fn the_ways_people_write_them() {
        let standard = "-7d@09:00 -3d@09:00 -1d@09:00 -2h +1d@09:00";
        check("7 j, 3 j, 1 j à 9 h, 2 h avant, le lendemain", standard);
        check("7 j, 3 j et 1 j avant à 9h ; 2h avant ; lendemain à 9h", standard);
        check("J-7 J-3 J-1, 2 heures avant, J+1", standard);
        check("7, 3 et 1 jours avant, puis 2 h avant, 1 jour après", standard);
        check("une semaine avant, la veille à 18h", "-7d@18:00 -1d@18:00");
        check("une semaine avant à 9h, la veille à 18h", "-7d@09:00 -1d@18:00");
        check("J-7 J-3 J-1", "-7d@09:00 -3d@09:00 -1d@09:00");
        check("2 et 1 semaines avant", "-14d@09:00 -7d@09:00");
        check("4 et 2 h avant", "-4h -2h");
        check("l’avant-veille et la veille", "-2d@09:00 -1d@09:00");
        check("le jour même à 8h30", "-0d@08:30");
        check("jour J", "-0d@09:00");
        check("la veille 18h", "-1d@18:00");
        check("1h30 avant, 30 min avant", "-90m -30m");
        check("une demi-heure avant l’échéance", "-30m");
        check("un mois avant la soutenance, quinze jours avant", "-30d@09:00 -14d@09:00");
        check("24 h avant", "-24h");
        check("le surlendemain et le lendemain à midi", "+1d@12:00 +2d@12:00");
        check("2 jours après l'échéance à 10 h", "+2d@10:00");
        check("J - 7 à 9h", "-7d@09:00");
        check("la veille, la veille", "-1d@09:00");
        check("J-7/J-3/J-1", "-7d@09:00 -3d@09:00 -1d@09:00");
        check("la veille de la soutenance à 18h, une heure avant l’oral", "-1d@18:00 -1h");
        check("le lendemain du rendu", "+1d@09:00");
        check("pas de rappel", "");
        check("aucun", "");
        check("Aucun rappel.", "");
    }

    #[test]
    fn what_is_refused_says_why() {
        let refused = |text: &str| Policy::read(text).expect_err(text);
        assert_eq!(refused("  "), PolicyError::Empty);
        assert_eq!(refused(&"J-1 ".repeat(100)), PolicyError::TooLong);
        assert_eq!(refused("2 h après"), PolicyError::AfterInHours);
        assert_eq!(refused("0 min avant"), PolicyError::Zero);
        assert_eq!(refused("400 jours avant"), PolicyError::TooFar);
        assert_eq!(refused("61 jours après"), PolicyError::TooFar);
        assert_eq!(refused("200 h avant"), PolicyError::TooFar);
        assert_eq!(refused("deux ans avant"), PolicyError::TooFar);
        assert!(matches!(refused("la veille à 25h"), PolicyError::Hour(_)));
        assert_eq!(refused("la veille, quand ça chauffe"), PolicyError::Unknown("quand ça chauffe".into()));
        assert_eq!(refused("7"), PolicyError::Unknown("7".into()));
        assert_eq!(refused("à 9h"), PolicyError::Unknown("à 9h".into()));
        assert_eq!(refused("vendredi"), PolicyError::Unknown("vendredi".into()));
        let many = (1..=14).map(|day| format!("J-{day}")).collect::<Vec<_>>().join(" ");
        assert_eq!(refused(&many), PolicyError::TooMany { over: 2 });
    }

    #[test]
    fn the_standard_as_it_is_written() {
        let written = Policy::standard().to_string().replace('\u{a0}', " ");
        assert_eq!(written, "7 jours avant, 3 jours avant et la veille à 9 h, 2 h avant, le lendemain à 9 h");
        assert_eq!(Policy::none().to_string(), "aucun rappel");
        assert_eq!(Policy::new(Policy::standard().steps().to_vec()), Ok(Policy::standard()));
    }

    #[test]
    fn stored_texts_of_others_are_refused() {
        for stored in ["7d@09:00", "-7d", "-d@09:00", "-7d@25:00", "+2h", "-2", "-999d@09:00", "é", "-0h", "--2h"] {
            assert_eq!(Policy::from_stored(stored), None, "{stored}");
        }
    }

    fn any_policy() -> impl Strategy<Value = Policy> {
        let days = (-MOST_DAYS_AFTER..=MOST_DAYS_BEFORE, prop::sample::select(&[0i8, 8, 9, 18, 23][..]), 0i8..60)
            .prop_map(|(before, hour, minute)| Step::Days { before, at: Time::constant(hour, minute, 0, 0) });
        let near = (-3i16..=3).prop_map(|before| Step::Days { before, at: Policy::DEFAULT_TIME });
        let elapsed = (1..=Minutes::MOST).prop_map(|minutes| Step::Before { minutes });
        prop::collection::vec(prop_oneof![days, near, elapsed], 0..=MOST_STEPS)
            .prop_filter_map("bounds", |steps| Policy::new(steps).ok())
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(policy in any_policy()) {
            let written = policy.to_string();
            prop_assert_eq!(Policy::read(&written), Ok(policy.clone()), "{}", written);
            prop_assert_eq!(Policy::from_stored(&policy.to_stored()), Some(policy));
        }

        #[test]
        fn never_panics(text in "\\PC{0,60}", pieces in prop::collection::vec(prop::sample::select(
            &["J-", "7", " j ", "h", ",", "à", " et ", "avant ", "9 h", "la veille", "après", "-", "é"][..]), 0..20)) {
            let _ = (Policy::read(&text), Policy::read(&pieces.concat()), Policy::from_stored(&text));
        }
    }
}
