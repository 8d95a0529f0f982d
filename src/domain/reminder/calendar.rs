//! Days on which nobody is to be reminded, and days on which people work.
//!
//! [`steps`](super::steps()) moves what falls on a closed day; [`Rule`](super::Rule) skips what isn't a working day. A
//! week-end is open: people prepare a defence on Saturdays too.

use super::holidays::{self, Region};
use jiff::civil::{Date, Weekday};

/// Most spans of closed days that a calendar holds: a year in alternance has about thirty weeks in a company.
pub const MOST_CLOSED: usize = 100;

/// Whether public holidays close a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Respect {
    /// Nobody is reminded on a public holiday.
    #[default]
    Kept,
    /// A public holiday is a day like any other.
    Ignored,
}

/// The closed days of the person reminded: public holidays of a region, and the weeks a cohort spends in companies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    region: Region,
    holidays: Respect,
    /// First and last day, both closed; by the first day; none touches the next.
    closed: Vec<(Date, Date)>,
}

impl Calendar {
    /// A calendar with these spans of closed days, first and last day included, in any order; a span that is the wrong
    /// way round is turned, spans that overlap are one, and those past [`MOST_CLOSED`] are left out, the latest first.
    #[must_use]
    pub fn new(region: Region, holidays: Respect, closed: impl IntoIterator<Item = (Date, Date)>) -> Self {
        let mut spans: Vec<(Date, Date)> =
            closed.into_iter().map(|(one, other)| (one.min(other), one.max(other))).collect();
        spans.sort_unstable();
        let mut merged: Vec<(Date, Date)> = Vec::new();
        for (first, last) in spans {
            match merged.last_mut() {
                Some((_, end)) if first <= end.tomorrow().unwrap_or(Date::MAX) => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        merged.truncate(MOST_CLOSED);
        Self { region, holidays, closed: merged }
    }

    /// A calendar on which no day is closed.
    #[must_use]
    pub fn always_open() -> Self {
        Self::new(Region::default(), Respect::Ignored, [])
    }

    /// The region whose public holidays count.
    #[must_use]
    pub fn region(&self) -> Region {
        self.region
    }

    /// Whether public holidays close a day.
    #[must_use]
    pub fn holidays(&self) -> Respect {
        self.holidays
    }

    /// The closed spans, first and last day included, in order.
    #[must_use]
    pub fn closed(&self) -> &[(Date, Date)] {
        &self.closed
    }

    /// Whether people may be reminded on this day.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        let holiday = self.holidays == Respect::Kept && holidays::name_of(day, self.region).is_some();
        let before = self.closed.partition_point(|(first, _)| *first <= day);
        let inside = self.closed[..before].last().is_some_and(|(_, last)| day <= *last);
        !holiday && !inside
    }

    /// Whether this is a working day (jour ouvré): Monday to Friday, and no public holiday of the region, whether or not
    /// those close a day. Weeks in a company are worked.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let week_end = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !week_end && holidays::name_of(day, self.region).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn holidays_close_a_day_where_they_are_kept() {
        let kept = Calendar::new(Region::Metropole, Respect::Kept, []);
        assert!(!kept.is_open(date(2027, 5, 6)) && kept.is_open(date(2027, 5, 7)));
        assert!(Calendar::always_open().is_open(date(2027, 5, 6)));
        assert!(kept.is_open(date(2027, 12, 20)));
        assert!(!Calendar::new(Region::Reunion, Respect::Kept, []).is_open(date(2027, 12, 20)));
    }

    #[test]
    fn weeks_in_a_company_are_closed_from_first_to_last_day() {
        let weeks = [
            (date(2027, 2, 14), date(2027, 2, 8)),
            (date(2027, 1, 4), date(2027, 1, 8)),
            (date(2027, 1, 7), date(2027, 1, 10)),
            (date(2027, 1, 11), date(2027, 1, 12)),
        ];
        let calendar = Calendar::new(Region::Metropole, Respect::Kept, weeks);
        assert_eq!(calendar.closed(), [(date(2027, 1, 4), date(2027, 1, 12)), (date(2027, 2, 8), date(2027, 2, 14))]);
        assert!(calendar.is_open(date(2027, 1, 3)) && !calendar.is_open(date(2027, 1, 4)));
        assert!(!calendar.is_open(date(2027, 1, 12)) && calendar.is_open(date(2027, 1, 13)));
        assert!(!calendar.is_open(date(2027, 2, 8)) && calendar.is_open(date(2027, 2, 15)));
    }

    #[test]
    fn working_days_are_monday_to_friday_without_holidays() {
        let company = [(date(2027, 5, 3), date(2027, 5, 5))];
        let calendar = Calendar::new(Region::Metropole, Respect::Ignored, company);
        assert!(calendar.is_working_day(date(2027, 5, 3)), "a week in a company is worked");
        assert!(!calendar.is_working_day(date(2027, 5, 6)), "Ascension");
        assert!(!calendar.is_working_day(date(2027, 5, 9)), "Sunday");
    }
}
