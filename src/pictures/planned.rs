//! A team's plan as pictures are given it, and how each milestone stands.

use super::{Fill, Ink, Pattern};
use crate::domain::date::{Moment, month_short, ordinal, weekday_short};
use crate::domain::person::PersonKey;
use crate::domain::plan::{Plan, Schedule, State, Task};
use crate::domain::reminder::Calendar;
use crate::domain::timing::is_past;
use jiff::{Timestamp, Zoned};
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

/// A plan with what it takes to tell it.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'a> {
    /// What the team is called.
    pub team: &'a str,
    /// The plan.
    pub plan: &'a Plan,
    /// Its open milestones against the calendar, at the same `now`.
    pub schedule: &'a Schedule,
    /// What people are called.
    pub people: &'a BTreeMap<PersonKey, String>,
    /// Days on which people don't work.
    pub calendar: &'a Calendar,
    /// Now, on the clock of whoever looks.
    pub now: &'a Zoned,
}

impl Planned<'_> {
    /// An instant on the clock of whoever looks.
    pub(super) fn moment(&self, at: Timestamp) -> Moment {
        let zone = self.now.time_zone().clone();
        Moment::new(zone.to_datetime(at), zone)
    }

    /// A day on the clock of whoever looks: `mer. 25 nov.`, with the year where it isn't this one.
    pub(super) fn day(&self, at: Timestamp) -> String {
        let date = self.moment(at).civil().date();
        let weekday = weekday_short(date.weekday());
        format!("{weekday}. {}", self.day_of_month(at))
    }

    /// The same without the name of the day: `25 nov.`, `6 janv. 2027`.
    pub(super) fn day_of_month(&self, at: Timestamp) -> String {
        let date = self.moment(at).civil().date();
        let short = format!("{}\u{a0}{}", ordinal(date.day()), month_short(date.month()));
        let is_near = date.year() == self.now.year();
        if is_near { short } else { format!("{short}\u{a0}{}", date.year()) }
    }

    /// How a milestone stands.
    pub(super) fn status(&self, task: &Task) -> Status {
        let is_late = task.due.is_some_and(|due| is_past(due, self.now.timestamp()));
        match (task.state, is_late) {
            (State::Done, _) => Status::Done,
            (State::Open, false) => Status::Open,
            (State::Open, true) => Status::Late,
            (State::Blocked, false) => Status::Blocked,
            (State::Blocked, true) => Status::LateAndBlocked,
        }
    }

    /// What those responsible for a milestone are called, one after the other; nobody is no words.
    pub(super) fn who(&self, task: &Task) -> String {
        let names: Vec<&str> = task
            .people
            .iter()
            .map(|person| self.people.get(person).map_or("quelqu’un qui n’est plus là", String::as_str))
            .collect();
        joined(&names)
    }
}

/// How a milestone stands, which its pattern, its colour and its word all tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Done.
    Done,
    /// Its date has gone by.
    Late,
    /// Somebody said that it can't go on, and its date has gone by.
    LateAndBlocked,
    /// Somebody said that it can't go on.
    Blocked,
    /// To do, with time left.
    Open,
}

impl Status {
    /// Every one, in the order of a legend.
    pub const ALL: [Self; 5] = [Self::Done, Self::Open, Self::Late, Self::Blocked, Self::LateAndBlocked];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "fait",
            Self::Late => "en retard",
            Self::LateAndBlocked => "en retard, bloqué",
            Self::Blocked => "bloqué",
            Self::Open => "à faire",
        }
    }

    /// Its colour.
    #[must_use]
    pub fn ink(self) -> Ink {
        match self {
            Self::Done => Ink::Done,
            Self::Late | Self::LateAndBlocked => Ink::Late,
            Self::Blocked => Ink::Blocked,
            Self::Open => Ink::Open,
        }
    }

    /// Its filling.
    #[must_use]
    pub fn fill(self) -> Fill {
        match self {
            Self::Done => Fill::Solid(Ink::Done),
            Self::Late => Fill::Patterned(Pattern::Hatched, Ink::Late),
            Self::LateAndBlocked => Fill::Patterned(Pattern::Crossed, Ink::Late),
            Self::Blocked => Fill::Patterned(Pattern::Crossed, Ink::Blocked),
            Self::Open => Fill::Solid(Ink::Background),
        }
    }
}

/// Names in a sentence: `a`, `a et b`, `a, b et c`.
pub(super) fn joined<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} et {}", first.join(", "), last.as_ref())
        }
    }
}

/// What people call something, in quotation marks and cut where it is long: as they wrote it, since these words are read out.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = text.trim();
    let end = text.grapheme_indices(true).map(|(at, _)| at).nth(LONGEST).unwrap_or(text.len());
    let more = if end < text.len() { "…" } else { "" };
    format!("«\u{a0}{}{more}\u{a0}»", text[..end].trim_end())
}

/// A number with its noun; zero is singular.
pub(super) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number}\u{a0}{}", if number < 2 { one } else { several })
}
