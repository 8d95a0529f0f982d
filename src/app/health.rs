//! What is in order and what isn't, for `vigie doctor`: each thing that an operator can get wrong, with what to do about it.
//!
//! Everything is only looked at. It may be looked at while Vigie runs: what a running Vigie holds is left to it.

use crate::config::Settings;
use crate::store::{Beside, Location, OpenError, Store};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use std::path::Path;

/// How long a network may take to answer.
#[cfg(any(feature = "discord", feature = "matrix"))]
const PATIENCE: std::time::Duration = std::time::Duration::from_mins(1);

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sign {
    /// What was looked at.
    pub about: String,
    /// How it is.
    pub state: State,
    /// The same in words.
    pub says: String,
    /// What to do about it.
    pub advice: Option<String>,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// In order.
    Ok,
    /// Vigie runs, but something isn't as it should be or couldn't be told.
    Warning,
    /// It keeps Vigie from running or from being talked to.
    Problem,
}

impl Sign {
    /// In order.
    #[must_use]
    pub fn ok(about: &str, says: impl Into<String>) -> Self {
        Self { about: about.to_owned(), state: State::Ok, says: says.into(), advice: None }
    }

    /// Not as it should be.
    #[must_use]
    pub fn warning(about: &str, says: impl Into<String>) -> Self {
        Self { state: State::Warning, ..Self::ok(about, says) }
    }

    /// In the way.
    #[must_use]
    pub fn problem(about: &str, says: impl Into<String>) -> Self {
        Self { state: State::Problem, ..Self::ok(about, says) }
    }

    /// The same with what to do.
    #[must_use]
    pub fn advising(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

/// Looks at everything that these settings name.
///
/// # Errors
///
/// When this machine doesn't even let it look.
pub fn look(settings: &Settings) -> std::io::Result<Vec<Sign>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut signs = vec![folder(&settings.data_dir), database(settings).await];
        signs.extend(beside(settings).await);
        if !super::run::any_network(settings) {
            let none = Sign::warning("networks", "none is configured: without a command Vigie runs the console");
            signs.push(none.advising("Set DISCORD_TOKEN, or the settings of Matrix"));
        }
        if settings.discord.token.is_some() {
            signs.push(discord(settings).await);
        }
        signs.extend(matrix(settings).await);
        signs.extend(calendars(settings));
        Ok(signs)
    })
}

/// The address of people's own calendars: can what is secret in it be read on the way?
fn calendars(settings: &Settings) -> Option<Sign> {
    let about = "calendars";
    let public = settings.feeds_at()?;
    let shown = public.as_str();
    Some(if public.is_readable_on_the_way() {
        Sign::warning(about, format!("people are given {shown}, which others can read on the way"))
            .advising("Put a proxy with TLS in front, and give its https:// address as web_public_url")
    } else {
        Sign::ok(about, format!("people are given {shown}"))
    })
}

/// The folder of everything that is kept: can it be written?
fn folder(folder: &Path) -> Sign {
    let about = "data folder";
    let shown = folder.display();
    let Ok(whole) = std::path::absolute(folder) else {
        return Sign::problem(about, format!("{shown} can't be found")).advising("Give another with VIGIE_DATA_DIR");
    };
    // A folder that isn't there yet is made in the nearest one that is.
    let there = whole.ancestors().find(|folder| folder.exists()).unwrap_or(&whole);
    let draft = there.join(format!(".vigie-doctor-{}", std::process::id()));
    let written = std::fs::OpenOptions::new().write(true).create_new(true).open(&draft);
    match written.and_then(|_| std::fs::remove_file(&draft)) {
        Ok(()) if there == whole => Sign::ok(about, format!("{shown} can be written")),
        Ok(()) => Sign::ok(about, format!("{shown} isn't there yet; it is made at the first start")),
        Err(error) => Sign::problem(about, format!("{} can't be written: {error}", there.display()))
            .advising("Check the rights on it, or give another with VIGIE_DATA_DIR"),
    }
}

/// Where the database is.
fn address(settings: &Settings) -> SecretString {
    settings.database_url.clone().unwrap_or_else(|| super::run::database_in(&settings.data_dir))
}

/// The database: does it answer, and is it of this version?
async fn database(settings: &Settings) -> Sign {
    let about = "database";
    let url = address(settings);
    let url = url.expose_secret();
    let location = match Location::read(url) {
        Ok(location) => location,
        Err(error) => return Sign::problem(about, error.to_string()),
    };
    let shown = location.shown();
    if let Location::File(file) = &location
        && !file.exists()
    {
        return Sign::ok(about, format!("{shown} isn't there yet; it is made at the first start"));
    }
    match Store::pending(url).await {
        Ok(0) => Sign::ok(about, format!("{shown} answers")),
        Ok(_) => Sign::warning(about, format!("{shown} was written by an older Vigie, or by none"))
            .advising("The next start brings it up to date; make a copy of it before"),
        Err(OpenError::InUse { by, .. }) => Sign::ok(about, format!("{shown} is in use by a running Vigie{by}")),
        // The sentence says what to do.
        Err(error) => Sign::problem(about, error.to_string()),
    }
}

/// How long what is due may wait before something is wrong: longer than a restart, shorter than a morning.
const OVERDUE: SignedDuration = SignedDuration::from_mins(15);

