//! What a client shows: rooms, and in each what was written, in order. A fold over events, which asks nobody anything.

mod message;
mod room;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use matrix_sdk::ruma::{OwnedRoomId, RoomId};
use serde_json::Value;

pub use self::{
    message::{Attachment, Message, Reaction, Reading},
    room::{RoomView, Standing},
};

/// All that a person sees.
#[derive(Debug, Default)]
pub(super) struct View {
    pub(super) rooms: BTreeMap<OwnedRoomId, RoomView>,
}

impl View {
    pub(super) fn room(&mut self, id: &RoomId) -> &mut RoomView {
        self.rooms.entry(id.to_owned()).or_default()
    }

    /// The events that could not be read.
    pub(super) fn undecryptable(&self) -> Vec<(OwnedRoomId, Value)> {
        let unread = |room: &RoomView| -> Vec<Value> {
            let messages = room.messages.iter();
            messages.filter(|message| message.is_undecryptable()).map(|message| message.event.clone()).collect()
        };
        let rooms = self.rooms.iter();
        rooms.flat_map(|(id, room)| unread(room).into_iter().map(|event| (id.clone(), event))).collect()
    }
}
