//! What the gateway hands over: serenity's events, in the order in which they came.
//!
//! serenity runs each event in a task of its own, in no order that anybody promises. So its client runs on a thread with
//! a runtime of one thread, which starts tasks in the order of their making; each only puts its event in a queue here.

use crate::wire::Wire;
use jiff::Timestamp;
use serenity::{
    all::{ConnectionStage, Context, Event, EventHandler, RawEventHandler, ShardStageUpdateEvent},
    async_trait,
};
use std::sync::Arc;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Something that the gateway tells.
#[derive(Debug)]
pub(crate) enum Heard {
    /// An event, and when it arrived.
    Event(Box<Event>, Timestamp),
    /// A connection went from one stage to another.
    Stage(ConnectionStage),
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
        self.0.hear(Heard::Event(Box::new(event), (self.0.wire.clock)()));
    }
}

#[async_trait]
impl EventHandler for Listener {
    async fn shard_stage_update(&self, _context: Context, event: ShardStageUpdateEvent) {
        self.0.hear(Heard::Stage(event.new));
    }
}
