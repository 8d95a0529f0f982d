//! Hours at which nobody is disturbed.
//!
//! [`steps`](super::steps()) moves what falls inside them. They are wall-clock times of the person reminded, so they keep
//! their place over both changes of the clocks. What is open is open by the minute: it begins at the minute of `until`,
//! and its last minute is the one before `from`.

use crate::domain::date::NotADate;
use crate::domain::date::grammar::{Grammar, Slips};
use crate::domain::date::phrase::Clock;
use crate::domain::date::resolve::time;
use crate::domain::date::tokens;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use std::fmt;

/// Longest text that is read, in characters.
const LONGEST: usize = 60;

/// Quiet hours last this long at most, in minutes: something must get through every day.
const MOST_MINUTES: i32 = 22 * 60;

/// Quiet hours, by the wall clock. They may go past midnight; where both ends are the same there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuietHours {
    from: Time,
    until: Time,
}

/// A text isn't quiet hours. Its text is a French sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotQuietHours {
    /// Nothing in it reads as two hours. Holds its beginning.
    #[error(
        "«\u{a0}{0}\u{a0}» ne dit pas de quelle heure à quelle heure. Exemples\u{a0}: 20h-8h, de 21\u{a0}h à 7\u{a0}h\u{a0}30, aucune."
    )]
    Unknown(String),
    /// One of the hours doesn't exist.
    #[error(transparent)]
    Hour(#[from] NotADate),
    /// They leave less than two hours a day.
    #[error(
        "Ces heures calmes ne laissent presque plus de temps pour un rappel. Laissez au moins deux heures par jour, par exemple 20h-8h."
    )]
    TooLong,
}

impl Default for QuietHours {
    /// From 20 h to 8 h.
    fn default() -> Self {
        Self { from: Time::constant(20, 0, 0, 0), until: Time::constant(8, 0, 0, 0) }
    }
}

impl QuietHours {
    /// No quiet hours.
    pub const NONE: Self = Self { from: Time::midnight(), until: Time::midnight() };

    /// From one wall-clock time to another, both to the minute.
    ///
    /// # Errors
    ///
    /// [`NotQuietHours::TooLong`] where less than two hours a day would be left.
    pub fn new(from: Time, until: Time) -> Result<Self, NotQuietHours> {
        let (from, until) = (to_the_minute(from), to_the_minute(until));
        if from == until {
            return Ok(Self::NONE);
        }
        let quiet = Self { from, until };
        if quiet.minutes() > MOST_MINUTES { Err(NotQuietHours::TooLong) } else { Ok(quiet) }
    }

    /// Reads `20h-8h`, `de 21 h à 7 h 30`, `entre minuit et 7h`, `22:00-07:00`, `aucune`.
    ///
    /// # Errors
    ///
    /// [`NotQuietHours`], with the reason.
    pub fn read(text: &str) -> Result<Self, NotQuietHours> {
        let unknown = || NotQuietHours::Unknown(text.trim().chars().filter(|c| !c.is_control()).take(40).collect());
        if text.chars().nth(LONGEST).is_some() {
            return Err(unknown());
        }
        let tokens = tokens::tokens(text);
        let words = tokens::trimmed(&tokens);
        let grammar = Grammar::new(words, Slips::Refused);
        if words.len() == 1 && grammar.is_one_of(0, &["aucune", "aucun", "non", "jamais", "sans"]) {
            return Ok(Self::NONE);
        }
        let start = grammar.follows_one_of(0, &[&["de"], &["entre"]]).unwrap_or(0);
        let (from, next) = grammar.clock(start).ok_or_else(unknown)?;
        let joined = grammar.mark(next, '-') || grammar.mark(next, '→') || grammar.is_one_of(next, &["a", "et"]);
        // `jusqu’à 8 h`: the preposition before an hour is read with it.
        let second = if joined { next + 1 } else { grammar.follows(next, &["jusqu", "'"]).ok_or_else(unknown)? };
        let (until, end) = grammar.clock(second).ok_or_else(unknown)?;
        if end < words.len() {
            return Err(unknown());
        }
        Self::new(of_day(from).ok_or_else(unknown)??, of_day(until).ok_or_else(unknown)??)
    }

    /// Compact ASCII (`20:00-08:00`); nothing where there are none.
    #[must_use]
    pub fn to_stored(self) -> String {
        if self == Self::NONE {
            return String::new();
        }
        let Self { from, until } = self;
        format!("{:02}:{:02}-{:02}:{:02}", from.hour(), from.minute(), until.hour(), until.minute())
    }

