//! Rules as the store keeps them: compact ASCII.
//!
//! `d@08:00` daily, `b` working days, `w12345` days of the week from Monday, `w2/1` every second week, `m31` a day of the
//! month, `m-1` its last day, `n3/1` its third Monday, `n-1/5` its last Friday, `y03-12` a day of the year; then the time,
//! then the first day after `>` and the last after `<`.

use super::{MOST_WEEKS, Pattern, Rule, WeekDays};
use jiff::civil::{Date, Time, Weekday};

impl Rule {
    /// Compact ASCII, such as `w2/14@18:00>2026-11-30<2027-03-12`.
    #[must_use]
    pub fn to_stored(&self) -> String {
        let digits = |days: WeekDays| -> String { days.iter().map(digit).map(|day| day.to_string()).collect() };
        let pattern = match self.pattern {
            Pattern::Daily => "d".to_owned(),
            Pattern::WorkingDays => "b".to_owned(),
            Pattern::Weekly { days, every: 1 } => format!("w{}", digits(days)),
            Pattern::Weekly { days, every } => format!("w{every}/{}", digits(days)),
            Pattern::Monthly { day } => format!("m{day}"),
            Pattern::LastDay => "m-1".to_owned(),
            Pattern::Nth { nth, weekday } => format!("n{nth}/{}", digit(weekday)),
            Pattern::Last { weekday } => format!("n-1/{}", digit(weekday)),
            Pattern::Yearly { month, day } => format!("y{month:02}-{day:02}"),
        };
        let from = self.from.map_or(String::new(), |day| format!(">{day}"));
        let until = self.until.map_or(String::new(), |day| format!("<{day}"));
        format!("{pattern}@{:02}:{:02}{from}{until}", self.at.hour(), self.at.minute())
    }

    /// What [`Self::to_stored`] wrote.
    #[must_use]
    pub fn from_stored(stored: &str) -> Option<Self> {
        let (rest, until) = match stored.split_once('<') {
            Some((rest, until)) => (rest, Some(until.parse::<Date>().ok()?)),
            None => (stored, None),
        };
        let (rest, from) = match rest.split_once('>') {
            Some((rest, from)) => (rest, Some(from.parse::<Date>().ok()?)),
            None => (rest, None),
        };
        let (pattern, at) = rest.split_once('@')?;
        let at: Time = at.parse().ok()?;
        let rule = Self { pattern: read(pattern)?, at: Time::constant(at.hour(), at.minute(), 0, 0), from, until };
        let counts_from_nothing = from.is_none() && matches!(rule.pattern, Pattern::Weekly { every: 2.., .. });
        (!counts_from_nothing).then_some(rule)
    }
}

fn read(pattern: &str) -> Option<Pattern> {
    let (kind, rest) = pattern.split_at_checked(1)?;
    match (kind, rest) {
        ("d", "") => Some(Pattern::Daily),
        ("b", "") => Some(Pattern::WorkingDays),
        ("w", _) => {
            let (every, days) = rest.split_once('/').unwrap_or(("1", rest));
            let every = every.parse().ok().filter(|every| (1..=MOST_WEEKS).contains(every))?;
            let days: Option<Vec<WeekDays>> = days.chars().map(|day| weekday(day).map(WeekDays::only)).collect();
            Some(Pattern::Weekly { days: days?.into_iter().reduce(WeekDays::and)?, every })
        }
        ("m", "-1") => Some(Pattern::LastDay),
        ("m", _) => Some(Pattern::Monthly { day: rest.parse().ok().filter(|day| (1..=31).contains(day))? }),
        ("n", _) => {
            let (nth, day) = rest.split_once('/')?;
            let mut letters = day.chars();
            let weekday = weekday(letters.next()?).filter(|_| letters.next().is_none())?;
            match nth.parse().ok()? {
                -1 => Some(Pattern::Last { weekday }),
                nth @ 1..=4 => Some(Pattern::Nth { nth, weekday }),
                _ => None,
            }
        }
        ("y", _) => {
            let (month, day) = rest.split_once('-')?;
            let (month, day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
            // A leap year has every day there is.
            Date::new(2028, month, day).ok().map(|_| Pattern::Yearly { month, day })
        }
        _ => None,
    }
}

/// From 1 for Monday.
fn digit(day: Weekday) -> i8 {
    day.to_monday_one_offset()
}

fn weekday(digit: char) -> Option<Weekday> {
    let digit = i8::try_from(digit.to_digit(10)?).ok()?;
    Weekday::from_monday_one_offset(digit).ok()
}
