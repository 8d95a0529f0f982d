//! A private thread of a channel: who is in it, and whether it was put aside.

use std::collections::BTreeSet;

use crate::id::Id;

/// Milliseconds in a minute.
const MINUTE_MS: i64 = 60_000;

/// What makes a channel a private thread of another.
#[derive(Clone, Debug)]
pub(crate) struct ThreadData {
    /// The channel that it belongs to, by which permissions go.
    pub(crate) parent: Id,
    pub(crate) owner: Id,
    pub(crate) members: BTreeSet<Id>,
    pub(crate) invitable: bool,
    /// Minutes without a word after which it is put aside.
    pub(crate) patience: i64,
    pub(crate) created_ms: i64,
    /// When something was last written in it.
    pub(crate) active_ms: i64,
}

impl ThreadData {
    /// Whether it was put aside for want of words.
    pub(crate) fn is_aside(&self, now_ms: i64) -> bool {
        now_ms - self.active_ms > self.patience * MINUTE_MS
    }
}
