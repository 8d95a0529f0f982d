//! What a date says, before it is known against what.

use jiff::civil::Weekday;

/// A date as written.
#[derive(Debug, Clone, Copy)]
pub(in crate::domain) struct Phrase {
    pub(in crate::domain) bound: Bound,
    /// `None` when only an hour is written.
    pub(in crate::domain) day: Option<Day>,
    pub(in crate::domain) clock: Option<Clock>,
    pub(in crate::domain) slips: [Option<Slip>; 2],
    /// The token after the last one.
    pub(in crate::domain) end: usize,
}

impl Phrase {
    /// Whether what is written is an abbreviation alone that is a word of its own too (`jeu`, `mer`).
    pub(super) fn may_be_another_word(&self) -> bool {
        self.clock.is_none() && matches!(self.day, Some(Day::Weekday { which: Which::Abbreviated, .. }))
    }
}

/// What a date is the limit of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Bound {
    /// `vendredi`, `pour vendredi`: the day itself.
    On,
    /// `d’ici vendredi`, and also `d’ici trois jours`.
    Within,
    /// `avant vendredi`: strictly, the day before.
    Before,
}

/// A name with one letter wrong, and what it was taken for.
#[derive(Debug, Clone, Copy)]
pub(in crate::domain) struct Slip {
    pub(in crate::domain) token: usize,
    pub(in crate::domain) meant: &'static str,
}

/// A day as written. Numbers are as typed: the day, month or hour may not exist.
#[derive(Debug, Clone, Copy)]
pub(in crate::domain) enum Day {
    /// So long after now, or before it.
    After(Span),
    Weekday {
        weekday: Weekday,
        which: Which,
    },
    Dated {
        weekday: Option<Weekday>,
        day: u32,
        month: u32,
        year: Option<u32>,
        form: Form,
    },
    /// A day of this month, or of the next one when so written.
    OfMonth {
        weekday: Option<Weekday>,
        day: u32,
        month: Month,
    },
    EndOfWeek(Week),
    Weekend(Week),
    EndOfMonth(Month),
    EndOf {
        month: u32,
        year: Option<u32>,
    },
    EndOfYear,
    Milestone {
        anchor: Anchor,
        from: Span,
    },
    /// ISO 8601 with an offset: an instant, whatever the zone.
    Instant {
        date: [u32; 3],
        time: [u32; 2],
        offset_minutes: i32,
    },
    /// `la semaine prochaine`: says no day.
    Vague,
}

impl Day {
    /// Whether it says a time by itself.
    pub(super) fn has_a_time(&self) -> bool {
        matches!(
            self,
            Self::After(Span::Minutes(_))
                | Self::Milestone { from: Span::Minutes(_), .. }
                | Self::Instant { .. }
                | Self::Vague
        )
    }
}

/// Which of the days of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Which {
    Plain,
    /// Plain, as an abbreviation without its point.
    Abbreviated,
    This,
    Next,
    Last,
    /// `en huit`, `en quinze`: so many weeks after the next one.
    Later(i32),
    /// Of the week so many after this one.
    InWeek(i32),
}

/// This one or the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Week {
    This,
    Next,
}

/// The month of a day that is written without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Month {
    /// The first in which the day is to come.
    Coming,
    This,
    Next,
}

/// How a date in numbers is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Form {
    Words,
    /// `12/03`; whether the month has two digits tells a date from a fraction.
    Slashes {
        month_digits: usize,
    },
    Hyphens,
    Points {
        year_digits: usize,
    },
}

/// A length of time; negative before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Span {
    Minutes(i32),
    Days(i32),
    /// `huit jours`, `quinze jours` in letters: a week or two, as French counts them, or just as many days.
    Idiom {
        days: i32,
        literal: i32,
    },
    Months(i32),
    Years(i32),
}

impl Span {
    /// As long, in the other direction.
    pub(super) fn back(self) -> Self {
        match self {
            Self::Minutes(n) => Self::Minutes(-n),
            Self::Days(n) => Self::Days(-n),
            Self::Idiom { days, literal } => Self::Idiom { days: -days, literal: -literal },
            Self::Months(n) => Self::Months(-n),
            Self::Years(n) => Self::Years(-n),
        }
    }
}

/// What a date is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Anchor {
    Deadline,
    Defence,
    /// `la veille` alone.
    Either,
}

/// An hour as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Clock {
    Hour {
        hour: u32,
        minute: u32,
        part: Option<Part>,
    },
    /// The end of the day.
    Midnight,
    Part(Part),
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Part {
    Morning,
    Afternoon,
    Evening,
}
