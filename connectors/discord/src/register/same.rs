//! Whether what Discord keeps says what we would write.

use super::Command;
use serde_json::{Map, Number, Value};

/// What Discord adds by itself, and what it no longer reads.
const ITS_OWN: [&str; 10] = [
    "id",
    "application_id",
    "guild_id",
    "version",
    "dm_permission",
    "default_permission",
    "name_localized",
    "description_localized",
    "handler",
    "global_popularity_rank",
];

/// Whether what Discord has registered says the same as these, whatever ids, versions and defaults it adds, and whatever
/// the order of commands.
///
/// The order of parameters and alternatives counts, because people see it.
#[must_use]
pub fn same(ours: &[Command], theirs: &Value) -> bool {
    let Ok(ours) = serde_json::to_value(ours) else { return false };
    let Value::Array(theirs) = theirs else { return false };
    let Value::Array(ours) = &ours else { return false };
    canonical(ours) == canonical(theirs)
}

fn canonical(commands: &[Value]) -> Vec<Value> {
    let mut all: Vec<Value> = commands.iter().map(|command| without_defaults(command, "")).collect();
    all.sort_by_key(|command| command["name"].as_str().unwrap_or_default().to_owned());
    all
}

/// The value without what means nothing: absent, null, false and empty say the same.
fn without_defaults(value: &Value, key: &str) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(key, _)| !ITS_OWN.contains(&key.as_str()));
            let said = kept.map(|(key, value)| (key.clone(), without_defaults(value, key)));
            Value::Object(said.filter(|(_, value)| says_something(value)).collect::<Map<_, _>>())
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(|item| without_defaults(item, "")).collect();
            // Sets of numbers, unlike options and choices, have no order.
            if matches!(key, "contexts" | "integration_types" | "channel_types") {
                items.sort_by_key(Value::as_u64);
            }
            Value::Array(items)
        }
        Value::Number(number) => Value::Number(whole(number)),
        other => other.clone(),
    }
}

/// The number without a fraction that is zero: `1.0` is `1`.
fn whole(number: &Number) -> Number {
    let text = number.to_string();
    text.strip_suffix(".0").and_then(|whole| whole.parse::<i64>().ok()).map_or_else(|| number.clone(), Number::from)
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    }
}
