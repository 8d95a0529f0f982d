//! What the gateway hands over: serenity's events, in the order in which they came.
//!
//! serenity runs each event in a task of its own, in no order that anybody promises. So its client runs on a thread with
//! a runtime of one thread, which starts tasks in the order of their making; each only puts its event in a queue here.

use crate::wire::Wire;
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
    wire: Arc<Wire>,
    queue: UnboundedSender<Heard>,
}

impl Ear {
    /// A queue, and what fills it.
    pub(crate) fn new(wire: Arc<Wire>) -> (Arc<Self>, UnboundedReceiver<Heard>) {
        let (queue, heard) = unbounded_channel();
        (Arc::new(Self { wire, queue }), heard)
    }

    fn hear(&self, heard: Heard) {
        // Nobody listens any more while the process stops.
        let _ = self.queue.send(heard);
    }
}

/// serenity takes each handler by value; this one is shared.
pub(crate) struct Listener(pub(crate) Arc<Ear>);

#[async_trait]
impl RawEventHandler for Listener {
    async fn raw_event(&self, _context: Context, event: Event) {
        self.0.hear(Heard { event: Box::new(event), at: (self.0.wire.clock)() });
    }
}
