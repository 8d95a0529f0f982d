//! A notebook in memory, which outlives the connector.

use async_trait::async_trait;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use vigie_chat::{Notebook, NotebookError, PersonId, RoomId};

/// What was noted.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    notes: Mutex<HashMap<String, String>>,
    rooms: Mutex<HashMap<PersonId, RoomId>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Notebook for Memory {
    async fn read(&self, key: &str) -> Result<Option<String>, NotebookError> {
        Ok(held(&self.notes).get(key).cloned())
    }

    async fn write(&self, key: &str, value: &str) -> Result<(), NotebookError> {
        held(&self.notes).insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    async fn erase(&self, key: &str) -> Result<(), NotebookError> {
        held(&self.notes).remove(key);
        Ok(())
    }

    async fn direct_room(&self, person: &PersonId) -> Result<Option<RoomId>, NotebookError> {
        Ok(held(&self.rooms).get(person).cloned())
    }

    async fn note_direct_room(&self, person: &PersonId, room: &RoomId) -> Result<(), NotebookError> {
        held(&self.rooms).insert(person.clone(), room.clone());
        Ok(())
    }
}
