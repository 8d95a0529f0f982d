//! What can be set before a fake starts.

use std::time::Duration;

use crate::{
    discord::FakeDiscord,
    id::Id,
    settings::{Settings, token_of},
};

/// A fake about to start. Made by [`FakeDiscord::builder`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    settings: Settings,
}

impl Builder {
    /// The bot's name.
    #[must_use]
    pub fn bot_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.settings.bot_name);
        self
    }

    /// The application's id, which is the bot's too; the token follows from it.
    #[must_use]
    pub fn application(mut self, id: Id) -> Self {
        self.settings.application = id;
        self.settings.token = token_of(id);
        self
    }

    /// The bot's token.
    #[must_use]
    pub fn token(mut self, token: &str) -> Self {
        token.clone_into(&mut self.settings.token);
        self
    }

    /// How many shards `GET /gateway/bot` recommends.
    #[must_use]
    pub fn shards(mut self, shards: u32) -> Self {
        self.settings.shards = shards;
        self
    }

    /// How many sessions may still begin today, out of `total`.
    #[must_use]
    pub fn session_starts(mut self, remaining: u32, total: u32) -> Self {
        self.settings.starts.remaining = remaining;
        self.settings.starts.total = total;
        self
    }

    /// How many sessions may begin within the same 5 seconds.
    #[must_use]
    pub fn max_concurrency(mut self, count: u32) -> Self {
        self.settings.starts.max_concurrency = count;
        self
    }

    /// The heartbeat interval that HELLO asks for; Discord's 41.25 s unless set.
    #[must_use]
    pub fn heartbeat(mut self, interval: Duration) -> Self {
        self.settings.heartbeat = interval;
        self
    }

    /// For how long a nonce stands for its message: 3 minutes unless set, of what Discord calls "the past few minutes".
    #[must_use]
    pub fn nonces_last(mut self, time: Duration) -> Self {
        self.settings.nonces_last = time;
        self
    }

    /// Takes messages without `allowed_mentions`, as Discord does; otherwise they are refused, because whoever forgets
    /// them pings whomever a text names.
    #[must_use]
    pub fn lets_mentions_be_implied(mut self) -> Self {
        self.settings.demands_allowed_mentions = false;
        self
    }

    /// Starts on a free port of loopback.
    ///
    /// # Panics
    ///
    /// When no port can be had.
    pub async fn start(self) -> FakeDiscord {
        FakeDiscord::launch(self.settings, false).await
    }

    /// Starts on two free ports of loopback: one plain, as [`Self::start`], and one with TLS for a client that takes it
    /// for discord.com. See [`FakeDiscord::tls_address`].
    ///
    /// # Panics
    ///
    /// When no port can be had.
    pub async fn start_tls(self) -> FakeDiscord {
        FakeDiscord::launch(self.settings, true).await
    }
}
