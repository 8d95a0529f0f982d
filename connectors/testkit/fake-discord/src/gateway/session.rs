//! A session of the bot: its shard, its intents, and what it has heard.

use std::sync::Arc;

/// A session, with or without a connection.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) shard: u64,
    pub(crate) shards: u64,
    pub(crate) intents: u64,
    pub(crate) connection: Option<u64>,
    /// Every event so far; the first has the number 1.
    log: Vec<(&'static str, Arc<str>)>,
}

impl Session {
    pub(crate) fn new(shard: (u64, u64), intents: u64, connection: u64) -> Self {
        Self { shard: shard.0, shards: shard.1, intents, connection: Some(connection), log: Vec::new() }
    }

    /// The number of the last event.
    pub(crate) fn last(&self) -> u64 {
        self.log.len() as u64
    }

    /// Keeps an event and returns the frame that brings it.
    pub(crate) fn hear(&mut self, event: &'static str, data: Arc<str>) -> String {
        let frame = frame(self.last() + 1, event, &data);
        self.log.push((event, data));
        frame
    }

    /// The frames of all events after `seq`.
    pub(crate) fn missed(&self, seq: u64) -> Vec<String> {
        let skipped = usize::try_from(seq).unwrap_or(usize::MAX);
        let numbered = (1..).zip(&self.log).skip(skipped);
        numbered.map(|(number, (event, data))| frame(number, event, data)).collect()
    }
}

fn frame(seq: u64, event: &str, data: &str) -> String {
    format!(r#"{{"op":0,"s":{seq},"t":"{event}","d":{data}}}"#)
}
