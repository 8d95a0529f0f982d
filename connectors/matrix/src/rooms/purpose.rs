//! What the bot made a room for.
//!
//! A homeserver makes a room event by event, and tells of it before all of them are there: who is invited comes last. What a
//! room was made for must be known from the start, or else it passes for a room of its own, and is greeted before anybody
//! can read it. So the very first event says it.

use matrix_sdk::{Room, deserialized_responses::RawAnySyncOrStrippedState};
use ruma::{api::client::room::create_room::v3::CreationContent, events::StateEventType, serde::Raw};
use serde::Deserialize;
use serde_json::json;

/// The key in the content of a room's first event.
const PURPOSE: &str = "fr.vigie.purpose";

/// What the bot made a room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Purpose {
    /// To speak with one person.
    Direct,
    /// For some people of another room (see `opened`).
    Beside,
}

impl Purpose {
    /// What the first event of a room says.
    pub(crate) fn said(self) -> Raw<CreationContent> {
        let word = match self {
            Self::Direct => "direct",
            Self::Beside => "beside",
        };
        let content = Raw::new(&json!({ PURPOSE: word })).expect("a value always has a JSON writing");
        content.cast_unchecked()
    }

    /// What the bot made a room for, if it did.
    pub(crate) async fn of(room: &Room) -> Option<Self> {
        #[derive(Deserialize)]
        struct Said {
            content: Content,
        }
        #[derive(Deserialize)]
        struct Content {
            #[serde(rename = "fr.vigie.purpose")]
            purpose: Purpose,
        }
        let me = room.own_user_id();
        if !room.creators()?.iter().any(|creator| creator == me) {
            return None;
        }
        let event = room.get_state_event(StateEventType::RoomCreate, "").await.ok()??;
        let RawAnySyncOrStrippedState::Sync(raw) = event else { return None };
        let said: Said = serde_json::from_str(raw.json().get()).ok()?;
        Some(said.content.purpose)
    }
}
