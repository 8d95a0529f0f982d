//! Days and hours of work as places on a drawing.

use crate::domain::date::Moment;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Unit};

/// Most days among which the year is plain.
const PLAIN: i32 = 300;
/// Most days that are named.
const NAMED: i32 = 7;
/// Days between two that are named, the least first.
const STEPS: [i32; 11] = [1, 2, 7, 14, 28, 91, 182, 364, 1_820, 3_640, 36_400];
/// Minutes between two lines of hours, the least first.
const LINES: [i64; 12] = [15, 30, 60, 120, 300, 600, 1_200, 3_000, 6_000, 12_000, 60_000, 600_000];
/// Most lines of hours.
const MOST_LINES: i64 = 8;

/// Days from left to right.
#[derive(Debug)]
pub(super) struct Days {
    first: Date,
    count: i32,
    left: f64,
    day: f64,
}

impl Days {
    /// Days from the first to the last, both of them whole.
    pub(super) fn new((first, last): (Date, Date), (left, right): (f64, f64)) -> Self {
        let count = days(first, last) + 1;
        Self { first, count, left, day: (right - left) / f64::from(count) }
    }

    /// Where a day begins.
    pub(super) fn morning(&self, day: Date) -> f64 {
        self.left + f64::from(days(self.first, day).clamp(0, self.count)) * self.day
    }

    /// Where an instant is within its day.
    pub(super) fn at(&self, at: DateTime) -> f64 {
        let minutes = f64::from(at.hour()) * 60.0 + f64::from(at.minute());
        self.morning(at.date()) + self.day * minutes / 1_440.0
    }

    /// Where it ends.
    pub(super) fn evening(&self, day: Date) -> f64 {
        self.morning(day) + self.day
    }

    /// The days that are named, Mondays where weeks go by, with their names.
    pub(super) fn ticks(&self) -> Vec<(Date, String)> {
        let step = STEPS.into_iter().find(|step| self.count / step < NAMED).unwrap_or(self.count);
        let to_monday = (7 - i32::from(self.first.weekday().to_monday_zero_offset())) % 7;
        let begins = if step >= 7 && to_monday < self.count { to_monday } else { 0 };
        let step = usize::try_from(step).unwrap_or(usize::MAX).max(1);
        let named = (begins..self.count).step_by(step).filter_map(|into| self.first.checked_add(into.days()).ok());
        named.map(|day| (day, if self.count > PLAIN { numbers(day) } else { short(day) })).collect()
    }

    /// What a day is called, with its year where there are several.
    pub(super) fn named(&self, day: Date) -> String {
        if self.count > PLAIN { format!("{} {}", short(day), day.year()) } else { short(day) }
    }
}

/// Days from one to another.
pub(super) fn days(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// `ven. 27 nov.`
fn short(day: Date) -> String {
    Moment::new(day.at(0, 0, 0, 0), TimeZone::UTC).short_day()
}

/// `vendredi 27 novembre 2026`.
pub(super) fn full(day: Date) -> String {
    Moment::new(day.at(0, 0, 0, 0), TimeZone::UTC).day()
}

/// `vendredi 27 novembre 2026 à 18 h 00`.
pub(super) fn instant(at: DateTime) -> String {
    Moment::new(at, TimeZone::UTC).to_string()
}

/// `27/11/2026`, where the year isn't plain.
fn numbers(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// Hours from bottom to top. Work is in minutes.
#[derive(Debug)]
pub(super) struct Hours {
    least: i64,
    most: i64,
    step: i64,
    bottom: f64,
    minute: f64,
}

impl Hours {
    /// From the least to the most, and a little more, so that both end on a line.
    pub(super) fn new((least, most): (i64, i64), (bottom, top): (f64, f64)) -> Self {
        let most = most.max(least + 60);
        let step = LINES.into_iter().find(|step| (most - least) / step < MOST_LINES);
        let step = step.unwrap_or((most - least) / (MOST_LINES - 1)).max(1);
        let (least, most) = (least.div_euclid(step) * step, (most + step - 1).div_euclid(step) * step);
        Self { least, most, step, bottom, minute: (bottom - top) / real(most - least) }
    }

    /// Where so many minutes are.
    pub(super) fn y(&self, minutes: i64) -> f64 {
        self.bottom - real(minutes - self.least) * self.minute
    }

    /// The minutes at which a line stands.
    pub(super) fn ticks(&self) -> impl Iterator<Item = i64> {
        let (least, step) = (self.least, self.step);
        (0..=(self.most - least) / step).map(move |rank| least + rank * step)
    }
}

/// Minutes as a length; beyond some thousand years of work, the longest there is.
fn real(minutes: i64) -> f64 {
    f64::from(i32::try_from(minutes).unwrap_or(if minutes < 0 { i32::MIN } else { i32::MAX }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn few_days_are_named_however_many_there_are() {
        for count in [0, 1, 5, 6, 7, 40, 300, 4_000, 400_000, 3_000_000] {
            let last = date(2026, 11, 25).saturating_add(count.days());
            let days = Days::new((date(2026, 11, 25), last), (0.0, 700.0));
            let named = days.ticks();
            assert!((1..=9).contains(&named.len()), "{count}: {named:?}");
            assert!(days.evening(last) <= 700.0 + 1e-6 && days.morning(date(1, 1, 1)) >= 0.0);
        }
        let weeks = Days::new((date(2026, 11, 25), date(2026, 12, 30)), (0.0, 700.0));
        assert!(weeks.ticks().iter().all(|(day, _)| day.weekday() == jiff::civil::Weekday::Monday));
    }

    #[test]
    fn lines_of_hours_are_few_and_hold_both_ends() {
        for (least, most) in [(0, 0), (0, 1_800), (-200, 1_440), (0, 15), (-5, 600_000_000), (-1_800, 1_800)] {
            let hours = Hours::new((least, most), (320.0, 0.0));
            let lines: Vec<i64> = hours.ticks().collect();
            assert!((2..=11).contains(&lines.len()), "{least} {most}: {lines:?}");
            assert!(lines.first() <= Some(&least) && lines.last() >= Some(&most), "{least} {most}: {lines:?}");
            assert!(least > 0 || lines.contains(&0) || lines.len() > 8, "{lines:?}");
        }
    }
}
