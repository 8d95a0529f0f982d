//! One web socket, as the rest of the fake sees it: a place to send to, and the faults it suffers.

use std::time::Instant;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

/// What the fake sends.
#[derive(Debug)]
pub(crate) enum Out {
    /// A frame.
    Frame(String),
    /// A close frame with this code.
    Close(u16, &'static str),
    /// Nothing any more: the TCP connection ends without a word.
    Cut,
}

impl Out {
    /// A frame that isn't an event.
    pub(crate) fn op(op: u8, data: &Value) -> Self {
        Self::Frame(json!({ "op": op, "d": data, "s": null, "t": null }).to_string())
    }
}

/// An open web socket.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) out: UnboundedSender<Out>,
    /// The session that it carries.
    pub(crate) session: Option<String>,
    /// Heartbeats are answered.
    pub(crate) acknowledges: bool,
    /// Nothing is sent at all, though the socket is open.
    pub(crate) is_silent: bool,
    /// When frames came in during the last minute.
    pub(crate) received_ms: Vec<i64>,
    /// On the real clock: passing time in a test isn't the bot's fault.
    pub(crate) last_heartbeat_at: Instant,
}

impl Connection {
    pub(crate) fn new(out: UnboundedSender<Out>, last_heartbeat_at: Instant) -> Self {
        let received_ms = Vec::new();
        Self { out, session: None, acknowledges: true, is_silent: false, received_ms, last_heartbeat_at }
    }

    pub(crate) fn send(&self, out: Out) {
        if !(self.is_silent && matches!(out, Out::Frame(_))) {
            // A socket that ended hears nothing, which is right.
            let _ = self.out.send(out);
        }
    }
}
