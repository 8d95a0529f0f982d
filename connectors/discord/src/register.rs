//! Commands of the port as Discord registers them.
//!
//! The connector reads what is registered, and writes [`commands`] in its place only when it isn't the [`same`]: Discord
//! counts registrations. [`vigie_chat::CommandSet::check`] asserts the limits, which are the port's own.

mod same;

pub use same::same;

use crate::render::CommandIds;
use serde::Serialize;
use serde_json::Value;
use vigie_chat::{Audience, CommandSet, CommandSpec, Completion, Need, ParamKind, ParamSpec};

/// Greatest whole number that Discord's JSON keeps exactly.
const EXACT: i64 = (1 << 53) - 1;

/// A slash command, as `PUT /applications/{id}/commands` takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Command {
    /// Always 1, a slash command.
    #[serde(rename = "type")]
    pub kind: u8,
    /// Name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Parameters, or commands within.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<CommandOption>,
    /// Permissions, as a number in words, without which Discord hides the command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_member_permissions: Option<String>,
    /// Where it is offered: 0 servers, 1 direct messages with the bot.
    pub contexts: [u8; 2],
    /// How the bot is installed: 0 on servers.
    pub integration_types: [u8; 1],
}

/// A parameter of a command, or a command within.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CommandOption {
    /// 1 command, 2 group, 3 text, 4 whole number, 6 person, 7 room, 11 file.
    #[serde(rename = "type")]
    pub kind: u8,
    /// Name.
    pub name: String,
    /// What it means or does.
    pub description: String,
    /// Whether it must be given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Whether the connector completes it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub autocomplete: bool,
    /// The only values, where there are few.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Alternative>,
    /// Least value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_value: Option<i64>,
    /// Greatest value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_value: Option<i64>,
    /// Most characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u16>,
    /// Parameters, or commands within.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Self>,
}

/// One of the only values of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// Words to show.
    pub name: String,
    /// The value itself.
    pub value: String,
}

/// The commands as Discord wants them, in the order of the set.
///
/// Discord hides those of administrators from who may not manage the server (permission 32); the application checks too.
#[must_use]
pub fn commands(set: &CommandSet) -> Vec<Command> {
    let command = |spec: &CommandSpec| Command {
        kind: 1,
        name: spec.name.clone(),
        description: spec.summary.clone(),
        options: options(spec),
        default_member_permissions: (spec.who == Audience::Administrators).then(|| "32".to_owned()),
        contexts: [0, 1],
        integration_types: [0],
    };
    set.all().iter().map(command).collect()
}

/// Ids of the commands by path, from what Discord answers when they are read or written.
#[must_use]
pub fn ids(registered: &Value) -> CommandIds {
    let mut found = Vec::new();
    for command in registered.as_array().into_iter().flatten() {
        if let Some(id) = command["id"].as_str() {
            paths(command, "", &mut |path| found.push((path, id.to_owned())));
        }
    }
    found.into_iter().collect()
}

/// Tells the paths of what can be run in a registered command: they all bear its id.
fn paths(command: &Value, before: &str, tell: &mut impl FnMut(String)) {
    let path = format!("{before}{}", command["name"].as_str().unwrap_or_default());
    let options = command["options"].as_array().into_iter().flatten();
    let mut within = options.filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))).peekable();
    if within.peek().is_none() {
        return tell(path);
    }
    for option in within {
        paths(option, &format!("{path} "), tell);
    }
}

fn options(spec: &CommandSpec) -> Vec<CommandOption> {
    let within = spec.subcommands.iter().map(|subcommand| CommandOption {
        kind: if subcommand.subcommands.is_empty() { 1 } else { 2 },
        name: subcommand.name.clone(),
        description: subcommand.summary.clone(),
        options: options(subcommand),
        ..CommandOption::default()
    });
    within.chain(spec.params.iter().map(parameter)).collect()
}

fn parameter(param: &ParamSpec) -> CommandOption {
    let option = CommandOption {
        kind: 3,
        name: param.name.clone(),
        description: param.summary.clone(),
        required: param.need == Need::Required,
        ..CommandOption::default()
    };
    let typed = |most| CommandOption {
        autocomplete: param.completion == Completion::FromApp,
        max_length: Some(most),
        ..option.clone()
    };
    match &param.kind {
        // As long as a message that people write.
        ParamKind::Text => typed(2_000),
        ParamKind::Code => typed(200),
        ParamKind::Date | ParamKind::Duration => typed(100),
        ParamKind::Integer { min, max } => CommandOption {
            kind: 4,
            autocomplete: param.completion == Completion::FromApp,
            min_value: Some((*min).clamp(-EXACT, EXACT)),
            max_value: Some((*max).clamp(-EXACT, EXACT)),
            ..option
        },
        ParamKind::Choice(alternatives) => {
            let choices = alternatives
                .iter()
                .map(|alternative| Alternative { name: alternative.label.clone(), value: alternative.value.clone() });
            CommandOption { choices: choices.collect(), ..option }
        }
        ParamKind::Person => CommandOption { kind: 6, ..option },
        ParamKind::Room => CommandOption { kind: 7, ..option },
        ParamKind::Attachment => CommandOption { kind: 11, ..option },
    }
}

#[cfg(test)]
mod tests;
