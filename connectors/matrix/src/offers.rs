//! Finding again what the bot's messages offer.
//!
//! The messages themselves hold it (see [`crate::offer`]). What was shown lately is remembered, so that most numbers cost no
//! request; after a restart the room's history is read.

use crate::{failure::Failure, offer::Offer};
use matrix_sdk::{Room, room::MessagesOptions};
use ruma::{EventId, OwnedEventId, OwnedRoomId, UserId, uint};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};
use vigie_chat::MessageId;

/// Where the content of the last part of a message names the parts before it.
pub(crate) const PARTS: &str = "fr.vigie.parts";
/// Offers remembered before they are forgotten.
const MANY: usize = 2_000;

/// A message that offers something.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) offer: Offer,
    /// The whole message, of which the offer is the last part.
    pub(crate) message: MessageId,
    /// The event with the offer.
    pub(crate) event: OwnedEventId,
    /// The root of the thread that it is in.
    pub(crate) thread: Option<OwnedEventId>,
}

/// Where a conversation goes on: a room, or a thread in it.
type Conversation = (OwnedRoomId, Option<OwnedEventId>);

/// What was offered lately.
#[derive(Debug, Default)]
pub(crate) struct Offers {
    recent: Mutex<Recent>,
}

#[derive(Debug, Default)]
struct Recent {
    by_event: HashMap<OwnedEventId, Shown>,
    /// The last one of each conversation, if there is any; absent where it isn't known.
    last: HashMap<Conversation, Option<OwnedEventId>>,
    /// Forms that were submitted or left: their messages still show them.
    closed: HashSet<OwnedEventId>,
}

impl Offers {
    /// Notes what a message that was just sent or edited offers.
    pub(crate) fn note(&self, room: &Room, event: &EventId, thread: Option<&EventId>, content: &Value) {
        let conversation = (room.room_id().to_owned(), thread.map(ToOwned::to_owned));
        let mut recent = self.recent();
        if recent.by_event.len() >= MANY {
            *recent = Recent::default();
        }
        if let Some(shown) = shown(event, thread, content) {
            recent.last.insert(conversation, Some(event.to_owned()));
            recent.by_event.insert(event.to_owned(), shown);
            return;
        }
        // A form that something was said after is over; numbers hold until there are others.
        recent.by_event.remove(event);
        let form =
            |event: &OwnedEventId| matches!(recent.by_event.get(event).map(|s| &s.offer), Some(Offer::Form { .. }));
        let over = recent
            .last
            .get(&conversation)
            .is_some_and(|last| last.as_ref().is_some_and(|last| last == event || form(last)));
        if over {
            recent.last.insert(conversation, None);
        }
    }

    /// Notes that what was offered is over: a form that was submitted or left.
    pub(crate) fn close(&self, room: &Room, shown: &Shown) {
        let mut recent = self.recent();
        recent.by_event.remove(&shown.event);
        if recent.closed.len() >= MANY {
            recent.closed.clear();
        }
        recent.closed.insert(shown.event.clone());
        recent.last.insert((room.room_id().to_owned(), shown.thread.clone()), None);
    }

    /// What one of the bot's messages offers.
    pub(crate) async fn of(&self, room: &Room, event: &EventId, me: &UserId) -> Result<Option<Shown>, Failure> {
        {
            let recent = self.recent();
            if recent.closed.contains(event) {
                return Ok(None);
            }
            if let Some(known) = recent.by_event.get(event) {
                return Ok(Some(known.clone()));
            }
        }
        let found = match room.event(event, None).await.map_err(Failure::from) {
            Ok(found) => found,
            // Gone, or from before the bot joined.
            Err(Failure::Gone | Failure::Forbidden(_)) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let Ok(found) = found.raw().deserialize_as::<Value>() else { return Ok(None) };
        if found["sender"] != me.as_str() {
            return Ok(None);
        }
        let thread = thread_of(&found["content"]);
        let edited = &found["unsigned"]["m.relations"]["m.replace"]["content"]["m.new_content"];
        let content = if edited.is_object() { edited } else { &found["content"] };
        Ok(shown(event, thread.as_deref(), content))
    }

    /// What was offered last in a conversation.
    pub(crate) async fn last(
        &self,
        room: &Room,
        thread: Option<&EventId>,
        me: &UserId,
    ) -> Result<Option<Shown>, Failure> {
        let conversation = (room.room_id().to_owned(), thread.map(ToOwned::to_owned));
        {
            let recent = self.recent();
            if let Some(last) = recent.last.get(&conversation) {
                return Ok(last.as_ref().and_then(|event| recent.by_event.get(event)).cloned());
            }
        }
        let found = in_history(room, thread, me).await?;
        let mut recent = self.recent();
        let event = found.as_ref().map(|shown| shown.event.clone());
        // Whoever said something meanwhile knows better.
        recent.last.entry(conversation).or_insert(event);
        if let Some(shown) = &found {
            recent.by_event.entry(shown.event.clone()).or_insert_with(|| shown.clone());
        }
        Ok(found)
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads back from the end of a room until something was offered in the conversation.
async fn in_history(room: &Room, thread: Option<&EventId>, me: &UserId) -> Result<Option<Shown>, Failure> {
    let mut options = MessagesOptions::backward();
    // What was offered before so much else is scrolled away for people too.
    options.limit = uint!(50);
    let page = room.messages(options).await?;
    let mut edited: HashMap<OwnedEventId, Value> = HashMap::new();
    let mut said_since = false;
    for event in &page.chunk {
        let Ok(event) = event.raw().deserialize_as::<Value>() else { continue };
        if event["sender"] != me.as_str() || event["type"] != "m.room.message" {
            continue;
        }
        let content = &event["content"];
        let relation = &content["m.relates_to"];
        if relation["rel_type"] == "m.replace" {
            // The newest edit comes first. It doesn't say in which thread it is; what it edits does, and comes later.
            if let Some(id) = parsed(&relation["event_id"]) {
                edited.entry(id).or_insert_with(|| content["m.new_content"].clone());
            }
            continue;
        }
        let Some(id) = parsed(&event["event_id"]).filter(|_| thread_of(content).as_deref() == thread) else { continue };
        match shown(&id, thread, edited.get(&id).unwrap_or(content)) {
            Some(shown) if !(said_since && matches!(shown.offer, Offer::Form { .. })) => return Ok(Some(shown)),
            _ => said_since = true,
        }
    }
    Ok(None)
}

fn parsed(id: &Value) -> Option<OwnedEventId> {
    EventId::parse(id.as_str()?).ok()
}

fn shown(event: &EventId, thread: Option<&EventId>, content: &Value) -> Option<Shown> {
    let offer = Offer::of(content)?;
    let message = match content[PARTS].as_str() {
        Some(before) => MessageId::new(format!("{before} {event}")),
        None => MessageId::new(event.as_str()),
    };
    Some(Shown { offer, message, event: event.to_owned(), thread: thread.map(ToOwned::to_owned) })
}

/// The root of the thread that a content is in.
fn thread_of(content: &Value) -> Option<OwnedEventId> {
    let relation = &content["m.relates_to"];
    (relation["rel_type"] == "m.thread").then(|| EventId::parse(relation["event_id"].as_str()?).ok()).flatten()
}
