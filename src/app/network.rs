//! Keeping the networks running: one that is lost is started again, one that is refused doesn't stop the others.

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use vigie_chat::{App, Connector, ConnectorError, Shutdown};

/// A run of such a length was a good one: what comes next starts anew.
const GOOD: Duration = Duration::from_mins(10);

/// The longest wait before a network is started again.
const LONGEST: Duration = Duration::from_mins(2);

/// Asks everything that runs to stop.
#[derive(Debug, Clone)]
pub(super) struct Stop(watch::Sender<bool>);

impl Stop {
    /// Nobody asked yet.
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Asks.
    pub(super) fn ask(&self) {
        self.0.send_replace(true);
    }

    /// Resolves once somebody asked.
    pub(super) fn asked(&self) -> Shutdown {
        let mut asked = self.0.subscribe();
        let kept = self.0.clone();
        Box::pin(async move {
            let _kept = kept;
            // The sender is kept, so this ends by an asking only.
            let _ = asked.wait_for(|asked| *asked).await;
        })
    }
}

/// A network that can't go on until the operator acts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{network}: {error}")]
pub(super) struct Refused {
    network: String,
    error: ConnectorError,
}

/// Runs connectors until `stop` is asked or none can go on.
///
/// # Errors
///
/// The first of them that was refused, once the others have ended too.
pub(super) async fn run_all(
    connectors: Vec<Arc<dyn Connector>>,
    app: &Arc<dyn App>,
    stop: &Stop,
) -> Result<(), Refused> {
    let mut running = JoinSet::new();
    for connector in connectors {
        running.spawn(keep(connector, Arc::clone(app), stop.clone()));
    }
    let mut first = Ok(());
    while let Some(ended) = running.join_next().await {
        // A panic of a connector is in the log already; the others go on.
        if let Ok(Err(refused)) = ended {
            tracing::error!(%refused, "this network is left until the next start");
            first = first.and(Err(refused));
        }
    }
    first
}

fn patience() -> ExponentialBackoff {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_secs(1))
        .with_max_delay(LONGEST)
        .without_max_times()
        .with_jitter()
        .build()
}

/// Runs one connector, again whenever it is lost.
async fn keep(connector: Arc<dyn Connector>, app: Arc<dyn App>, stop: Stop) -> Result<(), Refused> {
    let network = connector.name().to_string();
    let mut waits = patience();
    loop {
        let since = tokio::time::Instant::now();
        match connector.run(Arc::clone(&app), stop.asked()).await {
            Ok(()) => return Ok(()),
            Err(error @ ConnectorError::Refused(_)) => return Err(Refused { network, error }),
            Err(ConnectorError::Lost(why)) => {
                if since.elapsed() > GOOD {
                    waits = patience();
                }
                // Its type says that it may end; without a last time it doesn't.
                let wait = waits.next().unwrap_or(LONGEST);
                tracing::warn!(network, why, seconds = wait.as_secs(), "lost; started again");
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    () = stop.asked() => return Ok(()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_trait::async_trait;
    use std::sync::atomic::{AtomicU32, Ordering};
    use vigie_chat::{
        CommandSet, CompletionQuery, ConnectorName, Destination, Event, Handled, IdempotencyKey, MessageRef, Reply,
        Sealed, SendError, Suggestion,
    };

    /// Is lost so often, then refused or stopped.
    struct Shaky {
        runs: AtomicU32,
        lost: u32,
        refused: bool,
    }

    #[async_trait]
    impl Connector for Shaky {
        fn name(&self) -> ConnectorName {
            ConnectorName::new("shaky")
        }

        async fn run(&self, _app: Arc<dyn App>, shutdown: Shutdown) -> Result<(), ConnectorError> {
            let run = self.runs.fetch_add(1, Ordering::Relaxed);
            match (run < self.lost, self.refused) {
                (true, _) => Err(ConnectorError::Lost("the line".to_owned())),
                (false, true) => Err(ConnectorError::Refused("the token".to_owned())),
                (false, false) => {
                    shutdown.await;
                    Ok(())
                }
            }
        }

        async fn send(&self, _: &Destination, _: &Sealed, _: &IdempotencyKey) -> Result<MessageRef, SendError> {
            Err(SendError::Gone)
        }

        async fn edit(&self, _: &MessageRef, _: &Sealed) -> Result<(), SendError> {
            Err(SendError::Gone)
        }
    }

    struct Silent(CommandSet);

    #[async_trait]
    impl App for Silent {
        fn commands(&self) -> &CommandSet {
            &self.0
        }

        async fn handle(&self, _event: Event, _reply: Arc<dyn Reply>) -> Handled {
            Handled::Done
        }

        async fn complete(&self, _query: CompletionQuery) -> Vec<Suggestion> {
            Vec::new()
        }
    }

    fn shaky(lost: u32, refused: bool) -> Arc<Shaky> {
        Arc::new(Shaky { runs: AtomicU32::new(0), lost, refused })
    }

    #[tokio::test(start_paused = true)]
    async fn a_refused_network_leaves_the_others_running() {
        let app: Arc<dyn App> = Arc::new(Silent(CommandSet::new(Vec::new())));
        let (refused, good, stop) = (shaky(3, true), shaky(2, false), Stop::new());
        let connectors: Vec<Arc<dyn Connector>> = vec![Arc::clone(&refused) as _, Arc::clone(&good) as _];
        let asker = {
            let stop = stop.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_mins(10)).await;
                stop.ask();
            })
        };
        let ended = run_all(connectors, &app, &stop).await;
        assert_eq!(ended.map_err(|refused| refused.to_string()), Err("shaky: refused: the token".to_owned()));
        assert!(asker.is_finished(), "it ended before it was asked to");
        assert_eq!((refused.runs.load(Ordering::Relaxed), good.runs.load(Ordering::Relaxed)), (4, 3));
    }
}
