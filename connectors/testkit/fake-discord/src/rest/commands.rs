//! Registration of commands, global or for one guild.

use serde_json::{Map, Value, json};

use super::{
    error::ApiError,
    perform::{Answer, Request, no_such_method},
};
use crate::{hub::State, id::Id};

/// Fields that a command has even when nothing was sent for them.
const DEFAULTS: [(&str, Value); 5] = [
    ("default_member_permissions", Value::Null),
    ("nsfw", Value::Bool(false)),
    ("name_localizations", Value::Null),
    ("description_localizations", Value::Null),
    ("contexts", Value::Null),
];

/// The list of commands: `GET`, `POST` for one more, `PUT` for all at once.
pub(crate) fn all(
    asked: Request<'_>,
    state: &mut State,
    method: &str,
    application: Id,
    guild: Option<Id>,
) -> Result<Answer, ApiError> {
    check_owner(state, application, guild)?;
    match method {
        "GET" => {
            let known = state.world.commands.get(&guild).into_iter().flatten();
            let with_localizations = asked.asks("with_localizations");
            Ok(Answer::ok(known.map(|command| shown(command, with_localizations)).collect()))
        }
        "PUT" => {
            let sent = asked.body.json.as_ref().and_then(Value::as_array);
            let sent = sent.ok_or_else(|| ApiError::MALFORMED.complained("a list of commands was expected"))?;
            let registered = sent.iter().map(|sent| register(state, guild, sent)).collect::<Result<Vec<_>, _>>()?;
            state.world.commands.insert(guild, registered.clone());
            Ok(Answer::ok(registered.iter().map(|command| shown(command, true)).collect()))
        }
        "POST" => {
            let command = register(state, guild, asked.json()?)?;
            let list = state.world.commands.entry(guild).or_default();
            let before = list.len();
            list.retain(|other| other["id"] != command["id"]);
            let existed = list.len() < before;
            list.push(command.clone());
            let command = shown(&command, true);
            Ok(if existed { Answer::ok(command) } else { Answer::created(command) })
        }
        _ => Err(no_such_method(method)),
    }
}

/// One command: `GET`, `PATCH`, `DELETE`.
pub(crate) fn one(
    asked: Request<'_>,
    state: &mut State,
    method: &str,
    (application, guild, id): (Id, Option<Id>, Id),
) -> Result<Answer, ApiError> {
    check_owner(state, application, guild)?;
    let list = state.world.commands.entry(guild).or_default();
    let index = list.iter().position(|command| command["id"] == json!(id)).ok_or(ApiError::UNKNOWN_COMMAND)?;
    match method {
        "GET" => Ok(Answer::ok(list[index].clone())),
        "DELETE" => {
            list.remove(index);
            Ok(Answer::nothing())
        }
        "PATCH" => {
            let mut changed = list[index].clone();
            if let (Some(changed), Some(sent)) = (changed.as_object_mut(), asked.json()?.as_object()) {
                changed.extend(sent.clone());
            }
            changed["version"] = json!(state.new_id());
            state.world.commands.entry(guild).or_default()[index] = changed.clone();
            Ok(Answer::ok(changed))
        }
        _ => Err(no_such_method(method)),
    }
}

fn check_owner(state: &State, application: Id, guild: Option<Id>) -> Result<(), ApiError> {
    if application != state.bot {
        return Err(ApiError::UNKNOWN_APPLICATION.complained("another application's id"));
    }
    let Some(guild) = guild else { return Ok(()) };
    let guild = state.world.guilds.get(&guild).ok_or(ApiError::UNKNOWN_GUILD)?;
    if guild.members.contains_key(&state.bot) { Ok(()) } else { Err(ApiError::MISSING_ACCESS) }
}

/// What Discord makes of a command that was sent; a known name keeps its id.
fn register(state: &mut State, guild: Option<Id>, sent: &Value) -> Result<Value, ApiError> {
    let name = sent["name"].as_str().ok_or_else(|| ApiError::invalid("name", "a command has a name"))?;
    let kind = sent.get("type").filter(|kind| !kind.is_null()).cloned().unwrap_or_else(|| json!(1));
    let known = state.world.commands.get(&guild).into_iter().flatten();
    let before = known.into_iter().find(|other| other["name"] == json!(name) && other["type"] == kind).cloned();
    let mut command: Map<String, Value> = sent.as_object().cloned().unwrap_or_default();
    for (field, default) in DEFAULTS {
        command.entry(field).or_insert(default);
    }
    command.insert("type".to_owned(), kind);
    command.entry("description").or_insert_with(|| json!(""));
    command.insert("application_id".to_owned(), json!(state.bot));
    if let Some(guild) = guild {
        command.insert("guild_id".to_owned(), json!(guild));
    } else {
        command.entry("integration_types").or_insert_with(|| json!([0]));
        command.entry("dm_permission").or_insert_with(|| json!(true));
    }
    // Discord gives permissions as text, whatever was sent.
    if let Some(Value::Number(bits)) = command.get("default_member_permissions").cloned() {
        command.insert("default_member_permissions".to_owned(), json!(bits.to_string()));
    }
    if let Some(options) = command.get_mut("options") {
        drop_defaults(options);
    }
    command.retain(|field, value| !(field == "options" && is_nothing(value)));
    let fresh = state.new_id();
    let id = before.as_ref().map_or(json!(fresh), |before| before["id"].clone());
    command.insert("id".to_owned(), id);
    command.insert("version".to_owned(), json!(fresh));
    let mut command = Value::Object(command);
    if let Some(before) = before.filter(|before| same_but_version(before, &command)) {
        command["version"] = before["version"].clone();
    }
    Ok(command)
}

/// Discord gives options back without what is as good as absent.
fn drop_defaults(options: &mut Value) {
    for option in options.as_array_mut().into_iter().flatten() {
        if let Some(fields) = option.as_object_mut() {
            fields.retain(|name, value| name == "description" || name == "name" || !is_nothing(value));
        }
        if let Some(inner) = option.get_mut("options") {
            drop_defaults(inner);
        }
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

fn same_but_version(before: &Value, after: &Value) -> bool {
    let mut before = before.clone();
    before["version"] = after["version"].clone();
    before == *after
}

/// A command as it is listed: without `with_localizations` the translations are left out.
fn shown(command: &Value, with_localizations: bool) -> Value {
    let mut shown = command.clone();
    if !with_localizations {
        strip(&mut shown);
    }
    shown
}

fn strip(part: &mut Value) {
    if let Some(fields) = part.as_object_mut() {
        fields.remove("name_localizations");
        fields.remove("description_localizations");
    }
    for list in ["options", "choices"] {
        for inner in part.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            strip(inner);
        }
    }
}
