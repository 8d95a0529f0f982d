//! One message, as somebody sees it at one moment.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    action::{Action, actions_of},
    wording::words,
};
use crate::{
    hub::{Hub, State},
    id::Id,
    payload,
    world::{Audience, flags},
};

/// A message as it was when it was looked at. [`super::Person::sees`] looks again.
#[derive(Clone, Debug)]
pub struct Seen {
    hub: Arc<Hub>,
    id: Id,
    channel: Id,
    viewer: Option<Id>,
    json: Value,
    files: Vec<SeenFile>,
}

/// A file under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenFile {
    /// Its name.
    pub name: String,
    /// Its alternative text.
    pub description: Option<String>,
    /// Where it can be downloaded.
    pub url: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Seen {
    /// The message, unless it is gone or not for this viewer. `None` stands for anybody.
    pub(crate) fn of(hub: &Arc<Hub>, state: &State, id: Id, viewer: Option<Id>) -> Option<Self> {
        let message = state.world.messages.get(&id).filter(|message| message.audience.includes(viewer))?;
        let channel = state.world.channels.get(&message.channel)?;
        let hidden = |viewer: Id| !state.world.permissions(viewer, channel).has(crate::Permissions::VIEW_CHANNEL);
        if viewer.is_some_and(hidden) {
            return None;
        }
        if let (crate::world::Place::Direct { user }, Some(viewer)) = (channel.place, viewer)
            && viewer != user
            && viewer != state.bot
        {
            return None;
        }
        let mut json = payload::message(&state.world, &hub.settings.base_url(), message);
        json["ephemeral"] = json!(message.audience != Audience::Everyone);
        let files = message.attachments.iter().zip(json["attachments"].as_array().into_iter().flatten());
        let files = files.map(|(file, json)| SeenFile {
            name: file.name.clone(),
            description: file.description.clone(),
            url: json["url"].as_str().unwrap_or_default().to_owned(),
            bytes: state.world.files.get(&file.id).map(|stored| Arc::clone(&stored.bytes)).unwrap_or_default(),
        });
        let files = files.collect();
        Some(Self { hub: Arc::clone(hub), id, channel: message.channel, viewer, json, files })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// The id of its channel.
    #[must_use]
    pub fn channel_id(&self) -> Id {
        self.channel
    }

    /// All its words: content, embeds, text displays, one a line.
    #[must_use]
    pub fn text(&self) -> String {
        words(&self.json)
    }

    /// Its content alone.
    #[must_use]
    pub fn content(&self) -> &str {
        self.json["content"].as_str().unwrap_or_default()
    }

    /// Its embeds.
    #[must_use]
    pub fn embeds(&self) -> &[Value] {
        self.json["embeds"].as_array().map_or(&[], Vec::as_slice)
    }

    /// Its components.
    #[must_use]
    pub fn components(&self) -> &[Value] {
        self.json["components"].as_array().map_or(&[], Vec::as_slice)
    }

    /// What can be pressed or chosen, in reading order.
    #[must_use]
    pub fn actions(&self) -> Vec<Action> {
        actions_of(self.id, &self.json["components"])
    }

    /// Its files.
    #[must_use]
    pub fn files(&self) -> &[SeenFile] {
        &self.files
    }

    /// Whether one person alone sees it.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        self.json["ephemeral"] == true
    }

    /// Whether it still says "thinking".
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.json["flags"].as_u64().is_some_and(|flags| flags & flags::LOADING != 0)
    }

    /// Whether it was changed after it was sent.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        !self.json["edited_timestamp"].is_null()
    }

    /// Whether it rings for this user, by name or with everyone.
    #[must_use]
    pub fn pings(&self, user: Id) -> bool {
        let id = json!(user);
        let mut mentions = self.json["mentions"].as_array().into_iter().flatten();
        self.json["mention_everyone"] == true || mentions.any(|mention| mention["id"] == id)
    }

    /// Whether it rings for anybody at all.
    #[must_use]
    pub fn pings_anybody(&self) -> bool {
        let is_some = |list: &Value| list.as_array().is_some_and(|list| !list.is_empty());
        self.json["mention_everyone"] == true || is_some(&self.json["mentions"]) || is_some(&self.json["mention_roles"])
    }

    /// The id of its author.
    #[must_use]
    pub fn author(&self) -> Option<Id> {
        self.json["author"]["id"].as_str().and_then(Id::parse)
    }

    /// The message that it replies to.
    #[must_use]
    pub fn replies_to(&self) -> Option<Id> {
        self.json["message_reference"]["message_id"].as_str().and_then(Id::parse)
    }

    /// The message as Discord's JSON.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// Who looked; `None` for anybody.
    #[must_use]
    pub fn viewer(&self) -> Option<Id> {
        self.viewer
    }

    /// Presses its actions, as [`super::Shown`] does.
    #[must_use]
    pub fn for_person(&self, person: &super::Person) -> super::Shown {
        super::Shown::of_message(&self.hub, person.id(), self.id)
    }
}
