//! The rules of reminders once more, as plainly as they can be said: minute by minute, on the wall.
//!
//! Written from what is promised, not from the program: nothing here is of `domain::reminder`. It is slow and knows only what
//! the histories of the model use.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// A step of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Days before the day of the deadline (after it where negative), at an hour of the wall.
    Day(i32, i8, i8),
    /// Minutes before it.
    Minutes(i64),
}

/// When somebody may be disturbed.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) zone: TimeZone,
    /// From and until, in minutes of the day; none.
    pub(super) quiet: Option<(i32, i32)>,
    /// Whether public holidays are respected.
    pub(super) holidays: bool,
}

/// The public holidays of the months in which histories play.
const HOLIDAYS: [(i16, i8, i8); 7] =
    [(2026, 11, 1), (2026, 11, 11), (2026, 12, 25), (2027, 1, 1), (2027, 3, 29), (2027, 5, 1), (2027, 5, 6)];

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

impl Person {
    fn wall(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    pub(super) fn is_quiet(&self, at: Timestamp) -> bool {
        let Some((from, until)) = self.quiet else { return false };
        let wall = self.wall(at);
        let minute = i32::from(wall.hour()) * 60 + i32::from(wall.minute());
        if from < until { from <= minute && minute < until } else { minute >= from || minute < until }
    }

    fn is_closed(&self, at: Timestamp) -> bool {
        let day = self.wall(at).date();
        self.holidays && is_holiday(day)
    }

    /// The first minute from this one on that isn't quiet.
    pub(super) fn open_from(&self, at: Timestamp) -> Timestamp {
        let mut at = at;
        while self.is_quiet(at) {
            at += MINUTE;
        }
        at
    }

    /// The last minute before this one that isn't quiet.
    fn open_before(&self, at: Timestamp) -> Timestamp {
        let mut at = at - MINUTE;
        while self.is_quiet(at) {
            at -= MINUTE;
        }
        at
    }

    /// The first minute that shows this wall; one that no clock shows is as much later as the clocks jump.
    fn showing(&self, wall: DateTime) -> Timestamp {
        let mut at = noon(wall.date()) - SignedDuration::from_hours(30);
        let end = at + SignedDuration::from_hours(60);
        let mut before = at;
        while at < end {
            if self.wall(at) == wall {
                return at;
            }
            if self.wall(at) < wall {
                before = at;
            }
            at += MINUTE;
        }
        let missing = wall.duration_since(self.wall(before));
        before + missing
    }

    /// The same hour on the nearest day that isn't closed.
    fn moved(&self, at: Timestamp, days: i32) -> Timestamp {
        let wall = self.wall(at);
        let mut day = wall.date();
        if !self.is_closed(at) {
            return at;
        }
        while self.holidays && is_holiday(day) {
            day = day.checked_add(days.days()).expect("a day");
        }
        self.showing(day.to_datetime(wall.time()))
    }

    /// The first minute from this one on that isn't quiet, on a day that isn't closed.
    fn open_on_a_day(&self, at: Timestamp) -> Timestamp {
        let mut open = self.open_from(at);
        while self.is_closed(open) {
            open = self.open_from(self.moved(open, 1));
        }
        open
    }

    /// When a step of a deadline comes.
    fn step(&self, step: Step, due: Timestamp) -> Timestamp {
        let wished = match step {
            Step::Minutes(minutes) => due - SignedDuration::from_mins(minutes),
            Step::Day(before, hour, minute) => {
                let day = self.wall(due).date().checked_sub(before.days()).expect("a day");
                self.showing(day.to_datetime(Time::constant(hour, minute, 0, 0)))
            }
        };
        if wished >= due {
            return self.open_on_a_day(wished);
        }
        let at = self.moved(wished, -1);
        let open = self.open_from(at);
        if open == at || (open < due && !self.is_closed(open)) {
            return open;
        }
        // It would be past its deadline, or on a day on which nothing comes.
        let back = self.moved(self.open_before(at), -1);
        if self.is_quiet(back) { self.open_before(back) } else { back }
    }

    /// All the instants at which a deadline is said, the first first.
    pub(super) fn steps(&self, policy: &[Step], due: Timestamp) -> Vec<Timestamp> {
        let mut all: Vec<Timestamp> = policy.iter().map(|step| self.step(*step, due)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// When what is late may go.
    pub(super) fn may_go(&self, now: Timestamp, due: Option<Timestamp>) -> Timestamp {
        let Some(due) = due else { return self.open_from(now) };
        let (hour, open) = (self.open_from(now), self.open_on_a_day(now));
        match now < due && due <= open {
            true if hour < due => hour,
            true => now,
            false => open,
        }
    }

    /// The hours of a rule in a span: `days` says which days.
    fn hours(&self, (from, until): (Timestamp, Timestamp), time: Time, days: &dyn Fn(Date) -> bool) -> Vec<Timestamp> {
        let mut day = self.wall(from).date().yesterday().expect("a day");
        let end = self.wall(until).date().tomorrow().expect("a day");
        let mut all = Vec::new();
        while day <= end {
            if days(day) {
                all.push(self.showing(day.to_datetime(time)));
            }
            day = day.tomorrow().expect("a day");
        }
        all.retain(|at| from <= *at && *at <= until);
        all
    }

    /// What comes round again, every day or on working days, from an instant on.
    pub(super) fn round(&self, rule: Rule, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let Rule { hour, minute, working } = rule;
        let on = |day: Date| !working || is_working_day(day);
        let all = self.hours((from, until), Time::constant(hour, minute, 0, 0), &on);
        let mut all: Vec<Timestamp> = all.into_iter().map(|at| self.open_from(at)).collect();
        all.dedup();
        all
    }

    /// What is asked for once, and to those who don't say that they saw it on five working mornings more.
    pub(super) fn until_seen(&self, at: Timestamp) -> Vec<Timestamp> {
        let first = self.open_from(at);
        let mut all = vec![first];
        let mornings = self.hours(
            (first, first + SignedDuration::from_hours(24 * 30)),
            Time::constant(9, 0, 0, 0),
            &is_working_day,
        );
        for morning in mornings {
            let last = all.last().copied().unwrap_or(first);
            if morning > last && all.len() < 6 {
                all.push(self.open_from(morning));
            }
        }
        all
    }
}

/// Every day or on working days, at an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) working: bool,
}

fn noon(day: Date) -> Timestamp {
    TimeZone::UTC.to_timestamp(day.at(12, 0, 0, 0)).expect("an instant")
}

fn is_holiday(day: Date) -> bool {
    HOLIDAYS.contains(&(day.year(), day.month(), day.day()))
}

fn is_working_day(day: Date) -> bool {
    day.weekday().to_monday_one_offset() < 6 && !is_holiday(day)
}
