//! What everything that talks to the homeserver shares: the client, who the bot is, and the order of rooms.

use crate::{offers::Offers, options::Options, render::Limits, turns::Turns};
use matrix_sdk::{Client, Room, RoomState};
use matrix_sdk_store_encryption::StoreCipher;
use ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};
use tokio::task::JoinSet;
use vigie_chat::SendError;

/// Shared by the connector and its replies.
pub(crate) struct Wire {
    pub(crate) options: Options,
    pub(crate) offers: Offers,
    online: RwLock<Option<Arc<Online>>>,
    /// Messages in a room follow each other in the order of the asking.
    pub(crate) turns: Turns<OwnedRoomId>,
    /// A person's direct room is opened once, whoever asks for it at the same time.
    pub(crate) opening: Turns<OwnedUserId>,
    /// Rooms are opened one at a time, lest two tries open two.
    pub(crate) opening_rooms: tokio::sync::Mutex<()>,
    /// Rooms that were joined since another room says that it goes on there.
    followed: Mutex<HashSet<OwnedRoomId>>,
    /// What happens to rooms is acted upon one thing after the other.
    pub(crate) rooms: tokio::sync::Mutex<()>,
    /// What nobody waits for, and must not go on with a session that is over.
    aside: Mutex<JoinSet<()>>,
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
        Self {
            options,
            offers: Offers::default(),
            online: RwLock::default(),
            turns: Turns::default(),
            opening: Turns::default(),
            opening_rooms: tokio::sync::Mutex::default(),
            followed: Mutex::default(),
            rooms: tokio::sync::Mutex::default(),
            aside: Mutex::default(),
        }
    }

    /// Notes that the bot is logged in, or no longer.
    pub(crate) fn is_online(&self, online: Option<Arc<Online>>) {
        *self.online.write().unwrap_or_else(PoisonError::into_inner) = online;
    }

    /// Does something that nobody waits for, as long as the session lasts.
    pub(crate) fn aside(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut aside = self.aside.lock().unwrap_or_else(PoisonError::into_inner);
        while aside.try_join_next().is_some() {}
        aside.spawn(task);
    }

    /// Ends all that nobody waits for.
    pub(crate) async fn nothing_aside(&self) {
        let mut all = std::mem::take(&mut *self.aside.lock().unwrap_or_else(PoisonError::into_inner));
        all.shutdown().await;
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

    /// Notes that a room was joined because another one says that it goes on there.
    pub(crate) fn is_followed(&self, room: &RoomId) {
        self.held_followed().insert(room.to_owned());
    }

    /// Whether a room was joined for that reason alone. It is forgotten then.
    pub(crate) fn was_followed(&self, room: &RoomId) -> bool {
        self.held_followed().remove(room)
    }

    fn held_followed(&self) -> MutexGuard<'_, HashSet<OwnedRoomId>> {
        self.followed.lock().unwrap_or_else(PoisonError::into_inner)
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
