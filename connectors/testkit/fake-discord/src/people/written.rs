//! Writing ordinary messages, and what the bot says after them.

use std::{sync::Arc, time::Duration};

use super::{Person, Shown};
use crate::{
    hub::Hub,
    id::Id,
    place::Channel,
    rest,
    world::{AttachmentData, MessageData},
};

/// How long a test waits for the bot to speak.
const PATIENCE: Duration = Duration::from_secs(10);

/// A message that a person wrote.
#[derive(Clone, Debug)]
pub struct Written {
    hub: Arc<Hub>,
    person: Id,
    channel: Id,
    id: Id,
}

/// Posts a person's message and tells the bot of it.
pub(super) fn write(person: &Person, channel: &Channel, text: &str, reply: Option<Id>) -> Written {
    let hub = &person.hub;
    let text = text.replace("<@bot>", &format!("<@{}>", hub.settings.application));
    let id = hub.change(|state| {
        let data = state.world.channels.get(&channel.id()).expect("the channel is there");
        let guild = data.place.guild();
        let may = state.world.permissions(person.id, data);
        assert!(may.has(data.writing()), "{} can't write in {}", person.name(), channel.name());
        let (id, now_ms) = (state.new_id(), state.now_ms());
        let mut message = MessageData::blank(id, channel.id(), guild, person.id, now_ms);
        message.content = text;
        message.reference = reply;
        let in_hand = state.world.users.get_mut(&person.id).map(|user| std::mem::take(&mut user.in_hand));
        let files = in_hand.unwrap_or_default();
        for file in files.iter().filter_map(|id| state.world.files.get(id)) {
            message.attachments.push(AttachmentData {
                id: file.id,
                name: file.name.clone(),
                description: None,
                size: file.bytes.len(),
                media_type: file.media_type(),
                is_a_picture: file.is_a_picture(),
            });
        }
        rest::mention(state, &mut message, None);
        let replied_to = reply.and_then(|id| state.world.messages.get(&id)).map(|message| message.author);
        if let Some(author) = replied_to.filter(|author| !message.mentions.contains(author)) {
            message.mentions.push(author);
        }
        state.wake(message.channel);
        state.world.post(message.clone());
        state.emit_message("MESSAGE_CREATE", &message, &hub.settings.base_url());
        id
    });
    Written { hub: Arc::clone(hub), person: person.id, channel: channel.id(), id }
}

impl Written {
    /// The message's id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Waits until the bot has written something after it, and shows that.
    ///
    /// # Panics
    ///
    /// When it doesn't within 10 seconds.
    pub async fn answered(&self) -> Shown {
        let shown = Shown::after(&self.hub, self.person, self.channel, self.id);
        let spoke = self.hub.until(PATIENCE, |state| (!shown.messages_in(state).is_empty()).then_some(()));
        assert!(spoke.await.is_some(), "the bot has written nothing within 10 s");
        shown
    }

    /// Checks that the bot writes nothing after it for some time.
    ///
    /// To be sparing with time, make the bot do something else that can be awaited, then look at [`Self::so_far`].
    ///
    /// # Panics
    ///
    /// When it does.
    pub async fn stays_unanswered(&self, within: Duration) {
        let shown = self.so_far();
        let spoke = self.hub.until(within, |state| (!shown.messages_in(state).is_empty()).then_some(()));
        assert!(spoke.await.is_none(), "the bot should say nothing, but says:\n{}", shown.text());
    }

    /// What the bot has written after it so far.
    #[must_use]
    pub fn so_far(&self) -> Shown {
        Shown::after(&self.hub, self.person, self.channel, self.id)
    }
}
