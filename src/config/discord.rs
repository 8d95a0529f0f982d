//! Settings of Discord.

use secrecy::SecretString;
use serde::Deserialize;
use std::str::FromStr;

/// Settings of Discord. It is configured when there is a token.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DiscordSettings {
    /// The bot's token.
    #[serde(deserialize_with = "super::secret::quoted")]
    pub token: Option<SecretString>,
    /// Another base address of the REST API: a proxy, or a test server. The gateway's address then comes from it.
    pub api_base: Option<String>,
    /// The shards that this process runs, when several share the work. Discord's own advice when absent.
    pub shards: Option<Shards>,
    /// The one server in which commands are registered, for development: changes show at once. Everywhere when absent.
    pub commands_in: Option<String>,
}

/// Some of the shards among which Discord shares out the servers: written `0-3/8`, or `2/8` for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Shards {
    /// The first one that this process runs, from 0.
    pub first: u32,
    /// The last one.
    pub last: u32,
    /// How many there are in all.
    pub total: u32,
}

/// Shards that can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "`shards` is written like 0-3/8: the first and the last shard of this process, counted from 0, then how many there are in all"
)]
pub struct WrongShards;

impl FromStr for Shards {
    type Err = WrongShards;

    fn from_str(text: &str) -> Result<Self, WrongShards> {
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| WrongShards);
        let (range, total) = text.split_once('/').ok_or(WrongShards)?;
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let shards = Self { first: number(first)?, last: number(last)?, total: number(total)? };
        if shards.first <= shards.last && shards.last < shards.total { Ok(shards) } else { Err(WrongShards) }
    }
}

impl TryFrom<String> for Shards {
    type Error = WrongShards;

    fn try_from(text: String) -> Result<Self, WrongShards> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_read() {
        assert_eq!("0-3/8".parse(), Ok(Shards { first: 0, last: 3, total: 8 }));
        assert_eq!(" 2 / 8 ".parse(), Ok(Shards { first: 2, last: 2, total: 8 }));
        for wrong in ["", "3", "0-3", "4-3/8", "0-8/8", "0/0", "a-b/c", "0-3/8/9", "-1/2"] {
            assert_eq!(wrong.parse::<Shards>(), Err(WrongShards), "{wrong}");
        }
    }
}
