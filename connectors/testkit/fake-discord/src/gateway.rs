//! The gateway: sessions of the bot, and the events they hear.
//!
//! A *connection* is one web socket; a *session* outlives its connections and keeps what it has heard, so that it can be
//! resumed. Each guild is heard by one shard, direct messages by the first.

mod connection;
mod event;
mod identify;
mod session;
mod socket;

use std::collections::{BTreeMap, HashMap};

pub(crate) use self::{
    connection::{Connection, Out},
    event::{Hearers, intents},
    session::Session,
    socket::serve,
};
use crate::settings::{Settings, StartLimit};

/// What happens to who connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// They get a connection.
    Open,
    /// They are kept waiting.
    Silent,
    /// They are refused.
    Closed,
}

/// All connections and sessions.
#[derive(Debug)]
pub(crate) struct GatewayState {
    pub(crate) connections: BTreeMap<u64, Connection>,
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) last_connection: u64,
    pub(crate) door: Door,
    /// How many found it closed.
    pub(crate) refused: usize,
    pub(crate) starts: StartLimit,
    /// When the day of `starts` ends.
    pub(crate) starts_end_ms: Option<i64>,
    /// When each bucket of IDENTIFY was last used.
    pub(crate) identified_ms: HashMap<u64, i64>,
}

impl GatewayState {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            connections: BTreeMap::new(),
            sessions: BTreeMap::new(),
            last_connection: 0,
            door: Door::Open,
            refused: 0,
            starts: settings.starts,
            starts_end_ms: None,
            identified_ms: HashMap::new(),
        }
    }

    /// Sends to a connection, if it is still there.
    pub(crate) fn send(&self, connection: u64, out: Out) {
        if let Some(connection) = self.connections.get(&connection) {
            connection.send(out);
        }
    }
}
