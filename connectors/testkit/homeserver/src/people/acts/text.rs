//! A text to be written, as clients make them.

use matrix_sdk::ruma::{EventId, UserId};
use serde_json::{Value, json};

use crate::people::Message;

/// A text, before it is sent.
#[derive(Clone, Debug)]
pub struct Text {
    content: Value,
}

impl Text {
    /// A plain text.
    #[must_use]
    pub fn new(body: &str) -> Self {
        Self { content: json!({ "msgtype": "m.text", "body": body, "m.mentions": {} }) }
    }

    /// A notice, as bots write them.
    #[must_use]
    pub fn notice(body: &str) -> Self {
        Self { content: json!({ "msgtype": "m.notice", "body": body, "m.mentions": {} }) }
    }

    /// Any content at all, allowed or not.
    #[must_use]
    pub fn raw(content: Value) -> Self {
        Self { content }
    }

    /// The same in HTML.
    #[must_use]
    pub fn html(mut self, html: &str) -> Self {
        self.content["format"] = "org.matrix.custom.html".into();
        self.content["formatted_body"] = html.into();
        self
    }

    /// Says that it mentions somebody.
    #[must_use]
    pub fn mentioning(mut self, somebody: &UserId) -> Self {
        let mentioned = &mut self.content["m.mentions"]["user_ids"];
        match mentioned.as_array_mut() {
            Some(list) => list.push(somebody.as_str().into()),
            None => *mentioned = json!([somebody]),
        }
        self
    }

    /// Answers a message.
    #[must_use]
    pub fn in_reply_to(mut self, message: &EventId) -> Self {
        self.content["m.relates_to"]["m.in_reply_to"] = json!({ "event_id": message });
        self
    }

    /// Answers a message as older clients do: it is quoted at the head of the text.
    #[must_use]
    pub fn quoting(mut self, message: &Message) -> Self {
        let quoted = message.body.replace('\n', "\n> ");
        let body = self.content["body"].as_str().unwrap_or_default();
        self.content["body"] = format!("> <{}> {quoted}\n\n{body}", message.sender).into();
        self.in_reply_to(&message.id)
    }

    /// Stands in the thread under a message. It is told to clients without threads as an answer to that message.
    #[must_use]
    pub fn in_thread(mut self, root: &EventId) -> Self {
        let answered = self.content["m.relates_to"]["m.in_reply_to"]["event_id"].clone();
        self.content["m.relates_to"] = json!({
            "rel_type": "m.thread",
            "event_id": root,
            "is_falling_back": answered.is_null(),
            "m.in_reply_to": { "event_id": if answered.is_null() { root.as_str().into() } else { answered } },
        });
        self
    }

    pub(super) fn content(&self) -> &Value {
        &self.content
    }

    /// The content that replaces a message by this.
    pub(super) fn edit_of(&self, message: &EventId) -> Value {
        let mut content = self.content.clone();
        content["body"] = format!("* {}", self.content["body"].as_str().unwrap_or_default()).into();
        let mut new = self.content.clone();
        if let Some(fields) = new.as_object_mut() {
            fields.remove("m.relates_to");
        }
        content["m.new_content"] = new;
        content["m.relates_to"] = json!({ "rel_type": "m.replace", "event_id": message });
        content
    }
}

impl From<&str> for Text {
    fn from(body: &str) -> Self {
        Self::new(body)
    }
}
