//! Start and stop: the one file that names the connectors.

use super::shelf::Shelf;
use super::{Vigie, clock};
use crate::config::Settings;
use crate::store::{Location, Store};
use anyhow::Context as _;
use jiff::civil::DateTime;
use secrecy::{ExposeSecret as _, SecretString};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vigie_chat::{App, Connector, Shutdown};
use vigie_console::{Console, Options};

pub use vigie_console::{Format, Outcome};

/// How the console is asked for.
#[derive(Debug, Clone, Default)]
pub struct ConsoleSetup {
    /// How messages are written.
    pub format: Format,
    /// Where what is typed and what is sent is kept; nothing is when absent.
    pub data: Option<PathBuf>,
    /// Address of the database; in memory when absent.
    pub database: Option<SecretString>,
    /// Where the clock stands: wall-clock time of the space. The machine's clock when absent.
    pub now: Option<DateTime>,
}

/// Runs the console until nobody is left to talk to, and says how it went.
///
/// # Errors
///
/// When the console can't start or can't go on.
pub fn console(shelf: Shelf, settings: &Settings, setup: ConsoleSetup) -> anyhow::Result<Outcome> {
    let zone = settings.zone().context("the time zone of the settings")?;
    let clock: vigie_console::Clock = match setup.now {
        None => Arc::new(clock::now),
        Some(now) => {
            // In the hour that a clock change repeats the first one is meant; one that it skips is moved on.
            let fixed = now.to_zoned(zone.clone()).context("the time given to --now")?.timestamp();
            Arc::new(move || fixed)
        }
    };
    let mut options = Options::new(Arc::clone(&clock)).format(setup.format).zone(zone);
    if let Some(data) = setup.data {
        std::fs::create_dir_all(&data).with_context(|| format!("the folder {}", data.display()))?;
        options = options.history_in(data.join("console-history")).files_in(data.join("console-files"));
    }
    let console = Console::new(options);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    runtime.block_on(async {
        let url = setup.database.unwrap_or_else(|| SecretString::from("sqlite::memory:"));
        let store = Store::open(url.expose_secret()).await?;
        let app: Arc<dyn App> = Arc::new(Vigie::new(shelf, settings.clone(), store.clone()).with_clock(clock));
        let ran = console.run(app, interrupted()).await.context("the console");
        store.close().await;
        ran
    })?;
    Ok(console.outcome())
}

/// Address of the database in a data folder.
#[must_use]
pub fn database_in(folder: &Path) -> SecretString {
    SecretString::from(Location::url_of(&folder.join("vigie.db")))
}

/// Resolves when the process is asked to stop.
fn interrupted() -> Shutdown {
    Box::pin(async {
        let asked = tokio::signal::ctrl_c().await;
        if asked.is_err() {
            // Without signals, only the end of input stops it.
            std::future::pending::<()>().await;
        }
    })
}
