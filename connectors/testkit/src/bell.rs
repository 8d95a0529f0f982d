//! How a test waits: something rings when there may be something new to look at.

use std::time::Duration;
use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};

/// Longest wait for anything. Only a test that fails waits so long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Rings when there may be something new. Clones ring together.
#[derive(Debug, Clone, Default)]
pub struct Bell(watch::Sender<()>);

impl Bell {
    /// Tells whoever waits to look again.
    pub fn ring(&self) {
        self.0.send_replace(());
    }

    /// Looks at once and after each ring, until there is something or 10 seconds have passed.
    pub async fn until<T>(&self, mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
        // A ring that comes while looking is heard after it, because the receiver is older than the look.
        let mut rings = self.0.subscribe();
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look().await {
                return Some(found);
            }
            if timeout_at(end, rings.changed()).await.is_err() {
                return look().await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_ring_between_two_looks_is_heard() {
        let bell = Bell::default();
        let mut looks = 0;
        let found = bell.until(async || {
            looks += 1;
            bell.ring();
            (looks == 3).then_some(looks)
        });
        assert_eq!(found.await, Some(3));
    }
}
