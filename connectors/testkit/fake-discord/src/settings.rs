//! How a fake is set up before it starts.

use std::{net::SocketAddr, time::Duration};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::id::Id;

/// What doesn't change while the fake runs.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) application: Id,
    pub(crate) bot_name: String,
    pub(crate) token: String,
    pub(crate) shards: u32,
    pub(crate) starts: StartLimit,
    pub(crate) heartbeat: Duration,
    /// For how long a nonce stands for its message.
    pub(crate) nonces_last: Duration,
    /// Messages must say whom they may mention, which Discord doesn't ask for.
    pub(crate) demands_allowed_mentions: bool,
    /// Where REST and gateway listen; set by the start.
    pub(crate) address: Option<SocketAddr>,
}

/// How many sessions may be begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StartLimit {
    pub(crate) total: u32,
    pub(crate) remaining: u32,
    pub(crate) max_concurrency: u32,
}

impl Default for Settings {
    fn default() -> Self {
        let application = Id::new(1_000_000_000_000_000_001);
        Self {
            application,
            bot_name: "bot".to_owned(),
            token: token_of(application),
            shards: 1,
            starts: StartLimit { total: 1000, remaining: 1000, max_concurrency: 1 },
            heartbeat: Duration::from_millis(41_250),
            nonces_last: Duration::from_mins(3),
            demands_allowed_mentions: true,
            address: None,
        }
    }
}

impl Settings {
    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address.expect("the fake listens before anybody asks where"))
    }

    pub(crate) fn gateway_url(&self) -> String {
        format!("ws://{}/gateway", self.address.expect("the fake listens before anybody asks where"))
    }
}

/// A token that has the form of a real one, so that a client can read the application's id in it.
pub(crate) fn token_of(application: Id) -> String {
    let first = BASE64_URL_SAFE_NO_PAD.encode(application.to_string());
    format!("{first}.fAkE00.not-a-real-token-only-for-tests-00")
}
