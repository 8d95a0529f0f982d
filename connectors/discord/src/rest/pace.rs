//! Rate limits where serenity's own limiter can't be used, which is whenever another address stands in for Discord's.
//!
//! It learns from the answers, as Discord asks: a bucket that says that nothing remains is left alone until its reset, and
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
    pub(crate) async fn wait(&self, bucket: &str) {
        while let Some(until) = self.held_until(bucket) {
            tokio::time::sleep_until(until).await;
        }
    }

    fn held_until(&self, bucket: &str) -> Option<Instant> {
        let holds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let until = holds.buckets.get(bucket).copied().max(holds.everything)?;
        (until > Instant::now()).then_some(until)
    }

    /// Learns from an answer; returns how long Discord asks to wait, if it refused because of the pace.
    pub(crate) fn learn(&self, bucket: &str, response: &Response) -> Option<Duration> {
        let headers = response.headers();
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            let wait = seconds(headers, "retry-after").unwrap_or(Duration::from_secs(1));
            let global = headers.contains_key("x-ratelimit-global")
                || headers.get("x-ratelimit-scope").is_some_and(|scope| scope == "global");
            self.hold(if global { None } else { Some(bucket) }, wait);
            return Some(wait);
        }
        let remaining = headers.get("x-ratelimit-remaining");
        if remaining.is_some_and(|remaining| remaining == "0")
            && let Some(wait) = seconds(headers, "x-ratelimit-reset-after")
        {
            self.hold(Some(bucket), wait);
        }
        None
    }

    fn hold(&self, bucket: Option<&str>, wait: Duration) {
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
        let held = holds.buckets.entry(bucket.to_owned()).or_insert(until);
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

    #[tokio::test(start_paused = true)]
    async fn a_hold_ends_when_it_says() {
        let pace = Pace::default();
        let start = Instant::now();
        pace.hold(Some("a"), Duration::from_secs(3));
        pace.wait("b").await;
        assert_eq!(start.elapsed(), Duration::ZERO);
        pace.wait("a").await;
        assert!(start.elapsed() >= Duration::from_secs(3));
        pace.hold(None, Duration::from_secs(2));
        pace.wait("b").await;
        assert!(start.elapsed() >= Duration::from_secs(5));
    }
}
