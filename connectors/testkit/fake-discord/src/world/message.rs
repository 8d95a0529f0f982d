//! A message, as it is kept.

use serde_json::Value;

use crate::id::Id;

/// Discord's flags on messages that matter here.
pub(crate) mod flags {
    /// Seen by one person only.
    pub(crate) const EPHEMERAL: u64 = 1 << 6;
    /// "The bot is thinking".
    pub(crate) const LOADING: u64 = 1 << 7;
    /// Made of components only.
    pub(crate) const COMPONENTS_V2: u64 = 1 << 15;
    /// What an author may set: embeds suppressed, notifications suppressed, components only.
    pub(crate) const SETTABLE: u64 = (1 << 2) | (1 << 12) | COMPONENTS_V2;
}

/// A message in a channel.
#[derive(Clone, Debug)]
pub(crate) struct MessageData {
    pub(crate) id: Id,
    pub(crate) channel: Id,
    pub(crate) guild: Option<Id>,
    pub(crate) author: Id,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<AttachmentData>,
    pub(crate) flags: u64,
    pub(crate) nonce: Option<Value>,
    pub(crate) reference: Option<Id>,
    pub(crate) created_ms: i64,
    pub(crate) edited_ms: Option<i64>,
    pub(crate) audience: Audience,
    /// The interaction that this message answers.
    pub(crate) interaction: Option<Id>,
    pub(crate) mentions: Vec<Id>,
    pub(crate) mention_roles: Vec<Id>,
    pub(crate) mention_everyone: bool,
}

/// Who sees a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Whoever sees the channel.
    Everyone,
    /// This person: the message is ephemeral.
    Only(Id),
}

impl Audience {
    /// Whether `viewer` is among them. `None` stands for anybody.
    pub(crate) fn includes(self, viewer: Option<Id>) -> bool {
        match self {
            Self::Everyone => true,
            Self::Only(person) => viewer == Some(person),
        }
    }
}

/// A file shown in a message.
#[derive(Clone, Debug)]
pub(crate) struct AttachmentData {
    /// Also the id of the stored file.
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) size: usize,
    pub(crate) media_type: &'static str,
    pub(crate) is_a_picture: bool,
}

impl MessageData {
    /// An empty message, to be filled.
    pub(crate) fn blank(id: Id, channel: Id, guild: Option<Id>, author: Id, created_ms: i64) -> Self {
        Self {
            id,
            channel,
            guild,
            author,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            nonce: None,
            reference: None,
            created_ms,
            edited_ms: None,
            audience: Audience::Everyone,
            interaction: None,
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            mention_everyone: false,
        }
    }

    /// Whether nothing would be seen of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.content.trim().is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.attachments.is_empty()
    }

    pub(crate) fn is_loading(&self) -> bool {
        self.flags & flags::LOADING != 0
    }
}
