//! The application, and how much of what happened it has answered to the end.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::watch;
use vigie::app::Vigie;
use vigie_chat::{App, CommandSet, CompletionQuery, Event, Handled, Reply, Suggestion};

/// Nobody is greeted, so that only answers are seen.
pub(super) struct Attended {
    app: Vigie,
    answered: watch::Sender<usize>,
    /// How far the clock was moved on, in milliseconds.
    ahead: Arc<AtomicI64>,
}

impl Attended {
    /// The clock starts on a Monday at nine, in Paris.
    pub(super) fn new(app: Vigie) -> Self {
        let ahead = Arc::<AtomicI64>::default();
        let start: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
        let clock = {
            let ahead = Arc::clone(&ahead);
            move || start + SignedDuration::from_millis(ahead.load(Ordering::Relaxed))
        };
        Self { app: app.with_clock(Arc::new(clock)), answered: watch::Sender::new(0), ahead }
    }

    /// Moves the clock on.
    pub(super) fn later(&self, by: SignedDuration) {
        let by = i64::try_from(by.as_millis()).expect("a day is short");
        self.ahead.fetch_add(by, Ordering::Relaxed);
    }

    /// Waits until it answered so many events, and tells how many it did.
    pub(super) async fn answered(&self, events: usize) -> usize {
        let mut answered = self.answered.subscribe();
        // It is held here, so it doesn't end.
        answered.wait_for(|answered| *answered >= events).await.map_or(0, |answered| *answered)
    }
}

#[async_trait]
impl App for Attended {
    fn commands(&self) -> &CommandSet {
        self.app.commands()
    }

    async fn handle(&self, event: Event, reply: Arc<dyn Reply>) -> Handled {
        let handled = self.app.handle(event, reply).await;
        self.answered.send_modify(|answered| *answered += 1);
        handled
    }

    async fn complete(&self, query: CompletionQuery) -> Vec<Suggestion> {
        self.app.complete(query).await
    }
}
