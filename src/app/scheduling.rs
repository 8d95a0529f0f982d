//! Defences in the calendars of networks: what is shown follows what is planned, soon after it changes.
//!
//! A round compares what calendars should show with what stands in them (`compare`), and does what is missing (`act`). No
//! command knows of it: whatever changes a team or a brief marks its tenant in the same transaction, and every tenant is looked
//! at when the program starts and every hour, for what no transaction tells, such as a space that was joined.
//!
//! Two invariants. Each step is noted before the network is asked, so that a process that ends anywhere is continued, and of
//! one event never two are made. And nobody who planned a defence hears of a calendar: one that refuses is told to the operator,
//! in the log, and left alone for a day.

mod act;
mod compare;
mod running;

pub use running::run;

use super::chance;
use super::clock::Clock;
use crate::domain::key::TenantKey;
use crate::store::{Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;
use vigie_chat::Connector;

/// How near the beginning of a defence its event is no longer touched: networks take none that has begun.
const TOO_NEAR: SignedDuration = SignedDuration::from_mins(1);

/// What keeps calendars as they should be.
pub struct Scheduling {
    store: Store,
    /// Those that have calendars.
    networks: Vec<Arc<dyn Connector>>,
    clock: Clock,
    /// A name that no other process has.
    owner: String,
    /// Told that something changed.
    stirred: Notify,
    /// Tenants of which something can't be read or written: put aside, each told to the operator once.
    aside: Mutex<BTreeSet<TenantKey>>,
}

impl Scheduling {
    /// On those of these networks that have calendars.
    #[must_use]
    pub fn new(store: Store, networks: &[Arc<dyn Connector>], clock: Clock) -> Self {
        // Without chance, the process's number tells it from the others of this machine.
        let owner = chance::draw::<16>().unwrap_or_else(|_| format!("process {}", std::process::id()));
        let networks = networks.iter().filter(|network| network.has_events()).cloned().collect();
        Self { store, networks, clock, owner, stirred: Notify::new(), aside: Mutex::default() }
    }

    /// Says that something may have changed: whoever waits for the next round looks at once.
    pub fn stir(&self) {
        self.stirred.notify_one();
    }

    /// Has all of it looked at, and what was refused tried again: the beginning of a process.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn begin(&self) -> Result<(), StoreError> {
        self.store.try_refused_events(self.now()).await?;
        self.store.look_at_all(self.now()).await
    }

    /// Does all that can be done by now, and says how many steps that took.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; what was written before it stays so, and the next round goes on from there.
    pub async fn settle(&self) -> Result<usize, StoreError> {
        if self.networks.is_empty() {
            return Ok(0);
        }
        let mut steps = 0;
        loop {
            let round = self.compare().await? + self.act().await?;
            if round == 0 {
                return Ok(steps);
            }
            steps += round;
        }
    }

    /// What came of something for a tenant. One that fails is put aside until the next round: the others don't wait for it.
    fn of_tenant<T>(&self, tenant: TenantKey, done: Result<T, StoreError>) -> Option<T> {
        let mut aside = self.aside.lock().unwrap_or_else(PoisonError::into_inner);
        match done {
            Ok(done) => {
                aside.remove(&tenant);
                Some(done)
            }
            Err(error) => {
                if aside.insert(tenant) {
                    tracing::error!(tenant = tenant.0, %error, "the calendars of a tenant can't be seen to; the others are");
                }
                None
            }
        }
    }

    /// Whether a tenant is put aside.
    fn is_aside(&self, tenant: TenantKey) -> bool {
        self.aside.lock().unwrap_or_else(PoisonError::into_inner).contains(&tenant)
    }

    fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

/// Whether a defence has begun, or is about to.
fn is_over(starts_at: Timestamp, now: Timestamp) -> bool {
    starts_at.duration_since(now) <= TOO_NEAR
}
