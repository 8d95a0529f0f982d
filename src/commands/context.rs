//! What a command has at hand, and how it ends badly.

use super::cabinet::Cabinet;
use super::files::Files;
use super::here::Here;
use crate::config::Settings;
use crate::domain::guesses::Guesses;
use crate::library::Library;
use crate::store::{Store, StoreError};
use futures::future::BoxFuture;
use jiff::Timestamp;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use vigie_chat::{
    CommandSet, Connector, ConnectorName, Destination, Draft, IdempotencyKey, MessageRef, Origin, PersonId, RoomId,
    Sealed, SendError, Text,
};

/// Draws a number at random; none when the system has no randomness to give.
pub type Chance = Arc<dyn Fn() -> Option<u64> + Send + Sync>;

/// For how long what can be pressed under a message is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasts {
    /// Weeks, as any message.
    AsUsual,
    /// As long as a brief, whose announcement people come back to.
    AsABrief,
}

/// Puts tokens in the place of what the actions of a message do, which can be pressed on the network of this name.
pub type Seal = Arc<dyn Fn(Draft, Lasts, ConnectorName) -> BoxFuture<'static, Sealed> + Send + Sync>;

/// The codes that each person tried.
pub type Tried = Arc<Mutex<Guesses<(ConnectorName, PersonId)>>>;

/// How long another room is waited for before the person is answered.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

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
    /// Who asks, as the store knows them. None for what anybody may ask, and where no space is known.
    pub here: Option<Here>,
    /// The files that came with it.
    pub files: Files,
    /// What is kept.
    pub store: Store,
    /// Where the files are that teams hand in.
    pub cabinet: Cabinet,
    /// Now.
    pub now: Timestamp,
    /// Where chance comes from.
    pub chance: Chance,
    /// The codes that were tried of late.
    pub tried: Tried,
    /// Makes what is said elsewhere fit to be pressed there.
    pub seal: Seal,
    /// The networks, for what is said elsewhere than where it was asked.
    pub networks: Arc<[Arc<dyn Connector>]>,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Context {
    /// Says something in another room of the same network, once for each `key`, and gives the message.
    ///
    /// # Errors
    ///
    /// [`SendError`], also when the network takes longer than somebody waits for an answer.
    pub async fn post(&self, room: &RoomId, draft: Draft, key: &str) -> Result<MessageRef, SendError> {
        let network = self.network(&self.origin.connector)?;
        let message = (self.seal)(draft, Lasts::AsUsual, self.origin.connector.clone()).await;
        let (place, key) = (Destination::Room(room.clone()), IdempotencyKey::new(key));
        let sent = tokio::time::timeout(PATIENCE, network.send(&place, &message, &key)).await;
        sent.unwrap_or_else(|_| Err(SendError::Network("it takes too long".to_owned())))
    }

    /// Lets somebody try a code, who may not guess. What they tried is forgotten by [`Self::guessed`].
    ///
    /// # Errors
    ///
    /// How many minutes they must wait.
    pub(super) fn guesses(&self) -> Result<(), i64> {
        let tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner).tries(self.who(), self.now);
        tried.map_err(|until| (until.duration_since(self.now).as_secs() + 59) / 60)
    }

    /// Notes that a code was one, and did what it is for.
    pub(super) fn guessed(&self) {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner).found(&self.who());
    }

    fn who(&self) -> (ConnectorName, PersonId) {
        (self.origin.connector.clone(), self.origin.person.id.clone())
    }

    /// A network by its name.
    pub(super) fn network(&self, name: &ConnectorName) -> Result<&Arc<dyn Connector>, SendError> {
        let network = self.networks.iter().find(|network| network.name() == *name);
        network.ok_or_else(|| SendError::Network("nothing is said on its own here".to_owned()))
    }

    /// Tells another room of the same network something, once for each `key`. A network that fails or is slow leaves it
    /// unsaid: whoever asked is answered in any case.
    pub async fn tell(&self, room: RoomId, draft: Draft, key: &str) {
        if let Err(error) = self.post(&room, draft, key).await {
            tracing::warn!(%error, "another room could not be told");
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
