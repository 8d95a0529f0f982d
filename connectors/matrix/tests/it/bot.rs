//! A connector that runs.

use std::{sync::Arc, time::Duration};
use tokio::{sync::oneshot, task::JoinHandle, time::timeout};
use vigie_chat::{App, Connector, ConnectorError};
use vigie_matrix::{Matrix, Options};

/// How long it may take to end. It drains for 10 s at most.
const PATIENCE: Duration = Duration::from_secs(20);

/// The connector, and what stops it.
pub(crate) struct Bot {
    pub(crate) connector: Arc<Matrix>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Result<(), ConnectorError>>,
}

impl Bot {
    /// Starts a connector, without waiting for its connection.
    ///
    /// With a filter in `VIGIE_LOG` it says what it does.
    pub(crate) fn start(options: Options, app: Arc<dyn App>) -> Self {
        if let Ok(filter) = std::env::var("VIGIE_LOG") {
            // Another test may have begun.
            let _ = tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().try_init();
        }
        let connector = Arc::new(Matrix::new(options));
        let (stop, stopping) = oneshot::channel::<()>();
        let shutdown = Box::pin(async { drop(stopping.await) });
        let runs = Arc::clone(&connector);
        let running = tokio::spawn(async move {
            let ended = runs.run(app, shutdown).await;
            if let Err(error) = &ended {
                // A test that waits for answers learns why there are none.
                eprintln!("the bot ended by itself: {error}");
            }
            ended
        });
        Self { connector, stop: Some(stop), running }
    }

    /// Asks it to stop, without waiting.
    pub(crate) fn asks_to_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It may have ended by itself.
            let _ = stop.send(());
        }
    }

    /// Waits for its end.
    pub(crate) async fn ended(self) -> Result<(), ConnectorError> {
        let ended = timeout(PATIENCE, self.running).await.expect("it ends in time");
        ended.expect("it doesn't panic")
    }

    /// Ends it in the middle of whatever it does, as a kill of the process would.
    pub(crate) async fn dies(self) {
        self.running.abort();
        let ended = timeout(PATIENCE, self.running).await.expect("it ends in time");
        assert!(ended.is_err_and(|ended| ended.is_cancelled()), "it had ended by itself");
    }
}
