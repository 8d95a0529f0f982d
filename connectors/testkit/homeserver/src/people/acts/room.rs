//! A room to be made: plain or encrypted, for a few or for all, or a space that holds rooms.

use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId};
use serde_json::{Value, json};

use crate::{
    error::Refusal,
    http::path_part,
    people::{Person, Standing},
};

/// A room, before it is made.
#[derive(Clone, Debug)]
pub struct Room {
    request: Value,
    invited: Vec<OwnedUserId>,
    state: Vec<Value>,
}

impl Room {
    /// A room on invitation, not encrypted.
    #[must_use]
    pub fn plain() -> Self {
        Self { request: json!({ "preset": "private_chat" }), invited: Vec::new(), state: Vec::new() }
    }

    /// A room on invitation, encrypted.
    #[must_use]
    pub fn encrypted() -> Self {
        Self::plain().with_state("m.room.encryption", "", &json!({ "algorithm": "m.megolm.v1.aes-sha2" }))
    }

    /// A space, which holds rooms.
    #[must_use]
    pub fn space() -> Self {
        let mut space = Self::plain();
        space.request["creation_content"] = json!({ "type": "m.space" });
        space
    }

    /// Lets everybody in.
    #[must_use]
    pub fn public(mut self) -> Self {
        self.request["preset"] = "public_chat".into();
        self
    }

    /// Makes it a direct room, as clients do for two people.
    #[must_use]
    pub fn direct(mut self) -> Self {
        self.request["is_direct"] = true.into();
        self.request["preset"] = "trusted_private_chat".into();
        self
    }

    /// Names it.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.request["name"] = name.into();
        self
    }

    /// Makes it of that version rather than the server's own choice.
    #[must_use]
    pub fn version(mut self, version: &str) -> Self {
        self.request["room_version"] = version.into();
        self
    }

    /// Invites somebody.
    #[must_use]
    pub fn inviting(mut self, somebody: &UserId) -> Self {
        self.invited.push(somebody.to_owned());
        self
    }

    /// Gives somebody a power level from the start.
    #[must_use]
    pub fn power(mut self, somebody: &UserId, level: i64) -> Self {
        self.request["power_level_content_override"]["users"][somebody.as_str()] = level.into();
        self
    }

    /// Puts a piece of state into it from the start.
    #[must_use]
    pub fn with_state(mut self, kind: &str, key: &str, content: &Value) -> Self {
        self.state.push(json!({ "type": kind, "state_key": key, "content": content }));
        self
    }
}

impl Person {
    /// Makes a room, and waits until it is there.
    ///
    /// # Errors
    ///
    /// When the server refuses: `M_INVITE_BLOCKED` when somebody invited refuses invitations.
    pub async fn creates_room(&self, room: Room) -> Result<OwnedRoomId, Refusal> {
        let Room { mut request, invited, state } = room;
        request["invite"] = json!(invited);
        request["initial_state"] = state.into();
        // Whoever makes a room of an older version has power by this list only; newer ones refuse to see them on it.
        let version = request["room_version"].as_str().and_then(|version| version.parse::<u32>().ok());
        if version.is_some_and(|version| version < 12)
            && let Some(levels) = request.get_mut("power_level_content_override")
        {
            levels["users"][self.id().as_str()] = 100.into();
        }
        let answer = self.request("POST", "/_matrix/client/v3/createRoom", Some(&request)).await?;
        self.arrives(&answer["room_id"]).await
    }

    /// Puts rooms into a space, each pointing to the other.
    ///
    /// # Errors
    ///
    /// When the person may not, or the server is down.
    pub async fn adds_to_space(&self, space: &RoomId, room: &RoomId) -> Result<(), Refusal> {
        let via = json!({ "via": [self.id().server_name()] });
        self.sets_state(space, "m.space.child", room.as_str(), &via).await?;
        let mut parent = via;
        parent["canonical"] = true.into();
        self.sets_state(room, "m.space.parent", space.as_str(), &parent).await
    }

    /// Replaces a room by one of another version; gives the new one, in which the others are not yet.
    ///
    /// # Errors
    ///
    /// When the person may not, or the server is down.
    pub async fn upgrades(&self, room: &RoomId, version: &str) -> Result<OwnedRoomId, Refusal> {
        let path = format!("/_matrix/client/v3/rooms/{}/upgrade", path_part(room.as_str()));
        let answer = self.request("POST", &path, Some(&json!({ "new_version": version }))).await?;
        self.arrives(&answer["replacement_room"]).await
    }

    /// Sets a piece of a room's state.
    ///
    /// # Errors
    ///
    /// When the person may not, or the server is down.
    pub async fn sets_state(&self, room: &RoomId, kind: &str, key: &str, content: &Value) -> Result<(), Refusal> {
        let (room, key) = (path_part(room.as_str()), path_part(key));
        let path = format!("/_matrix/client/v3/rooms/{room}/state/{kind}/{key}");
        self.request("PUT", &path, Some(content)).await.map(drop)
    }

    /// Gives somebody a power level.
    ///
    /// # Errors
    ///
    /// When the person may not, or the server is down.
    pub async fn empowers(&self, room: &RoomId, somebody: &UserId, level: i64) -> Result<(), Refusal> {
        let path = format!("/_matrix/client/v3/rooms/{}/state/m.room.power_levels/", path_part(room.as_str()));
        let mut levels = self.request("GET", &path, None).await?;
        levels["users"][somebody.as_str()] = level.into();
        self.sets_state(room, "m.room.power_levels", "", &levels).await
    }

    /// Waits until a room that the server has just named shows.
    async fn arrives(&self, answered: &Value) -> Result<OwnedRoomId, Refusal> {
        let id = answered.as_str().and_then(|id| RoomId::parse(id).ok());
        let Some(id) = id else { return Err(Refusal::Undone(format!("no room in {answered}"))) };
        self.until_standing(&id, Standing::Joined).await?;
        Ok(id)
    }
}
