//! An inbox that comes to a halt, as a process does that is killed at that moment.

use async_trait::async_trait;
use std::{future::pending, sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::timeout};
use vigie_chat::{Arrival, EventId, Inbox, InboxError};
use vigie_testkit::Memory;

/// How long it may take to get there.
const PATIENCE: Duration = Duration::from_secs(45);

/// Where it comes to a halt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    /// Before anything that was said is kept.
    Take,
    /// Before it is noted that something was answered.
    Done,
}

/// An inbox that never returns from one thing.
pub(crate) struct Stuck {
    at: Where,
    memory: Arc<Memory>,
    reached: Semaphore,
}

impl Stuck {
    /// An inbox on that memory which comes to a halt there.
    pub(crate) fn at(at: Where, memory: &Arc<Memory>) -> Arc<Self> {
        Arc::new(Self { at, memory: Arc::clone(memory), reached: Semaphore::new(0) })
    }

    /// Waits until it has come to a halt.
    pub(crate) async fn is_reached(&self) {
        let reached = timeout(PATIENCE, self.reached.acquire()).await.expect("it comes to that");
        reached.expect("it is never closed").forget();
    }

    async fn halts<T>(&self) -> T {
        self.reached.add_permits(1);
        pending().await
    }
}

#[async_trait]
impl Inbox for Stuck {
    async fn mark(&self) -> Result<Option<String>, InboxError> {
        self.memory.mark().await
    }

    async fn take(&self, arrivals: &[Arrival], mark: &str) -> Result<Vec<EventId>, InboxError> {
        if self.at == Where::Take && !arrivals.is_empty() {
            return self.halts().await;
        }
        self.memory.take(arrivals, mark).await
    }

    async fn waiting(&self) -> Result<Vec<Arrival>, InboxError> {
        self.memory.waiting().await
    }

    async fn done(&self, id: &EventId) -> Result<(), InboxError> {
        if self.at == Where::Done {
            return self.halts().await;
        }
        self.memory.done(id).await
    }
}
