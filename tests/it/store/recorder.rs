//! A network that keeps what it is told, and fails as it is told to: for tests and measures of what reminds people.
//!
//! It stands for a foreign network: it knows a message by its key, so that the same one sent twice is there once, and counts
//! how often that was.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use vigie_chat::{
    App, Connector, ConnectorError, ConnectorName, Destination, IdempotencyKey, MessageId, MessageRef, PersonId,
    RoomId, Sealed, SendError, Shutdown, plain,
};

/// What happens to one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "measures ask for none of it")]
pub(super) enum Trouble {
    /// The connection breaks before the network has it.
    Before,
    /// The connection breaks after the network has it.
    After,
    /// The network asks to wait so many milliseconds.
    Slower(u64),
    /// The process ends before the network has it.
    CrashBefore,
    /// The process ends after the network has it.
    CrashAfter,
}

/// A message that the network took.
#[derive(Debug, Clone)]
#[allow(dead_code, reason = "measures look at the instant alone")]
pub(super) struct Taken {
    /// Where it is.
    pub(super) to: Destination,
    /// Its key.
    pub(super) key: String,
    /// When the network took it.
    pub(super) at: Timestamp,
    /// What it says.
    pub(super) text: String,
}

#[derive(Default)]
struct State {
    now: Timestamp,
    /// Since when the clock runs by itself.
    running: Option<Instant>,
    taken: Vec<Taken>,
    keys: BTreeMap<String, usize>,
    repeated: usize,
    troubles: VecDeque<Trouble>,
    closed: BTreeSet<PersonId>,
}

/// The network, and the clock that goes with it.
#[derive(Default)]
pub(super) struct Recorder {
    state: Mutex<State>,
    /// Told when the process is to end.
    pub(super) crashed: Notify,
}

#[allow(dead_code, reason = "tests and measures each need some of it")]
impl Recorder {
    /// With a clock that stands at an instant.
    pub(super) fn at(now: Timestamp) -> Self {
        let recorder = Self::default();
        recorder.turn_to(now);
        recorder
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic while it is held")
    }

    /// Now, by its clock.
    pub(super) fn now(&self) -> Timestamp {
        let state = self.state();
        let since = state.running.map_or(Duration::ZERO, |since| since.elapsed());
        state.now + SignedDuration::try_from(since).expect("a test isn't that long")
    }

    /// Turns the clock to an instant, at which it stands.
    pub(super) fn turn_to(&self, now: Timestamp) {
        let mut state = self.state();
        (state.now, state.running) = (now, None);
    }

    /// Has the clock run from an instant on.
    pub(super) fn run_from(&self, now: Timestamp) {
        let mut state = self.state();
        (state.now, state.running) = (now, Some(Instant::now()));
    }

    /// What it took, in its order.
    pub(super) fn taken(&self) -> Vec<Taken> {
        self.state().taken.clone()
    }

    /// How often it was told what it had already.
    pub(super) fn repeated(&self) -> usize {
        self.state().repeated
    }

    /// What happens to the next messages, each to one.
    pub(super) fn trouble(&self, trouble: Trouble) {
        self.state().troubles.push_back(trouble);
    }

    /// Has no more of it happen.
    pub(super) fn calm(&self) {
        self.state().troubles.clear();
    }

    /// Whether somebody takes direct messages from now on.
    pub(super) fn close(&self, person: &PersonId) {
        self.state().closed.insert(person.clone());
    }

    /// Somebody takes direct messages again.
    pub(super) fn reopen(&self, person: &PersonId) {
        self.state().closed.remove(person);
    }

    fn take(&self, to: &Destination, message: &Sealed, key: &IdempotencyKey) -> MessageRef {
        let at = self.now();
        let mut state = self.state();
        let key = key.as_str().to_owned();
        let rank = if let Some(rank) = state.keys.get(&key).copied() {
            state.repeated += 1;
            rank
        } else {
            let rank = state.taken.len();
            state.taken.push(Taken { to: to.clone(), key: key.clone(), at, text: plain(message) });
            state.keys.insert(key, rank);
            rank
        };
        let room = match to {
            Destination::Room(room) => room.clone(),
            Destination::Direct(person) => RoomId::new(format!("direct {person}")),
        };
        MessageRef { room, id: MessageId::new(rank.to_string()) }
    }
}

#[async_trait]
impl Connector for Recorder {
    fn name(&self) -> ConnectorName {
        ConnectorName::new("test")
    }

    async fn run(&self, _: Arc<dyn App>, shutdown: Shutdown) -> Result<(), ConnectorError> {
        shutdown.await;
        Ok(())
    }

    async fn send(&self, to: &Destination, message: &Sealed, key: &IdempotencyKey) -> Result<MessageRef, SendError> {
        let trouble = self.state().troubles.pop_front();
        let broken = || Err(SendError::Network("it broke".to_owned()));
        match trouble {
            Some(Trouble::Before) => return broken(),
            Some(Trouble::Slower(wait)) => {
                return Err(SendError::RateLimited { retry_after: Duration::from_millis(wait) });
            }
            Some(Trouble::CrashBefore) => {
                self.crashed.notify_one();
                return std::future::pending().await;
            }
            Some(Trouble::After | Trouble::CrashAfter) | None => {}
        }
        if let Destination::Direct(person) = to
            && self.state().closed.contains(person)
            // What it has it finds again, whatever became of the place since.
            && !self.state().keys.contains_key(key.as_str())
        {
            return Err(SendError::DirectClosed);
        }
        let sent = self.take(to, message, key);
        match trouble {
            Some(Trouble::After) => broken(),
            Some(Trouble::CrashAfter) => {
                self.crashed.notify_one();
                std::future::pending().await
            }
            _ => Ok(sent),
        }
    }

    async fn edit(&self, _: &MessageRef, _: &Sealed) -> Result<(), SendError> {
        Err(SendError::Gone)
    }
}
