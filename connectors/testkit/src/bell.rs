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
    pub async fn until<T>(&self, mut look: impl FnMut() -> Option<T>) -> Option<T> {
        let mut rings = self.rings();
        loop {
            let found = look();
            if found.is_some() || !rings.again().await {
                return found;
            }
        }
    }

    /// The rings from now on. Whoever looks after this call misses nothing that rings while they look.
    pub(crate) fn rings(&self) -> Rings {
        Rings { bell: self.0.subscribe(), end: Instant::now() + PATIENCE }
    }
}

/// The rings of a bell, for 10 seconds.
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
