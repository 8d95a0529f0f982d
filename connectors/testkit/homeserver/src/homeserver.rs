//! A Synapse that runs for as long as somebody holds it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio::{sync::OnceCell, task::spawn_blocking};

use crate::{
    error::StartError,
    http::Caller,
    launch::{Configuration, Ending, Keeper, SERVER_NAME, free_port, installed, random_text},
    settings::Settings,
};

/// How long Synapse is given to answer once it is started, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_mins(3);

/// A real Synapse on the loopback address, which knows no other server.
///
/// It is one's own until it is dropped, which kills it and removes its folder. [`Homeserver::shared`] is the one that all
/// tests of a program use together.
#[derive(Debug)]
pub struct Homeserver {
    // Ended before its folder is removed.
    keeper: Mutex<Option<Keeper>>,
    folder: TempDir,
    python: PathBuf,
    port: u16,
    pub(crate) registration_secret: String,
    pub(crate) administrator: OnceCell<Caller>,
    pub(crate) registered: AtomicU32,
}

impl Homeserver {
    /// The server that all tests of this program share, started by the first that asks.
    ///
    /// It ends with the program, however that ends. Tests that stop servers or set limits start their own.
    ///
    /// # Errors
    ///
    /// When it can't be installed or started; everybody who asks is told the same.
    pub async fn shared() -> Result<&'static Self, &'static StartError> {
        static SHARED: OnceCell<Result<Homeserver, StartError>> = OnceCell::const_new();
        SHARED.get_or_init(|| Self::start(Settings::default())).await.as_ref()
    }

    /// Starts a server of one's own, with nobody on it. Synapse is installed first, if it isn't.
    ///
    /// # Errors
    ///
    /// When it can't be installed or started.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        // It waits for pip, which takes no notice of a runtime.
        let python = aside(installed).await?;
        // Somebody else may take the port before Synapse does.
        for _ in 0..3 {
            match Self::start_with(&python, &settings).await {
                Err(StartError::Ended(log)) if log.contains("CannotListenError") => {}
                started => return started,
            }
        }
        Self::start_with(&python, &settings).await
    }

    async fn start_with(python: &Path, settings: &Settings) -> Result<Self, StartError> {
        let folder = tempfile::Builder::new().prefix("homeserver-").tempdir();
        let folder = folder.map_err(StartError::system("making a folder in", std::env::temp_dir()))?;
        let port = free_port();
        let registration_secret = random_text(32);
        let configuration = Configuration { settings, port, registration_secret: &registration_secret };
        configuration.write(folder.path())?;
        let server = Self {
            keeper: Mutex::new(None),
            folder,
            python: python.to_owned(),
            port,
            registration_secret,
            administrator: OnceCell::new(),
            registered: AtomicU32::new(0),
        };
        server.start_again().await?;
        Ok(server)
    }

    /// Starts the server after it was stopped or killed: at the same address, with all that it knew.
    ///
    /// # Errors
    ///
    /// When it ends or stays silent instead.
    pub async fn start_again(&self) -> Result<(), StartError> {
        self.end(Ending::Killed).await;
        let (python, folder) = (self.python.clone(), self.folder.path().to_owned());
        let keeper = aside(move || Keeper::start(&python, &folder)).await?;
        *self.keeper() = Some(keeper);
        let until = Instant::now() + PATIENCE;
        let caller = Caller::new(&self.address(), None);
        // Synapse says to nobody but its health check that it is ready.
        while caller.call("GET", "/health", None).await.is_err() {
            if self.has_ended() {
                return Err(StartError::Ended(self.log()));
            }
            if Instant::now() > until {
                return Err(StartError::Silent { waited: PATIENCE, log: self.log() });
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Asks the server to end, and waits until it has.
    pub async fn stop(&self) {
        self.end(Ending::Asked).await;
    }

    /// Kills the server, as a crash would end it, and waits until it is gone.
    pub async fn kill(&self) {
        self.end(Ending::Killed).await;
    }

    /// Where clients find it, such as `http://127.0.0.1:20017`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The part of user ids after the colon.
    #[must_use]
    pub fn server_name(&self) -> &'static str {
        SERVER_NAME
    }

    /// The process id of Synapse; none while it is stopped.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        self.keeper().as_ref().map(Keeper::server_process_id)
    }

    /// The folder of its database and log.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The end of what it has to complain about.
    #[must_use]
    pub fn log(&self) -> String {
        let read = |name: &str| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        let (output, log) = (read("output.log"), read("homeserver.log"));
        let all: Vec<_> = output.lines().chain(log.lines()).collect();
        all[all.len().saturating_sub(30)..].join("\n")
    }

    /// A number that nobody else on this server has.
    pub(crate) fn next_number(&self) -> u32 {
        self.registered.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn has_ended(&self) -> bool {
        self.keeper().as_mut().is_none_or(Keeper::has_ended)
    }

    async fn end(&self, how: Ending) {
        let keeper = self.keeper().take();
        if let Some(keeper) = keeper {
            aside(move || keeper.end(how)).await;
        }
    }

    fn keeper(&self) -> MutexGuard<'_, Option<Keeper>> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does what waits for another process where it holds up nothing else.
async fn aside<T: Send + 'static>(wait: impl FnOnce() -> T + Send + 'static) -> T {
    spawn_blocking(wait).await.expect("it doesn't panic")
}
