//! A person, and all that they can do.

use std::sync::Arc;

use serde_json::json;

use super::{
    Completions, Form, Pending, Seen, Shown, Written, client, completions, form,
    slash::{self, CannotType, Entry, Purpose},
    written,
};
use crate::{
    guild::Role,
    hub::Hub,
    id::Id,
    interaction::Kind,
    payload::Invocation,
    permissions::Permissions,
    place::Channel,
    rest,
    world::{DirectMessages, RoleData, UserData},
};

/// Somebody on Discord. Clones are the same person.
#[derive(Clone, Debug)]
pub struct Person {
    pub(super) hub: Arc<Hub>,
    pub(super) id: Id,
    name: String,
}

#[allow(clippy::must_use_candidate, clippy::return_self_not_must_use, reason = "people act, whoever looks")]
impl Person {
    /// The person of that name, made if there is none.
    pub(crate) fn named(hub: &Arc<Hub>, name: &str) -> Self {
        let id = hub.change(|state| {
            if let Some(known) = state.world.users.values().find(|user| user.name == name) {
                return known.id;
            }
            let id = state.new_id();
            state.world.users.insert(id, UserData::person(id, name));
            id
        });
        Self { hub: Arc::clone(hub), id, name: name.to_owned() }
    }

    pub(crate) fn other_bot(hub: &Arc<Hub>, name: &str) -> Self {
        let id = hub.change(|state| {
            let id = state.new_id();
            state.world.users.insert(id, UserData::bot(id, name));
            id
        });
        Self { hub: Arc::clone(hub), id, name: name.to_owned() }
    }

    pub(crate) fn with_id(hub: &Arc<Hub>, id: Id) -> Self {
        let name = hub.look(|state| state.world.users[&id].name.clone());
        Self { hub: Arc::clone(hub), id, name }
    }

    /// The user's id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// The user's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How the person is mentioned, `<@…>`.
    #[must_use]
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// Gives the person a role.
    ///
    /// # Panics
    ///
    /// When the person isn't a member of the role's guild.
    pub fn with(&self, role: &Role) -> Self {
        role.give_to(self.id);
        self.clone()
    }

    /// Makes the person an administrator of every guild that they are in.
    pub fn administrator(&self) -> Self {
        self.hub.change(|state| {
            let role = state.new_id();
            for guild in state.world.guilds.values_mut() {
                if let Some(member) = guild.members.get_mut(&self.id) {
                    member.roles.push(role);
                    let name = format!("administrator {}", self.name);
                    guild.roles.push(RoleData { id: role, name, permissions: Permissions::ADMINISTRATOR, bot: None });
                }
            }
        });
        self.clone()
    }

    /// Sets the language of the person's application, such as `fr`; `en-US` unless set.
    pub fn speaks(&self, locale: &str) -> Self {
        self.change(|user| locale.clone_into(&mut user.locale));
        self.clone()
    }

    /// Closes the person's direct messages: the bot gets 50007.
    pub fn closes_direct_messages(&self) -> Self {
        self.change(|user| user.direct_messages = DirectMessages::Closed);
        self.clone()
    }

    /// Opens the person's direct messages again.
    pub fn opens_direct_messages(&self) {
        self.change(|user| user.direct_messages = DirectMessages::Open);
    }

    fn change(&self, change: impl FnOnce(&mut UserData)) {
        self.hub.change(|state| {
            if let Some(user) = state.world.users.get_mut(&self.id) {
                change(user);
            }
        });
    }

    /// The person's direct conversation with the bot.
    #[must_use]
    pub fn dm(&self) -> Channel {
        Channel::direct(&self.hub, self.id, &self.name)
    }

    /// Uses a slash command, such as `/search text:high tides page:2`, and waits for the answer.
    ///
    /// Options are written `name:value`, in any order; a value goes on until the next option. Subcommands follow the
    /// command's name. Users, channels and roles are written by name, with or without `@` or `#`; a file by the name
    /// under which it was taken by [`Self::attaches`].
    ///
    /// # Panics
    ///
    /// When Discord's application wouldn't send it, or the bot doesn't answer in time.
    pub async fn types(&self, channel: &Channel, command: &str) -> Shown {
        self.sends(channel, command).answered().await
    }

    /// Uses a slash command as [`Self::types`] does, if Discord's application lets it be sent.
    ///
    /// # Errors
    ///
    /// What the application says instead of sending.
    ///
    /// # Panics
    ///
    /// When it was sent and the bot doesn't answer in time.
    pub async fn tries(&self, channel: &Channel, command: &str) -> Result<Shown, CannotType> {
        Ok(self.tries_to_send(channel, command, &[])?.answered().await)
    }

