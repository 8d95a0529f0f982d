//! Channels, as a test holds them.

use std::sync::Arc;

use crate::{
    gateway::{Hearers, intents},
    hub::{Hub, State},
    id::Id,
    payload,
    people::Seen,
    permissions::Permissions,
    world::{ChannelData, Overwrite, Place},
};

/// A text channel, a private thread of one, or a direct conversation with the bot.
#[derive(Clone, Debug)]
pub struct Channel {
    hub: Arc<Hub>,
    id: Id,
    name: String,
}

#[allow(clippy::must_use_candidate, clippy::return_self_not_must_use, reason = "changes count, whoever looks")]
impl Channel {
    pub(crate) fn create(hub: &Arc<Hub>, guild: Id, name: &str) -> Self {
        let id = hub.change(|state| {
            let (id, place) = (state.new_id(), Place::Guild { guild });
            let (name, overwrites, messages) = (name.to_owned(), Vec::new(), Vec::new());
            let channel = ChannelData { id, place, name, overwrites, messages, thread: None };
            if let Some(guild) = state.world.guilds.get_mut(&guild) {
                guild.channels.push(id);
                guild.system_channel.get_or_insert(id);
            }
            state.world.channels.insert(id, channel);
            announce(state, "CHANNEL_CREATE", id);
            id
        });
        Self { hub: Arc::clone(hub), id, name: name.to_owned() }
    }

    /// The direct conversation between the bot and somebody.
    pub(crate) fn direct(hub: &Arc<Hub>, user: Id, name: &str) -> Self {
        let id = hub.change(|state| state.direct_channel(user));
        Self { hub: Arc::clone(hub), id, name: format!("direct messages with {name}") }
    }

    /// The channel or thread with this id.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub(crate) fn known(hub: &Arc<Hub>, id: Id) -> Self {
        let name = hub.look(|state| state.world.channels.get(&id).map(|channel| channel.name.clone()));
        Self { hub: Arc::clone(hub), id, name: name.expect("the channel is there") }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Takes the bot's right to write here: 50013.
    pub fn closed_to_the_bot(&self) -> Self {
        self.set_for_the_bot(Permissions::NONE, Permissions::SEND_MESSAGES);
        self.clone()
    }

    /// Takes the bot's right to see this channel: 50001.
    pub fn hidden_from_the_bot(&self) -> Self {
        self.set_for_the_bot(Permissions::NONE, Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES);
        self.clone()
    }

    /// Lets the bot see and write here again.
    pub fn open_to_the_bot(&self) {
        self.set_for_the_bot(Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES, Permissions::NONE);
    }

    /// Takes somebody's right to see this channel.
    pub fn hidden_from(&self, user: Id) {
        self.set_for(user, Permissions::NONE, Permissions::VIEW_CHANNEL);
    }

    /// What the bot may and may not do here, whatever its roles say.
    pub fn set_for_the_bot(&self, allow: Permissions, deny: Permissions) {
        self.set_for(self.hub.look(|state| state.bot), allow, deny);
    }

    fn set_for(&self, id: Id, allow: Permissions, deny: Permissions) {
        self.hub.change(|state| {
            if let Some(channel) = state.world.channels.get_mut(&self.id) {
                channel.overwrites.retain(|overwrite| overwrite.id != id);
                channel.overwrites.push(Overwrite { id, kind: 1, allow, deny });
            }
            announce(state, "CHANNEL_UPDATE", self.id);
        });
    }

    /// Who is in this thread, the bot included; nobody when it isn't one.
    #[must_use]
    pub fn thread_members(&self) -> Vec<Id> {
        self.hub.look(|state| {
            let thread = state.world.channels.get(&self.id).and_then(|channel| channel.thread.as_ref());
            thread.map(|thread| thread.members.iter().copied().collect()).unwrap_or_default()
        })
    }

    /// Whether this is a thread that was put aside for want of words.
    #[must_use]
    pub fn is_put_aside(&self) -> bool {
        self.hub.look(|state| {
            let thread = state.world.channels.get(&self.id).and_then(|channel| channel.thread.as_ref());
            thread.is_some_and(|thread| thread.is_aside(state.now_ms()))
        })
    }

    /// Somebody who manages threads takes somebody, or the bot, out of this one.
    ///
    /// # Panics
    ///
    /// When this is no thread.
    pub fn loses(&self, user: Id) {
        self.hub.change(|state| {
            let thread = state.world.channels.get_mut(&self.id).and_then(|channel| channel.thread.as_mut());
            thread.expect("this is a thread").members.remove(&user);
        });
    }

    /// Somebody deletes the channel, and its threads with it.
    pub fn vanishes(&self) {
        self.hub.change(|state| {
            let is_thread = state.world.channels.get(&self.id).is_some_and(|channel| channel.thread.is_some());
            announce(state, if is_thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" }, self.id);
            let threads = state.world.channels.values().filter(|channel| {
                channel.id == self.id || channel.thread.as_ref().is_some_and(|thread| thread.parent == self.id)
            });
            for gone in threads.map(|channel| channel.id).collect::<Vec<_>>() {
                let channel = state.world.channels.remove(&gone);
                for message in channel.into_iter().flat_map(|channel| channel.messages) {
                    state.world.messages.remove(&message);
                }
            }
            for guild in state.world.guilds.values_mut() {
                guild.channels.retain(|other| *other != self.id);
                guild.system_channel = guild.system_channel.filter(|other| *other != self.id);
            }
        });
    }

    /// Somebody deletes a message here.
    pub fn delete(&self, message: &Seen) {
        self.hub.change(|state| {
            if let Some(message) = state.world.forget_message(message.id()) {
                state.emit_deleted(&message);
            }
        });
    }

    /// The messages that everybody here sees, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Seen> {
        self.messages_seen_by(None)
    }

    pub(crate) fn messages_seen_by(&self, viewer: Option<Id>) -> Vec<Seen> {
        self.hub.look(|state| {
            let ids = state.world.messages_in(self.id, viewer).into_iter();
            ids.filter_map(|id| Seen::of(&self.hub, state, id, viewer)).collect()
        })
    }
}

fn announce(state: &mut State, event: &'static str, channel: Id) {
    let Some(data) = state.world.channels.get(&channel) else { return };
    let Place::Guild { guild } = data.place else { return };
    let bot_is_in = state.world.guilds.get(&guild).is_some_and(|guild| guild.members.contains_key(&state.bot));
    if bot_is_in {
        let value = payload::channel(data, state.now_ms());
        state.emit(event, Hearers::Guild(guild), intents::GUILDS, &value);
    }
}
