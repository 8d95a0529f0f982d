//! Interactions, as the gateway brings them.

use serde_json::{Value, json};

use super::{member, partial_channel, user};
use crate::{hub::State, id::Id, interaction::Kind};

/// What somebody did, before it gets its token.
#[derive(Clone, Debug)]
pub(crate) struct Invocation {
    pub(crate) kind: Kind,
    pub(crate) user: Id,
    pub(crate) channel: Id,
    /// The name of the command or the label of the component.
    pub(crate) label: String,
    /// The field `data`.
    pub(crate) data: Value,
    /// The field `message`, for what was started from a message.
    pub(crate) message: Option<Value>,
}

/// An interaction object.
pub(crate) fn interaction(state: &State, id: Id, token: &str, invocation: &Invocation) -> Value {
    let world = &state.world;
    let channel = &world.channels[&invocation.channel];
    let person = &world.users[&invocation.user];
    let guild = channel.place.guild().and_then(|guild| world.guilds.get(&guild));
    let of = |user: Id| world.permissions(user, channel);
    let mut value = json!({
        "id": id,
        "application_id": state.bot,
        "type": invocation.kind.number(),
        "token": token,
        "version": 1,
        "channel_id": channel.id,
        "channel": partial_channel(state, channel, Some(of(invocation.user))),
        "app_permissions": of(state.bot).bits().to_string(),
        "locale": person.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "attachment_size_limit": 10 * 1024 * 1024,
        "data": invocation.data,
    });
    if let Some(guild) = guild {
        let mut member = member(world, guild, person.id);
        member["permissions"] = json!(of(person.id).bits().to_string());
        value["member"] = member;
        value["guild_id"] = json!(guild.id);
        value["guild"] = json!({ "id": guild.id, "locale": "en-US", "features": [] });
        value["guild_locale"] = json!("en-US");
        value["context"] = json!(0);
        value["authorizing_integration_owners"] = json!({ "0": guild.id });
    } else {
        value["user"] = user(person);
        value["context"] = json!(1);
        value["authorizing_integration_owners"] = json!({ "0": "0" });
    }
    if let Some(message) = &invocation.message {
        value["message"] = message.clone();
    }
    value
}
