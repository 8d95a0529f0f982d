//! A guard against burning the thousand IDENTIFYs a day, also across restarts.
//!
//! Discord resets the token of a bot that identifies itself more than 1,000 times in a day, and closes connections that
//! do so more than once in 5 s. A process that crashes at each start, or a session that is refused at once, would get
//! there in hours. So each IDENTIFY is noted in the notebook, and what was noted says how long to wait before the next.
//! Source: Discord's "Gateway" page, "Session Start Limit".

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use tokio::sync::Mutex;
use vigie_chat::{Notebook, NotebookError};

/// What Discord counts over.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Of the 1,000 that Discord grants; the rest is left for what the notebook doesn't know of.
const MOST_A_DAY: usize = 900;
/// Least time between two: the 5 s that Discord asks, and what connecting may take more the one time than the other.
const BETWEEN: SignedDuration = SignedDuration::from_millis(5_500);
/// Over which time frequent ones are taken for a loop.
const RECENT: SignedDuration = SignedDuration::from_mins(15);
/// How often each connection may start within [`RECENT`] before it has to wait longer and longer.
const FREE: usize = 4;
/// Longest of these waits.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// Where in the notebook they are noted: instants in milliseconds, the oldest first.
const NOTE: &str = "identified";

/// How long to wait before the next IDENTIFY of a process with so many connections. `past` is in order of time.
fn wait(past: &[Timestamp], now: Timestamp, connections: usize) -> SignedDuration {
    let until = |at: Option<&Timestamp>, duration: SignedDuration| {
        at.map_or(SignedDuration::ZERO, |at| (*at + duration).duration_since(now)).max(SignedDuration::ZERO)
    };
    let of_today = past.iter().filter(|at| now.duration_since(**at) < DAY).count();
    // The one that must leave the day before another may enter it.
    let oldest = past.len().checked_sub(MOST_A_DAY).filter(|_| of_today >= MOST_A_DAY).and_then(|rank| past.get(rank));
    let recent = past.iter().filter(|at| now.duration_since(**at) < RECENT).count();
    let excess = (recent / connections.max(1)).saturating_sub(FREE);
    let patience = match u32::try_from(excess) {
        Ok(0) => SignedDuration::ZERO,
        Ok(excess) if excess < 7 => SignedDuration::from_secs(10 << excess).min(LONGEST),
        _ => LONGEST,
    };
    until(oldest, DAY).max(until(past.last(), BETWEEN)).max(until(past.last(), patience))
}

/// The IDENTIFYs of the last day, kept in the notebook.
pub(crate) struct Guard {
    notebook: Arc<dyn Notebook>,
    connections: usize,
    /// Serialises reading and writing.
    writing: Mutex<()>,
}

impl Guard {
    /// The guard of a process that has so many connections. Processes that share a notebook share the count, since they
    /// share the token; two that note at the very same time may lose one of the two.
    pub(crate) fn new(notebook: Arc<dyn Notebook>, connections: usize) -> Self {
        Self { notebook, connections, writing: Mutex::new(()) }
    }

    /// How long to wait before the next IDENTIFY.
    pub(crate) async fn wait(&self, now: Timestamp) -> Result<SignedDuration, NotebookError> {
        Ok(wait(&self.past(now).await?, now, self.connections))
    }

    /// Notes so many IDENTIFYs, and returns how long another would have to wait.
    pub(crate) async fn identified(&self, now: Timestamp, times: usize) -> Result<SignedDuration, NotebookError> {
        let _writing = self.writing.lock().await;
        let mut past = self.past(now).await?;
        past.extend(std::iter::repeat_n(now, times));
        let instants: Vec<String> = past.iter().map(|at| at.as_millisecond().to_string()).collect();
        self.notebook.write(NOTE, &instants.join(" ")).await?;
        Ok(wait(&past, now, self.connections))
    }

    async fn past(&self, now: Timestamp) -> Result<Vec<Timestamp>, NotebookError> {
        let written = self.notebook.read(NOTE).await?.unwrap_or_default();
        let instants = written.split(' ').filter_map(|at| Timestamp::from_millisecond(at.parse().ok()?).ok());
        // A clock that was set back leaves instants that never seem to pass.
        let of_today = |at: &Timestamp| now.duration_since(*at) < DAY && *at <= now;
        Ok(instants.filter(of_today).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds to wait at second `now` after IDENTIFYs at these seconds.
    #[track_caller]
    fn check(past: &[i64], now: i64, connections: usize, expected: i64) {
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).expect("within range");
        let past: Vec<Timestamp> = past.iter().map(|second| at(*second)).collect();
        assert_eq!(wait(&past, at(now), connections).as_secs(), expected, "{past:?} at {now}");
    }

    #[test]
    fn a_few_starts_are_free_five_seconds_apart() {
        check(&[], 0, 1, 0);
        check(&[0], 1, 1, 4);
        check(&[0], 6, 1, 0);
        check(&[0, 10, 20, 30], 60, 1, 0);
    }

    #[test]
    fn a_loop_waits_longer_and_longer() {
        check(&[0, 10, 20, 30, 40], 41, 1, 19);
        check(&[0, 10, 20, 30, 40, 60], 61, 1, 39);
        let many: Vec<i64> = (0..20).map(|n| n * 20).collect();
        check(&many, 400, 1, 380 + 900 - 400);
        // With four connections, each start counts four times.
        check(&many, 400, 4, 380 + 20 - 400);
    }

    #[test]
    fn a_day_has_so_many() {
        let spread: Vec<i64> = (0..900).map(|n| n * 90).collect();
        check(&spread, 81_000, 100, 86_400 - 81_000);
        check(&spread, 86_401, 100, 0);
    }
}
