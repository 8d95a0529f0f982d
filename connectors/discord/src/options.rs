//! What the operator chose for Discord.

use jiff::Timestamp;
use secrecy::SecretString;
use std::{fmt, sync::Arc};
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
        Self { token, notebook, clock, api_base: None, shards: Shards::Automatic, commands_in: None, client: None }
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

    /// Uses this HTTP client, for instance one that trusts a certificate of its own.
    #[must_use]
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.client = Some(client);
        self
    }
}
