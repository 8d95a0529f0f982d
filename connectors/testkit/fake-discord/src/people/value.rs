//! A typed value against its option: choices, numbers, people, channels, roles, files.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::slash::is_called;
use crate::{
    hub::{Hub, State},
    id::Id,
    payload,
    world::{AttachmentData, GuildData},
};

/// A value as the interaction carries it.
pub(super) struct Entered(pub(super) Value);

/// Reads values, and gathers the objects that they name.
pub(super) struct Resolved<'a> {
    hub: &'a Arc<Hub>,
    state: &'a State,
    person: Id,
    channel: Id,
    objects: Map<String, Value>,
}

impl<'a> Resolved<'a> {
    pub(super) fn new(hub: &'a Arc<Hub>, state: &'a State, person: Id, channel: Id) -> Self {
        Self { hub, state, person, channel, objects: Map::new() }
    }

    pub(super) fn into_json(self) -> Map<String, Value> {
        self.objects
    }

    /// Reads the value of an option, or says why it doesn't fit.
    pub(super) fn read(&mut self, option: &Value, text: &str, locale: &str) -> Result<Entered, String> {
        if let Some(choices) = option["choices"].as_array().filter(|choices| !choices.is_empty()) {
            let is_meant = |choice: &&Value| {
                let value = match &choice["value"] {
                    Value::String(value) => value.clone(),
                    other => other.to_string(),
                };
                is_called(choice, text, locale) || value == text
            };
            let choice = choices.iter().find(is_meant);
            return choice.map(|choice| Entered(choice["value"].clone())).ok_or(format!("{text:?} isn't a choice"));
        }
        let value = match option["type"].as_u64() {
            Some(3) => string(option, text)?,
            Some(4) => number(option, text.parse::<i64>().map_err(|_| "it isn't a whole number")?)?,
            Some(5) => match text.to_lowercase().as_str() {
                "true" | "vrai" => json!(true),
                "false" | "faux" => json!(false),
                _ => return Err("it is neither true nor false".to_owned()),
            },
            Some(6) => self.user(text).ok_or("there is no such member")?,
            Some(7) => self.channel(text).ok_or("there is no such channel")?,
            Some(8) => self.role(text).ok_or("there is no such role")?,
            Some(9) => self.user(text).or_else(|| self.role(text)).ok_or("there is no such member or role")?,
            Some(10) => number(option, text.parse::<f64>().map_err(|_| "it isn't a number")?)?,
            Some(11) => self.file(text).ok_or("no such file is in hand")?,
            kind => return Err(format!("an option of the type {kind:?}, which isn't known here")),
        };
        Ok(Entered(value))
    }

    fn add(&mut self, kind: &str, id: Id, object: Value) -> Value {
        let objects = self.objects.entry(kind).or_insert_with(|| json!({}));
        objects[id.to_string()] = object;
        json!(id)
    }

    fn guild(&self) -> Option<&'a GuildData> {
        let guild = self.state.place(self.channel)?.guild()?;
        self.state.world.guilds.get(&guild)
    }

    fn user(&mut self, text: &str) -> Option<Value> {
        let state = self.state;
        let name = bare(text, "<@", '@');
        let is_meant =
            |id: &Id| id.to_string() == name || state.world.users.get(id).is_some_and(|user| user.name == name);
        let guild = self.guild();
        let id = match guild {
            Some(guild) => guild.members.keys().copied().find(is_meant)?,
            None => [self.person, state.bot].into_iter().find(is_meant)?,
        };
        if let Some(guild) = guild {
            let permissions = state.world.permissions(id, &state.world.channels[&self.channel]);
            let mut member = payload::member(&state.world, guild, id);
            member["permissions"] = json!(permissions.bits().to_string());
            if let Some(member) = member.as_object_mut() {
                member.retain(|field, _| !matches!(field.as_str(), "user" | "deaf" | "mute"));
            }
            self.add("members", id, member);
        }
        Some(self.add("users", id, payload::user(&state.world.users[&id])))
    }

    fn channel(&mut self, text: &str) -> Option<Value> {
        let (state, guild) = (self.state, self.guild()?);
        let name = bare(text, "<#", '#');
        let mut channels = guild.channels.iter().filter_map(|id| state.world.channels.get(id));
        let channel = channels.find(|channel| channel.name == name || channel.id.to_string() == name)?;
        let permissions = state.world.permissions(self.person, channel);
        Some(self.add("channels", channel.id, payload::partial_channel(state, channel, Some(permissions))))
    }

    fn role(&mut self, text: &str) -> Option<Value> {
        let guild = self.guild()?;
        let name = bare(text, "<@&", '@');
        let mut roles = guild.roles.iter().enumerate();
        let (position, role) = roles.find(|(_, role)| role.name == name || role.id.to_string() == name)?;
        Some(self.add("roles", role.id, payload::role(role, position)))
    }

    fn file(&mut self, text: &str) -> Option<Value> {
        let state = self.state;
        let mut in_hand = state.world.users[&self.person].in_hand.iter().filter_map(|id| state.world.files.get(id));
        let file = in_hand.find(|file| file.name == text)?;
        let data = AttachmentData {
            id: file.id,
            name: file.name.clone(),
            description: None,
            size: file.bytes.len(),
            media_type: file.media_type(),
            is_a_picture: file.is_a_picture(),
        };
        let mut object = payload::attachment(&self.hub.settings.base_url(), self.channel, &data);
        object["ephemeral"] = json!(true);
        Some(self.add("attachments", file.id, object))
    }
}

/// The name or id in `<@1>`, `@name` or `name`.
fn bare<'a>(text: &'a str, opening: &str, sign: char) -> &'a str {
    let inner = text.strip_prefix(opening).and_then(|rest| rest.strip_suffix('>'));
    inner.unwrap_or_else(|| text.strip_prefix(sign).unwrap_or(text))
}

fn string(option: &Value, text: &str) -> Result<Value, String> {
    let length = text.chars().count() as u64;
    let at_least = option["min_length"].as_u64().unwrap_or(0);
    let at_most = option["max_length"].as_u64().unwrap_or(6000);
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    if length < at_least || length > at_most {
        return Err(format!("{length} characters; {at_least} to {at_most} are asked"));
    }
    Ok(json!(text))
}

fn number<N: Into<Value>>(option: &Value, number: N) -> Result<Value, String> {
    let value: Value = number.into();
    let asked = value.as_f64().unwrap_or(f64::NAN);
    if option["min_value"].as_f64().is_some_and(|least| asked < least) {
        return Err(format!("{value} is too small"));
    }
    if option["max_value"].as_f64().is_some_and(|most| asked > most) {
        return Err(format!("{value} is too large"));
    }
    Ok(value)
}
