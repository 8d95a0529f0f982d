//! What a connector must remember from one run to the next.

use crate::id::{PersonId, RoomId};
use async_trait::async_trait;

/// A connector's own small memory: what it registered where, how often it identified itself, which direct room is whose.
///
/// It outlives the process. The application keeps it, apart for each connector; it is no place for what people say. What
/// is about a person has methods of its own, so that it can be found and erased.
#[async_trait]
pub trait Notebook: Send + Sync {
    /// What was last written under a key.
    ///
    /// # Errors
    ///
    /// [`NotebookError`] when it can't be read.
    async fn read(&self, key: &str) -> Result<Option<String>, NotebookError>;

    /// Writes under a key, in the place of what was there.
    ///
    /// # Errors
    ///
    /// [`NotebookError`] when it can't be written; what was there then still is.
    async fn write(&self, key: &str, value: &str) -> Result<(), NotebookError>;

    /// Erases what is under a key, if anything is.
    ///
    /// # Errors
    ///
    /// [`NotebookError`] when it can't be written; what was there then still is.
    async fn erase(&self, key: &str) -> Result<(), NotebookError>;

    /// The direct room that was opened with a person.
    ///
    /// # Errors
    ///
    /// [`NotebookError`] when it can't be read.
    async fn direct_room(&self, person: &PersonId) -> Result<Option<RoomId>, NotebookError>;

    /// Notes the direct room that was opened with a person, in the place of an earlier one.
    ///
    /// # Errors
    ///
    /// [`NotebookError`] when it can't be written.
    async fn note_direct_room(&self, person: &PersonId, room: &RoomId) -> Result<(), NotebookError>;
}

/// The notebook can't be read or written, with what the operator should know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the notebook can't be used: {0}")]
pub struct NotebookError(pub String);
