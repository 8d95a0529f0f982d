//! The fake itself, as a test holds it.

mod complaints;
mod faults;
mod look;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum_server::Handle;

use crate::{
    builder::Builder,
    gateway::Out,
    guild::Guild,
    hub::{Hub, State},
    id::Id,
    people::Person,
    place::Channel,
    server::{self, Certificate},
    settings::Settings,
    world::UserData,
};

/// A Discord on loopback, until it is dropped.
#[derive(Debug)]
pub struct FakeDiscord {
    hub: Arc<Hub>,
    servers: Vec<Handle<SocketAddr>>,
    tls: Option<(SocketAddr, Certificate)>,
}

impl FakeDiscord {
    /// Starts a Discord with the usual settings.
    ///
    /// # Panics
    ///
    /// When no port can be had.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    /// Starts a Discord that also serves HTTPS. See [`Self::tls_address`].
    ///
    /// # Panics
    ///
    /// When no port can be had.
    pub async fn start_tls() -> Self {
        Self::builder().start_tls().await
    }

    /// Sets things up before starting.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Async so that it can only be called within a runtime, which the servers need.
    #[allow(clippy::unused_async)]
    pub(crate) async fn launch(mut settings: Settings, with_tls: bool) -> Self {
        let (listener, address) = server::listen();
        settings.address = Some(address);
        let hub = Arc::new(Hub::new(settings));
        hub.change(|state| {
            let bot = UserData::bot(state.bot, &hub.settings.bot_name);
            state.world.users.insert(bot.id, bot);
        });
        let mut servers = vec![server::serve(Arc::clone(&hub), listener)];
        let tls = with_tls.then(|| {
            let (listener, address) = server::listen();
            let certificate = Certificate::new();
            servers.push(server::serve_tls(Arc::clone(&hub), listener, &certificate));
            (address, certificate)
        });
        Self { hub, servers, tls }
    }

    /// Where REST is, such as `http://127.0.0.1:4000`; `/api/v10` follows.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.hub.settings.base_url()
    }

    /// Where the gateway is, as `GET /gateway` says too.
    #[must_use]
    pub fn gateway_url(&self) -> String {
        self.hub.settings.gateway_url()
    }

    /// Where HTTPS is, for a client that resolves `discord.com` to it and trusts [`Self::certificate_pem`]. The gateway
    /// stays plain.
    ///
    /// # Panics
    ///
    /// When the fake was started without TLS.
    #[must_use]
    pub fn tls_address(&self) -> SocketAddr {
        self.tls().0
    }

    /// The certificate of the HTTPS side, for `discord.com`, in PEM.
    ///
    /// # Panics
    ///
    /// When the fake was started without TLS.
    #[must_use]
    pub fn certificate_pem(&self) -> String {
        self.tls().1.pem()
    }

    /// The certificate of the HTTPS side, for `discord.com`, in DER.
    ///
    /// # Panics
    ///
    /// When the fake was started without TLS.
    #[must_use]
    pub fn certificate_der(&self) -> Vec<u8> {
        self.tls().1.der()
    }

    fn tls(&self) -> &(SocketAddr, Certificate) {
        self.tls.as_ref().expect("this fake was started by start(), not by start_tls()")
    }

    /// The bot's token, without `Bot `.
    #[must_use]
    pub fn token(&self) -> String {
        self.hub.settings.token.clone()
    }

    /// The id of the application and of its bot.
    #[must_use]
    pub fn application_id(&self) -> Id {
        self.hub.settings.application
    }

    /// How the bot is mentioned, `<@…>`.
    #[must_use]
    pub fn bot_mention(&self) -> String {
        format!("<@{}>", self.application_id())
    }

    /// Whether bodies are checked against Discord's own description, beside the rules by hand.
    #[must_use]
    pub fn schema_in_use(&self) -> bool {
        self.hub.rules.schema_in_use()
    }

    /// A guild that the bot is in. Made before the bot identifies, it is there at READY.
    #[must_use]
    pub fn guild(&self, name: &str) -> Guild {
        let guild = Guild::create(&self.hub, name);
        guild.invite_bot();
        guild
    }

    /// A guild that the bot isn't in yet; furnish it, then [`Guild::invite_bot`].
    #[must_use]
    pub fn guild_without_the_bot(&self, name: &str) -> Guild {
        Guild::create(&self.hub, name)
    }

    /// Somebody in no guild, or the person of that name if there is one.
    #[must_use]
    pub fn person(&self, name: &str) -> Person {
        Person::named(&self.hub, name)
    }

    /// The channel or the thread with this id.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[must_use]
    pub fn channel(&self, id: Id) -> Channel {
        Channel::known(&self.hub, id)
    }

    /// Passes time on the fake's clock: tokens age, limits end, the three seconds for an answer go by.
    pub fn pass(&self, time: Duration) {
        self.hub.change(|state| state.clock.pass(time));
    }

    /// Waits until the bot has a session with a live connection.
    ///
    /// # Panics
    ///
    /// When it takes more than 15 seconds.
    pub async fn until_connected(&self) {
        self.until_shards_connected(1).await;
    }

    /// Waits until that many sessions have a live connection.
    ///
    /// # Panics
    ///
    /// When it takes more than 15 seconds.
    pub async fn until_shards_connected(&self, count: usize) {
        let connected = self.hub.until(Duration::from_secs(15), |state| {
            let sessions = state.gateway.sessions.values();
            (sessions.filter(|session| session.connection.is_some()).count() >= count).then_some(())
        });
        assert!(connected.await.is_some(), "the bot has not connected {count} session(s) within 15 s");
    }

    /// Waits until the bot has no connection to the gateway.
    ///
    /// # Panics
    ///
    /// When it takes more than 15 seconds.
    pub async fn until_disconnected(&self) {
        let gone = |state: &State| state.gateway.connections.is_empty().then_some(());
        assert!(self.hub.until(Duration::from_secs(15), gone).await.is_some(), "the bot stays connected");
    }

    /// Stops listening and cuts every connection. Complaints can still be looked at.
    pub fn stop(&self) {
        self.hub.change(|state| {
            state.is_stopped = true;
            for connection in state.gateway.connections.values() {
                connection.send(Out::Cut);
            }
        });
        for server in &self.servers {
            server.shutdown();
        }
    }
}

impl Drop for FakeDiscord {
    fn drop(&mut self) {
        self.stop();
        if !std::thread::panicking() {
            self.assert_no_complaints();
        }
    }
}
