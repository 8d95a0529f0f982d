//! Messages and attachments, as JSON.

use serde_json::{Value, json};

use super::user;
use crate::{
    clock::iso,
    id::Id,
    world::{AttachmentData, MessageData, World},
};

/// An attachment object, whose addresses are on the fake itself.
pub(crate) fn attachment(base_url: &str, channel: Id, data: &AttachmentData) -> Value {
    let url = address(base_url, channel, data);
    let mut value = json!({
        "id": data.id,
        "filename": data.name,
        "size": data.size,
        "url": url,
        "proxy_url": url,
        "content_type": data.media_type,
    });
    if let Some(description) = &data.description {
        value["description"] = json!(description);
    }
    if data.is_a_picture {
        value["width"] = json!(100);
        value["height"] = json!(100);
    }
    value
}

fn address(base_url: &str, channel: Id, data: &AttachmentData) -> String {
    let name: String = data.name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' }).collect();
    format!("{base_url}/attachments/{channel}/{}/{name}", data.id)
}

/// A message object.
pub(crate) fn message(world: &World, base_url: &str, data: &MessageData) -> Value {
    let mut value = bare(world, base_url, data);
    if let Some(reference) = data.reference {
        value["message_reference"] = json!({
            "type": 0, "message_id": reference, "channel_id": data.channel, "guild_id": data.guild,
        });
        let referenced = world.messages.get(&reference);
        value["referenced_message"] = referenced.map_or(Value::Null, |other| bare(world, base_url, other));
    }
    value
}

/// The message without what it replies to.
fn bare(world: &World, base_url: &str, data: &MessageData) -> Value {
    let users = |ids: &[Id]| ids.iter().filter_map(|id| world.users.get(id)).map(user).collect::<Vec<_>>();
    let attachments = data.attachments.iter().map(|file| attachment(base_url, data.channel, file));
    let kind = match (data.interaction, data.reference) {
        (Some(_), _) => 20,
        (None, Some(_)) => 19,
        (None, None) => 0,
    };
    let mut value = json!({
        "id": data.id,
        "channel_id": data.channel,
        "author": world.users.get(&data.author).map(user),
        "content": data.content,
        "timestamp": iso(data.created_ms),
        "edited_timestamp": data.edited_ms.map(iso),
        "tts": false,
        "mention_everyone": data.mention_everyone,
        "mentions": users(&data.mentions),
        "mention_roles": data.mention_roles,
        "attachments": attachments.collect::<Vec<_>>(),
        "embeds": data.embeds.iter().map(|embed| shown_embed(base_url, data, embed)).collect::<Vec<_>>(),
        "components": data.components,
        "pinned": false,
        "type": kind,
        "flags": data.flags,
    });
    if let Some(nonce) = &data.nonce {
        value["nonce"] = nonce.clone();
    }
    if data.interaction.is_some() {
        value["webhook_id"] = json!(data.author);
        value["application_id"] = json!(data.author);
    }
    value
}

/// An embed whose `attachment://` addresses lead to the files of the message.
fn shown_embed(base_url: &str, message: &MessageData, embed: &Value) -> Value {
    let mut shown = embed.clone();
    if let Some(embed) = shown.as_object_mut() {
        embed.insert("type".to_owned(), json!("rich"));
    }
    for part in ["image", "thumbnail"] {
        let Some(Value::String(url)) = shown.get_mut(part).and_then(|part| part.get_mut("url")) else { continue };
        let Some(name) = url.strip_prefix("attachment://") else { continue };
        if let Some(file) = message.attachments.iter().find(|file| file.name == name) {
            *url = address(base_url, message.channel, file);
        }
    }
    shown
}

/// A message as a bot without the message-content intent gets it.
pub(crate) fn without_content(mut message: Value) -> Value {
    message["content"] = json!("");
    for list in ["embeds", "attachments", "components"] {
        message[list] = json!([]);
    }
    message
}
