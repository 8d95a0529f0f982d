//! What a connector remembers, in memory: it outlives the connector, as the application's store does.

use async_trait::async_trait;
use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};
use vigie_chat::{Arrival, EventId, Inbox, InboxError, Notebook, NotebookError, PersonId, RoomId};

/// What was noted, and what waits to be answered.
#[derive(Debug, Default)]
pub struct Memory {
    notes: Mutex<HashMap<String, String>>,
    rooms: Mutex<HashMap<PersonId, RoomId>>,
    arrivals: Mutex<Arrivals>,
}

#[derive(Debug, Default)]
struct Arrivals {
    mark: Option<String>,
    known: HashSet<EventId>,
    waiting: Vec<Arrival>,
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

#[async_trait]
impl Inbox for Memory {
    async fn mark(&self) -> Result<Option<String>, InboxError> {
        Ok(held(&self.arrivals).mark.clone())
    }

    async fn take(&self, arrivals: &[Arrival], mark: &str) -> Result<Vec<EventId>, InboxError> {
        let mut kept = held(&self.arrivals);
        kept.mark = Some(mark.to_owned());
        let mut fresh = Vec::new();
        for arrival in arrivals {
            if kept.known.insert(arrival.id.clone()) {
                kept.waiting.push(arrival.clone());
                fresh.push(arrival.id.clone());
            }
        }
        Ok(fresh)
    }

    async fn waiting(&self) -> Result<Vec<Arrival>, InboxError> {
        Ok(held(&self.arrivals).waiting.clone())
    }

    async fn done(&self, id: &EventId) -> Result<(), InboxError> {
        held(&self.arrivals).waiting.retain(|arrival| arrival.id != *id);
        Ok(())
    }
}
