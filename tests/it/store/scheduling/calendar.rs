//! A network that has a calendar and nothing else, and fails as it is told to. It stands for a foreign network: it gives two
//! events for two askings, and takes none that has begun.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::Notify;
use vigie_chat::{
    App, Connector, ConnectorError, ConnectorName, Destination, IdempotencyKey, MessageRef, Scheduled, ScheduledId,
    Sealed, SendError, Shutdown, SpaceId,
};

/// What happens to one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The connection breaks before the network has it.
    Before,
    /// The connection breaks after the network has it.
    After,
    /// The network asks for patience.
    Limited,
    /// The bot may not.
    Refused,
    /// The process ends after the network has it.
    Ends,
}

#[derive(Default)]
struct State {
    now: Timestamp,
    events: BTreeMap<u64, (SpaceId, Scheduled)>,
    made: u64,
    asked: usize,
    troubles: VecDeque<Trouble>,
}

/// The network, and the clock that goes with it.
#[derive(Default)]
pub(super) struct Calendar {
    state: Mutex<State>,
    ended: Notify,
}

impl Calendar {
    /// Empty, with a clock that stands at an instant.
    pub(super) fn at(now: Timestamp) -> Self {
        Self { state: Mutex::new(State { now, ..State::default() }), ended: Notify::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic while it is held")
    }

    pub(super) fn now(&self) -> Timestamp {
        self.state().now
    }

    pub(super) fn passes(&self, time: SignedDuration) {
        let mut state = self.state();
        state.now = state.now.checked_add(time).expect("a test isn't that long");
    }

    /// What happens to the next changes, each to one.
    pub(super) fn meets(&self, troubles: impl IntoIterator<Item = Trouble>) {
        self.state().troubles.extend(troubles);
    }

    /// What is in it, in the order in which it was made.
    pub(super) fn shown(&self) -> Vec<String> {
        let line = |(id, (_, event)): (&u64, &(SpaceId, Scheduled))| {
            format!("{id} {}, {}, {}", event.name, event.starts_at, event.place)
        };
        self.state().events.iter().map(line).collect()
    }

    /// How many events were made.
    pub(super) fn made(&self) -> usize {
        usize::try_from(self.state().made).expect("few")
    }

    /// How often it was asked for something.
    pub(super) fn asked(&self) -> usize {
        self.state().asked
    }

    /// Somebody deletes everything.
    pub(super) fn loses_all(&self) {
        self.state().events.clear();
    }

    /// Resolves when the process is to end.
    pub(super) async fn ended(&self) {
        self.ended.notified().await;
    }

    /// Changes something, or meets with trouble.
    async fn change<T>(&self, change: impl FnOnce(&mut State) -> Result<T, SendError>) -> Result<T, SendError> {
        let (trouble, done) = {
            let mut state = self.state();
            state.asked += 1;
            let trouble = state.troubles.pop_front();
            match trouble {
                Some(Trouble::Before) => return Err(SendError::Network("it broke".to_owned())),
                Some(Trouble::Limited) => return Err(SendError::RateLimited { retry_after: Duration::from_mins(1) }),
                Some(Trouble::Refused) => return Err(SendError::Forbidden("it needs a right".to_owned())),
                Some(Trouble::After | Trouble::Ends) | None => (trouble, change(&mut state)),
            }
        };
        // Others have their turn in the middle of it.
        tokio::task::yield_now().await;
        match trouble {
            Some(Trouble::After) => Err(SendError::Network("it broke".to_owned())),
            Some(Trouble::Ends) => {
                self.ended.notify_one();
                std::future::pending().await
            }
            _ => done,
        }
    }
}

fn number(id: &ScheduledId) -> Result<u64, SendError> {
    id.as_str().parse().map_err(|_| SendError::Gone)
}

#[async_trait]
impl Connector for Calendar {
    fn name(&self) -> ConnectorName {
        ConnectorName::new("test")
    }

    async fn run(&self, _app: Arc<dyn App>, shutdown: Shutdown) -> Result<(), ConnectorError> {
        shutdown.await;
        Ok(())
    }

    async fn send(&self, _: &Destination, _: &Sealed, _: &IdempotencyKey) -> Result<MessageRef, SendError> {
        Err(SendError::Gone)
    }

    async fn edit(&self, _: &MessageRef, _: &Sealed) -> Result<(), SendError> {
        Err(SendError::Gone)
    }

    fn has_events(&self) -> bool {
        true
    }

    async fn schedule(
        &self,
        space: &SpaceId,
        event: &Scheduled,
        known: Option<&ScheduledId>,
    ) -> Result<ScheduledId, SendError> {
        self.change(|state| {
            assert!(event.starts_at > state.now && event.ends_at > event.starts_at, "no network takes it: {event:?}");
            let id = if let Some(known) = known {
                number(known)?
            } else {
                state.made += 1;
                state.made
            };
            if known.is_some() && !state.events.contains_key(&id) {
                return Err(SendError::Gone);
            }
            state.events.insert(id, (space.clone(), event.clone()));
            Ok(ScheduledId::new(id.to_string()))
        })
        .await
    }

    async fn find_event(
        &self,
        space: &SpaceId,
        event: &Scheduled,
        others: &[ScheduledId],
    ) -> Result<Option<ScheduledId>, SendError> {
        let state = self.state();
        let same = state.events.iter().filter(|(_, (place, one))| {
            place == space && (one.name.as_str(), one.starts_at) == (event.name.as_str(), event.starts_at)
        });
        let mut ids = same.map(|(id, _)| ScheduledId::new(id.to_string()));
        Ok(ids.find(|id| !others.contains(id)))
    }

    async fn unschedule(&self, _space: &SpaceId, event: &ScheduledId) -> Result<(), SendError> {
        let id = number(event)?;
        self.change(|state| {
            state.events.remove(&id);
            Ok(())
        })
        .await
    }
}
