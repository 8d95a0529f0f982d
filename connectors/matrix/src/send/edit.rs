//! Putting a message in the place of one that was sent.

use super::{
    Part, PartKind, Parts, Post, Relation,
    event::{Said, offer_reactions, send, transaction},
};
use crate::{
    failure::Failure,
    offer,
    offers::PARTS,
    render::Words,
    wire::{Online, Wire},
};
use matrix_sdk::Room;
use ruma::{EventId, OwnedEventId};
use serde_json::{Map, Value, json};
use vigie_chat::{MessageRef, RoomId, Sealed, SendError};

/// Characters of the new words that clients show which can't edit.
const BEGINNING: usize = 1_000;

/// Puts a message in the place of one that was sent: its words in the place of the words, what is too much is taken away,
/// what is missing is said after it. Files are taken away and said anew.
///
/// `key` is another one for each edit, and the same when the same edit is tried again.
pub(crate) async fn edit(wire: &Wire, sent: &MessageRef, message: &Sealed, key: &str) -> Result<MessageRef, SendError> {
    let online = wire.online()?;
    let parts = super::rendered(wire, &online, message)?;
    Ok(edit_parts(wire, &online, sent, parts, key).await?)
}

/// Puts what was rendered in the place of a message.
pub(crate) async fn edit_parts(
    wire: &Wire,
    online: &Online,
    sent: &MessageRef,
    parts: Vec<Part>,
    key: &str,
) -> Result<MessageRef, Failure> {
    let room = online.room(sent.room.as_str()).ok_or(Failure::Gone)?;
    let old = Parts::of(&sent.id);
    let mut old_words = old.events(PartKind::Words).into_iter();
    let first = old.0.first().and_then(|(_, event)| EventId::parse(event).ok()).ok_or(Failure::Gone)?;
    let thread = standing(&room, &first).await?;
    let relation = thread.map(|root| Relation::answer(first.clone(), Some(root)));
    let turn = wire.turns.turn(room.room_id()).await;
    let mut new = Parts::default();
    let mut more = Vec::new();
    for (rank, part) in parts.into_iter().enumerate() {
        let words = match part {
            Part::Words(words) => words,
            file @ Part::File(_) => {
                more.push(file);
                continue;
            }
        };
        let Some(event) = old_words.next() else {
            more.push(Part::Words(words));
            continue;
        };
        let event = EventId::parse(event).map_err(|_| Failure::Gone)?;
        let said = Said { key, rank, relation: None };
        replace(wire, &room, (&event, relation.as_ref()), words, (said, &new)).await?;
        new.0.push((PartKind::Words, event.to_string()));
    }
    let too_much = old_words.chain(old.events(PartKind::File));
    for (rank, event) in too_much.enumerate() {
        let event = EventId::parse(event).map_err(|_| Failure::Gone)?;
        room.redact(&event, None, Some(transaction(&format!("{key} less"), rank))).await.map_err(Failure::from)?;
    }
    drop(turn);
    if !more.is_empty() {
        let post = Post { room: &room, key: &format!("{key} more"), relation: relation.as_ref() };
        let added = super::post_parts(wire, online, more, &post).await?;
        new.0.extend(Parts::of(&added.id).0);
    }
    Ok(MessageRef { room: RoomId::new(room.room_id().as_str()), id: new.packed() })
}

/// The thread of a message that still stands; [`Failure::Gone`] once it was deleted.
async fn standing(room: &Room, event: &EventId) -> Result<Option<OwnedEventId>, Failure> {
    let found = room.event(event, None).await.map_err(Failure::from)?;
    let found: Value = found.raw().deserialize_as().map_err(|error| Failure::Refused(error.to_string()))?;
    if found["unsigned"].get("redacted_because").is_some() {
        return Err(Failure::Gone);
    }
    let relation = &found["content"]["m.relates_to"];
    let thread = (relation["rel_type"] == "m.thread").then(|| relation["event_id"].as_str()).flatten();
    Ok(thread.and_then(|thread| EventId::parse(thread).ok()))
}

/// Replaces one event of words.
async fn replace(
    wire: &Wire,
    room: &Room,
    (event, relation): (&EventId, Option<&Relation>),
    words: Words,
    (said, before): (Said<'_>, &Parts),
) -> Result<(), Failure> {
    let mut new = words.content;
    if !before.0.is_empty() && new.contains_key(offer::KEY) {
        new.insert(PARTS.to_owned(), before.packed().as_str().into());
    }
    let content = replacement(event, &new);
    send(wire, room, "m.room.message", content, &transaction(said.key, said.rank)).await?;
    wire.offers.note(room, event, relation.and_then(Relation::thread), &new.into());
    offer_reactions(wire, room, event, words.choices);
    Ok(())
}

/// The content of an edit: the new words, and their beginning for clients that can't edit. Both whole would be more than an
/// event holds.
fn replacement(event: &EventId, new: &Map<String, Value>) -> Value {
    let words = new.get("body").and_then(Value::as_str).unwrap_or_default();
    let beginning: String = words.chars().take(BEGINNING).collect();
    let more = if beginning.len() < words.len() { "…" } else { "" };
    json!({
        "msgtype": new.get("msgtype"),
        "body": format!("* {beginning}{more}"),
        // Whoever was notified by the message isn't again.
        "m.mentions": {},
        "m.new_content": new,
        "m.relates_to": { "rel_type": "m.replace", "event_id": event },
    })
}
