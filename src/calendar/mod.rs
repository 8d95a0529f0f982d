//! Calendars: from the dates of a brief, a team or a person to a file that calendar programs read (iCalendar, RFC 5545).
//!
//! Values in, text out: who may have what is for `commands` and `app` to know. `/planning` and briefs give the shared files,
//! a feed gives each person their own. These hold:
//!
//! - **The same data is the same bytes.** Nothing here reads the clock: even `DTSTAMP` is when the data last changed.
//! - **A date is one entry for good.** Its [`Uid`] is made of what it is; a change has a higher `SEQUENCE`, and what is no
//!   more is said to be cancelled, so that a file that is opened again mends what the former one said. A feed leaves out
//!   what was taken away: whoever subscribes has all of it anew each time.
//! - **A shared file has no alarm and nothing of anybody's own**: milestones, deliverables, the deadline, the defence.
//! - **Nothing tells of accommodation.** A reminder without words, or with words of health, is in no calendar, and how long
//!   a team defends is told as its brief tells it to all.

mod brief;
mod date;
mod entry;
mod lines;
mod person;
mod recurrence;
mod uid;
mod writing;
mod zone;

pub use brief::BriefDates;
pub use date::{Own, Reader, of_team};
pub use entry::{Entry, Span, Standing};
pub use person::{Person, Sitting, of_person};
pub use uid::{Mark, Uid};
pub use writing::{Calendar, Refresh};

#[cfg(test)]
mod tests;
