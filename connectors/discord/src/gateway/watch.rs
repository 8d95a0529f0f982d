//! Watching a session from outside, since serenity doesn't tell of the IDENTIFYs that it sends by itself.
//!
//! It opens a connection anew whenever Discord ends its session, five seconds after the last at the soonest, for ever. Two
//! things show it: a second READY, and a connection that is at its beginning when one looks.

use super::session::Health;
use std::time::Duration;
use tokio::time::Instant;

/// How long a connection may be missing before all are opened anew.
const MISSING: Duration = Duration::from_secs(90);

/// What has been seen of a session.
pub(crate) struct Watch {
    connections: usize,
    /// Until when connections are opened for the first time, one after the other.
    opening_until: Instant,
    readies: usize,
    complete_at: Instant,
}

impl Watch {
    /// How often to look: serenity sends no two IDENTIFYs in less.
    pub(crate) const EVERY: Duration = Duration::from_secs(5);

    /// A session of so many connections that begins now. Their IDENTIFYs are noted already.
    pub(crate) fn new(connections: usize) -> Self {
        let now = Instant::now();
        let opening = Self::EVERY * u32::try_from(connections + 1).unwrap_or(u32::MAX);
        Self { connections, opening_until: now + opening, readies: 0, complete_at: now + opening }
    }

    /// A connection is ready; tells whether that took an IDENTIFY that isn't noted.
    pub(crate) fn ready(&mut self) -> bool {
        self.readies += 1;
        self.readies > self.connections
    }

    /// How the connections are now; tells how many IDENTIFYs aren't noted.
    pub(crate) fn look(&mut self, health: Health) -> usize {
        let now = Instant::now();
        if health.connected >= self.connections {
            self.complete_at = now;
        }
        if now < self.opening_until { 0 } else { health.fresh }
    }

    /// Whether a connection has been missing for so long that it won't come back by itself.
    pub(crate) fn is_lost(&self) -> bool {
        self.complete_at.elapsed() > MISSING
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Health = Health { connected: 2, fresh: 0 };
    const HALF: Health = Health { connected: 1, fresh: 1 };

    #[tokio::test(start_paused = true)]
    async fn what_is_not_noted_is_counted() {
        let mut watch = Watch::new(2);
        assert_eq!((watch.ready(), watch.ready(), watch.ready()), (false, false, true));
        assert_eq!(watch.look(HALF), 0, "it is being opened for the first time");
        tokio::time::advance(Watch::EVERY * 3).await;
        assert_eq!((watch.look(GOOD), watch.look(HALF)), (0, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_missing_for_long_is_lost() {
        let mut watch = Watch::new(2);
        for _ in 0..100 {
            tokio::time::advance(Watch::EVERY).await;
            watch.look(GOOD);
        }
        assert!(!watch.is_lost());
        tokio::time::advance(MISSING).await;
        watch.look(HALF);
        assert!(!watch.is_lost());
        tokio::time::advance(Watch::EVERY).await;
        assert!(watch.is_lost());
    }
}
