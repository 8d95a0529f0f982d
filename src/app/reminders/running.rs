//! Rounds for as long as the process runs: when something is due, when something changed, and now and then all the same.

use super::{Reminders, measures};
use crate::store::StoreError;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// How long nothing is looked at where nothing is due: another process may have written, and the clock may have jumped.
const LONGEST: Duration = Duration::from_millis(500);

/// How long to wait after a failure of the store.
const AFTER_A_FAILURE: Duration = Duration::from_secs(1);

/// How often it is told how far behind it is.
const TOLD: Duration = Duration::from_secs(15);

/// Reminds people until `stopped` resolves. A round that is going on then is ended where it is: what it didn't note is taken
/// up by the next start.
pub async fn run(reminders: Arc<Reminders>, stopped: impl Future<Output = ()>) {
    let mut stopped = std::pin::pin!(stopped);
    let mut told: Option<tokio::time::Instant> = None;
    loop {
        let round = async {
            if told.is_none_or(|told| told.elapsed() >= TOLD) {
                told = Some(tokio::time::Instant::now());
                let now = reminders.now();
                if let Ok(since) = reminders.store.overdue_since(now).await {
                    measures::overdue(since, now);
                }
            }
            match reminders.round().await {
                Ok(next) => reminders.rest(next).await,
                Err(error) => {
                    tracing::error!(%error, "reminders could not be looked at; tried again in a second");
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

impl Reminders {
    async fn round(&self) -> Result<Option<Timestamp>, StoreError> {
        self.settle().await?;
        self.next().await
    }

    /// Waits until something is due or changed, not for long.
    async fn rest(&self, next: Option<Timestamp>) {
        let until = next.map_or(LONGEST, |next| {
            let left = next.duration_since(self.now());
            Duration::try_from(left).unwrap_or(Duration::ZERO).clamp(Duration::from_millis(1), LONGEST)
        });
        tokio::select! {
            () = tokio::time::sleep(until) => {}
            () = self.stirred.notified() => {}
        }
    }
}
