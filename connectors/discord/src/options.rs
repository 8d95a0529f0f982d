//! What the operator chose for Discord.

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use jiff::Timestamp;
use secrecy::SecretString;
use std::{fmt, sync::Arc, time::Duration};
use vigie_chat::Notebook;

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Everything that the connector needs to start.
#[derive(Clone)]
pub struct Options {
    pub(crate) token: SecretString,
    pub(crate) notebook: Arc<dyn Notebook>,
    pub(crate) clock: Clock,
    pub(crate) api_base: Option<String>,
    pub(crate) shards: Shards,
    pub(crate) commands_in: Option<u64>,
    pub(crate) client: Option<reqwest::Client>,
    pub(crate) patience: Patience,
}

/// How long to wait between tries of what fails, each time about twice as long as before, by chance a little more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    first: Duration,
    longest: Duration,
}

impl Patience {
    /// Waits of somebody who never gives up: connecting, registering.
    pub(crate) fn endless(self) -> Endless {
        Endless { waits: self.waits().without_max_times().build(), longest: self.longest }
    }

    /// Waits between so many tries of one request. Somebody waits for what it does, so they are five times shorter.
    pub(crate) fn between(self, tries: usize) -> ExponentialBackoff {
        Self { first: self.first / 5, longest: self.longest / 5 }.waits().with_max_times(tries - 1).build()
    }

    fn waits(self) -> ExponentialBuilder {
        ExponentialBuilder::default().with_min_delay(self.first).with_max_delay(self.longest).with_jitter()
    }
}

/// Waits that never come to an end.
#[derive(Debug)]
pub(crate) struct Endless {
    waits: ExponentialBackoff,
    longest: Duration,
}

impl Endless {
    /// How long to wait before the next try.
    pub(crate) fn wait(&mut self) -> Duration {
        // Any back-off may end, says its type; this one, which has no last time, goes on with its longest wait.
        self.waits.next().unwrap_or(self.longest)
    }
}

/// Which part of the servers this process serves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shards {
    /// All of them, in as many connections as Discord recommends.
    #[default]
    Automatic,
    /// Connections `first` to `last`, both included, of `total`; other processes serve the others.
    Range {
        /// The first, from 0.
        first: u32,
        /// The last.
        last: u32,
        /// How many there are in all.
        total: u32,
    },
}

impl fmt::Display for Shards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Automatic => f.write_str("all"),
            Self::Range { first, last, total } => write!(f, "{first}-{last}/{total}"),
        }
    }
}

impl Options {
    /// A bot with this token, which remembers in `notebook` and takes the time from `clock`.
    #[must_use]
    pub fn new(token: SecretString, notebook: Arc<dyn Notebook>, clock: Clock) -> Self {
        let patience = Patience { first: Duration::from_secs(1), longest: Duration::from_mins(1) };
        let shards = Shards::Automatic;
        Self { token, notebook, clock, api_base: None, shards, commands_in: None, client: None, patience }
    }

    /// Sends REST requests to another address than `https://discord.com`: a proxy, or a test server. Whether or not it
    /// ends with `/api/v10` makes no difference.
    #[must_use]
    pub fn api_base(mut self, base: &str) -> Self {
        let base = base.trim_end_matches('/');
        let base = base.strip_suffix("/v10").unwrap_or(base).trim_end_matches('/');
        self.api_base = Some(base.strip_suffix("/api").unwrap_or(base).trim_end_matches('/').to_owned());
        self
    }

    /// Serves a part of the servers only.
    #[must_use]
    pub fn shards(mut self, shards: Shards) -> Self {
        self.shards = shards;
        self
    }

    /// Registers the commands in one server, where they change at once, for development.
    #[must_use]
    pub fn commands_in(mut self, server: u64) -> Self {
        self.commands_in = Some(server);
        self
    }

    /// Waits so long before trying again what failed, and at most `longest` after many failures: 1 s and 60 s unless set.
    /// Requests that somebody waits for are tried again five times sooner. What Discord itself asks to wait is obeyed
    /// whatever is set here.
    #[must_use]
    pub fn patience(mut self, first: Duration, longest: Duration) -> Self {
        self.patience = Patience { first, longest };
        self
    }

    /// Uses this HTTP client, for instance one that trusts a certificate of its own.
    #[must_use]
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.client = Some(client);
        self
    }
}
