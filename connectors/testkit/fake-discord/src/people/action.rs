//! What can be pressed or chosen under a message.

use serde_json::Value;

use crate::id::Id;

/// A button, or an option of a select.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What is written on it; its emoji when nothing is.
    pub label: String,
    /// The component's `custom_id`, as the bot made it.
    pub custom_id: String,
    /// The line under an option, if any.
    pub description: Option<String>,
    /// Discord's number for the component: 2 a button, 3 a select of texts.
    pub(super) component: u64,
    /// The value of an option.
    pub(super) value: Option<String>,
    pub(super) message: Id,
    /// How many options must and can be chosen.
    pub(super) counts: (u64, u64),
}

/// The enabled actions of a message, in reading order.
pub(super) fn actions_of(message: Id, components: &Value) -> Vec<Action> {
    let mut found = Vec::new();
    walk(message, components, &mut found);
    found
}

fn walk(message: Id, components: &Value, found: &mut Vec<Action>) {
    for component in components.as_array().into_iter().flatten() {
        match component["type"].as_u64() {
            Some(kind @ (2 | 3)) if component["disabled"] != true => {
                found.extend(actions(message, kind, component));
            }
            _ => {
                walk(message, &component["components"], found);
                if component["accessory"].is_object() {
                    walk(message, &Value::Array(vec![component["accessory"].clone()]), found);
                }
            }
        }
    }
}

fn actions(message: Id, component: u64, json: &Value) -> Vec<Action> {
    // A button with an address has no custom_id: pressing it tells the bot nothing.
    let Some(custom_id) = json["custom_id"].as_str() else { return Vec::new() };
    let action = |json: &Value, value: Option<&str>, counts| Action {
        label: label(json),
        custom_id: custom_id.to_owned(),
        description: json["description"].as_str().map(str::to_owned),
        component,
        value: value.map(str::to_owned),
        message,
        counts,
    };
    if component == 2 {
        return vec![action(json, None, (0, 0))];
    }
    let counts = (json["min_values"].as_u64().unwrap_or(1), json["max_values"].as_u64().unwrap_or(1));
    let options = json["options"].as_array().into_iter().flatten();
    options.map(|option| action(option, option["value"].as_str(), counts)).collect()
}

fn label(json: &Value) -> String {
    json["label"].as_str().or_else(|| json["emoji"]["name"].as_str()).unwrap_or_default().to_owned()
}
