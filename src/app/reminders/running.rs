//! Rounds for as long as the process runs: when something is due, when something changed, and now and then all the same.

use super::under_way::UnderWay;
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

/// Whether there is something to wait for.
enum Rest {
    /// There is more to do at once.
    None,
    /// Until then, or not for long.
    Until(Option<Timestamp>),
}

/// Reminds people until `stopped` resolves. What goes on then is ended where it is: what isn't noted is taken up by the next
/// start.
pub async fn run(reminders: Arc<Reminders>, stopped: impl Future<Output = ()>) {
    tokio::select! {
        () = reminders.keep_on() => {}
        () = stopped => {}
    }
}

impl Reminders {
    async fn keep_on(&self) {
        let mut under_way = UnderWay::default();
        let mut told: Option<tokio::time::Instant> = None;
        loop {
            if told.is_none_or(|told| told.elapsed() >= TOLD) {
                told = Some(tokio::time::Instant::now());
                let now = self.now();
                if let Ok(since) = under_way.beside(self.store.overdue_since(now)).await {
                    measures::overdue(since, now);
                }
            }
            match self.round(&mut under_way).await {
                Ok(Rest::None) => {}
                Ok(Rest::Until(next)) => {
                    tokio::select! {
                        () = self.rest(next) => {}
                        () = under_way.one_ends() => {}
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "reminders could not be looked at; tried again in a second");
                    under_way.beside(tokio::time::sleep(AFTER_A_FAILURE)).await;
                }
            }
        }
    }

    /// Notes what ended, works out what changed, and begins what is due and finds room, while all that is under way goes on.
    async fn round<'a>(&'a self, under_way: &mut UnderWay<'a>) -> Result<Rest, StoreError> {
        let ended = under_way.ended();
        if let Err(error) = under_way.beside(self.note(&ended)).await {
            under_way.unnoted(ended);
            return Err(error);
        }
        let room = under_way.room();
        let work = async { Ok::<_, StoreError>((self.plan().await?, self.ring().await?, self.claim(room).await?)) };
        let (planned, rung, claimed) = under_way.beside(work).await?;
        if planned + rung + claimed.len() > 0 {
            under_way.begin(claimed);
            return Ok(Rest::None);
        }
        // Where there is no room, what is due waits for what is under way, not for an instant.
        let next = if room == 0 { None } else { under_way.beside(self.next()).await? };
        Ok(Rest::Until(next))
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
