//! Reminders: which steps a deadline has, when a rule comes round again, and when nobody may be disturbed.
pub mod calendar;
mod clock;
pub mod holidays;
pub mod policy;
pub mod quiet;
pub use calendar::{Calendar, Respect};
pub use holidays::Region;
pub use quiet::{NotQuietHours, QuietHours};
pub use policy::{Policy, PolicyError, Step};
pub mod steps;
pub use steps::{Habits, StepAt, may_be_sent, missed, next_after, steps};
pub mod snooze;
pub use snooze::Snooze;
