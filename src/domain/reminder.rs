//! Reminders: which steps a deadline has, when a rule comes round again, and when nobody may be disturbed.
//!
//! A deadline reminds by a [`Policy`], which [`steps`] turns into instants for one person's [`Habits`]: their zone, their
//! [`QuietHours`] and their [`Calendar`]. A personal reminder comes round by a [`Rule`]. A [`Snooze`] puts one reminder
//! off and shifts neither. A [`Schedule`] is any of these: when one thing is said to one person. What is written in French
//! reads back as itself, and has a compact form for the store.
//!
//! These modules decide; what is due is kept by the store and sent by the application. No input or output here, and no
//! clock: the present is an argument.

pub mod calendar;
mod clock;
pub mod holidays;
pub mod policy;
pub mod quiet;
pub mod recurrence;
mod schedule;
mod snooze;
mod steps;

pub use calendar::{Calendar, Respect};
pub use holidays::Region;
pub use policy::{Policy, PolicyError, Step};
pub use quiet::{NotQuietHours, QuietHours};
pub use recurrence::{NotARule, Pattern, Rule, WeekDays};
pub use schedule::Schedule;
pub use snooze::Snooze;
pub use steps::{Habits, MOST_DAYS_MOVED, StepAt, may_be_sent, missed, next_after, steps};
