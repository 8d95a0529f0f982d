//! What a command has at hand, and how it ends badly.

use crate::config::Settings;
use crate::domain::guesses::Guesses;
use crate::library::Library;
use crate::store::{Store, StoreError};
use jiff::Timestamp;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use vigie_chat::{
    CommandSet, Connector, ConnectorName, Destination, IdempotencyKey, Message, Origin, PersonId, RoomId, Text, Token,
};

/// Draws a number at random; none when the system has no randomness to give.
pub type Chance = Arc<dyn Fn() -> Option<u64> + Send + Sync>;

/// The codes that each person tried.
pub type Tried = Arc<Mutex<Guesses<(ConnectorName, PersonId)>>>;

/// How long another room is waited for before the person is answered.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a command has at hand. It owns what it holds, so that each command can run in its own task.
#[derive(Clone)]
pub struct Context {
    /// The référentiels in force when the command began.
    pub library: Arc<Library>,
    /// Settings.
    pub settings: Arc<Settings>,
    /// All commands, for help.
    pub commands: Arc<CommandSet>,
    /// Who asks, where and when. Its space is the one that its room belongs to, also where the network doesn't know.
    pub origin: Origin,
    /// What is kept.
    pub store: Store,
    /// Now.
    pub now: Timestamp,
    /// Where chance comes from.
    pub chance: Chance,
    /// The codes that were tried of late.
    pub tried: Tried,
    /// The networks, for what is said elsewhere than where it was asked.
    pub networks: Arc<[Arc<dyn Connector>]>,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Context {
    /// Tells another room of the same network something that has no actions, once for each `key`.
    ///
    /// A network that fails or is slow leaves it unsaid: whoever asked is answered in any case.
    pub async fn tell<P>(&self, room: RoomId, message: Message<P>, key: &str) {
        debug_assert!(message.actions.is_empty(), "an action that leads nowhere");
        let Some(network) = self.networks.iter().find(|network| network.name() == self.origin.connector) else {
            return;
        };
        let (message, key) = (message.seal(|_| Token::new("")), IdempotencyKey::new(key));
        let place = Destination::Room(room);
        match tokio::time::timeout(PATIENCE, network.send(&place, &message, &key)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "another room could not be told"),
            Err(_) => tracing::warn!("another room could not be told in time"),
        }
    }
}

/// How a command ends when it doesn't do what was asked. A panic, which the dispatcher catches, is of the third kind too.
#[derive(Debug)]
pub enum Problem {
    /// A value can't be read. Usage and an example are shown with it.
    Misread(Text),
    /// It is refused, with a sentence that says what to do next.
    Refused(Text),
    /// Our fault. The reason is for the log, and holds nothing of what people say.
    Fault(String),
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.to_string())
    }
}

impl Problem {
    /// A refusal.
    #[must_use]
    pub fn refused(sentence: impl Into<Text>) -> Self {
        Self::Refused(sentence.into())
    }

    /// A value that can't be read.
    #[must_use]
    pub fn misread(sentence: impl Into<Text>) -> Self {
        Self::Misread(sentence.into())
    }
}