    /// Uses a slash command without waiting for the answer.
    ///
    /// # Panics
    ///
    /// When Discord's application wouldn't send it.
    #[must_use]
    pub fn sends(&self, channel: &Channel, command: &str) -> Pending {
        self.gives(channel, command, &[])
    }

    /// Uses a slash command as [`Self::sends`] does, with options beside it whose values may hold anything.
    ///
    /// # Panics
    ///
    /// When Discord's application wouldn't send it.
    #[must_use]
    pub fn gives(&self, channel: &Channel, command: &str, options: &[(&str, &str)]) -> Pending {
        let sent = self.tries_to_send(channel, command, options);
        sent.unwrap_or_else(|why| panic!("{} can't type {command:?} with {options:?}: {why}", self.name))
    }

    fn tries_to_send(&self, channel: &Channel, command: &str, given: &[(&str, &str)]) -> Result<Pending, CannotType> {
        let entry = Entry { text: command, given, purpose: Purpose::Send };
        let typed = self.hub.look(|state| slash::read(&self.hub, state, (self.id, channel.id()), entry))?;
        self.change(|user| user.in_hand.clear());
        Ok(self.invoke(channel, Kind::Command, command, typed))
    }

    /// Types a command up to its last option and waits for what completes it.
    ///
    /// # Panics
    ///
    /// When the option doesn't complete itself, or the bot doesn't answer in time.
    pub async fn completes(&self, channel: &Channel, command: &str) -> Completions {
        let shown = self.starts_completing(channel, command).answered().await;
        completions::read(&shown)
    }

    /// Asks for completions as [`Self::completes`] does, without waiting.
    ///
    /// # Panics
    ///
    /// When the option doesn't complete itself.
    #[must_use]
    pub fn starts_completing(&self, channel: &Channel, command: &str) -> Pending {
        let entry = Entry { text: command, given: &[], purpose: Purpose::Complete };
        let typed = self.hub.look(|state| slash::read(&self.hub, state, (self.id, channel.id()), entry));
        let typed = typed.unwrap_or_else(|why| panic!("{} can't complete {command:?}: {why}", self.name));
        self.invoke(channel, Kind::Autocomplete, command, typed)
    }

    fn invoke(&self, channel: &Channel, kind: Kind, command: &str, data: serde_json::Value) -> Pending {
        let label = format!("{} types {command:?}", self.name);
        let (user, channel) = (self.id, channel.id());
        client::send(&self.hub, Invocation { kind, user, channel, label, data, message: None })
    }

    /// Fills a form in and sends it. Fields are named by label or by `custom_id`; the others keep what they had.
    ///
    /// # Panics
    ///
    /// When there is no such field, Discord's application wouldn't send it, or the bot doesn't answer in time.
    pub async fn fills<'a>(&self, form: &Form, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Shown {
        self.submits(form, values).answered().await
    }

    /// Fills a form in and sends it as [`Self::fills`] does, without waiting.
    ///
    /// # Panics
    ///
    /// When there is no such field, or Discord's application wouldn't send it.
    #[must_use]
    pub fn submits<'a>(&self, form: &Form, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Pending {
        let data = form::fill(form, values);
        let data = data.unwrap_or_else(|why| panic!("{} can't send the form {:?}: {why}", self.name, form.title()));
        let label = format!("{} sends the form {:?}", self.name, form.title());
        form::send(self, form, data, label)
    }

    /// Takes a file in hand, for the next command or message.
    pub fn attaches(&self, name: &str, bytes: impl AsRef<[u8]>) {
        self.hub.change(|state| {
            let file = rest::store(state, name, bytes.as_ref(), None);
            if let Some(user) = state.world.users.get_mut(&self.id) {
                user.in_hand.push(file.id);
            }
        });
    }

    /// Writes a message, with the files in hand. `<@bot>` stands for the bot's mention.
    ///
    /// # Panics
    ///
    /// When the person can't write there.
    pub fn writes(&self, channel: &Channel, text: &str) -> Written {
        written::write(self, channel, text, None)
    }

    /// Writes a reply to a message, which mentions its author as Discord's application does.
    ///
    /// # Panics
    ///
    /// When the person can't write there.
    pub fn replies(&self, channel: &Channel, to: &Seen, text: &str) -> Written {
        written::write(self, channel, text, Some(to.id()))
    }

    /// What the person sees of a message now; `None` when it is gone or not for them.
    #[must_use]
    pub fn sees(&self, message: &Seen) -> Option<Seen> {
        self.hub.look(|state| Seen::of(&self.hub, state, message.id(), Some(self.id)))
    }

    /// All that the person sees in a channel, oldest first.
    #[must_use]
    pub fn reads(&self, channel: &Channel) -> Vec<Seen> {
        channel.messages_seen_by(Some(self.id))
    }

    /// What Discord's JSON says of the person.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        json!({ "id": self.id, "username": self.name })
    }
}
