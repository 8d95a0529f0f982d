//! Reading a typed command against the registered ones, as Discord's application does.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::value::{Entered, Resolved};
use crate::{
    hub::{Hub, State},
    id::Id,
    permissions::Permissions,
};

/// Why Discord's application doesn't send what was typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotType {
    /// It doesn't begin with a slash and a name.
    #[error("a command begins with a slash")]
    NoCommand,
    /// No such command is registered, or it isn't offered here.
    #[error("there is no command {0:?} here")]
    UnknownCommand(String),
    /// The command has subcommands, and this isn't one of them.
    #[error("there is no subcommand {0:?}")]
    UnknownSubcommand(String),
    /// The command isn't for this person.
    #[error("the command isn't for this person here")]
    NotAllowed,
    /// Something is written that belongs to no option.
    #[error("{0:?} belongs to no option")]
    UnknownOption(String),
    /// An option that must be there isn't.
    #[error("the option {0:?} is required")]
    MissingOption(String),
    /// A value doesn't fit its option.
    #[error("the value of {option:?} doesn't fit: {why}")]
    BadValue {
        /// The option.
        option: String,
        /// What is wrong.
        why: String,
    },
}

/// What the reading is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The command is sent: it must be whole.
    Send,
    /// The last option asks for completions.
    Complete,
}

/// A command as it was entered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    /// The command, its subcommands, and options written `name:value`.
    pub(super) text: &'a str,
    /// Options whose values hold anything.
    pub(super) given: &'a [(&'a str, &'a str)],
    pub(super) purpose: Purpose,
}

/// Reads what was typed; returns the field `data` of the interaction.
pub(super) fn read(
    hub: &Arc<Hub>,
    state: &State,
    (person, channel): (Id, Id),
    entry: Entry<'_>,
) -> Result<Value, CannotType> {
    let text = entry.text;
    let typed = text.strip_prefix('/').ok_or(CannotType::NoCommand)?;
    let (name, mut rest) = first_word(typed);
    let locale = &state.world.users[&person].locale;
    let offered = offered(state, channel);
    let command = offered.into_iter().find(|command| is_called(command, name, locale));
    let command = command.ok_or_else(|| CannotType::UnknownCommand(name.to_owned()))?;
    check_permission(state, (person, channel), command)?;
    let mut nesting = Vec::new();
    let mut level = command;
    while options(level).any(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
        let (name, after) = first_word(rest);
        let inner = options(level).find(|option| is_called(option, name, locale));
        level = inner.ok_or_else(|| CannotType::UnknownSubcommand(name.to_owned()))?;
        nesting.push(level);
        rest = after;
    }
    let mut resolved = Resolved::new(hub, state, person, channel);
    let mut entered = enter(level, Entry { text: rest, ..entry }, locale, &mut resolved)?;
    for level in nesting.iter().rev() {
        entered = vec![json!({ "name": level["name"], "type": level["type"], "options": entered })];
    }
    let mut data = json!({ "id": command["id"], "name": command["name"], "type": 1, "options": entered });
    let resolved = resolved.into_json();
    if !resolved.is_empty() {
        data["resolved"] = Value::Object(resolved);
    }
    if let Some(guild) = command.get("guild_id") {
        data["guild_id"] = guild.clone();
    }
    Ok(data)
}

fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

/// The slash commands offered in a channel: the guild's own, then the global ones.
fn offered(state: &State, channel: Id) -> Vec<&Value> {
    let guild = state.place(channel).and_then(crate::world::Place::guild);
    let bot_is_in =
        |guild: &Id| state.world.guilds.get(guild).is_some_and(|data| data.members.contains_key(&state.bot));
    if guild.is_some_and(|guild| !bot_is_in(&guild)) {
        return Vec::new();
    }
    let own = guild.and_then(|guild| state.world.commands.get(&Some(guild))).into_iter().flatten();
    let global = state.world.commands.get(&None).into_iter().flatten();
    let here = global.filter(|command| {
        let context = u64::from(guild.is_none());
        let contexts = command["contexts"].as_array();
        let fits = contexts.is_none_or(|contexts| contexts.iter().any(|other| other.as_u64() == Some(context)));
        fits && (guild.is_some() || command["dm_permission"] != json!(false))
    });
    own.chain(here).filter(|command| command["type"].as_u64().is_none_or(|kind| kind == 1)).collect()
}

