//! A file of a message: uploaded once, encrypted where the room is, with its description as caption.

use super::event::{Said, send, transaction};
use crate::{
    failure::Failure,
    render::{Shown, Upload},
    wire::{Online, Wire},
};
use matrix_sdk::Room;
use ruma::OwnedEventId;
use serde_json::{Map, Value, json};

impl Said<'_> {
    /// Uploads a file and sends it.
    pub(super) async fn file(
        self,
        wire: &Wire,
        online: &Online,
        room: &Room,
        upload: Upload,
    ) -> Result<OwnedEventId, Failure> {
        let mut content = described(&upload);
        let (place, value) = stored(online, room, upload).await?;
        content.insert(place.to_owned(), value);
        if let Some(relation) = self.relation {
            relation.put(&mut content);
        }
        send(wire, room, "m.room.message", content.into(), &transaction(self.key, self.rank)).await
    }
}

/// The content of the event, all but where the bytes are. It notifies nobody.
fn described(upload: &Upload) -> Map<String, Value> {
    let mut info = json!({ "mimetype": upload.media_type.as_ref(), "size": upload.bytes.len() });
    let kind = match upload.shown {
        Shown::Picture(size) => {
            if let Some((width, height)) = size {
                info["w"] = width.into();
                info["h"] = height.into();
            }
            "m.image"
        }
        Shown::File => "m.file",
    };
    let mut content = Map::new();
    content.insert("msgtype".to_owned(), kind.into());
    content.insert("body".to_owned(), upload.caption.as_str().into());
    content.insert("filename".to_owned(), upload.name.as_str().into());
    content.insert("info".to_owned(), info);
    content.insert("m.mentions".to_owned(), json!({}));
    content
}

/// Uploads the bytes; says under which key the content names them, and how.
async fn stored(online: &Online, room: &Room, upload: Upload) -> Result<(&'static str, Value), Failure> {
    let encrypted = room.latest_encryption_state().await?.is_encrypted();
    if encrypted {
        let file = online.client.upload_encrypted_file(&mut upload.bytes.as_slice()).await?;
        let file = serde_json::to_value(file).map_err(|error| Failure::Refused(error.to_string()))?;
        return Ok(("file", file));
    }
    let stored = online.client.media().upload(&upload.media_type, upload.bytes, None).await;
    let stored = stored.map_err(Failure::from)?;
    Ok(("url", json!(stored.content_uri)))
}
