//! How often a calendar is read, and how often somebody tries addresses.
//!
//! Calendar programs ask each quarter of an hour at most, a few of them for one person. An address of 180 bits isn't found by
//! trying; the limit is for what trying would cost.

use governor::clock::{Clock as _, DefaultClock};
use governor::{Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// What one machine, or one network of IPv6, asks in a minute, and at once.
const OF_ADDRESS: NonZeroU32 = count(60);

/// What is asked of one calendar in a quarter of an hour, and at once.
const OF_FEED: NonZeroU32 = count(30);

/// Those that asked of late are remembered; beyond so many, those that may ask again are forgotten.
const MOST: usize = 10_000;

const fn count(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

/// How often those that may ask again are looked for: it is one look at each that is remembered.
const TIDYING: Duration = Duration::from_secs(1);

/// Who asked how often, of one kind.
#[derive(Debug)]
struct Keyed<K: Hash + Eq + Clone> {
    limiter: RateLimiter<K, governor::state::keyed::HashMapStateStore<K>, DefaultClock>,
    tidied_at: Mutex<Option<Instant>>,
}

impl<K: Hash + Eq + Clone> Keyed<K> {
    fn new(quota: Quota) -> Self {
        Self { limiter: RateLimiter::hashmap(quota), tidied_at: Mutex::default() }
    }

    fn asks(&self, key: &K) -> Result<(), u64> {
        if self.limiter.len() > MOST && self.may_tidy(tokio::time::Instant::now()) {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(key).map_err(|until| until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
    }

    /// Whether it is long enough since it was done, as it is about to be.
    fn may_tidy(&self, now: Instant) -> bool {
        let mut tidied_at = self.tidied_at.lock().unwrap_or_else(PoisonError::into_inner);
        let may = tidied_at.is_none_or(|tidied_at| now.duration_since(tidied_at) >= TIDYING);
        if may {
            *tidied_at = Some(now);
        }
        may
    }
}

/// Who asked how often.
#[derive(Debug)]
pub(super) struct Limits {
    addresses: Keyed<IpAddr>,
    feeds: Keyed<String>,
}

impl Default for Limits {
    fn default() -> Self {
        let quarter = Duration::from_mins(15) / OF_FEED.get();
        let of_feed = Quota::with_period(quarter).unwrap_or(Quota::per_minute(OF_FEED));
        Self { addresses: Keyed::new(Quota::per_minute(OF_ADDRESS)), feeds: Keyed::new(of_feed.allow_burst(OF_FEED)) }
    }
}

impl Limits {
    /// Lets a machine ask.
    ///
    /// # Errors
    ///
    /// How long it must wait, in whole seconds.
    pub(super) fn from(&self, address: IpAddr) -> Result<(), u64> {
        self.addresses.asks(&network_of(address))
    }

    /// Lets a calendar be read, by the hash of its address.
    ///
    /// # Errors
    ///
    /// How long it must wait, in whole seconds.
    pub(super) fn of(&self, hash: &str) -> Result<(), u64> {
        self.feeds.asks(&hash.to_owned())
    }

    /// How many calendars are remembered.
    #[cfg(test)]
    pub(super) fn known_feeds(&self) -> usize {
        self.feeds.limiter.len()
    }
}

/// Whoever has one address of IPv6 has all of its network.
pub(super) fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_looked_through_once_a_second_at_most() {
        let (keyed, start) = (Keyed::<u8>::new(Quota::per_minute(OF_ADDRESS)), tokio::time::Instant::now());
        let after = |millis: u64| keyed.may_tidy(start + Duration::from_millis(millis));
        assert_eq!(
            [after(0), after(1), after(999), after(1_000), after(1_500), after(2_000)],
            [true, false, false, true, false, true]
        );
    }

    #[test]
    fn a_network_is_one_and_others_do_not_wait_for_it() {
        let limits = Limits::default();
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        for rank in 0..OF_ADDRESS.get() {
            assert_eq!(limits.from(ip(&format!("2001:db8::{rank:x}"))), Ok(()), "{rank}");
        }
        assert!(limits.from(ip("2001:db8::ffff")).is_err_and(|seconds| seconds >= 1));
        assert_eq!(limits.from(ip("2001:db8:0:1::1")), Ok(()));
        assert_eq!(network_of(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
        for _ in 0..OF_FEED.get() {
            assert_eq!(limits.of("one"), Ok(()));
        }
        assert!(limits.of("one").is_err_and(|seconds| seconds > 1));
        assert_eq!(limits.of("other"), Ok(()));
    }
}
