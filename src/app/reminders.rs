//! Reminders that are never lost and never doubled: from what changed to what was sent.
//!
//! A round works out what changed (`plan`), has what is due written into the ledger (`ring`), and claims and sends what the
//! ledger holds (`send`), as messages that go on by themselves (`under_way`). Each step is one transaction whose result the next one starts from, so that a process that ends anywhere
//! is continued by the next round, its own or another process's. The networks are asked under a name that each row of the
//! ledger keeps for good, so that a message that left without being noted isn't said twice.
//!
//! Nothing but what is under way is kept in memory between two rounds: a million pending reminders cost nothing until they are due.

mod measures;
mod paces;
mod place;
mod plan;
mod ring;
mod running;
mod send;
mod under_way;

pub use running::run;

use self::paces::Paces;
use self::under_way::UnderWay;
use super::chance;
use super::clock::Clock;
use crate::config::ReferentHandicap;
use crate::store::{Store, StoreError};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;
use tokio::sync::Notify;
use vigie_chat::Connector;

/// What reminds people.
pub struct Reminders {
    store: Store,
    networks: Arc<[Arc<dyn Connector>]>,
    clock: Clock,
    /// The zone of spaces that chose none.
    zone: TimeZone,
    /// Who at the centre answers about accommodation.
    contact: Option<ReferentHandicap>,
    /// A name that no other process has.
    owner: String,
    /// How fast networks take what nobody asked for just now.
    paces: Paces,
    /// Told that something changed.
    stirred: Notify,
}

/// What a round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    /// Changes worked out.
    pub planned: usize,
    /// Alarms that were due.
    pub rung: usize,
    /// Claims that were settled, well or not.
    pub settled: usize,
}

impl Round {
    fn is_idle(self) -> bool {
        self == Self::default()
    }
}

/// Where what reminds people finds things.
#[derive(Clone)]
pub struct Means {
    /// What is kept.
    pub store: Store,
    /// Where it may speak.
    pub networks: Arc<[Arc<dyn Connector>]>,
    /// Now.
    pub clock: Clock,
    /// The zone of spaces that chose none.
    pub zone: TimeZone,
    /// Who at the centre answers about accommodation.
    pub contact: Option<ReferentHandicap>,
}

impl Reminders {
    /// With these means.
    #[must_use]
    pub fn new(means: Means) -> Self {
        // Without chance, the process's number tells it from the others of this machine.
        let owner = chance::draw::<16>().unwrap_or_else(|_| format!("process {}", std::process::id()));
        let Means { store, networks, clock, zone, contact } = means;
        let paces = Paces::of(&networks);
        Self { store, networks, clock, zone, contact, owner, paces, stirred: Notify::new() }
    }

    /// Says that something may have changed: whoever waits for the next round looks at once.
    pub fn stir(&self) {
        self.stirred.notify_one();
    }

    /// Says all that is to be said by now. Returns when nothing is left that could be said now.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; what was written before it stays so, and the next round goes on from there.
    pub async fn settle(&self) -> Result<Round, StoreError> {
        let mut all = Round::default();
        let mut under_way = UnderWay::default();
        loop {
            let (planned, rung) = (self.plan().await?, self.ring().await?);
            under_way.begin(self.claim(under_way.room()).await?);
            under_way.all_end().await;
            let round = Round { planned, rung, settled: self.note(&under_way.ended()).await? };
            if round.is_idle() {
                return Ok(all);
            }
            all.planned += round.planned;
            all.rung += round.rung;
            all.settled += round.settled;
        }
    }

    /// When something is to be said or tried next; none: nothing waits.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn next(&self) -> Result<Option<Timestamp>, StoreError> {
        let alarm = self.store.next_alarm().await?.map(|(_, at)| at);
        Ok([alarm, self.store.next_delivery().await?].into_iter().flatten().min())
    }

    fn now(&self) -> Timestamp {
        (self.clock)()
    }
}
