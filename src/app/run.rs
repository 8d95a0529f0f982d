//! Start and stop: the one file that names the connectors.

use super::network::{self, Stop};
use super::shelf::Shelf;
use super::{Vigie, clock, housekeeping, reminders, scheduling, web};
use crate::commands::{handin_files, quotas};
use crate::config::{MatrixAccount, Proxies, Settings};
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
    let mut options = Options::new(clock).format(setup.format).zone(zone);
    if let Some(data) = &setup.data {
        std::fs::create_dir_all(data).with_context(|| format!("the folder {}", data.display()))?;
        options = options.history_in(data.join("console-history")).files_in(data.join("console-files"));
    }
    let dial = options.dial();
    let console = Arc::new(Console::new(options));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    runtime.block_on(async {
        let url = setup.database.unwrap_or_else(|| SecretString::from("sqlite::memory:"));
        let store = Store::open(url.expose_secret()).await?;
        let mut vigie = Vigie::new(shelf, settings.clone(), store.clone()).with_clock(dial.clock());
        if let Some(data) = &setup.data {
            vigie = vigie.keeping_files_in(&files_in(data));
        }
        let app: Arc<dyn App> = Arc::new(vigie.on([Arc::clone(&console) as Arc<dyn Connector>]));
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

/// Where the files that teams hand in are, in a data folder.
fn files_in(folder: &Path) -> PathBuf {
    folder.join("files")
}

/// Whether any network is configured.
#[must_use]
pub fn any_network(settings: &Settings) -> bool {
    settings.discord.token.is_some() || settings.matrix.homeserver.is_some()
}

/// Runs every configured network until the process is asked to stop, or none of them can go on.
///
/// # Errors
///
/// When the store or a network can't be started, or a network was refused.
pub fn networks(shelf: Shelf, settings: &Settings) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the runtime")?;
    runtime.block_on(async {
        let for_operator = door(settings.metrics_listen, "metrics_listen").await?;
        let for_people = door(settings.web_listen, "web_listen").await?;
        let counts =
            for_operator.as_ref().map(|_| metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder());
        let counts = counts.transpose().context("the counts")?;
        let url = settings.database_url.clone().unwrap_or_else(|| database_in(&settings.data_dir));
        let store = Store::open(url.expose_secret()).await?;
        let clock = clock::machine();
        let connectors = connectors(settings, &store, &clock)?;
        let files = files_in(&settings.data_dir);
        let vigie = Vigie::new(shelf, settings.clone(), store.clone()).with_clock(Arc::clone(&clock)).at_a_pace();
        let vigie = vigie.keeping_files_in(&files);
        let vigie = vigie.on(connectors.iter().cloned());
        // Nobody else has this file: what the last process had claimed is to be said now, not when its lease is over.
        store.release_claims().await.context("the ledger of reminders")?;
        let (reminders, scheduling, feeds) = (vigie.reminders(), vigie.scheduling(), vigie.feeds());
        let app: Arc<dyn App> = Arc::new(vigie);
        let stop = Stop::new();
        let asking = {
            let stop = stop.clone();
            tokio::spawn(async move {
                interrupted().await;
                tracing::info!("stopping: what is being answered is finished");
                stop.ask();
            })
        };
        let files = handin_files(&files, &quotas(settings));
        let terms =
            housekeeping::Terms { grace_days: settings.grace_days, retention_days: settings.retention_days.get() };
        let forgetting = housekeeping::run((store.clone(), files), terms, clock, stop.asked());
        let forgetting = tokio::spawn(forgetting);
        let reminding = tokio::spawn(reminders::run(reminders, stop.asked()));
        let showing = tokio::spawn(scheduling::run(scheduling, stop.asked()));
        let mut served = tokio::task::JoinSet::new();
        if let Some(listener) = for_people {
            if let Some(doubt) = settings.feeds_at().filter(|url| url.is_readable_on_the_way()) {
                tracing::warn!(address = ?doubt, "calendars are given at an address that others can read on the way");
            }
            let believed = settings.web_trusted_proxies.clone();
            served.spawn(web::serve(listener, feeds.router(), believed, stop.asked()));
        }
        let upkeep = for_operator.zip(counts).map(|(listener, counts)| {
            let operator = web::Operator::new(store.clone(), connectors.iter().cloned().collect(), counts);
            served.spawn(web::serve(listener, operator.router(), Proxies::default(), stop.asked()));
            tokio::spawn(operator.upkeep())
        });
        let ran = network::run_all(connectors, &app, &stop).await;
        asking.abort();
        stop.ask();
        // They only end; a panic of theirs is in the log.
        let _ = tokio::join!(forgetting, reminding, showing);
        served.join_all().await;
        if let Some(upkeep) = upkeep {
            upkeep.abort();
        }
        store.close().await;
        ran.map_err(Into::into)
    })
}

/// Opens the address of a setting, where it names one.
async fn door(
    address: Option<std::net::SocketAddr>,
    setting: &'static str,
) -> anyhow::Result<Option<tokio::net::TcpListener>> {
    let Some(address) = address else { return Ok(None) };
    let opened = tokio::net::TcpListener::bind(address).await;
    Ok(Some(opened.with_context(|| format!("the address {address} ({setting})"))?))
}

/// The connectors of the configured networks.
fn connectors(settings: &Settings, store: &Store, clock: &clock::Clock) -> anyhow::Result<Vec<Arc<dyn Connector>>> {
    let mut connectors: Vec<Arc<dyn Connector>> = Vec::new();
    if let Some(token) = &settings.discord.token {
        connectors.push(discord(token, settings, store, clock)?);
    }
    if let Some(account) = settings.matrix.account()? {
        for doubt in settings.matrix.doubts() {
            tracing::warn!(%doubt, "settings of Matrix");
        }
        connectors.push(matrix(account, settings, store, clock)?);
    }
    Ok(connectors)
}

#[cfg(feature = "discord")]
fn discord(
    token: &SecretString,
    settings: &Settings,
    store: &Store,
    clock: &clock::Clock,
) -> anyhow::Result<Arc<dyn Connector>> {
    let notebook = store.notebook(vigie_chat::ConnectorName::new(vigie_discord::NAME), Arc::clone(clock));
    let mut options = vigie_discord::Options::new(token.clone(), Arc::new(notebook), Arc::clone(clock));
    if let Some(base) = &settings.discord.api_base {
        options = options.api_base(base);
    }
    if let Some(shards) = settings.discord.shards {
        let (first, last, total) = (shards.first, shards.last, shards.total);
        options = options.shards(vigie_discord::Shards::Range { first, last, total });
    }
    if let Some(server) = &settings.discord.commands_in {
        options = options.commands_in(server.parse().context("discord.commands_in")?);
    }
    Ok(Arc::new(vigie_discord::Discord::new(options).context("discord")?))
}

#[cfg(not(feature = "discord"))]
fn discord(
    _token: &SecretString,
    _settings: &Settings,
    _store: &Store,
    _clock: &clock::Clock,
) -> anyhow::Result<Arc<dyn Connector>> {
    anyhow::bail!("this program was built without Discord; build it with `--features discord`, or remove discord.token")
}

#[cfg(feature = "matrix")]
fn matrix(
    account: MatrixAccount,
    settings: &Settings,
    store: &Store,
    clock: &clock::Clock,
) -> anyhow::Result<Arc<dyn Connector>> {
    use crate::config::{MatrixLogin, Trust};
    use vigie_matrix::{Login, Options, Profile, Thresholds};

    let chosen = &settings.matrix;
    let name = || vigie_chat::ConnectorName::new(vigie_matrix::NAME);
    let notebook = Arc::new(store.notebook(name(), Arc::clone(clock)));
    let inbox = Arc::new(store.inbox(name(), Arc::clone(clock)));
    let login = match account.login {
        MatrixLogin::Password { user, password } => Login::Password { user: user.as_str().to_owned(), password },
        MatrixLogin::Token { token, device_id, .. } => Login::Token { token, device_id },
    };
    let allowed: Result<Vec<vigie_matrix::Pattern>, _> =
        chosen.allowed.patterns().iter().map(|pattern| pattern.to_string().parse()).collect();
    let folder = settings.data_dir.join(vigie_matrix::NAME);
    let kept_in = folder.clone();
    let (homeserver, clock) = (account.homeserver.as_str(), Arc::clone(clock));
    let mut options = Options::new(homeserver, login, folder, (notebook, inbox), clock)
        .allowed(allowed.context("matrix.allowed")?)
        .prefix(&chosen.prefix)
        .profile(Profile { name: Some(chosen.display_name.clone()), avatar: chosen.avatar.clone() })
        .levels(Thresholds { administrator: chosen.administrator_level, trainer: chosen.trainer_level })
        .trust(match chosen.trust {
            Trust::CrossSigned => vigie_matrix::Trust::Signed,
            Trust::All => vigie_matrix::Trust::All,
        })
        .reactions(chosen.reactions.into())
        .tell_operator(Arc::new(move |note| tell_operator(note, &kept_in)));
    if let Some(key) = &chosen.recovery_key {
        options = options.recovery_key(key.clone());
    }
    if let Some(passphrase) = &chosen.store_passphrase {
        options = options.passphrase(passphrase.clone());
    }
    Ok(Arc::new(vigie_matrix::Matrix::new(options)))
}

#[cfg(not(feature = "matrix"))]
fn matrix(
    _account: MatrixAccount,
    _settings: &Settings,
    _store: &Store,
    _clock: &clock::Clock,
) -> anyhow::Result<Arc<dyn Connector>> {
    anyhow::bail!(
        "this program was built without Matrix; build it with `--features matrix`, or remove matrix.homeserver"
    )
}

/// Shows the operator what no log may hold: on a terminal, or else, since standard error is then kept somewhere, in a file
/// that only its owner can read.
#[cfg(feature = "matrix")]
fn tell_operator(note: &vigie_matrix::SecretNote, folder: &Path) -> std::io::Result<()> {
    use std::io::{IsTerminal as _, Write as _, stderr};
    let vigie_matrix::SecretNote::RecoveryKey(key) = note;
    let keep = "When the data folder is lost, it lets a new device be the same bot (VIGIE_MATRIX_RECOVERY_KEY).";
    if stderr().is_terminal() {
        let key = key.expose_secret();
        return writeln!(
            stderr(),
            "\n  The recovery key of the Matrix account. It is shown this once: keep it outside this machine.\n\n      \
             {key}\n\n  {keep}\n"
        );
    }
    let path = folder.join("recovery-key.txt");
    private_file(&path)?.write_all(format!("{}\n", key.expose_secret()).as_bytes())?;
    tracing::warn!("the recovery key of the Matrix account is in {}: move it off this machine. {keep}", path.display());
    Ok(())
}

/// A new file that only its owner can read.
#[cfg(feature = "matrix")]
fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Resolves when the process is asked to stop: by Ctrl-C, or by the `SIGTERM` of whoever supervises it.
fn interrupted() -> Shutdown {
    Box::pin(async {
        let by_hand = async {
            if tokio::signal::ctrl_c().await.is_err() {
                // Without signals, only the end of input stops it.
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = by_hand => {}
            () = terminated() => {}
        }
    })
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut asked) => {
            asked.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
