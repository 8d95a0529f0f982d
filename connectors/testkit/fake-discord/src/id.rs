//! Identifiers: what Discord calls snowflakes.
//!
//! One number for everything: the milliseconds since 2015 above, a counter below, so that ids sort by age. In JSON they
//! are text, as with Discord.

use std::fmt;

use serde::{Serialize, Serializer};

/// Milliseconds between 1970 and 2015, from which Discord counts.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// The identifier of a user, a guild, a channel, a message, a role, a command or an interaction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(u64);

impl Id {
    /// An identifier with this number.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Reads an identifier written in decimal; `None` when it isn't one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|number| *number != 0).map(Self)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The next identifier given at this instant, always above `last`.
    pub(crate) fn after(last: Self, now_ms: i64) -> Self {
        let stamp = u64::try_from(now_ms - DISCORD_EPOCH_MS).unwrap_or(0) << 22;
        Self(stamp.max(last.0 + 1))
    }

    /// The shard that hears of this guild, when there are `total`.
    pub(crate) const fn shard(self, total: u64) -> u64 {
        (self.0 >> 22) % total
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
