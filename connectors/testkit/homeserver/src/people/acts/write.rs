//! Writing into rooms, encrypted where the room is.

use matrix_sdk::{
    Room,
    attachment::AttachmentConfig,
    media::{MediaFormat, MediaRequestParameters},
    room::reply::{EnforceThread, Reply},
    ruma::{
        EventId, OwnedEventId, RoomId,
        events::room::{
            MediaSource,
            message::{AddMentions, ReplyWithinThread, TextMessageEventContent},
        },
    },
};
use serde_json::{Value, json};

use super::{File, Text};
use crate::{
    error::Refusal,
    http::path_part,
    people::{Message, Person},
};

impl Person {
    /// Is seen typing for the next half minute.
    ///
    /// # Errors
    ///
    /// When the person is not in the room, or the server is down.
    pub async fn types(&self, room: &RoomId) -> Result<(), Refusal> {
        let (room, me) = (path_part(room.as_str()), path_part(self.id().as_str()));
        let path = format!("/_matrix/client/v3/rooms/{room}/typing/{me}");
        self.request("PUT", &path, Some(&json!({ "typing": true, "timeout": 30_000 }))).await.map(drop)
    }

    /// Writes a text.
    ///
    /// # Errors
    ///
    /// When the person is not in the room, or the server is down or refuses.
    pub async fn says(&self, room: &RoomId, text: impl Into<Text>) -> Result<OwnedEventId, Refusal> {
        self.sends(room, "m.room.message", text.into().content()).await
    }

    /// Edits a message of one's own.
    ///
    /// # Errors
    ///
    /// When the person is not in the room, or the server is down or refuses.
    pub async fn edits(
        &self,
        room: &RoomId,
        message: &EventId,
        text: impl Into<Text>,
    ) -> Result<OwnedEventId, Refusal> {
        self.sends(room, "m.room.message", &text.into().edit_of(message)).await
    }

    /// Reacts to a message.
    ///
    /// # Errors
    ///
    /// When the person is not in the room, has reacted so already, or the server is down or refuses.
    pub async fn reacts(&self, room: &RoomId, message: &EventId, key: &str) -> Result<OwnedEventId, Refusal> {
        let relation = json!({ "rel_type": "m.annotation", "event_id": message, "key": key });
        self.sends(room, "m.reaction", &json!({ "m.relates_to": relation })).await
    }

    /// Redacts a message, or takes a reaction back.
    ///
    /// # Errors
    ///
    /// When the person may not, or the server is down or refuses.
    pub async fn redacts(&self, room: &RoomId, event: &EventId) -> Result<OwnedEventId, Refusal> {
        Ok(self.room(room)?.redact(event, None, None).await?.event_id)
    }

    /// Sends a file; pictures are sent as pictures.
    ///
    /// # Errors
    ///
    /// When the file is too large, the person is not in the room, or the server is down or refuses.
    pub async fn sends_file(&self, room: &RoomId, file: File) -> Result<OwnedEventId, Refusal> {
        let reply = |root| Reply {
            event_id: root,
            enforce_thread: EnforceThread::Threaded(ReplyWithinThread::No),
            add_mentions: AddMentions::No,
        };
        let attachment = AttachmentConfig::new()
            .caption(file.caption.map(TextMessageEventContent::plain))
            .reply(file.thread.map(reply));
        let sent = self.room(room)?.send_attachment(file.name, &file.media_type, file.bytes, attachment).await?;
        Ok(sent.event_id)
    }

    /// Sends an event of any kind.
    ///
    /// # Errors
    ///
    /// When the person is not in the room, or the server is down or refuses.
    pub async fn sends(&self, room: &RoomId, kind: &str, content: &Value) -> Result<OwnedEventId, Refusal> {
        Ok(self.room(room)?.send_raw(kind, content).await?.response.event_id)
    }

    /// Sends an event unencrypted, whatever the room is, once and without patience: what a limit refuses is refused.
    ///
    /// # Errors
    ///
    /// When the person is not in the room, or the server is down or refuses; `M_LIMIT_EXCEEDED` when it is too much.
    pub async fn sends_once(&self, room: &RoomId, transaction: &str, text: &Text) -> Result<(), Refusal> {
        let (room, transaction) = (path_part(room.as_str()), path_part(transaction));
        let path = format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/{transaction}");
        self.request("PUT", &path, Some(text.content())).await.map(drop)
    }

    /// The bytes of the file that a message carries.
    ///
    /// # Errors
    ///
    /// When it carries none, its bytes are not what its sender says, or the server is down.
    pub async fn opens(&self, message: &Message) -> Result<Vec<u8>, Refusal> {
        let source: MediaSource =
            serde_json::from_value(message.content.clone()).map_err(|error| Refusal::undone(&error))?;
        let request = MediaRequestParameters { source, format: MediaFormat::File };
        Ok(self.client().media().get_media_content(&request, false).await?)
    }

    fn room(&self, room: &RoomId) -> Result<Room, Refusal> {
        let found = self.client().get_room(room);
        found.ok_or_else(|| Refusal::Undone(format!("{} knows no such room", self.id())))
    }
}
