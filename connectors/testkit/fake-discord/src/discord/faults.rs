//! What befalls the bot: REST faults, rate limits, gateway trouble.

use std::time::Duration;

use serde_json::{Value, json};

use super::FakeDiscord;
use crate::{
    fault::{Fault, Matcher},
    gateway::{Door, Out},
    hub::State,
    limit::Scope,
    pattern::Pattern,
};

impl FakeDiscord {
    /// Lets a fault befall the next requests that match.
    pub fn fault(&self, matcher: impl Into<Matcher>, fault: Fault) {
        let matcher = matcher.into();
        self.hub.change(|state| state.faults.add(matcher, fault));
    }

    /// Takes back the faults that are still to come, and all rate limits.
    pub fn clear_faults(&self) {
        self.hub.change(|state| {
            state.faults.clear();
            state.limits.clear();
        });
    }

    /// Limits a route to `count` requests in `per`, for each channel, guild or webhook, with Discord's headers.
    ///
    /// What is beyond gets 429; asking again too early is a complaint.
    pub fn limit(&self, pattern: &str, count: u32, per: Duration) {
        let pattern = Pattern::read(pattern);
        self.hub.change(|state| state.limits.add(pattern, count, per, Scope::Bucket));
    }

    /// Limits all requests together, save answers to interactions.
    pub fn limit_globally(&self, count: u32, per: Duration) {
        self.hub.change(|state| state.limits.add(Pattern::any(), count, per, Scope::Global));
    }

    /// Makes the bot's token worth nothing: 401 on REST, 4004 on the gateway, at once.
    pub fn revoke_token(&self) {
        self.hub.change(|state| {
            state.token.is_revoked = true;
            send_all(state, || Out::Close(4004, "Authentication failed."));
        });
    }

    /// Cuts every gateway connection without a word. Sessions can be resumed.
    pub fn drop_socket(&self) {
        self.hub.change(|state| send_all(state, || Out::Cut));
    }

    /// Cuts every gateway connection, and lets nobody connect before [`Self::gateway_comes_back`]: who tries is kept
    /// waiting. Sessions go on, and keep what happens for those who resume them.
    pub fn gateway_goes_away(&self) {
        self.hub.change(|state| {
            state.gateway.door = Door::Silent;
            send_all(state, || Out::Cut);
        });
    }

    /// Cuts every gateway connection, and answers 503 to who tries to connect before [`Self::gateway_comes_back`].
    pub fn gateway_refuses(&self) {
        self.hub.change(|state| {
            state.gateway.door = Door::Closed;
            send_all(state, || Out::Cut);
        });
    }

    /// The gateway takes connections again.
    pub fn gateway_comes_back(&self) {
        self.hub.change(|state| state.gateway.door = Door::Open);
    }

    /// Waits until so many connections were refused.
    ///
    /// # Panics
    ///
    /// When they aren't within 10 seconds.
    pub async fn until_refused(&self, count: usize) {
        let refused = |state: &State| (state.gateway.refused >= count).then_some(());
        let refused = self.hub.until(Duration::from_secs(10), refused).await;
        assert!(refused.is_some(), "not {count} connections were refused within 10 s");
    }

    /// Closes every gateway connection with this code. After codes such as 4004, 4009, 4014 the session is forgotten.
    pub fn close(&self, code: u16) {
        self.hub.change(|state| send_all(state, || Out::Close(code, "The test closes.")));
    }

    /// Asks the bot to reconnect and resume (op 7).
    pub fn reconnect(&self) {
        self.hub.change(|state| send_all(state, || Out::op(7, &Value::Null)));
    }

    /// Tells the bot that its session is invalid but can be resumed (op 9, true).
    pub fn invalid_session_resumable(&self) {
        self.hub.change(|state| send_all(state, || Out::op(9, &json!(true))));
    }

    /// Tells the bot that its session is lost (op 9, false); it must identify anew, after a pause. For its IDENTIFY not to
    /// come within 5 s of the one before, [`Self::pass`] that time first.
    pub fn invalid_session(&self) {
        self.hub.change(|state| {
            let sessions = std::mem::take(&mut state.gateway.sessions);
            for connection in sessions.values().filter_map(|session| session.connection) {
                if let Some(connection) = state.gateway.connections.get_mut(&connection) {
                    connection.session = None;
                }
            }
            send_all(state, || Out::op(9, &json!(false)));
        });
    }

    /// Asks for a heartbeat at once (op 1).
    pub fn request_heartbeat(&self) {
        self.hub.change(|state| send_all(state, || Out::op(1, &Value::Null)));
    }

    /// Stops acknowledging heartbeats on the connections there are: they are zombies from now on.
    pub fn stop_acking(&self) {
        self.hub.change(|state| {
            for connection in state.gateway.connections.values_mut() {
                connection.acknowledges = false;
            }
        });
    }

    /// Says nothing more on the connections there are, though they stay open.
    pub fn silence(&self) {
        self.hub.change(|state| {
            for connection in state.gateway.connections.values_mut() {
                connection.is_silent = true;
            }
        });
    }

    /// How many gateway connections are open.
    #[must_use]
    pub fn open_sockets(&self) -> usize {
        self.hub.look(|state| state.gateway.connections.len())
    }

    /// Sends any event to the first shard, for what the fake has no words for.
    pub fn emit(&self, event: &'static str, data: &Value) {
        let direct = crate::gateway::Hearers::Direct;
        self.hub.change(|state| state.emit(event, direct, crate::gateway::intents::NONE, data));
    }
}

fn send_all(state: &State, out: impl Fn() -> Out) {
    for connection in state.gateway.connections.values() {
        connection.send(out());
    }
}
