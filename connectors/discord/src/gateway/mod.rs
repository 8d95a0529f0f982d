//! Staying connected: sessions one after the other, within what Discord allows, until somebody asks to stop.

mod guard;
mod heard;
mod session;
mod watch;

pub(crate) use heard::{Ear, Heard};
pub(crate) use session::{Ended, Plan, Session};
pub(crate) use watch::Watch;

use crate::{
    options::Shards,
    rest::{Call, Failure},
    wire::Wire,
};
use guard::Guard;
use serde::Deserialize;
use serenity::http::Route;
use std::{sync::Arc, time::Duration};

/// A wait longer than serenity's own between two IDENTIFYs: something is wrong, and the session must be left.
const SUSPICIOUS: Duration = Duration::from_secs(6);

/// What Discord tells of its gateway.
#[derive(Debug, Deserialize)]
struct Gateway {
    url: String,
    shards: u32,
    session_start_limit: StartLimit,
}

/// How many IDENTIFYs Discord still grants.
#[derive(Debug, Deserialize)]
struct StartLimit {
    remaining: u32,
    /// Milliseconds until all are granted again.
    reset_after: u64,
}

/// Where to connect, or how long to wait before.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Connect(Plan),
    Wait(Duration),
}

/// Decides when to connect, and where.
pub(crate) struct Gate {
    wire: Arc<Wire>,
    shards: Shards,
    guard: Option<Guard>,
}

impl Gate {
    pub(crate) fn new(wire: Arc<Wire>, shards: Shards) -> Self {
        Self { wire, shards, guard: None }
    }

    /// What to do next.
    pub(crate) async fn next(&mut self) -> Result<Next, Failure> {
        let gateway: Gateway = self.wire.rest.ask(Call::get(Route::GatewayBot)).await?;
        let plan = match self.shards {
            Shards::Automatic => {
                Plan { url: gateway.url, first: 0, last: gateway.shards.max(1) - 1, total: gateway.shards.max(1) }
            }
            Shards::Range { first, last, total } => Plan { url: gateway.url, first, last, total },
        };
        let connections = plan.connections();
        if (gateway.session_start_limit.remaining as usize) < connections {
            let wait = Duration::from_millis(gateway.session_start_limit.reset_after.max(1_000));
            tracing::error!(seconds = wait.as_secs(), "Discord grants no more sessions today");
            return Ok(Next::Wait(wait));
        }
        let guard = self.guard.insert(Guard::new(Arc::clone(&self.wire.notebook), connections));
        // Without its memory the guard can't tell; Discord's own count, above, still holds.
        let wait = guard.wait((self.wire.clock)()).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "sessions of earlier runs are not known");
            jiff::SignedDuration::ZERO
        });
        if wait.is_positive() {
            return Ok(Next::Wait(wait.unsigned_abs()));
        }
        // Before they are sent: a process that is killed at once has sent them all the same.
        self.identified(connections).await;
        Ok(Next::Connect(plan))
    }

    /// Notes so many IDENTIFYs; tells how long to stay away when they follow each other too fast.
    pub(crate) async fn identified(&self, times: usize) -> Option<Duration> {
        metrics::counter!("vigie_discord_identifies_total").increment(times as u64);
        match self.guard.as_ref()?.identified((self.wire.clock)(), times).await {
            Ok(wait) => Some(wait.unsigned_abs()).filter(|wait| *wait > SUSPICIOUS),
            Err(error) => {
                tracing::warn!(%error, "a session is not noted");
                None
            }
        }
    }
}
