//! Coming and going: who is in a room.

use matrix_sdk::ruma::{RoomId, UserId};
use serde_json::{Value, json};

use crate::{
    error::Refusal,
    http::path_part,
    people::{Person, Standing},
};

impl Person {
    /// Joins a room, invited or not, and waits until it shows.
    ///
    /// # Errors
    ///
    /// When the person may not, or the server is down.
    pub async fn joins(&self, room: &RoomId) -> Result<(), Refusal> {
        // By the client, which then knows who invited: later that decides which keys it takes.
        self.client().join_room_by_id(room).await?;
        self.until_standing(room, Standing::Joined).await
    }

    /// Waits for an invitation, and joins.
    ///
    /// # Errors
    ///
    /// When none comes, or the server refuses.
    pub async fn accepts(&self, room: &RoomId) -> Result<(), Refusal> {
        self.until_standing(room, Standing::Invited).await?;
        self.joins(room).await
    }

    /// Leaves a room, or declines to join it.
    ///
    /// # Errors
    ///
    /// When the person is neither in it nor invited, or the server is down.
    pub async fn leaves(&self, room: &RoomId) -> Result<(), Refusal> {
        self.in_room(room, "leave", &json!({})).await
    }

    /// Invites somebody.
    ///
    /// # Errors
    ///
    /// When the person may not, or the server is down; `M_INVITE_BLOCKED` when that person refuses invitations.
    pub async fn invites(&self, room: &RoomId, somebody: &UserId) -> Result<(), Refusal> {
        self.in_room(room, "invite", &json!({ "user_id": somebody })).await
    }

    /// Puts somebody out.
    ///
    /// # Errors
    ///
    /// When the person may not, or the server is down.
    pub async fn kicks(&self, room: &RoomId, somebody: &UserId) -> Result<(), Refusal> {
        self.in_room(room, "kick", &json!({ "user_id": somebody })).await
    }

    /// Refuses all invitations from now on: whoever invites this person gets 403 `M_INVITE_BLOCKED`.
    ///
    /// Synapse honours two kinds of account data. This is `m.invite_permission_config` with `default_action: block`,
    /// which it puts first; the other, `org.matrix.msc4155.invite_permission_config`, names people and servers.
    ///
    /// # Errors
    ///
    /// When the server is down.
    pub async fn refuses_invitations(&self) -> Result<(), Refusal> {
        self.keeps("m.invite_permission_config", &json!({ "default_action": "block" })).await
    }

    /// Refuses invitations from somebody: they get 403 `M_INVITE_BLOCKED`.
    ///
    /// # Errors
    ///
    /// When the server is down.
    pub async fn refuses_invitations_from(&self, somebody: &UserId) -> Result<(), Refusal> {
        self.keeps("org.matrix.msc4155.invite_permission_config", &json!({ "blocked_users": [somebody] })).await
    }

    /// Sets a display name.
    ///
    /// # Errors
    ///
    /// When the server is down.
    pub async fn calls_themselves(&self, name: &str) -> Result<(), Refusal> {
        let path = format!("/_matrix/client/v3/profile/{}/displayname", path_part(self.id().as_str()));
        self.request("PUT", &path, Some(&json!({ "displayname": name }))).await.map(drop)
    }

    /// Keeps something in the account's own data.
    ///
    /// # Errors
    ///
    /// When the server is down.
    pub async fn keeps(&self, kind: &str, content: &Value) -> Result<(), Refusal> {
        let path = format!("/_matrix/client/v3/user/{}/account_data/{kind}", path_part(self.id().as_str()));
        self.request("PUT", &path, Some(content)).await.map(drop)
    }

    pub(super) async fn until_standing(&self, room: &RoomId, standing: Standing) -> Result<(), Refusal> {
        let seen = self.until(room, |room| (room.standing == standing).then_some(())).await;
        seen.map_err(|unseen| Refusal::undone(&unseen))
    }

    async fn in_room(&self, room: &RoomId, what: &str, request: &Value) -> Result<(), Refusal> {
        let path = format!("/_matrix/client/v3/rooms/{}/{what}", path_part(room.as_str()));
        self.request("POST", &path, Some(request)).await.map(drop)
    }
}