    /// What [`Self::to_stored`] wrote.
    #[must_use]
    pub fn from_stored(stored: &str) -> Option<Self> {
        if stored.is_empty() {
            return Some(Self::NONE);
        }
        let (from, until) = stored.split_once('-')?;
        Self::new(from.parse().ok()?, until.parse().ok()?).ok()
    }

    /// Whether this wall-clock time is quiet.
    #[must_use]
    pub fn is_quiet(self, at: &Zoned) -> bool {
        let Self { from, until } = self;
        let time = at.time();
        if from <= until { (from..until).contains(&time) } else { time >= from || time < until }
    }

    /// The first instant that is not quiet, from this one on; itself where it isn't.
    #[must_use]
    pub fn next_open(self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        if !self.is_quiet(&at.to_zoned(zone.clone())) {
            return at;
        }
        let around = around(self.until, at, zone);
        // A change of the clocks may leave the end of quiet hours out.
        let change = zone.following(at).next().map(|change| change.timestamp());
        let open = around.chain(change).filter(|open| *open > at && !self.is_quiet(&open.to_zoned(zone.clone())));
        open.min().unwrap_or(at)
    }

    /// The beginning of the last whole minute before this instant that is not quiet.
    #[must_use]
    pub fn last_open_before(self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let minute = |at: Timestamp| Timestamp::from_second(at.as_second().div_euclid(60) * 60).unwrap_or(at);
        let less = |at: Timestamp| at.checked_sub(SignedDuration::from_mins(1)).unwrap_or(at);
        let quiet = |at: Timestamp| self.is_quiet(&at.to_zoned(zone.clone()));
        let before = less(minute(at));
        if !quiet(before) {
            return before;
        }
        let around = around(self.from, at, zone).map(less);
        let change = zone.preceding(at).next().map(|change| less(change.timestamp()));
        around.chain(change).filter(|open| *open < at && !quiet(*open)).max().unwrap_or(before)
    }

    fn minutes(self) -> i32 {
        let minute = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
        (minute(self.until) - minute(self.from)).rem_euclid(24 * 60)
    }
}

/// Every instant within two days at which clocks show this; twice where they show it twice.
fn around(time: Time, at: Timestamp, zone: &TimeZone) -> impl Iterator<Item = Timestamp> {
    let today = zone.to_datetime(at).date();
    let days = (-2i64..=2).filter_map(move |days| today.checked_add(days.days()).ok());
    days.flat_map(move |day| {
        let wall = zone.to_ambiguous_timestamp(day.to_datetime(time));
        [wall.earlier().ok(), wall.later().ok()].into_iter().flatten().collect::<Vec<_>>()
    })
}

/// The time of day. Midnight begins a day here, as hours go round.
fn of_day(clock: Clock) -> Option<Result<Time, NotADate>> {
    match clock {
        Clock::Midnight | Clock::Hour { hour: 24, minute: 0, part: None } => Some(Ok(Time::midnight())),
        Clock::Part(_) => None,
        hour @ Clock::Hour { .. } => Some(time(Some(hour))),
    }
}

fn to_the_minute(time: Time) -> Time {
    Time::constant(time.hour(), time.minute(), 0, 0)
}

