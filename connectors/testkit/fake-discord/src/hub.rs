//! The one state that REST, gateway and people share, and how they wait for each other.
//!
//! Everything happens under one lock, in short synchronous steps; whoever changed something wakes all that wait.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

use crate::{
    clock::Clock,
    fault::Faults,
    gateway::GatewayState,
    id::Id,
    interaction::Interactions,
    limit::Limits,
    record::{GatewayFrame, Recorded},
    rules::Rules,
    settings::Settings,
    world::{Place, World},
};

/// What changes while the fake runs.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) clock: Clock,
    last_id: Id,
    pub(crate) bot: Id,
    pub(crate) token: Token,
    pub(crate) world: World,
    pub(crate) interactions: Interactions,
    pub(crate) gateway: GatewayState,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) requests: Vec<Recorded>,
    pub(crate) frames: Vec<GatewayFrame>,
    pub(crate) complaints: Vec<String>,
    pub(crate) is_stopped: bool,
}

/// The bot's credential.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) value: String,
    pub(crate) is_revoked: bool,
}

impl State {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            clock: Clock::start(),
            last_id: Id::new(1),
            bot: settings.application,
            token: Token { value: settings.token.clone(), is_revoked: false },
            world: World::default(),
            interactions: Interactions::default(),
            gateway: GatewayState::new(settings),
            faults: Faults::default(),
            limits: Limits::default(),
            requests: Vec::new(),
            frames: Vec::new(),
            complaints: Vec::new(),
            is_stopped: false,
        }
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    pub(crate) fn new_id(&mut self) -> Id {
        self.last_id = Id::after(self.last_id, self.clock.now_ms());
        self.last_id
    }

    pub(crate) fn complain(&mut self, what: impl Into<String>) {
        let what = what.into();
        tracing::warn!(target: "fake_discord", "{what}");
        self.complaints.push(what);
    }

    /// Where a channel is.
    pub(crate) fn place(&self, channel: Id) -> Option<Place> {
        self.world.channels.get(&channel).map(|channel| channel.place)
    }
}

/// The shared state, with its lock and its bell.
#[derive(Debug)]
pub(crate) struct Hub {
    pub(crate) settings: Settings,
    pub(crate) rules: Rules,
    state: Mutex<State>,
    changed: watch::Sender<()>,
}

impl Hub {
    pub(crate) fn new(settings: Settings) -> Self {
        let state = Mutex::new(State::new(&settings));
        let rules = Rules::load().demanding_allowed_mentions(settings.demands_allowed_mentions);
        Self { settings, rules, state, changed: watch::Sender::new(()) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the state.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state and wakes whoever waits.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let outcome = change(&mut self.lock());
        self.changed.send_replace(());
        outcome
    }

    /// Tells of every change from now on.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// Waits until `look` finds something, at most `within`.
    pub(crate) async fn until<T>(&self, within: Duration, look: impl FnMut(&State) -> Option<T>) -> Option<T> {
        self.until_judged(within, look, |found| found).await
    }

    /// Waits until `judge` finds something in what `look` gathers. It runs without the lock, so it may use the fake.
    pub(crate) async fn until_judged<U, T>(
        &self,
        within: Duration,
        mut look: impl FnMut(&State) -> U,
        mut judge: impl FnMut(U) -> Option<T>,
    ) -> Option<T> {
        let deadline = Instant::now() + within;
        let mut bell = self.changed.subscribe();
        loop {
            bell.borrow_and_update();
            let gathered = self.look(&mut look);
            if let Some(found) = judge(gathered) {
                return Some(found);
            }
            // The fake's clock moves without a bell, so windows that end are looked for now and then.
            let next_look = deadline.min(Instant::now() + Duration::from_millis(50));
            let _ = tokio::time::timeout_at(next_look, bell.changed()).await;
            if Instant::now() >= deadline {
                let gathered = self.look(&mut look);
                return judge(gathered);
            }
        }
    }
}