pub(super) fn is_called(part: &Value, name: &str, locale: &str) -> bool {
    part["name"].as_str() == Some(name) || part["name_localizations"][locale].as_str() == Some(name)
}

pub(super) fn options(part: &Value) -> impl Iterator<Item = &Value> {
    part["options"].as_array().into_iter().flatten()
}

fn check_permission(state: &State, (person, channel): (Id, Id), command: &Value) -> Result<(), CannotType> {
    let channel = &state.world.channels[&channel];
    let permissions = state.world.permissions(person, channel);
    let asked = command["default_member_permissions"].as_str().and_then(|bits| bits.parse().ok());
    let asked = match asked {
        Some(0) => Permissions::ADMINISTRATOR,
        Some(bits) => Permissions::from_bits(bits),
        None => Permissions::NONE,
    };
    let needed = asked | Permissions::VIEW_CHANNEL | Permissions::USE_APPLICATION_COMMANDS;
    if permissions.has(needed) { Ok(()) } else { Err(CannotType::NotAllowed) }
}

/// The options typed for a command or subcommand.
fn enter(level: &Value, entry: Entry<'_>, locale: &str, resolved: &mut Resolved<'_>) -> Result<Vec<Value>, CannotType> {
    let Entry { text, given, purpose } = entry;
    let mut pieces = pieces(level, text, locale)?;
    for (name, value) in given {
        let option = options(level).find(|option| is_called(option, name, locale));
        pieces.push((option.ok_or_else(|| CannotType::UnknownOption((*name).to_owned()))?, (*value).to_owned()));
    }
    let mut entered = Vec::new();
    for (index, (option, text)) in pieces.iter().enumerate() {
        let is_last = index + 1 == pieces.len();
        let focused = purpose == Purpose::Complete && is_last;
        let name = option["name"].as_str().unwrap_or_default();
        let bad = |why: String| CannotType::BadValue { option: name.to_owned(), why };
        let mut fields = Map::new();
        fields.insert("name".to_owned(), option["name"].clone());
        fields.insert("type".to_owned(), option["type"].clone());
        if focused {
            if option["autocomplete"] != json!(true) {
                return Err(bad("it doesn't complete itself".to_owned()));
            }
            fields.insert("focused".to_owned(), json!(true));
            fields.insert("value".to_owned(), json!(text));
        } else {
            let Entered(value) = resolved.read(option, text, locale).map_err(bad)?;
            fields.insert("value".to_owned(), value);
        }
        entered.push(Value::Object(fields));
    }
    let is_given = |option: &Value| pieces.iter().any(|(given, _)| given["name"] == option["name"]);
    let missing = options(level).find(|option| option["required"] == json!(true) && !is_given(option));
    match (purpose, missing) {
        (Purpose::Send, Some(option)) => {
            Err(CannotType::MissingOption(option["name"].as_str().unwrap_or_default().to_owned()))
        }
        _ => Ok(entered),
    }
}

/// Cuts `a:one two b:three` at the names of the options.
fn pieces<'a>(level: &'a Value, text: &str, locale: &str) -> Result<Vec<(&'a Value, String)>, CannotType> {
    let mut starts = Vec::new();
    for (at, _) in text.char_indices() {
        let begins = at == 0 || text[..at].ends_with(char::is_whitespace);
        let name = text[at..].split_once(':').map(|(name, _)| name);
        let option = name.and_then(|name| options(level).find(|option| is_called(option, name, locale)));
        let is_new =
            |option: &Value| !starts.iter().any(|(_, _, known): &(_, _, &Value)| known["name"] == option["name"]);
        if let (true, Some(name), Some(option)) = (begins, name, option)
            && is_new(option)
        {
            starts.push((at, at + name.len() + 1, option));
        }
    }
    let before = text[..starts.first().map_or(text.len(), |(at, _, _)| *at)].trim();
    if !before.is_empty() {
        return Err(CannotType::UnknownOption(before.to_owned()));
    }
    let ends = starts.iter().skip(1).map(|(at, _, _)| *at).chain([text.len()]);
    Ok(starts.iter().zip(ends).map(|((_, from, option), to)| (*option, text[*from..to].trim().to_owned())).collect())
}
