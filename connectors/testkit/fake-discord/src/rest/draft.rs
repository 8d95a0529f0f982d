//! What a body makes of a message: a new one is filled, an old one changed in the fields that are present.

use serde_json::{Value, json};

use super::{body::same_number, error::ApiError, mentions::mention};
use crate::{
    hub::State,
    id::Id,
    record::SentFile,
    world::{AttachmentData, MessageData, StoredFile, flags},
};

/// Fills or changes `message` with a message body and the files beside it.
///
/// # Errors
///
/// When nothing would be left to see, or a file is spoken of that isn't there.
pub(crate) fn fill(
    state: &mut State,
    message: &mut MessageData,
    body: &Value,
    files: &[SentFile],
) -> Result<(), ApiError> {
    if let Some(content) = body.get("content") {
        content.as_str().unwrap_or_default().clone_into(&mut message.content);
    }
    if let Some(embeds) = body.get("embeds") {
        message.embeds = list(embeds);
    }
    if let Some(components) = body.get("components") {
        message.components = list(components).iter().map(shown_component).collect();
    }
    if let Some(asked) = body.get("flags").and_then(Value::as_u64) {
        message.flags = (message.flags & !flags::SETTABLE) | (asked & flags::SETTABLE);
    }
    attach(state, message, body, files)?;
    check_attachment_addresses(message)?;
    if message.is_empty() {
        return Err(ApiError::EMPTY_MESSAGE);
    }
    if body.get("content").is_some() || body.get("allowed_mentions").is_some() {
        mention(state, message, body.get("allowed_mentions"));
    }
    Ok(())
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// A component with what Discord adds to it.
fn shown_component(component: &Value) -> Value {
    let mut shown = component.clone();
    if shown["type"] == json!(2) && shown.get("disabled").is_none() {
        shown["disabled"] = json!(false);
    }
    if let Some(Value::Array(inner)) = shown.get_mut("components") {
        *inner = inner.iter().map(shown_component).collect();
    }
    shown
}

/// Keeps the attachments that the body keeps, and adds the files that came.
fn attach(state: &mut State, message: &mut MessageData, body: &Value, files: &[SentFile]) -> Result<(), ApiError> {
    let listed = body.get("attachments").and_then(Value::as_array);
    let numbers = files.iter().map(|file| file.field.trim_start_matches("files[").trim_end_matches(']'));
    let numbers = numbers.collect::<Vec<_>>();
    if let Some(listed) = listed {
        let is_listed = |id: Id| listed.iter().any(|about| same_number(&about["id"], &id.to_string()));
        let is_known = |about: &Value| {
            let kept = message.attachments.iter().any(|kept| same_number(&about["id"], &kept.id.to_string()));
            kept || numbers.iter().any(|number| same_number(&about["id"], number))
        };
        if let Some(unknown) = listed.iter().find(|about| !is_known(about)) {
            return Err(ApiError::invalid("attachments", &format!("there is no such file: {unknown}")));
        }
        message.attachments.retain(|kept| is_listed(kept.id));
    }
    for file in files {
        let attachment = store(state, &file.name, &file.bytes, file.description.clone());
        message.attachments.push(attachment);
    }
    if message.attachments.len() > 10 {
        return Err(ApiError::invalid("attachments", "at most 10 files"));
    }
    Ok(())
}

/// Keeps a file, under a new id.
pub(crate) fn store(state: &mut State, name: &str, bytes: &[u8], description: Option<String>) -> AttachmentData {
    let file = StoredFile { id: state.new_id(), name: name.to_owned(), bytes: bytes.into() };
    let attachment = AttachmentData {
        id: file.id,
        name: name.to_owned(),
        description,
        size: file.bytes.len(),
        media_type: file.media_type(),
        is_a_picture: file.is_a_picture(),
    };
    state.world.files.insert(file.id, file);
    attachment
}

/// An embed that shows `attachment://x` needs a file `x`.
fn check_attachment_addresses(message: &MessageData) -> Result<(), ApiError> {
    let urls = message.embeds.iter().flat_map(|embed| [&embed["image"]["url"], &embed["thumbnail"]["url"]]);
    let names = urls.filter_map(Value::as_str).filter_map(|url| url.strip_prefix("attachment://"));
    for name in names {
        if !message.attachments.iter().any(|file| file.name == name) {
            return Err(ApiError::invalid("embeds", &format!("attachment://{name} isn't among the files")));
        }
    }
    Ok(())
}
