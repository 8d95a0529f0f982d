//! When a rule comes.

use super::{Pattern, Rule};
use crate::domain::reminder::Calendar;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Most days that are looked at for one on which a rule comes: a year and a leap day, and some.
const MOST_DAYS: usize = 400;

impl Rule {
    /// The first instant strictly after another at which the rule comes, for somebody in this zone with this calendar, of
    /// which only the public holidays count; `None` when it is over.
    #[must_use]
    pub fn next(&self, after: Timestamp, zone: &TimeZone, calendar: &Calendar) -> Option<Timestamp> {
        // The hour of a day that a zone leaves out is on the next one.
        let mut day = zone.to_datetime(after).date().yesterday().ok()?;
        for _ in 0..4 {
            day = self.day_from(day, calendar)?;
            let at = zone.to_ambiguous_timestamp(day.to_datetime(self.at)).compatible().ok()?;
            if at > after {
                return Some(at);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// The first day from this one on.
    pub(super) fn day_from(&self, day: Date, calendar: &Calendar) -> Option<Date> {
        let day = self.from.map_or(day, |from| from.max(day));
        let found = match self.pattern {
            Pattern::Monthly { .. } | Pattern::LastDay | Pattern::Nth { .. } | Pattern::Last { .. } => {
                // A month has one such day, which may be over in the first.
                let next = day.first_of_month().checked_add(1.month()).ok();
                [Some(day), next].into_iter().flatten().find_map(|month| self.of_month(month).filter(|it| *it >= day))
            }
            Pattern::Yearly { month, day: number } => {
                let of_year = |year: i16| Some(nearest(Date::new(year, month, 1).ok()?, number));
                [day.year(), day.year().saturating_add(1)].into_iter().find_map(|y| of_year(y).filter(|it| *it >= day))
            }
            _ => day.series(1.day()).take(MOST_DAYS).find(|day| self.is_on(*day, calendar)),
        };
        found.filter(|found| self.until.is_none_or(|until| *found <= until))
    }

    /// Whether it comes on a day, for what goes by days or weeks.
    fn is_on(&self, day: Date, calendar: &Calendar) -> bool {
        match self.pattern {
            Pattern::Daily => true,
            Pattern::WorkingDays => calendar.is_working_day(day),
            Pattern::Weekly { days, every } => {
                let turn = self.from.is_none_or(|from| weeks_between(from, day) % i32::from(every.max(1)) == 0);
                days.contains(day.weekday()) && turn
            }
            _ => self.of_month(day) == Some(day),
        }
    }

    /// The day of the month that this one is in.
    fn of_month(&self, month: Date) -> Option<Date> {
        match self.pattern {
            Pattern::Monthly { day } => Some(nearest(month, day)),
            Pattern::LastDay => Some(month.last_of_month()),
            Pattern::Nth { nth, weekday } => month.nth_weekday_of_month(nth, weekday).ok(),
            Pattern::Last { weekday } => month.nth_weekday_of_month(-1, weekday).ok(),
            _ => None,
        }
    }
}

/// The day of that number in a month, or its last one.
fn nearest(month: Date, number: i8) -> Date {
    month.with().day(number.min(month.days_in_month())).build().unwrap_or_else(|_| month.last_of_month())
}

/// How many weeks lie between the weeks of two days.
fn weeks_between(one: Date, other: Date) -> i32 {
    let monday = |day: Date| day.checked_sub(i32::from(day.weekday().since(Weekday::Monday)).days()).unwrap_or(day);
    monday(one).until(monday(other)).map_or(0, |span| span.get_days().div_euclid(7))
}
