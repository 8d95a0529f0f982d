//! A set of days of the week.

use jiff::civil::Weekday;

/// Days of the week, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WeekDays(u8);

impl WeekDays {
    /// The days from Monday on.
    const ORDER: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Monday to Friday.
    pub const WEEK: Self = Self(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEK_END: Self = Self(0b110_0000);

    /// One day.
    #[must_use]
    pub fn only(day: Weekday) -> Self {
        Self(1 << day.to_monday_zero_offset())
    }

    /// From one day to another, both included, over the week-end where the second comes before the first.
    #[must_use]
    pub fn range(first: Weekday, last: Weekday) -> Self {
        let days = last.since(first);
        (0..=days).map(|day| Self::only(first.wrapping_add(day))).fold(Self::only(first), Self::and)
    }

    /// The days of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a day is one of them.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & Self::only(day).0 != 0
    }

    /// The days from Monday on.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Self::ORDER.into_iter().filter(move |day| self.contains(*day))
    }
}
