//! The normalised body: what Discord accepts and its description words otherwise.
//!
//! Discord takes ids as integers too, permissions as digits, `null` for anything absent, and says nothing of fields that
//! clients always send (empty lists of a command's option, `nsfw`, `animated` of an emoji), nor of forwards. The
//! hand-written rules see the body as it came; only the comparison with the description sees this.

use serde_json::{Map, Value};

use super::subject::Subject;

/// A copy that the description's schemas can be asked about.
pub(super) fn normalised(body: &Value, subject: Subject) -> Value {
    let mut body = body.clone();
    if let Subject::Command(_) = subject {
        match &mut body {
            Value::Array(commands) => commands.iter_mut().for_each(command),
            one => command(one),
        }
    }
    spread(&mut body, "");
    body
}

/// Goes through everything; `inside` is the key under which it stands, through lists.
fn spread(value: &mut Value, inside: &str) {
    match value {
        Value::Object(fields) => {
            let is_idle = |key: &str| matches!((inside, key), ("emoji", "animated") | ("message_reference", "type"));
            fields.retain(|key, value| !value.is_null() && !is_idle(key));
            for (key, value) in fields {
                if key.ends_with("_id") || (key == "id" && ["attachments", "emoji", "default_values"].contains(&inside))
                {
                    as_digits(value);
                }
                spread(value, key);
            }
        }
        Value::Array(items) => {
            for item in items {
                if ["users", "roles", "sticker_ids", "applied_tags"].contains(&inside) {
                    as_digits(item);
                }
                spread(item, inside);
            }
        }
        _ => {}
    }
}

fn as_digits(value: &mut Value) {
    if let Some(number) = value.as_u64() {
        *value = Value::String(number.to_string());
    }
}

fn command(command: &mut Value) {
    let Some(fields) = command.as_object_mut() else { return };
    fields.remove("nsfw");
    if let Some(permissions) = fields.get_mut("default_member_permissions")
        && let Some(number) = permissions.as_str().and_then(|digits| digits.parse::<u64>().ok())
    {
        *permissions = Value::from(number);
    }
    options(fields);
}

/// Takes away what says nothing: builders send every key for every type of option.
fn options(owner: &mut Map<String, Value>) {
    let list = owner.get_mut("options").and_then(Value::as_array_mut);
    for fields in list.into_iter().flatten().filter_map(Value::as_object_mut) {
        fields.retain(|key, value| match key.as_str() {
            "choices" | "options" | "channel_types" => value.as_array().is_none_or(|items| !items.is_empty()),
            "required" | "autocomplete" => *value != Value::Bool(false),
            _ => true,
        });
        options(fields);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::subject::{CommandKind, MessageKind};
    use super::*;

    #[test]
    fn ids_become_digits_and_nulls_go() {
        let body = json!({
            "content": null, "attachments": [{ "id": 0, "description": null }], "message_reference": { "type": 1, "message_id": 12 },
            "components": [{ "type": 1, "id": 3, "components": [{ "emoji": { "id": 5, "animated": false } }] }],
            "allowed_mentions": { "users": [7], "parse": [] }
        });
        assert_eq!(
            normalised(&body, Subject::Message(MessageKind::Create)),
            json!({
                "attachments": [{ "id": "0" }], "message_reference": { "message_id": "12" },
                "components": [{ "type": 1, "id": 3, "components": [{ "emoji": { "id": "5" } }] }],
                "allowed_mentions": { "users": ["7"], "parse": [] }
            })
        );
    }

    #[test]
    fn a_command_loses_what_says_nothing() {
        let option = json!({ "type": 5, "name": "b", "required": false, "choices": [], "min_value": null });
        let body = json!([{ "name": "a", "nsfw": false, "default_member_permissions": "8", "options": [
            { "type": 1, "name": "s", "options": [option], "autocomplete": false }
        ] }]);
        assert_eq!(
            normalised(&body, Subject::Command(CommandKind::Overwrite)),
            json!([{ "name": "a", "default_member_permissions": 8, "options": [
                { "type": 1, "name": "s", "options": [{ "type": 5, "name": "b" }] }
            ] }])
        );
    }
}
