//! The application, and how much of what happened it has answered to the end.

use async_trait::async_trait;
use std::sync::Arc;
use tokio::sync::watch;
use vigie::app::Vigie;
use vigie_chat::{App, CommandSet, CompletionQuery, Event, Handled, Reply, Suggestion};

/// Nobody is greeted, so that only answers are seen.
pub(super) struct Attended {
    app: Vigie,
    answered: watch::Sender<usize>,
}

impl Attended {
    pub(super) fn new(app: Vigie) -> Self {
        Self { app, answered: watch::Sender::new(0) }
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
