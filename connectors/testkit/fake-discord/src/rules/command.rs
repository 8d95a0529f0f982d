//! A command, as it is registered.

use serde_json::Value;

use super::command_name::{self, NameStyle, localizations};
use super::command_option;
use super::finding::Findings;
use super::place::Place;
use super::subject::CommandKind;

const KEYS: &[&str] = &[
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "integration_types",
    "contexts",
    "type",
    "nsfw",
    "handler",
];
/// A command that is typed after a slash.
pub(super) const CHAT_INPUT: i64 = 1;
/// Commands of the menus of a person and of a message.
const OF_A_MENU: [i64; 2] = [2, 3];
/// The last type: a command that starts an activity, described like one that is typed.
const ENTRY_POINT: i64 = 4;
/// Names, descriptions and choices of one command together.
const MOST_TEXT: usize = 8000;

pub(super) fn check(kind: CommandKind, command: &Place<'_>, findings: &mut Findings) {
    let in_a_list: Vec<&str> = KEYS.iter().copied().chain(["id"]).collect();
    command.only(if kind == CommandKind::Overwrite { &in_a_list } else { KEYS }, findings);
    command.snowflake("id", findings);
    command.integer_within("type", 1..=ENTRY_POINT, findings);
    let is_typed = !OF_A_MENU.contains(&kind_of(command));
    if kind != CommandKind::Edit {
        command.needs("name", findings);
        if is_typed {
            command.needs("description", findings);
        }
    }
    command_name::check(command, if is_typed { NameStyle::Slash } else { NameStyle::Menu }, findings);
    if is_typed {
        command.text_within("description", 1..=100, findings);
        localizations(command, "description_localizations", 1..=100, findings);
        command_option::check_top(command, findings);
    } else {
        for key in ["description", "description_localizations", "options"] {
            command.forbids(key, "A command of a menu has a name only.", findings);
        }
    }
    settings(command, findings);
    if text_length(command) > MOST_TEXT {
        let message = format!("The texts of a command must have {MOST_TEXT} characters at most in all.");
        findings.add(command.path.clone(), "APPLICATION_COMMAND_TOO_LARGE", message);
    }
}

/// The type, which is a typed command's unless said otherwise.
pub(super) fn kind_of(command: &Place<'_>) -> i64 {
    command.integer("type").unwrap_or(CHAT_INPUT)
}

fn settings(command: &Place<'_>, findings: &mut Findings) {
    command.boolean("dm_permission", findings);
    command.boolean("nsfw", findings);
    if let Some(permissions) = command.get("default_member_permissions") {
        let number = permissions.value.as_u64().or_else(|| permissions.value.as_str()?.parse().ok());
        if number.is_none() {
            findings.add(permissions.path, "NUMBER_TYPE_COERCE", "Permissions are a number, or its digits.");
        }
    }
    for (key, most) in [("integration_types", 1), ("contexts", 2)] {
        command.count_within(key, 1..=3, findings);
        let mut seen = Vec::new();
        for entry in command.items(key) {
            if entry.value.as_u64().is_none_or(|number| number > most) {
                findings.add(entry.path, "BASE_TYPE_CHOICES", format!("Must be 0 to {most}."));
            } else if seen.contains(&entry.value) {
                findings.add(entry.path, "SET_TYPE_CONTAINS_DUPLICATES", "This is in the list already.");
            } else {
                seen.push(entry.value);
            }
        }
    }
}

/// Names, descriptions and values of the command, its options and their choices. Of a text and its translations the
/// longest counts.
fn text_length(place: &Place<'_>) -> usize {
    let count = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let longest = |key: &str, translations: &str| {
        let translated = place.value.get(translations).and_then(Value::as_object);
        let lengths = translated.into_iter().flat_map(serde_json::Map::values).map(count);
        lengths.chain(place.value.get(key).map(count)).max().unwrap_or_default()
    };
    let nested = ["options", "choices"].into_iter().flat_map(|key| place.items(key));
    longest("name", "name_localizations")
        + longest("description", "description_localizations")
        + place.value.get("value").map_or(0, count)
        + nested.map(|child| text_length(&child)).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, long};

    fn with(key: &str, value: Value) -> Attempt {
        let mut command = json!({ "name": "salle", "description": "Change de salle" });
        command[key] = value;
        Attempt::command(command)
    }

    #[test]
    fn a_typed_command_is_described() {
        with("description", json!(long(100))).accepted();
        with("description", json!(long(101))).refused(&["description: BASE_TYPE_BAD_LENGTH"]);
        with("description", json!("")).refused(&["description: BASE_TYPE_BAD_LENGTH"]);
        with("description", Value::Null).refused(&["description: BASE_TYPE_REQUIRED"]);
        with("name", Value::Null).refused(&["name: BASE_TYPE_REQUIRED"]);
        Attempt::new("PATCH", "/applications/1/commands/2", json!({ "options": [] })).accepted();
    }

    #[test]
    fn a_command_of_a_menu_has_a_name_only() {
        Attempt::command(json!({ "name": "Signaler ceci", "type": 3 })).accepted();
        Attempt::command(json!({ "name": "Signaler", "type": 2, "description": "x" }))
            .refused(&["description: BASE_TYPE_FORBIDDEN"]);
        with("type", json!(5)).refused(&["type: NUMBER_TYPE_MAX"]);
    }

    #[test]
    fn settings_are_as_clients_send_them() {
        with("default_member_permissions", json!("8")).accepted();
        with("default_member_permissions", json!(8)).accepted();
        with("default_member_permissions", json!("admin")).refused(&["default_member_permissions: NUMBER_TYPE_COERCE"]);
        with("nsfw", json!(false)).accepted();
        with("contexts", json!([0, 1, 2])).accepted();
        with("contexts", json!([])).refused(&["contexts: BASE_TYPE_BAD_LENGTH"]);
        with("contexts", json!([0, 0])).refused(&["contexts/1: SET_TYPE_CONTAINS_DUPLICATES"]);
        with("integration_types", json!([2])).refused(&["integration_types/0: BASE_TYPE_CHOICES"]);
        with("usage", json!("x")).refused(&["usage: UNKNOWN_FIELD"]);
        with("id", json!("12")).refused(&["id: UNKNOWN_FIELD"]);
    }

    #[test]
    fn eight_thousand_characters_in_all() {
        let choices: Vec<Value> = (0..25).map(|n| json!({ "name": format!("{n:0>10}"), "value": long(10) })).collect();
        let option = |name: char| json!({ "type": 3, "name": name, "description": "x", "choices": choices });
        let options: Vec<Value> = ('a'..='o').map(option).collect();
        let mut command = json!({ "name": "salle", "description": long(100), "options": options });
        // 15 options of 25 × 20 + 2 characters, and the command's own 105: 7,635. Each option may say 99 more.
        for option in 0..3 {
            command["options"][option]["description"] = json!(long(100));
        }
        command["options"][3]["description"] = json!(long(69));
        Attempt::command(command.clone()).accepted();
        // Of a text and its translation the longer counts.
        command["options"][3]["description_localizations"] = json!({ "fr": long(69) });
        Attempt::command(command.clone()).accepted();
        command["options"][3]["description_localizations"] = json!({ "fr": long(70) });
        Attempt::command(command).refused(&[": APPLICATION_COMMAND_TOO_LARGE"]);
    }
}
