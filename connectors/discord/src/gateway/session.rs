//! One session with the gateway: serenity's shards on a thread of their own, until they end or are stopped.
//!
//! serenity's `Client` isn't used: when it can't ask for the gateway's address it silently takes the public one, so that
//! a test or a proxy would be bypassed. Its shard manager takes the address that it is given.

use super::heard::Ear;
use futures::StreamExt as _;
use serenity::{
    all::{ConnectionStage, GatewayIntents, RawEventHandler, ShardManager, ShardManagerOptions},
    gateway::GatewayError,
    http::Http,
    prelude::TypeMap,
};
use std::{sync::Arc, thread, time::Duration};
use tokio::{
    runtime,
    sync::{Mutex, RwLock, oneshot},
};

/// What the bot listens to. None of them is privileged: what people write is shown to the bot only when they write to it.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);

/// How long taking leave of all connections may take.
const LEAVE_TAKING: Duration = Duration::from_secs(5);

/// Which connections to open, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) url: String,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) total: u32,
}

impl Plan {
    /// How many connections there are.
    pub(crate) fn connections(&self) -> usize {
        (self.last - self.first + 1).try_into().unwrap_or(usize::MAX)
    }

    /// Whether a server is served by one of these connections.
    pub(crate) fn serves(&self, server: u64) -> bool {
        (u64::from(self.first)..=u64::from(self.last)).contains(&((server >> 22) % u64::from(self.total)))
    }
}

/// Why a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It was stopped, or lost.
    Over,
    /// Discord doesn't let the bot in; trying again is of no use until the operator acts.
    Refused(String),
}

/// How the connections of a session are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Health {
    /// Those that stand.
    pub(crate) connected: usize,
    /// Those that begin anew, with an IDENTIFY.
    pub(crate) fresh: usize,
}

/// A session that runs.
pub(crate) struct Session {
    manager: Arc<ShardManager>,
    leave: oneshot::Sender<()>,
    ended: oneshot::Receiver<Ended>,
}

impl Session {
    /// Starts a session.
    pub(crate) async fn start(http: Arc<Http>, plan: &Plan, ear: Arc<Ear>) -> std::io::Result<Self> {
        let (tell_started, started) = oneshot::channel();
        let (leave, leaving) = oneshot::channel::<()>();
        let (tell_ended, ended) = oneshot::channel();
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let plan = plan.clone();
        thread::Builder::new().name("discord-gateway".to_owned()).spawn(move || {
            let end = runtime.block_on(async move {
                let (manager, mut returned) = ShardManager::new(ShardManagerOptions {
                    data: Arc::new(RwLock::new(TypeMap::new())),
                    event_handlers: Vec::new(),
                    raw_event_handlers: vec![ear as Arc<dyn RawEventHandler>],
                    shard_index: plan.first,
                    shard_init: plan.last - plan.first + 1,
                    shard_total: plan.total,
                    ws_url: Arc::new(Mutex::new(plan.url)),
                    http,
                    intents: INTENTS,
                    presence: None,
                });
                // serenity declares an error that it never returns.
                let _ = manager.initialize();
                let _ = tell_started.send(manager);
                tokio::select! {
                    Some(Err(error)) = returned.next() => Ended::Refused(told(&error)),
                    // serenity tells of the end of its shards only if there were some. Leaving this runtime ends what
                    // it still tries, which would otherwise go on for ever beside the next session.
                    _ = leaving => Ended::Over,
                    else => Ended::Over,
                }
            });
            let _ = tell_ended.send(end);
        })?;
        let manager = started.await.map_err(|_| std::io::Error::other("the gateway's thread ended at once"))?;
        Ok(Self { manager, leave, ended })
    }

    /// Resolves when the session ended by itself.
    pub(crate) async fn ended(&mut self) -> Ended {
        (&mut self.ended).await.unwrap_or(Ended::Over)
    }

    /// How the connections are.
    pub(crate) async fn health(&self) -> Health {
        let runners = self.manager.runners.lock().await;
        let count = |stage| runners.values().filter(|runner| runner.stage == stage).count();
        Health { connected: count(ConnectionStage::Connected), fresh: count(ConnectionStage::Disconnected) }
    }

    /// Takes leave of the gateway, and returns once nothing of the session is left.
    pub(crate) async fn stop(self) {
        // A connection that hangs isn't waited for longer than all the rest.
        let _ = tokio::time::timeout(LEAVE_TAKING, self.manager.shutdown_all()).await;
        // It may have ended by itself.
        let _ = self.leave.send(());
        let _ = self.ended.await;
    }
}

/// What the operator should know and do.
fn told(error: &GatewayError) -> String {
    match error {
        GatewayError::InvalidAuthentication => {
            "Discord does not accept the token; copy it anew from the developer portal (Bot, Reset Token)".to_owned()
        }
        GatewayError::DisallowedGatewayIntents | GatewayError::InvalidGatewayIntents => {
            "Discord refuses the intents; Vigie asks for none that is privileged, so this is a fault of Vigie's"
                .to_owned()
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_is_served_once() {
        let plan = |first, last| Plan { url: String::new(), first, last, total: 8 };
        let (low, high) = (plan(0, 3), plan(4, 7));
        for server in (0..64).map(|n: u64| n << 22 | 5) {
            assert_ne!(low.serves(server), high.serves(server), "{server}");
        }
        assert_eq!(low.connections(), 4);
    }

    #[test]
    fn no_intent_is_privileged() {
        assert!(!INTENTS.is_privileged());
    }
}
