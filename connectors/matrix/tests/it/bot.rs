//! A connector that runs.

use std::{sync::Arc, time::Duration};
use tokio::{
    runtime::{Builder, Runtime},
    sync::oneshot,
    task::{JoinHandle, spawn_blocking},
    time::timeout,
};
use vigie_chat::{App, Connector, ConnectorError};
use vigie_matrix::{Matrix, Options};

/// How long it may take to end. It drains for 10 s at most.
const PATIENCE: Duration = Duration::from_secs(20);

/// The connector, and what stops it.
pub(crate) struct Bot {
    pub(crate) connector: Arc<Matrix>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Result<(), ConnectorError>>,
    /// Its own, so that everything that it and the SDK began dies with it; none once it was shut down.
    runtime: Option<Runtime>,
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
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads");
        let running = runtime.spawn(async move {
            let ended = runs.run(app, shutdown).await;
            if let Err(error) = &ended {
                // A test that waits for answers learns why there are none.
                eprintln!("the bot ended by itself: {error}");
            }
            ended
        });
        Self { connector, stop: Some(stop), running, runtime: Some(runtime) }
    }

    /// Asks it to stop, without waiting.
    pub(crate) fn asks_to_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It may have ended by itself.
            let _ = stop.send(());
        }
    }

    /// Waits for its end.
    pub(crate) async fn ended(mut self) -> Result<(), ConnectorError> {
        let ended = timeout(PATIENCE, &mut self.running).await.expect("it ends in time");
        ended.expect("it doesn't panic")
    }

    /// Ends it in the middle of whatever it does, as a kill of the process would: when this returns nothing of it goes on.
    pub(crate) async fn dies(mut self) {
        assert!(!self.running.is_finished(), "it had ended by itself");
        let runtime = self.runtime.take().expect("it is shut down once");
        spawn_blocking(move || runtime.shutdown_timeout(PATIENCE)).await.expect("it ends");
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
