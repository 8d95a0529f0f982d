//! How a test waits: something rings when there may be something new to look at.

use std::time::Duration;
use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};

/// Longest wait for anything. Only a test that fails waits so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Rings when there may be something new. Clones ring together.
#[derive(Debug, Clone)]
pub struct Bell {
    rings: watch::Sender<()>,
    patience: Duration,
}

impl Default for Bell {
    fn default() -> Self {
        Self::patient(PATIENCE)
    }
}

impl Bell {
    /// A bell for which people wait so long: for networks that take their time. It is 10 seconds by default.
    #[must_use]
    pub fn patient(patience: Duration) -> Self {
        Self { rings: watch::Sender::new(()), patience }
    }

    /// Tells whoever waits to look again.
    pub fn ring(&self) {
        self.rings.send_replace(());
    }

    /// How long people wait for it at most.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// Looks at once and after each ring, until there is something or patience is over.
    pub async fn until<T>(&self, look: impl FnMut() -> Option<T>) -> Option<T> {
        self.until_within(self.patience, look).await
    }

    /// The same with another patience.
    pub(crate) async fn until_within<T>(&self, patience: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
        let mut rings = self.rings_for(patience);
        loop {
            let found = look();
            if found.is_some() || !rings.again().await {
                return found;
            }
        }
    }

    /// The rings from now on. Whoever looks after this call misses nothing that rings while they look.
    pub(crate) fn rings(&self) -> Rings {
        self.rings_for(self.patience)
    }

    fn rings_for(&self, patience: Duration) -> Rings {
        Rings { bell: self.rings.subscribe(), end: Instant::now() + patience }
    }
}

/// The rings of a bell, for as long as patience lasts.
pub(crate) struct Rings {
    bell: watch::Receiver<()>,
    end: Instant,
}

impl Rings {
    /// Waits for the next ring, and tells whether there was one.
    pub(crate) async fn again(&mut self) -> bool {
        matches!(timeout_at(self.end, self.bell.changed()).await, Ok(Ok(())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_ring_between_two_looks_is_heard() {
        let bell = Bell::default();
        let mut looks = 0;
        let found = bell.until(|| {
            looks += 1;
            bell.ring();
            (looks == 3).then_some(looks)
        });
        assert_eq!(found.await, Some(3));
    }
}