impl fmt::Display for QuietHours {
    /// As French says it, and as it is read back: `de 20 h à 8 h`, `aucune`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::NONE {
            return write!(f, "aucune");
        }
        write!(f, "de {} à {}", super::clock::said(self.from), super::clock::said(self.until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").expect("the database of zones is in the program")
    }

    fn at(wall: &str) -> Timestamp {
        wall.parse::<jiff::civil::DateTime>()
            .and_then(|wall| wall.to_zoned(paris()))
            .expect("a wall-clock time")
            .timestamp()
    }

    fn wall(at: Timestamp) -> String {
        paris().to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }

    #[track_caller]
    fn check(text: &str, stored: &str) {
        let read = QuietHours::read(text).unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
        assert_eq!(read.to_stored(), stored, "{text}");
    }

    #[test]
    fn the_ways_people_write_them() {
        check("20h-8h", "20:00-08:00");
        check("de 21 h à 7 h 30", "21:00-07:30");
        check("entre 20h et 8h", "20:00-08:00");
        check("22:00 - 07:00", "22:00-07:00");
        check("De minuit à 7h", "00:00-07:00");
        check("de 23h30 à minuit", "23:30-00:00");
        check("20h jusqu’à 8h", "20:00-08:00");
        check("12h à 14h", "12:00-14:00");
        check("Aucune.", "");
        check("8h-8h", "");
        check("8 h du soir à 8 h du matin", "20:00-08:00");
    }

    #[test]
    fn what_is_refused_says_why() {
        for text in ["", "la nuit", "20h", "20h-", "20-8", "20h-8h sauf lundi", "soir à matin", &"20h-8h ".repeat(20)]
        {
            assert!(matches!(QuietHours::read(text), Err(NotQuietHours::Unknown(_))), "{text}");
        }
        assert!(matches!(QuietHours::read("25h-8h"), Err(NotQuietHours::Hour(_))));
        assert_eq!(QuietHours::read("8h-7h"), Err(NotQuietHours::TooLong));
        assert_eq!(QuietHours::from_stored("8"), None);
    }

    #[test]
    fn hours_past_midnight() {
        let quiet = QuietHours::default();
        assert_eq!(wall(quiet.next_open(at("2026-11-26T23:10:30"), &paris())), "2026-11-27T08:00:00");
        assert_eq!(wall(quiet.next_open(at("2026-11-27T05:30:00"), &paris())), "2026-11-27T08:00:00");
        assert_eq!(wall(quiet.next_open(at("2026-11-27T08:00:00"), &paris())), "2026-11-27T08:00:00");
        assert_eq!(wall(quiet.next_open(at("2026-11-27T19:59:59"), &paris())), "2026-11-27T19:59:59");
        assert_eq!(wall(quiet.last_open_before(at("2026-11-27T05:30:00"), &paris())), "2026-11-26T19:59:00");
        assert_eq!(wall(quiet.last_open_before(at("2026-11-27T20:00:00"), &paris())), "2026-11-27T19:59:00");
        assert_eq!(wall(quiet.last_open_before(at("2026-11-27T08:00:00"), &paris())), "2026-11-26T19:59:00");
        assert_eq!(wall(quiet.last_open_before(at("2026-11-27T12:00:30"), &paris())), "2026-11-27T11:59:00");
    }

    #[test]
    fn changes_of_the_clocks() {
        let quiet = QuietHours::read("22h-2h30").expect("they are quiet hours");
        // At 2 h clocks show 3 h: the first open minute is that of 3 h.
        assert_eq!(wall(quiet.next_open(at("2027-03-28T01:00:00"), &paris())), "2027-03-28T03:00:00");
        // 2 h 30 comes twice, and 2 h again in between.
        let first = at("2026-10-25T02:30:00");
        let second = first.checked_add(SignedDuration::from_mins(60)).expect("it exists");
        let quiet_again = first.checked_add(SignedDuration::from_mins(40)).expect("it exists");
        assert_eq!(quiet.next_open(at("2026-10-25T01:00:00"), &paris()), first);
        assert_eq!(quiet.next_open(quiet_again, &paris()), second);
    }

    fn hours() -> impl Strategy<Value = QuietHours> {
        (0i8..24, 0i8..60, 0i8..24, 0i8..60).prop_filter_map("long", |(from, minute, until, other)| {
            QuietHours::new(Time::constant(from, minute, 0, 0), Time::constant(until, other, 0, 0)).ok()
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(quiet in hours()) {
            prop_assert_eq!(QuietHours::read(&quiet.to_string()), Ok(quiet));
            prop_assert_eq!(QuietHours::from_stored(&quiet.to_stored()), Some(quiet));
        }

        #[test]
        fn both_ways_lead_to_an_open_minute(
            quiet in hours(),
            zone in prop::sample::select(&["Europe/Paris", "Indian/Reunion", "America/New_York", "Australia/Lord_Howe"][..]),
            second in 1_700_000_000i64..2_000_000_000,
        ) {
            let zone = TimeZone::get(zone).expect("the database of zones is in the program");
            let at = Timestamp::from_second(second).expect("it exists");
            let (next, last) = (quiet.next_open(at, &zone), quiet.last_open_before(at, &zone));
            prop_assert!(last < at && at <= next);
            for open in [next, last] {
                prop_assert!(!quiet.is_quiet(&open.to_zoned(zone.clone())));
            }
            // Nothing open lies in between.
            if next > at {
                let before = next.checked_sub(1.minutes()).expect("it exists");
                prop_assert!(before < at || quiet.is_quiet(&before.to_zoned(zone.clone())));
            }
        }
    }
}
