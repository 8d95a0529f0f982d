//! A scheduled event of a guild, which takes place outside of Discord.

use crate::id::Id;

/// An event.
#[derive(Clone, Debug)]
pub(crate) struct EventData {
    pub(crate) id: Id,
    pub(crate) guild: Id,
    pub(crate) creator: Id,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) starts_ms: i64,
    pub(crate) ends_ms: i64,
    pub(crate) location: String,
}

impl EventData {
    /// Discord's number for how it stands: 1 waits, 2 is going on, 3 is over. Discord begins and ends external events itself.
    pub(crate) fn status(&self, now_ms: i64) -> u8 {
        if now_ms < self.starts_ms {
            1
        } else if now_ms < self.ends_ms {
            2
        } else {
            3
        }
    }

    /// Whether it waits or is going on: others aren't listed, and count no more.
    pub(crate) fn is_open(&self, now_ms: i64) -> bool {
        self.status(now_ms) < 3
    }
}
