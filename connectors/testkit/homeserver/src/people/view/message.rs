//! A message as it stands: what was sent, with its edits, reactions and redaction.

use matrix_sdk::ruma::{OwnedEventId, OwnedUserId};
use serde_json::Value;

/// How a message came to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It was sent in the clear.
    Plain,
    /// It was encrypted, and could be read.
    Decrypted,
    /// It was encrypted, and can't be read, for that reason.
    Undecryptable(String),
}

/// A reaction to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// The reaction's own event.
    pub id: OwnedEventId,
    /// Whose it is.
    pub sender: OwnedUserId,
    /// Its key, an emoji as a rule.
    pub key: String,
}

/// A file that a message carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// What is written with it; for a picture, what stands in for it.
    pub caption: Option<String>,
    /// Its media type, as the sender says.
    pub media_type: Option<String>,
    /// Its size in bytes, as the sender says.
    pub size: Option<u64>,
}

/// A message, as a client shows it now.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The event that first brought it.
    pub id: OwnedEventId,
    /// Who wrote it.
    pub sender: OwnedUserId,
    /// How it was read.
    pub reading: Reading,
    /// Its kind, such as `m.text`; empty when it can't be read.
    pub kind: String,
    /// The plain text.
    pub body: String,
    /// The HTML.
    pub formatted_body: Option<String>,
    /// Whom it says that it mentions.
    pub mentions: Vec<OwnedUserId>,
    /// Whether it says that it mentions the whole room.
    pub mentions_room: bool,
    /// The first message of the thread in which it stands.
    pub thread: Option<OwnedEventId>,
    /// The message it answers. In a thread that may only be the one before, for clients that show no threads.
    pub reply_to: Option<OwnedEventId>,
    /// The file it carries.
    pub attachment: Option<Attachment>,
    /// Its reactions, in order.
    pub reactions: Vec<Reaction>,
    /// How often it was edited.
    pub edits: usize,
    /// Whether it was redacted.
    pub is_redacted: bool,
    /// The content as it stands: the first event's, or that of the last edit.
    pub content: Value,
    /// The whole first event, decrypted where it can be.
    pub event: Value,
}

impl Message {
    /// The message that an event brings.
    pub(super) fn read(event: &Value, reading: Reading) -> Option<Self> {
        let mut message = Self {
            id: parsed(&event["event_id"])?,
            sender: parsed(&event["sender"])?,
            reading,
            kind: String::new(),
            body: String::new(),
            formatted_body: None,
            mentions: Vec::new(),
            mentions_room: false,
            thread: None,
            reply_to: None,
            attachment: None,
            reactions: Vec::new(),
            edits: 0,
            is_redacted: !event["unsigned"]["redacted_because"].is_null(),
            content: Value::Null,
            event: event.clone(),
        };
        let relation = &event["content"]["m.relates_to"];
        message.thread = (relation["rel_type"] == "m.thread").then(|| parsed(&relation["event_id"])).flatten();
        message.reply_to = parsed(&relation["m.in_reply_to"]["event_id"]);
        message.show(&event["content"]);
        Some(message)
    }

    /// Whether it can't be read.
    #[must_use]
    pub fn is_undecryptable(&self) -> bool {
        matches!(self.reading, Reading::Undecryptable(_))
    }

    /// The keys of its reactions, in order.
    #[must_use]
    pub fn reaction_keys(&self) -> Vec<&str> {
        self.reactions.iter().map(|reaction| reaction.key.as_str()).collect()
    }

    /// Replaces what it says; where it stands remains.
    pub(super) fn edit(&mut self, content: &Value) {
        self.show(content);
        self.edits += 1;
    }

    /// Empties it.
    pub(super) fn redact(&mut self) {
        self.show(&Value::Null);
        self.is_redacted = true;
    }

    fn show(&mut self, content: &Value) {
        self.kind = text(&content["msgtype"]).unwrap_or_default();
        self.body = text(&content["body"]).unwrap_or_default();
        self.formatted_body = text(&content["formatted_body"]);
        let mentioned = content["m.mentions"]["user_ids"].as_array().into_iter().flatten();
        self.mentions = mentioned.filter_map(parsed).collect();
        self.mentions_room = content["m.mentions"]["room"] == true;
        self.attachment = Attachment::read(content);
        self.content = content.clone();
    }
}

impl Attachment {
    fn read(content: &Value) -> Option<Self> {
        if content["url"].is_null() && content["file"].is_null() {
            return None;
        }
        // `body` is the caption where there is a `filename` that differs from it, and the name otherwise.
        let body = text(&content["body"]).unwrap_or_default();
        let name = text(&content["filename"]).unwrap_or_else(|| body.clone());
        Some(Self {
            caption: (body != name).then_some(body),
            name,
            media_type: text(&content["info"]["mimetype"]),
            size: content["info"]["size"].as_u64(),
        })
    }
}

pub(super) fn parsed<'a, T: TryFrom<&'a str>>(value: &'a Value) -> Option<T> {
    T::try_from(value.as_str()?).ok()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
