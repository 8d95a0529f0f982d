//! What everything that talks to the homeserver shares: the client, who the bot is, and the order of rooms.

use crate::{offers::Offers, options::Options, render::Limits};
use matrix_sdk::{Client, Room, RoomState};
use matrix_sdk_store_encryption::StoreCipher;
use ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};
use tokio::sync::OwnedMutexGuard;
use vigie_chat::SendError;

/// Rooms remembered before those that nobody waits for are forgotten.
const MANY: usize = 256;

/// Shared by the connector and its replies.
pub(crate) struct Wire {
    pub(crate) options: Options,
    pub(crate) offers: Offers,
    online: RwLock<Option<Arc<Online>>>,
    turns: Mutex<HashMap<OwnedRoomId, Arc<tokio::sync::Mutex<()>>>>,
    /// Direct rooms are opened one at a time, lest two answers open two of them.
    pub(crate) opening: tokio::sync::Mutex<()>,
    /// What happens to rooms is acted upon one thing after the other.
    pub(crate) rooms: tokio::sync::Mutex<()>,
}

/// The bot, logged in.
pub(crate) struct Online {
    pub(crate) client: Client,
    pub(crate) me: OwnedUserId,
    /// Seals what waits in the inbox.
    pub(crate) cipher: StoreCipher,
    pub(crate) limits: Limits,
}

impl Wire {
    pub(crate) fn new(options: Options) -> Self {
        let (online, turns, opening) = (RwLock::default(), Mutex::default(), tokio::sync::Mutex::default());
        let rooms = tokio::sync::Mutex::default();
        Self { options, offers: Offers::default(), online, turns, opening, rooms }
    }

    /// Notes that the bot is logged in, or no longer.
    pub(crate) fn is_online(&self, online: Option<Arc<Online>>) {
        *self.online.write().unwrap_or_else(PoisonError::into_inner) = online;
    }

    /// The bot, if it is logged in.
    pub(crate) fn online(&self) -> Result<Arc<Online>, SendError> {
        let online = self.online.read().unwrap_or_else(PoisonError::into_inner);
        online.clone().ok_or_else(|| SendError::Network("not logged in".to_owned()))
    }

    /// The name under which a room knows the bot.
    pub(crate) async fn name_in(&self, room: &Room) -> String {
        let member = room.get_member_no_sync(room.own_user_id()).await.ok().flatten();
        let shown = member.and_then(|member| member.display_name().map(ToOwned::to_owned));
        shown.or_else(|| self.options.profile.name.clone()).unwrap_or_else(|| room.own_user_id().localpart().to_owned())
    }

    /// Waits for one's turn to write in a room; messages there follow each other in the order of the asking.
    pub(crate) async fn turn(&self, room: &RoomId) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            if turns.len() >= MANY {
                turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            }
            Arc::clone(turns.entry(room.to_owned()).or_default())
        };
        turn.lock_owned().await
    }
}

impl Online {
    /// A room that the bot is in.
    pub(crate) fn room(&self, id: &str) -> Option<Room> {
        let id = RoomId::parse(id).ok()?;
        self.client.get_room(&id).filter(|room| room.state() == RoomState::Joined)
    }

    /// Who the bot is.
    pub(crate) fn me(&self) -> &UserId {
        &self.me
    }
}
