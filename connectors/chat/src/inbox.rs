//! What a network said and that isn't answered yet.
//!
//! Networks that keep what was said while the bot was away (Matrix) tell it once. A connector first puts what it read
//! into the inbox, together with how far it read, and only then has it answered: whatever ends the process in between, each
//! thing is answered, and under the same id as before.

use crate::id::{EventId, RoomId};
use async_trait::async_trait;

/// Something that was said, until it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The same when the network tells it twice.
    pub id: EventId,
    /// Where it was said.
    pub room: RoomId,
    /// What the connector needs to answer it. Only the connector reads it; it may be sealed.
    pub content: Vec<u8>,
}

/// A connector's inbox, which outlives the process. The application keeps it, apart for each connector.
#[async_trait]
pub trait Inbox: Send + Sync {
    /// How far the network was read: the mark of the last [`take`](Self::take).
    ///
    /// # Errors
    ///
    /// [`InboxError`] when it can't be read.
    async fn mark(&self) -> Result<Option<String>, InboxError>;

    /// Keeps what was read and how far, both or nothing. What is known already, answered or not, stays as it is; returns
    /// the ids of what wasn't.
    ///
    /// # Errors
    ///
    /// [`InboxError`] when it can't be written; nothing of it is kept then, and the caller asks again.
    async fn take(&self, arrivals: &[Arrival], mark: &str) -> Result<Vec<EventId>, InboxError>;

    /// What isn't answered yet, in the order in which it was taken.
    ///
    /// # Errors
    ///
    /// [`InboxError`] when it can't be read.
    async fn waiting(&self) -> Result<Vec<Arrival>, InboxError>;

    /// Notes that something is answered, or needs no answer: its content is erased, its id is remembered for a while.
    ///
    /// # Errors
    ///
    /// [`InboxError`] when it can't be written; it is then going to be answered again.
    async fn done(&self, id: &EventId) -> Result<(), InboxError>;
}

/// The inbox can't be read or written, with what the operator should know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the inbox can't be used: {0}")]
pub struct InboxError(pub String);
