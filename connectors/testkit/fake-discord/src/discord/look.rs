//! What a test can look at: requests, frames, messages, commands.

use std::time::Duration;

use serde_json::Value;

use super::FakeDiscord;
use crate::{
    hub::State,
    pattern::Pattern,
    people::Seen,
    place::Channel,
    record::{GatewayFrame, Recorded},
};

/// How long a test waits for something that should happen.
const PATIENCE: Duration = Duration::from_secs(10);

impl FakeDiscord {
    /// Tells of every change, for tests that wait in ways of their own. It ends when the fake is dropped.
    #[must_use]
    pub fn changes(&self) -> tokio::sync::watch::Receiver<()> {
        self.hub.changes()
    }

    /// Every request so far, in the order of their answers.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.hub.look(|state| state.requests.clone())
    }

    /// The requests so far that match a pattern such as `"POST /channels/*/messages"`.
    ///
    /// # Panics
    ///
    /// When the pattern isn't a method and a path.
    #[must_use]
    pub fn requests_to(&self, pattern: &str) -> Vec<Recorded> {
        let pattern = Pattern::read(pattern);
        let matches = |request: &&Recorded| pattern.matches(&request.method, &request.path);
        self.hub.look(|state| state.requests.iter().filter(matches).cloned().collect())
    }

    /// How many requests so far match a pattern such as `"POST /channels/*/messages"`.
    ///
    /// # Panics
    ///
    /// When the pattern isn't a method and a path.
    #[must_use]
    pub fn count_requests(&self, pattern: &str) -> usize {
        let pattern = Pattern::read(pattern);
        let matches = |request: &&Recorded| pattern.matches(&request.method, &request.path);
        self.hub.look(|state| state.requests.iter().filter(matches).count())
    }

    /// Waits for a request, among those that were and those that will be.
    ///
    /// # Panics
    ///
    /// When none comes within 10 seconds.
    pub async fn wait_for(&self, mut wanted: impl FnMut(&Recorded) -> bool) -> Recorded {
        let mut known = 0;
        let gather = |state: &State| {
            let new = state.requests[known..].to_vec();
            known = state.requests.len();
            new
        };
        let judge = |new: Vec<Recorded>| new.into_iter().find(|request| wanted(request));
        let found = self.hub.until_judged(PATIENCE, gather, judge);
        found.await.unwrap_or_else(|| panic!("no such request within 10 s, but\n{}", self.last_requests()))
    }

    /// Waits until `count` requests match a pattern, and returns them.
    ///
    /// # Panics
    ///
    /// When they don't come within 10 seconds.
    pub async fn wait_for_requests(&self, pattern: &str, count: usize) -> Vec<Recorded> {
        let read = Pattern::read(pattern);
        let found = self.hub.until(PATIENCE, |state| {
            let matching = state.requests.iter().filter(|request| read.matches(&request.method, &request.path));
            let matching = matching.cloned().collect::<Vec<_>>();
            (matching.len() >= count).then_some(matching)
        });
        let found = found.await;
        found.unwrap_or_else(|| panic!("not {count} of {pattern} within 10 s, but\n{}", self.last_requests()))
    }

    fn last_requests(&self) -> String {
        let requests = self.requests();
        let last = requests.iter().rev().take(20).rev().map(Recorded::line);
        last.collect::<Vec<_>>().join("\n")
    }

    /// Every gateway frame that the bot has sent.
    #[must_use]
    pub fn frames(&self) -> Vec<GatewayFrame> {
        self.hub.look(|state| state.frames.clone())
    }

    /// Waits for a gateway frame with this opcode, the first not among the `skipped` first ones.
    ///
    /// # Panics
    ///
    /// When none comes within 10 seconds.
    pub async fn wait_for_frame(&self, op: u64, skipped: usize) -> GatewayFrame {
        let found =
            self.hub.until(PATIENCE, |state| state.frames.iter().filter(|frame| frame.op == op).nth(skipped).cloned());
        found.await.unwrap_or_else(|| panic!("no frame with opcode {op} after {skipped} of them within 10 s"))
    }

    /// The messages of a channel that everybody there sees, oldest first.
    #[must_use]
    pub fn messages_in(&self, channel: &Channel) -> Vec<Seen> {
        channel.messages()
    }

    /// Waits until a channel has a message that fits, and returns it.
    ///
    /// # Panics
    ///
    /// When none comes within 10 seconds.
    pub async fn wait_for_message(&self, channel: &Channel, mut wanted: impl FnMut(&Seen) -> bool) -> Seen {
        let gather = |state: &State| {
            let ids = state.world.messages_in(channel.id(), None).into_iter();
            ids.filter_map(|id| Seen::of(&self.hub, state, id, None)).collect::<Vec<_>>()
        };
        let judge = |messages: Vec<Seen>| messages.into_iter().find(|seen| wanted(seen));
        let found = self.hub.until_judged(PATIENCE, gather, judge);
        found.await.unwrap_or_else(|| panic!("no such message in {} within 10 s", channel.name()))
    }

    /// The commands registered for all guilds, as Discord keeps them.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.hub.look(|state| state.world.commands.get(&None).cloned().unwrap_or_default())
    }

    /// Waits until at least one command is registered for all guilds.
    ///
    /// # Panics
    ///
    /// When it takes more than 10 seconds.
    pub async fn until_commands_registered(&self) {
        let registered =
            self.hub.until(PATIENCE, |state| state.world.commands.values().any(|list| !list.is_empty()).then_some(()));
        assert!(registered.await.is_some(), "no command was registered within 10 s");
    }

    /// How many sessions may still begin today.
    #[must_use]
    pub fn session_starts_left(&self) -> u32 {
        self.hub.look(|state| state.gateway.starts.remaining)
    }
}
