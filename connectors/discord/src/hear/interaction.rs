//! What is asked through Discord's own commands, buttons and forms, as events of the port.

use super::origin::{Asked, attachment};
use crate::render;
use serenity::all::{
    ActionRowComponent, CommandData, CommandDataOption, CommandDataOptionValue as Given, CommandDataResolved,
    CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, ModalInteraction,
};
use std::collections::BTreeMap;
use vigie_chat::{CommandPath, Invocation, Person, Room, RoomId, RoomKind, Token, Value};

/// The common parts of a command or of its completion.
pub(crate) fn of_command(asked: &CommandInteraction) -> Asked<'_> {
    Asked {
        application: asked.application_id,
        id: asked.id,
        guild: asked.guild_id,
        channel: asked.channel_id,
        member: asked.member.as_deref(),
        user: &asked.user,
        locale: &asked.locale,
        message: None,
    }
}

/// The common parts of a pressed component.
pub(crate) fn of_component(asked: &ComponentInteraction) -> Asked<'_> {
    Asked {
        application: asked.application_id,
        id: asked.id,
        guild: asked.guild_id,
        channel: asked.channel_id,
        member: asked.member.as_ref(),
        user: &asked.user,
        locale: &asked.locale,
        message: Some(asked.message.id.get()),
    }
}

/// The common parts of a submitted form.
pub(crate) fn of_modal(asked: &ModalInteraction) -> Asked<'_> {
    Asked {
        application: asked.application_id,
        id: asked.id,
        guild: asked.guild_id,
        channel: asked.channel_id,
        member: asked.member.as_ref(),
        user: &asked.user,
        locale: &asked.locale,
        message: asked.message.as_ref().map(|message| message.id.get()),
    }
}

/// What is typed of which parameter, when a command is being completed.
pub(crate) struct Typing {
    pub(crate) param: String,
    pub(crate) typed: String,
}

/// A command with its values, and what is being typed, if anything is.
pub(crate) fn command(data: &CommandData) -> (Invocation, Option<Typing>) {
    let mut path = CommandPath::new(&data.name);
    let mut options = &data.options;
    while let [CommandDataOption { name, value: Given::SubCommand(inner) | Given::SubCommandGroup(inner), .. }] =
        options.as_slice()
    {
        path = path.sub(name);
        options = inner;
    }
    let mut invocation = Invocation::new(path);
    let mut typing = None;
    for option in options {
        if let Given::Autocomplete { value, .. } = &option.value {
            typing = Some(Typing { param: option.name.clone(), typed: value.clone() });
        } else if let Some(value) = given(&option.value, &data.resolved) {
            invocation.args.insert(option.name.clone(), value);
        }
    }
    (invocation, typing)
}

fn given(value: &Given, resolved: &CommandDataResolved) -> Option<Value> {
    Some(match value {
        Given::String(text) => Value::Text(text.clone()),
        Given::Integer(number) => Value::Integer(*number),
        Given::User(id) => {
            let nick = resolved.members.get(id).and_then(|member| member.nick.clone());
            let name = nick.or_else(|| resolved.users.get(id).map(|user| user.display_name().to_owned()));
            Value::Person(Person::new(id.to_string(), name.unwrap_or_else(|| id.to_string())))
        }
        Given::Channel(id) => Value::Room(Room { id: RoomId::new(id.to_string()), kind: RoomKind::Shared }),
        Given::Attachment(id) => Value::Attachment(attachment(resolved.attachments.get(id)?)),
        // No definition asks for the others.
        _ => return None,
    })
}

/// What a pressed button or the chosen option of a select held.
pub(crate) fn pressed(asked: &ComponentInteraction) -> Option<Token> {
    match &asked.data.kind {
        ComponentInteractionDataKind::Button => render::token(&asked.data.custom_id),
        ComponentInteractionDataKind::StringSelect { values } => render::token(values.first()?),
        _ => None,
    }
}

/// What a form held, and what was filled in.
pub(crate) fn submitted(asked: &ModalInteraction) -> (Token, BTreeMap<String, String>) {
    let inputs = asked.data.components.iter().flat_map(|row| &row.components);
    let fields = inputs.filter_map(|component| match component {
        ActionRowComponent::InputText(input) => {
            let value = input.value.clone().filter(|value| !value.is_empty())?;
            Some((input.custom_id.clone(), value))
        }
        _ => None,
    });
    (Token::new(&asked.data.custom_id), fields.collect())
}
