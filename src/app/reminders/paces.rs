//! How fast reminders leave: a flood after a night's outage goes out at the pace that each network takes, and leaves room for
//! the answers that people wait for.

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};
use vigie_chat::{Connector, ConnectorName};

/// Which part of a second's messages may leave at the same instant.
const BURST: u32 = 8;

/// Sent at the same time to one network: it answers some calls at once.
const SIDE_BY_SIDE: usize = 32;

/// The pace of each network.
pub(super) struct Paces(HashMap<ConnectorName, Pace>);

struct Pace {
    /// None: as fast as it takes them.
    a_second: Option<DefaultDirectRateLimiter>,
    side_by_side: Semaphore,
}

impl Paces {
    /// As these networks say.
    pub(super) fn of(networks: &[Arc<dyn Connector>]) -> Self {
        let pace = |network: &Arc<dyn Connector>| Pace {
            a_second: network.sends_per_second().map(|a_second| RateLimiter::direct(quota(a_second))),
            side_by_side: Semaphore::new(SIDE_BY_SIDE),
        };
        Self(networks.iter().map(|network| (network.name(), pace(network))).collect())
    }

    /// Waits until another message may leave; it is under way for as long as what is returned lasts.
    pub(super) async fn turn(&self, network: ConnectorName) -> Option<SemaphorePermit<'_>> {
        let pace = self.0.get(&network)?;
        // It is never closed.
        let turn = pace.side_by_side.acquire().await.ok();
        if let Some(a_second) = &pace.a_second {
            a_second.until_ready().await;
        }
        turn
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
