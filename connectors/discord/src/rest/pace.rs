//! Rate limits, learned from the answers.
//!
//! serenity's own limiter can't be used for files, nor where another address stands in for Discord's; it counts the answers
//! to all interactions together, which Discord doesn't; and it lets others go on while everything is to wait. So this
//! stands before it, and in its place. It learns from the answers, as Discord asks: a bucket that says that nothing remains is left alone until its reset, and
//! `Retry-After` holds up its bucket, or everything when the limit is global.
//! Source: Discord's "Rate Limits" page.

use reqwest::{Response, StatusCode, header::HeaderMap};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// Buckets remembered at most; more are only those that no longer hold anything up.
const MOST_BUCKETS: usize = 1_000;

/// Requests that share a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bucket {
    pub(crate) name: String,
    pub(crate) overall: Overall,
}

/// Whether requests count among all those that the bot may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overall {
    /// They do.
    Counts,
    /// They answer interactions, which Discord counts apart.
    Apart,
}

/// Until when each bucket is to be left alone.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<Holds>);

#[derive(Debug, Default)]
struct Holds {
    everything: Option<Instant>,
    buckets: HashMap<String, Instant>,
}

impl Pace {
    /// Waits until a bucket may be used.
    ///
    /// # Errors
    ///
    /// How long it would take, when that is more than `most`.
    pub(crate) async fn wait(&self, bucket: &Bucket, most: Duration) -> Result<(), Duration> {
        while let Some(until) = self.held_until(bucket) {
            let wait = until.saturating_duration_since(Instant::now());
            if wait > most {
                return Err(wait);
            }
            tokio::time::sleep_until(until).await;
        }
        Ok(())
    }

    fn held_until(&self, bucket: &Bucket) -> Option<Instant> {
        let holds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let everything = holds.everything.filter(|_| bucket.overall == Overall::Counts);
        let until = holds.buckets.get(&bucket.name).copied().max(everything)?;
        (until > Instant::now()).then_some(until)
    }

    /// Learns from an answer; returns how long Discord asks to wait, if it refused because of the pace.
    pub(crate) fn learn(&self, bucket: &Bucket, response: &Response) -> Option<Duration> {
        let headers = response.headers();
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            let wait = seconds(headers, "retry-after").unwrap_or(Duration::from_secs(1));
            let global = headers.contains_key("x-ratelimit-global")
                || headers.get("x-ratelimit-scope").is_some_and(|scope| scope == "global");
            self.hold(Some(&bucket.name).filter(|_| !global), wait);
            return Some(wait);
        }
        let remaining = headers.get("x-ratelimit-remaining");
        if remaining.is_some_and(|remaining| remaining == "0")
            && let Some(wait) = seconds(headers, "x-ratelimit-reset-after")
        {
            self.hold(Some(&bucket.name), wait);
        }
        None
    }

    /// Holds everything up, since somebody else was told that the limit is global.
    pub(crate) fn hold_everything(&self, wait: Duration) {
        self.hold(None, wait);
    }

    fn hold(&self, bucket: Option<&String>, wait: Duration) {
        let now = Instant::now();
        let until = now + wait;
        let mut holds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(bucket) = bucket else {
            holds.everything = holds.everything.max(Some(until));
            return;
        };
        if holds.buckets.len() >= MOST_BUCKETS {
            holds.buckets.retain(|_, until| *until > now);
        }
        let held = holds.buckets.entry(bucket.clone()).or_insert(until);
        *held = until.max(*held);
    }
}

/// A header that tells seconds, possibly with a fraction.
fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let text = headers.get(name)?.to_str().ok()?;
    Duration::try_from_secs_f64(text.trim().parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: Duration = Duration::from_mins(1);

    fn bucket(name: &str, overall: Overall) -> Bucket {
        Bucket { name: name.to_owned(), overall }
    }

    #[tokio::test(start_paused = true)]
    async fn a_hold_ends_when_it_says() {
        let pace = Pace::default();
        let (a, b) = (bucket("a", Overall::Counts), bucket("b", Overall::Counts));
        let start = Instant::now();
        pace.hold(Some(&a.name), Duration::from_secs(3));
        assert_eq!(pace.wait(&b, MOST).await, Ok(()));
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(pace.wait(&a, MOST).await, Ok(()));
        assert!(start.elapsed() >= Duration::from_secs(3));
        pace.hold_everything(Duration::from_secs(2));
        assert_eq!(pace.wait(&bucket("c", Overall::Apart), MOST).await, Ok(()));
        assert!(start.elapsed() < Duration::from_secs(4));
        assert_eq!(pace.wait(&b, MOST).await, Ok(()));
        assert!(start.elapsed() >= Duration::from_secs(5));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_an_hour() {
        let (pace, a) = (Pace::default(), bucket("a", Overall::Counts));
        pace.hold(Some(&a.name), Duration::from_hours(1));
        assert_eq!(pace.wait(&a, MOST).await, Err(Duration::from_hours(1)));
    }
}
