//! What stands in a calendar.

use super::uid::Uid;
use crate::domain::brief::WallTime;
use crate::domain::date::Moment;
use crate::domain::duration::Minutes;
use crate::domain::reminder::Rule;
use crate::store::When;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// One entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// By what it is known again.
    pub uid: Uid,
    /// How often it changed, or anything that grows with that.
    pub sequence: u32,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// Its title, of one line.
    pub title: String,
    /// What it is, in a sentence.
    pub details: String,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub span: Span,
    /// Whether it is to be.
    pub standing: Standing,
    /// When its owner wants to hear of it; none in what is shared.
    pub alarms: Vec<Timestamp>,
}

/// Whether an entry is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is, or was.
    Stands,
    /// It isn't any more.
    Cancelled,
}

/// When an entry is.
#[derive(Debug, Clone)]
pub enum Span {
    /// All of a day, wherever one is: a date that was given without an hour.
    Day(Date),
    /// At an hour.
    Point {
        /// When.
        at: Timestamp,
        /// By whose clocks it is told.
        zone: TimeZone,
    },
    /// From an hour on, for some time.
    Slot {
        /// When it begins.
        at: Timestamp,
        /// By whose clocks it is told.
        zone: TimeZone,
        /// How long it lasts.
        minutes: Minutes,
    },
    /// Again and again.
    Recurring {
        /// The first time, on the clock of the zone.
        first: DateTime,
        /// By whose clocks it comes.
        zone: TimeZone,
        /// The rule.
        rule: Rule,
        /// Days on which it doesn't come, though its pattern would.
        left_out: Vec<Date>,
    },
}

/// The hour that stands for a date without one: the end of the day.
const END_OF_DAY: (i8, i8) = (23, 59);

impl Span {
    /// Until a date that the store keeps.
    #[must_use]
    pub fn until(when: &When) -> Self {
        Self::new(when.wall, when.at, &when.zone)
    }

    /// A date that a brief gives; none where nobody knows its zone any more.
    #[must_use]
    pub fn of_brief(wall: &WallTime) -> Option<Self> {
        let zone = TimeZone::get(&wall.zone).ok()?;
        let moment = Moment::new(wall.civil, zone);
        Some(Self::new(moment.civil(), moment.at(), &wall.zone))
    }

    fn new(wall: DateTime, at: Timestamp, zone: &str) -> Self {
        if (wall.hour(), wall.minute()) == END_OF_DAY {
            return Self::Day(wall.date());
        }
        Self::Point { at, zone: zone_named(zone) }
    }

    /// The same, lasting for some time.
    #[must_use]
    pub fn lasting(when: &When, minutes: Minutes) -> Self {
        Self::Slot { at: when.at, zone: zone_named(&when.zone), minutes }
    }

    /// Its day, the first one.
    #[must_use]
    pub fn day(&self) -> Date {
        match self {
            Self::Day(day) => *day,
            Self::Point { at, zone } | Self::Slot { at, zone, .. } => zone.to_datetime(*at).date(),
            Self::Recurring { first, .. } => first.date(),
        }
    }
}

/// A zone by its name; UTC where nobody knows it any more, since the instant is known.
fn zone_named(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}
