//! One thing after the other, for each of many: what is said in a room, the opening of a direct room with a person.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OwnedMutexGuard;

/// Remembered before those that nobody waits for are forgotten.
const MANY: usize = 256;

/// Whose turn it is, for each of many.
#[derive(Debug)]
pub(crate) struct Turns<K>(Mutex<HashMap<K, Arc<tokio::sync::Mutex<()>>>>);

impl<K> Default for Turns<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Turns<K> {
    /// Waits for one's turn, which lasts as long as what is returned. Turns come in the order of the asking.
    pub(crate) async fn turn(&self, of: &(impl ToOwned<Owned = K> + ?Sized)) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if turns.len() >= MANY {
                turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            }
            Arc::clone(turns.entry(of.to_owned()).or_default())
        };
        turn.lock_owned().await
    }
}