/// What the database tells of the work that Vigie does by itself. Where it doesn't, `database` says why.
async fn beside(settings: &Settings) -> Vec<Sign> {
    let url = address(settings);
    let Some(mut store) = Beside::at(url.expose_secret()).await else { return Vec::new() };
    let mut signs = Vec::new();
    // An older store doesn't know what is asked.
    signs.extend(store.overdue_since(super::clock::now()).await.ok().map(reminders));
    signs.extend(store.spaces_without_events().await.ok().and_then(events));
    store.close().await;
    signs
}

/// Reminders: is what is due said? A running Vigie tells it by the gauge `vigie_reminders_overdue_seconds`.
fn reminders(since: Option<Timestamp>) -> Sign {
    let about = "reminders";
    let now = super::clock::now();
    let Some(since) = since.filter(|since| now.duration_since(*since) > OVERDUE) else {
        return Sign::ok(about, "nothing is overdue");
    };
    let sign = Sign::problem(about, format!("something should have been said since {since}"));
    sign.advising(
        "Start Vigie, or look at its log and at `vigie reminders --waiting`: what waits is said late, not lost",
    )
}

/// Defences in the calendars of networks: are they refused somewhere?
fn events(refused: u64) -> Option<Sign> {
    let spaces = match refused {
        0 => return None,
        1 => "one server".to_owned(),
        more => format!("{more} servers"),
    };
    let sign = Sign::warning("defences", format!("{spaces} didn't let them be shown as events"));
    Some(sign.advising(
        "Give the bot the permission to create events there and start Vigie again; it tries once a day otherwise. They \
         are announced in words in any case",
    ))
}

/// Discord: is the token taken?
#[cfg(feature = "discord")]
async fn discord(settings: &Settings) -> Sign {
    use super::clock;
    use std::sync::Arc;
    use vigie_chat::{ConnectorError, ConnectorName};
    let about = "discord";
    let Some(token) = &settings.discord.token else { return Sign::ok(about, "not configured") };
    let asked = async {
        let clock = clock::machine();
        let store = Store::open("sqlite::memory:").await.map_err(|error| ConnectorError::Lost(error.to_string()))?;
        let notebook = store.notebook(ConnectorName::new(vigie_discord::NAME), Arc::clone(&clock));
        let mut options = vigie_discord::Options::new(token.clone(), Arc::new(notebook), clock);
        if let Some(base) = &settings.discord.api_base {
            options = options.api_base(base);
        }
        vigie_discord::Discord::new(options)?.check().await
    };
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(())) => Sign::ok(about, "the token is accepted"),
        Ok(Err(ConnectorError::Refused(why))) => Sign::problem(about, why),
        Ok(Err(ConnectorError::Lost(why))) => {
            Sign::warning(about, format!("it couldn't be asked about the token: {why}"))
                .advising("Check the network of this machine")
        }
        Err(_) => Sign::warning(about, "it doesn't answer in time").advising("Check the network of this machine"),
    }
}

#[cfg(not(feature = "discord"))]
async fn discord(_settings: &Settings) -> Sign {
    Sign::problem("discord", "configured, but this program was built without Discord")
        .advising("Build it with `--features discord`, or remove discord.token")
}

/// Matrix: what the account looks like to others.
#[cfg(feature = "matrix")]
async fn matrix(settings: &Settings) -> Vec<Sign> {
    use vigie_matrix::Verdict;
    let about = "matrix";
    let folder = settings.data_dir.join(vigie_matrix::NAME);
    let Some(access) = vigie_matrix::access(&folder) else {
        let sign = if folder.join("session.json").exists() {
            Sign::problem(about, format!("the session in {} can't be read", folder.display()))
                .advising("Check the rights on it, or restore a copy of the whole folder")
        } else {
            Sign::ok(about, "not logged in from this data folder")
        };
        return vec![sign];
    };
    let asked = tokio::time::timeout(PATIENCE, vigie_matrix::checkup(&access));
    let checkup = match asked.await {
        Ok(Ok(checkup)) => checkup,
        // The sentence says what to do.
        Ok(Err(error)) => return vec![Sign::problem(about, error.to_string())],
        Err(_) => {
            let slow = format!("{} doesn't answer in time", access.homeserver);
            return vec![Sign::warning(about, slow).advising("Look again later")];
        }
    };
    let mut signs = vec![Sign::ok(about, format!("{} is logged in at {}", checkup.user, access.homeserver))];
    if folder.join("recovery-key.txt").exists() {
        let lies = format!("the recovery key still lies in {}", folder.display());
        signs.push(Sign::warning(about, lies).advising("Keep it outside this machine and remove recovery-key.txt"));
    }
    signs.extend(checkup.findings.into_iter().map(|found| {
        let state = match found.verdict {
            Verdict::Good => State::Ok,
            Verdict::Bad => State::Problem,
            Verdict::Unknown => State::Warning,
        };
        let about = format!("{about}: {}", found.about);
        Sign { about, state, says: found.says, advice: found.advice.map(str::to_owned) }
    }));
    signs
}

#[cfg(not(feature = "matrix"))]
async fn matrix(_settings: &Settings) -> Vec<Sign> {
    Vec::new()
}
