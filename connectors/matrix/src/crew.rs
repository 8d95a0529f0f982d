//! Having what was said answered: who answers what, in which order, and when it is done.

use crate::{
    answer::{self, Outcome},
    lanes::Lanes,
    rooms::Tenants,
    sync::{Way, unsealed},
    unreadable::{self, Unreadable},
    wire::{Online, Wire},
};
use jiff::Timestamp;
use ruma::OwnedUserId;
use std::sync::Arc;
use tokio::sync::{
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    watch,
};
use vigie_chat::{App, Arrival, RoomId};

/// Whoever does something somewhere is answered in order: what they press apart from what they ask, which may take long.
type Lane = (RoomId, OwnedUserId, Way);

/// Something that couldn't be decrypted, and since when it waits.
type Returned = (Arrival, unreadable::Reason, Timestamp);

/// Why what can't be decrypted is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// Keys came.
    KeysCame,
    /// Time passed: a device may have been signed meanwhile.
    TimePassed,
}

/// Everything that is being answered.
pub(crate) struct Crew {
    wire: Arc<Wire>,
    online: Arc<Online>,
    app: Arc<dyn App>,
    tenants: Arc<Tenants>,
    lanes: Lanes<Lane>,
    unreadable: Unreadable,
    returns: UnboundedSender<Returned>,
    returned: UnboundedReceiver<Returned>,
    /// Dropped at the end: what the homeserver doesn't take then is left for the next start.
    staying: watch::Sender<()>,
}

impl Crew {
    pub(crate) fn new(wire: Arc<Wire>, online: Arc<Online>, app: Arc<dyn App>, tenants: Arc<Tenants>) -> Self {
        let (returns, returned) = unbounded_channel();
        let (lanes, unreadable) = (Lanes::new(), Unreadable::default());
        let staying = watch::Sender::new(());
        Self { wire, online, app, tenants, lanes, unreadable, returns, returned, staying }
    }

    /// Takes up something that was said.
    pub(crate) fn take(&mut self, arrival: Arrival) {
        let now = (self.wire.options.clock)();
        self.take_again(arrival, now);
    }

    fn take_again(&mut self, arrival: Arrival, since: Timestamp) {
        let Some(unsealed) = unsealed(&arrival, &self.online.cipher) else {
            let wire = Arc::clone(&self.wire);
            self.wire.aside(async move { done(&wire, &arrival).await });
            return;
        };
        let lane = (arrival.room.clone(), unsealed.sender().to_owned(), unsealed.way());
        let (wire, online) = (Arc::clone(&self.wire), Arc::clone(&self.online));
        let (app, tenants) = (Arc::clone(&self.app), Arc::clone(&self.tenants));
        let (returns, mut leaving) = (self.returns.clone(), self.staying.subscribe());
        self.lanes.run(lane, async move {
            let asked = answer::Asked { wire: &wire, online: &online, app: app.as_ref(), tenants: &tenants };
            let mut waits = wire.options.patience.endless();
            loop {
                match asked.answer(&arrival, &unsealed).await {
                    Outcome::Answered => return done(&wire, &arrival).await,
                    Outcome::Unreadable(reason) => return drop(returns.send((arrival, reason, since))),
                    Outcome::Undelivered => {}
                }
                // What is asked after it waits too, so that the order holds. Answering again says nothing twice.
                let wait = waits.next().unwrap_or(wire.options.patience.longest());
                tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    // It stays in the inbox; the next start answers it.
                    _ = leaving.changed() => return,
                }
            }
        });
    }

    /// Tells the rooms where keys don't come, and tries again what may be readable now. Whatever it leads to is done aside.
    pub(crate) fn look_at_unreadable(&mut self, occasion: Occasion) {
        let now = (self.wire.options.clock)();
        let mut over = Vec::new();
        while let Ok((arrival, reason, since)) = self.returned.try_recv() {
            over.extend(self.unreadable.wait(arrival, reason, since));
        }
        over.extend(self.unreadable.give_up(now));
        let late = self.unreadable.late(now);
        if !(over.is_empty() && late.is_empty()) {
            let (wire, online) = (Arc::clone(&self.wire), Arc::clone(&self.online));
            self.wire.aside(async move {
                for given_up in over {
                    done(&wire, &given_up).await;
                }
                for telling in late {
                    if let Some(room) = online.room(telling.room.as_str()) {
                        unreadable::tell(&wire, &room, &telling.arrival, telling.reason).await;
                    }
                }
            });
        }
        let again = match occasion {
            Occasion::KeysCame => self.unreadable.again(),
            Occasion::TimePassed => self.unreadable.again_now_and_then(now),
        };
        for (arrival, since) in again {
            self.take_again(arrival, since);
        }
    }

    /// Waits until everything that was taken up is answered.
    pub(crate) async fn drain(self) {
        drop(self.staying);
        self.lanes.drain().await;
    }
}

async fn done(wire: &Wire, arrival: &Arrival) {
    if let Err(error) = wire.options.inbox.done(&arrival.id).await {
        // The next start answers it again, which says nothing twice.
        tracing::warn!(%error, "that something was answered can't be noted");
    }
}
