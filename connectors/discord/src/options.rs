//! What the operator chose for Discord.

use jiff::Timestamp;
use secrecy::SecretString;
use std::{fmt, str::FromStr, sync::Arc};
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

/// What was given isn't a range of shards.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a range of shards; expected FIRST-LAST/TOTAL such as 0-3/8, the last below the total")]
pub struct NotShards(String);

impl FromStr for Shards {
    type Err = NotShards;

    /// Reads `0-3/8`, or `5/8` for one shard.
    fn from_str(text: &str) -> Result<Self, NotShards> {
        let read = || {
            let (range, total) = text.trim().split_once('/')?;
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            let number = |digits: &str| digits.trim().parse::<u32>().ok();
            let (first, last, total) = (number(first)?, number(last)?, number(total)?);
            (first <= last && last < total).then_some(Self::Range { first, last, total })
        };
        read().ok_or_else(|| NotShards(text.to_owned()))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_shards() {
        assert_eq!("0-3/8".parse(), Ok(Shards::Range { first: 0, last: 3, total: 8 }));
        assert_eq!(" 5/8 ".parse(), Ok(Shards::Range { first: 5, last: 5, total: 8 }));
        for wrong in ["", "8", "3-0/8", "0-8/8", "a-b/c", "0-3", "-1-3/8", "0-3/8/2"] {
            assert!(wrong.parse::<Shards>().is_err(), "{wrong}");
        }
    }
}
