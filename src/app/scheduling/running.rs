//! Rounds for as long as the process runs: when something changed, when something is due, and now and then all the same.

use super::Scheduling;
use crate::store::StoreError;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// How long nothing is looked at where nothing is due: another process may have written.
const LONGEST: Duration = Duration::from_secs(5);

/// The shortest rest: a network that is logging in can't be asked yet.
const SHORTEST: Duration = Duration::from_millis(250);

/// How long to wait after a failure of the store.
const AFTER_A_FAILURE: Duration = Duration::from_secs(1);

/// How often everything is looked at.
const ALL: Duration = Duration::from_hours(1);

/// Keeps calendars until `stopped` resolves. A step that is going on then is ended where it is: it is taken up by the next
/// start.
pub async fn run(scheduling: Arc<Scheduling>, stopped: impl Future<Output = ()>) {
    if scheduling.networks.is_empty() {
        return;
    }
    let mut stopped = std::pin::pin!(stopped);
    let mut looked: Option<tokio::time::Instant> = None;
    loop {
        let round = async {
            match scheduling.round(&mut looked).await {
                Ok(next) => scheduling.rest(next).await,
                Err(error) => {
                    tracing::error!(%error, "calendars could not be looked at; tried again in a second");
                    tokio::time::sleep(AFTER_A_FAILURE).await;
                }
            }
        };
        tokio::select! {
            () = round => {}
            () = &mut stopped => return,
        }
    }
}

impl Scheduling {
    async fn round(&self, looked: &mut Option<tokio::time::Instant>) -> Result<Option<Timestamp>, StoreError> {
        match looked {
            None => self.begin().await?,
            Some(looked) if looked.elapsed() >= ALL => self.store.look_at_all(self.now()).await?,
            Some(_) => return self.settled().await,
        }
        *looked = Some(tokio::time::Instant::now());
        self.settled().await
    }

    /// Does all that can be done, and says when something is to be tried next.
    async fn settled(&self) -> Result<Option<Timestamp>, StoreError> {
        self.settle().await?;
        let mut next = None;
        for network in &self.networks {
            let all = self.store.next_events(&network.name()).await?;
            // What is put aside is tried again at the longest rest.
            let at = all.into_iter().find(|(tenant, _)| !self.is_aside(*tenant)).map(|(_, at)| at);
            next = [next, at].into_iter().flatten().min();
        }
        Ok(next)
    }

    /// Waits until something is due or changed, not for long.
    async fn rest(&self, next: Option<Timestamp>) {
        let until = next.map_or(LONGEST, |next| {
            let left = next.duration_since(self.now());
            Duration::try_from(left).unwrap_or(Duration::ZERO).clamp(SHORTEST, LONGEST)
        });
        tokio::select! {
            () = tokio::time::sleep(until) => {}
            () = self.stirred.notified() => {}
        }
    }
}
