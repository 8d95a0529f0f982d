//! A room as one person sees it.

use std::collections::{BTreeMap, BTreeSet};

use matrix_sdk::ruma::{EventId, OwnedEventId, OwnedUserId, UserId};
use serde_json::Value;

use super::message::{Message, Reaction, Reading, parsed};

/// What a person is to a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// They are invited and have said neither yes nor no.
    Invited,
    /// They are in it.
    Joined,
    /// They left, were put out, or declined.
    #[default]
    Left,
}

/// A room as one person sees it.
#[derive(Clone, Debug, Default)]
pub struct RoomView {
    /// What the person is to it.
    pub standing: Standing,
    /// What was written, in order.
    pub messages: Vec<Message>,
    /// Who is typing now.
    pub typists: BTreeSet<OwnedUserId>,
    /// Who was ever seen typing.
    pub have_typed: BTreeSet<OwnedUserId>,
    /// The last event that each person has said to have read.
    pub receipts: BTreeMap<OwnedUserId, OwnedEventId>,
    /// The contents of the room's state, by type and key.
    states: BTreeMap<(String, String), Value>,
}

impl RoomView {
    /// The content of the room's state of that type and key.
    #[must_use]
    pub fn state(&self, kind: &str, key: &str) -> Option<&Value> {
        self.states.get(&(kind.to_owned(), key.to_owned()))
    }

    /// What somebody is to the room: `join`, `invite`, `leave`, `ban`; none when they have nothing to do with it.
    #[must_use]
    pub fn membership(&self, somebody: &UserId) -> Option<&str> {
        self.state("m.room.member", somebody.as_str())?["membership"].as_str()
    }

    /// The message that an event brought.
    #[must_use]
    pub fn message(&self, id: &EventId) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id)
    }

    pub(in crate::people) fn is_joined(&mut self) {
        self.standing = Standing::Joined;
    }

    pub(in crate::people) fn is_invited(&mut self) {
        self.standing = Standing::Invited;
    }

    pub(in crate::people) fn is_left(&mut self) {
        self.standing = Standing::Left;
    }

    /// Takes in an event of the timeline, which comes once.
    pub(in crate::people) fn hear(&mut self, event: &Value, reading: Reading) {
        if !event["state_key"].is_null() {
            return self.learn(event);
        }
        match event["type"].as_str() {
            Some("m.reaction") => self.react(event),
            Some("m.room.redaction") => self.redact(event),
            Some("m.room.message" | "m.sticker" | "m.room.encrypted") => self.take(event, reading),
            _ => {}
        }
    }

    /// Puts an event that can be read at last where it stood unread.
    pub(in crate::people) fn hear_late(&mut self, event: &Value) {
        let unread = |message: &Message| message.is_undecryptable() && message.id.as_str() == event["event_id"];
        let Some(place) = self.messages.iter().position(unread) else { return };
        let old = self.messages.remove(place);
        let behind = self.messages.split_off(place);
        self.hear(event, Reading::Decrypted);
        if let Some(message) = self.messages.get_mut(place) {
            message.reactions = old.reactions;
        }
        self.messages.extend(behind);
    }

    /// Takes in a piece of the room's state.
    pub(in crate::people) fn learn(&mut self, event: &Value) {
        if let (Some(kind), Some(key)) = (event["type"].as_str(), event["state_key"].as_str()) {
            self.states.insert((kind.to_owned(), key.to_owned()), event["content"].clone());
        }
    }

    /// Takes in what is true for a moment only.
    pub(in crate::people) fn overhear(&mut self, event: &Value) {
        match event["type"].as_str() {
            Some("m.typing") => {
                self.typists =
                    event["content"]["user_ids"].as_array().into_iter().flatten().filter_map(parsed).collect();
                self.have_typed.extend(self.typists.iter().cloned());
            }
            Some("m.receipt") => {
                for (id, kinds) in event["content"].as_object().into_iter().flatten() {
                    let Ok(id) = EventId::parse(id) else { continue };
                    let readers = kinds["m.read"].as_object().into_iter().flatten();
                    let readers = readers.filter_map(|(reader, _)| UserId::parse(reader).ok());
                    self.receipts.extend(readers.map(|reader| (reader, id.clone())));
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, event: &Value, reading: Reading) {
        let relation = &event["content"]["m.relates_to"];
        let target =
            (relation["rel_type"] == "m.replace").then(|| parsed::<OwnedEventId>(&relation["event_id"])).flatten();
        let Some(target) = target else {
            let known = |message: &Message| event["event_id"] == message.id.as_str();
            if !self.messages.iter().any(known) {
                self.messages.extend(Message::read(event, reading));
            }
            return;
        };
        // An edit that can't be read says nothing about the message, and stands by itself.
        if matches!(reading, Reading::Undecryptable(_)) {
            self.messages.extend(Message::read(event, reading));
        } else if let Some(message) = self.messages.iter_mut().find(|message| message.id == target)
            && event["sender"] == message.sender.as_str()
        {
            message.edit(&event["content"]["m.new_content"]);
        }
    }

    fn react(&mut self, event: &Value) {
        let relation = &event["content"]["m.relates_to"];
        let target = self.messages.iter_mut().find(|message| relation["event_id"] == message.id.as_str());
        let reaction = || {
            let key = relation["key"].as_str()?.to_owned();
            Some(Reaction { id: parsed(&event["event_id"])?, sender: parsed(&event["sender"])?, key })
        };
        if let Some(message) = target {
            message.reactions.extend(reaction());
        }
    }

    fn redact(&mut self, event: &Value) {
        // Newer room versions say it in the content, older ones beside it.
        let target = event["content"]["redacts"].as_str().or(event["redacts"].as_str()).unwrap_or_default();
        for message in &mut self.messages {
            if message.id.as_str() == target {
                message.redact();
            }
            message.reactions.retain(|reaction| reaction.id.as_str() != target);
        }
    }
}
