//! From a policy and a deadline to the instants at which somebody is reminded.
//!
//! `store` plans with them, the simulation shows them, and the delivery worker asks when a late one may still go. The
//! rules, each of which has a test:
//!
//! 1. A step in days counts civil days of the *person's* zone from the day the deadline falls on there, at wall-clock
//!    time: 9 h stays 9 h over both changes of the clocks. A time that doesn't exist is moved forward by as much as the
//!    clocks; of two that are alike the first counts.
//! 2. A step in hours or minutes is elapsed time before the deadline.
//! 3. On a closed day, a step before the deadline moves to the last open day before it, and one at or after the deadline
//!    to the next open day, at the same hour. Where no day within [`MOST_DAYS_MOVED`] is open it stays.
//! 4. In quiet hours, a step moves to the next open minute. Before a deadline that must come before the deadline itself
//!    and on an open day, else it moves to the last open minute before instead. After the deadline it always moves on.
//! 5. Steps that land at one instant are one: the one that is nearest to the deadline by the policy.
//!
//! So a step comes before its time by rules 3 and 4 alone, and never in quiet hours. Nothing here reads the clock.

use super::calendar::Calendar;
use super::policy::{Policy, Step};
use super::quiet::QuietHours;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// How far a step may move for closed days, in days.
pub const MOST_DAYS_MOVED: i32 = 60;

/// When the person reminded may be disturbed.
#[derive(Debug, Clone)]
pub struct Habits {
    /// The person's zone.
    pub zone: TimeZone,
    /// Hours at which nothing comes.
    pub quiet: QuietHours,
    /// Days on which nothing comes.
    pub calendar: Calendar,
}

/// A step of a policy, and when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StepAt {
    /// The instant, to the minute unless the deadline itself has seconds.
    pub at: Timestamp,
    /// The step as the policy has it.
    pub step: Step,
}

/// Every step of a policy for a deadline, the earliest first, no two at one instant.
#[must_use]
pub fn steps(policy: &Policy, due: Timestamp, habits: &Habits) -> Vec<StepAt> {
    let mut all: Vec<StepAt> =
        policy.steps().iter().filter_map(|step| Some(StepAt { at: habits.step(*step, due)?, step: *step })).collect();
    // The order of the policy stays among equals: its last is the nearest to the deadline.
    all.sort_by_key(|step| step.at);
    all.reverse();
    all.dedup_by_key(|step| step.at);
    all.reverse();
    all
}

/// The first step strictly after an instant.
#[must_use]
pub fn next_after(policy: &Policy, due: Timestamp, habits: &Habits, after: Timestamp) -> Option<StepAt> {
    steps(policy, due, habits).into_iter().find(|step| step.at > after)
}

/// The steps after one instant, up to and with another: what a bot that was away has missed.
#[must_use]
pub fn missed(policy: &Policy, due: Timestamp, habits: &Habits, between: (Timestamp, Timestamp)) -> Vec<StepAt> {
    let (after, until) = between;
    steps(policy, due, habits).into_iter().filter(|step| step.at > after && step.at <= until).collect()
}

/// The first instant from `now` on at which a late reminder, or one that is tried again, may go.
///
/// That is now on an open day outside quiet hours, else the next open minute. A deadline that comes before that minute,
/// or at it, forces the reminder out on a closed day, and in quiet hours only where it comes before they end; one that is
/// over forces nothing.
#[must_use]
pub fn may_be_sent(now: Timestamp, due: Option<Timestamp>, habits: &Habits) -> Timestamp {
    let open = habits.open_from(now);
    match due {
        Some(due) if due > now && open >= due => {
            let hour = habits.quiet.next_open(now, &habits.zone);
            if hour < due { hour } else { now }
        }
        _ => open,
    }
}

impl Habits {
    /// When a step comes; `None` past the ends of the calendar.
    fn step(&self, step: Step, due: Timestamp) -> Option<Timestamp> {
        let wished = match step {
            Step::Days { before, at } => {
                let day = self.wall(due).date().checked_sub(i32::from(before).days()).ok()?;
                self.instant(day.to_datetime(at))?
            }
            Step::Before { minutes } => due.checked_sub(SignedDuration::from_mins(minutes.into())).ok()?,
        };
        Some(if wished < due { self.before_the_deadline(wished, due) } else { self.open_from(wished) })
    }

    fn before_the_deadline(&self, wished: Timestamp, due: Timestamp) -> Timestamp {
        let at = self.moved(wished, Direction::Back).unwrap_or(wished);
        let open = self.quiet.next_open(at, &self.zone);
        let moved_on = open > at;
        // A day on which every neighbour is closed too is taken as it is.
        let stays_open = self.is_open(open) || !self.is_open(at);
        if !moved_on || (open < due && stays_open) {
            return open;
        }
        let last = self.quiet.last_open_before(at, &self.zone);
        let back = self.moved(last, Direction::Back).unwrap_or(last);
        // The same hour on another day may be one that the clocks make quiet.
        if self.is_quiet(back) { self.quiet.last_open_before(back, &self.zone) } else { back }
    }

    /// The first instant from this one on that is open by day and by hour.
    fn open_from(&self, at: Timestamp) -> Timestamp {
        let mut open = self.quiet.next_open(at, &self.zone);
        // Each turn goes on by a day at least, and quiet hours take one at most.
        for _ in 0..MOST_DAYS_MOVED {
            if self.is_open(open) {
                return open;
            }
            match self.moved(open, Direction::On) {
                Some(day) => open = self.quiet.next_open(day, &self.zone),
                None => break,
            }
        }
        self.quiet.next_open(at, &self.zone)
    }

    /// The same wall-clock time on the nearest open day, which may be the day itself; `None` if none is near.
    fn moved(&self, at: Timestamp, direction: Direction) -> Option<Timestamp> {
        let wall = self.wall(at);
        if self.calendar.is_open(wall.date()) {
            return Some(at);
        }
        let far = |days: i32| -> Option<Date> {
            let days = if direction == Direction::Back { -days } else { days };
            wall.date().checked_add(days.days()).ok()
        };
        let day = (1..=MOST_DAYS_MOVED).map_while(far).find(|day| self.calendar.is_open(*day))?;
        self.instant(day.to_datetime(wall.time()))
    }

    fn is_open(&self, at: Timestamp) -> bool {
        self.calendar.is_open(self.wall(at).date())
    }

    fn is_quiet(&self, at: Timestamp) -> bool {
        self.quiet.is_quiet(&at.to_zoned(self.zone.clone()))
    }

    fn wall(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    fn instant(&self, wall: DateTime) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(wall).compatible().ok()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Back,
    On,
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
