//! How fast reminders leave: a flood after a night's outage goes out at the pace that each network takes, and leaves room for
//! the answers that people wait for.

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use vigie_chat::{Connector, ConnectorName};

/// Which part of a second's messages may leave at the same instant.
const BURST: u32 = 8;

/// The pace of each network that has one.
pub(super) struct Paces(HashMap<ConnectorName, DefaultDirectRateLimiter>);

impl Paces {
    /// As these networks say.
    pub(super) fn of(networks: &[Arc<dyn Connector>]) -> Self {
        let paced = networks.iter().filter_map(|network| Some((network.name(), network.sends_per_second()?)));
        Self(paced.map(|(name, a_second)| (name, RateLimiter::direct(quota(a_second)))).collect())
    }

    /// Waits until another message may leave.
    pub(super) async fn wait(&self, network: ConnectorName) {
        if let Some(pace) = self.0.get(&network) {
            pace.until_ready().await;
        }
    }
}

fn quota(a_second: NonZeroU32) -> Quota {
    let burst = NonZeroU32::new(a_second.get() / BURST).unwrap_or(NonZeroU32::MIN);
    Quota::per_second(a_second).allow_burst(burst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_second_has_more_than_its_share() {
        let clock = governor::clock::FakeRelativeClock::default();
        let a_second = NonZeroU32::new(40).expect("not zero");
        let pace = RateLimiter::direct_with_clock(quota(a_second), clock.clone());
        let mut left = 0;
        for _ in 0..1_000 {
            left += u32::from(pace.check().is_ok());
            clock.advance(std::time::Duration::from_millis(1));
        }
        assert!((40..=45).contains(&left), "{left} leave in the first second");
    }
}
