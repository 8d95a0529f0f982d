//! An even pace: the same hours on each day of work until the deadline, and none on weekends.

use super::axis::days;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

/// Most days among which weekends are drawn: among more they are too narrow to be seen.
const WEEKS: i32 = 300;

/// An even pace from the morning of a first day to a deadline. Work is in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pace {
    begins: Date,
    ends: DateTime,
    budget: i64,
}

impl Pace {
    /// The pace; none where the deadline isn't after the first day.
    pub(super) fn new(begins: Date, ends: DateTime, budget: i64) -> Option<Self> {
        (ends.date() > begins).then_some(Self { begins, ends, budget })
    }

    /// What it leaves at an instant; none before the first day and after the deadline, where there is no pace to keep.
    pub(super) fn left(&self, at: DateTime) -> Option<i64> {
        (at >= self.begins.at(0, 0, 0, 0) && at <= self.ends).then(|| self.at(at))
    }

    /// The corners of its line: instants, with what is left then.
    pub(super) fn corners(&self) -> Vec<(DateTime, i64)> {
        let (first, last) = (self.begins.at(0, 0, 0, 0), self.ends);
        let mut corners = vec![first];
        if days(self.begins, last.date()) <= WEEKS {
            let after =
                (1..=days(self.begins, last.date())).filter_map(|into| self.begins.checked_add(into.days()).ok());
            let turns = after.filter(|day| matches!(day.weekday(), Weekday::Saturday | Weekday::Monday));
            corners.extend(turns.map(|day| day.at(0, 0, 0, 0)));
        }
        corners.push(last);
        corners.into_iter().map(|at| (at, self.at(at))).collect()
    }

    fn at(&self, at: DateTime) -> i64 {
        let counts = |to: DateTime| worked(self.begins, to);
        // Where there is nothing but a weekend, its days are days of work.
        let (done, all) = match (counts(at), counts(self.ends)) {
            (_, 0) => (minutes(self.begins, at), minutes(self.begins, self.ends)),
            counted => counted,
        };
        let gone = i128::from(self.budget) * i128::from(done.clamp(0, all)) / i128::from(all.max(1));
        self.budget - i64::try_from(gone).unwrap_or(self.budget)
    }
}

/// Minutes of days of work from the beginning of a day to an instant.
fn worked(from: Date, to: DateTime) -> i64 {
    let whole = i64::from(days(from, to.date()));
    let weekday = i64::from(from.weekday().to_monday_zero_offset());
    // Days of work among so many from a Monday.
    let among = |days: i64| days.div_euclid(7) * 5 + days.rem_euclid(7).min(5);
    let full = among(weekday + whole) - among(weekday);
    let rests = matches!(to.weekday(), Weekday::Saturday | Weekday::Sunday);
    full * DAY + if rests { 0 } else { of_day(to) }
}

const DAY: i64 = 24 * 60;

fn minutes(from: Date, to: DateTime) -> i64 {
    i64::from(days(from, to.date())) * DAY + of_day(to)
}

/// Minutes since the beginning of the day.
fn of_day(at: DateTime) -> i64 {
    i64::from(at.hour()) * 60 + i64::from(at.minute())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_rests_on_weekends_and_ends_at_the_deadline() {
        // Monday to Friday noon of the next week: nine days and a half.
        let pace = Pace::new(date(2026, 11, 23), date(2026, 12, 4).at(12, 0, 0, 0), 1_900).expect("a pace");
        let left = |day, hour| pace.left(date(2026, 11, 30).saturating_add(i64::from(day).days()).at(hour, 0, 0, 0));
        assert_eq!((left(-7, 0), left(-7, 12), left(-6, 0)), (Some(1_900), Some(1_800), Some(1_700)));
        assert_eq!((left(-2, 0), left(-2, 15), left(-1, 23), left(0, 0)), (Some(900), Some(900), Some(900), Some(900)));
        assert_eq!((left(4, 0), left(4, 12)), (Some(100), Some(0)));
        assert_eq!((left(-8, 23), left(4, 13)), (None, None));
        let corners: Vec<i64> = pace.corners().into_iter().map(|(_, left)| left).collect();
        assert_eq!(corners, [1_900, 900, 900, 0]);
    }

    #[test]
    fn a_weekend_alone_is_worked_through() {
        let pace = Pace::new(date(2026, 11, 28), date(2026, 11, 30).at(0, 0, 0, 0), 600).expect("a pace");
        assert_eq!(pace.left(date(2026, 11, 29).at(0, 0, 0, 0)), Some(300));
        assert_eq!(Pace::new(date(2026, 11, 28), date(2026, 11, 28).at(18, 0, 0, 0), 600), None);
    }
}
