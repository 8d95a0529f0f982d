//! What everything that talks to Discord shares: the way to its API, who the bot is there, and the order of channels.

use crate::{options::Clock, render::CommandIds, rest::Rest};
use serenity::all::{ApplicationId, ChannelId, UserId};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock},
};
use tokio::sync::OwnedMutexGuard;
use vigie_chat::Notebook;

/// Channels remembered before those that nobody waits for are forgotten.
const MANY: usize = 256;

/// Shared by the connector, its replies and its gateway.
pub(crate) struct Wire {
    pub(crate) rest: Rest,
    pub(crate) notebook: Arc<dyn Notebook>,
    pub(crate) clock: Clock,
    /// Known once the bot has logged in.
    me: OnceLock<Me>,
    commands: RwLock<Arc<CommandIds>>,
    channels: Mutex<HashMap<ChannelId, Arc<tokio::sync::Mutex<()>>>>,
    /// Direct rooms are opened one at a time, lest two answers open the same one.
    pub(crate) opening: tokio::sync::Mutex<()>,
    /// Threads too.
    pub(crate) threads: tokio::sync::Mutex<()>,
}

/// Who the bot is on Discord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Me {
    pub(crate) application: ApplicationId,
    pub(crate) user: UserId,
}

impl Wire {
    pub(crate) fn new(rest: Rest, notebook: Arc<dyn Notebook>, clock: Clock) -> Self {
        let (me, commands, channels) = (OnceLock::new(), RwLock::default(), Mutex::default());
        let (opening, threads) = Default::default();
        Self { rest, notebook, clock, me, commands, channels, opening, threads }
    }

    /// Notes who the bot is. It stays the same as long as the token does.
    pub(crate) fn logged_in(&self, me: Me) {
        let _ = self.me.set(me);
    }

    /// Who the bot is, once it has logged in.
    pub(crate) fn me(&self) -> Option<Me> {
        self.me.get().copied()
    }

    /// The ids of the commands, as they were registered last.
    pub(crate) fn commands(&self) -> Arc<CommandIds> {
        Arc::clone(&self.commands.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes the ids of the commands.
    pub(crate) fn registered(&self, commands: CommandIds) {
        *self.commands.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(commands);
    }

    /// Waits for one's turn to write in a channel; messages there follow each other in the order of the asking.
    pub(crate) async fn turn(&self, channel: ChannelId) -> OwnedMutexGuard<()> {
        let turn = {
            let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
            if channels.len() >= MANY {
                channels.retain(|_, turn| Arc::strong_count(turn) > 1);
            }
            Arc::clone(channels.entry(channel).or_default())
        };
        turn.lock_owned().await
    }
}
