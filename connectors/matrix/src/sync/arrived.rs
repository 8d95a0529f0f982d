//! What is kept of what was said, until it is answered.
//!
//! Only what may be for the bot is kept: what calls it, and what answers something or is said in a thread, since that may
//! choose what the bot offers there. It is sealed, since the words of an encrypted room must not lie open elsewhere, and
//! erased once it is answered or found to be for others.

use crate::{
    failure::Failure,
    hear::{self, Called, Meant},
};
use matrix_sdk::{
    Room,
    deserialized_responses::{TimelineEvent, TimelineEventKind, UnableToDecryptReason},
};
use matrix_sdk_store_encryption::StoreCipher;
use ruma::{
    OwnedUserId, UserId,
    events::{
        reaction::OriginalSyncReactionEvent,
        room::{encrypted::OriginalSyncRoomEncryptedEvent, message::OriginalSyncRoomMessageEvent},
    },
    serde::Raw,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use vigie_chat::{Arrival, EventId, RoomId, RoomKind};

/// What lies sealed in the inbox.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Who said it.
    sender: OwnedUserId,
    /// The event, decrypted if it could be.
    event: Box<RawValue>,
}

/// What an arrival is before it is decrypted.
pub(crate) struct Unsealed(Kept);

/// How somebody does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Way {
    /// In words.
    Says,
    /// By a reaction.
    Presses,
}

/// What an arrival turns out to be.
pub(crate) enum Opened {
    /// Something that was said.
    Said(Box<OriginalSyncRoomMessageEvent>),
    /// A reaction.
    Reacted(Box<OriginalSyncReactionEvent>),
    /// It can't be decrypted, yet.
    Unreadable(UnableToDecryptReason),
    /// Nothing that could be answered.
    Nothing,
}

/// What is to be kept of an event; `None` when it isn't for the bot.
pub(super) fn arrival(
    room: &Room,
    event: &TimelineEvent,
    kind: RoomKind,
    called: Called<'_>,
    cipher: &StoreCipher,
) -> Option<Arrival> {
    let (id, sender) = (event.event_id()?, event.sender()?);
    let for_bot = match &event.kind {
        TimelineEventKind::UnableToDecrypt { .. } => sender != called.user,
        _ => concerns(event, kind, called),
    };
    if !for_bot {
        return None;
    }
    let kept = Kept { sender, event: event.raw().clone().into_json() };
    match cipher.encrypt_value(&kept) {
        Ok(content) => {
            Some(Arrival { id: EventId::new(id.as_str()), room: RoomId::new(room.room_id().as_str()), content })
        }
        Err(error) => {
            tracing::error!(%error, "something that was said can't be kept");
            None
        }
    }
}

/// Whether the bot may have to do with an event.
fn concerns(event: &TimelineEvent, kind: RoomKind, called: Called<'_>) -> bool {
    match read(event.raw().json()) {
        Opened::Said(event) => hear::said(&event, kind, called).is_some_and(|words| {
            // What answers something, or is said in a thread, may choose what the bot offers there.
            words.meant == Meant::ForBot || words.replies_to.is_some() || words.thread.is_some()
        }),
        Opened::Reacted(event) => hear::reacted(&event, called.user).is_some(),
        Opened::Unreadable(_) | Opened::Nothing => false,
    }
}

/// Takes the seal off an arrival; `None` when it was sealed by a session that is lost.
pub(crate) fn unsealed(arrival: &Arrival, cipher: &StoreCipher) -> Option<Unsealed> {
    let kept = cipher.decrypt_value(&arrival.content);
    if let Err(error) = &kept {
        tracing::error!(%error, "something that was said before can't be opened any more");
    }
    kept.ok().map(Unsealed)
}

impl Unsealed {
    /// Who said it.
    pub(crate) fn sender(&self) -> &UserId {
        &self.0.sender
    }

    /// How it was done, as far as can be told.
    pub(crate) fn way(&self) -> Way {
        match kind(&self.0.event).as_deref() {
            Some("m.reaction") => Way::Presses,
            _ => Way::Says,
        }
    }

    /// What it is, decrypted now if it couldn't be before.
    pub(crate) async fn opened(&self, room: &Room) -> Result<Opened, Failure> {
        if kind(&self.0.event).as_deref() != Some("m.room.encrypted") {
            return Ok(read(&self.0.event));
        }
        let raw: Raw<OriginalSyncRoomEncryptedEvent> = Raw::from_json(self.0.event.clone());
        let event = room.decrypt_event(&raw, None).await?;
        Ok(match &event.kind {
            TimelineEventKind::UnableToDecrypt { utd_info, .. } => Opened::Unreadable(utd_info.reason.clone()),
            _ => read(event.raw().json()),
        })
    }
}

fn read(event: &RawValue) -> Opened {
    // A redacted event has no content that could be read.
    match kind(event).as_deref() {
        Some("m.room.message") => {
            serde_json::from_str(event.get()).map_or(Opened::Nothing, |event| Opened::Said(Box::new(event)))
        }
        Some("m.reaction") => {
            serde_json::from_str(event.get()).map_or(Opened::Nothing, |event| Opened::Reacted(Box::new(event)))
        }
        _ => Opened::Nothing,
    }
}

/// The type of an event.
fn kind(event: &RawValue) -> Option<Cow<'_, str>> {
    #[derive(Deserialize)]
    struct Kind<'a> {
        #[serde(rename = "type", borrow)]
        kind: Cow<'a, str>,
    }
    serde_json::from_str::<Kind<'_>>(event.get()).ok().map(|event| event.kind)
}
