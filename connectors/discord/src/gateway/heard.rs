//! What the gateway hands over: serenity's events, in the order in which they came.
//!
//! serenity runs each event in a task of its own, in no order that anybody promises. So its client runs on a thread with
//! a runtime of one thread, which starts tasks in the order of their making; each only puts its event in a queue here.

use crate::options::Clock;
use jiff::Timestamp;
use serenity::{
    all::{Context, Event, RawEventHandler},
    async_trait,
};
use std::sync::Arc;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// An event, and when it arrived.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) event: Box<Event>,
    pub(crate) at: Timestamp,
}

/// The queue's end at the gateway.
pub(crate) struct Ear {
    clock: Clock,
    queue: UnboundedSender<Heard>,
}

impl Ear {
    /// A queue, and what fills it.
    pub(crate) fn new(clock: Clock) -> (Arc<Self>, UnboundedReceiver<Heard>) {
        let (queue, heard) = unbounded_channel();
        (Arc::new(Self { clock, queue }), heard)
    }
}

#[async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, _context: Context, event: Event) {
        let heard = Heard { event: Box::new(event), at: (self.clock)() };
        // Nobody listens any more while the process stops.
        let _ = self.queue.send(heard);
    }
}
