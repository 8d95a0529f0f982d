//! A schema of the description made ready to compile: alone, closed to unknown fields, and with unions that report well.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

const COMPONENTS: &str = "#/components/schemas/";

/// The schema with all it refers to, and nothing else: compiling the whole description would take too long for a test.
pub(super) fn closed(schema: &Value, components: &Value) -> Value {
    let mut needed = BTreeMap::new();
    let mut open = Vec::new();
    references(schema, &mut open);
    while let Some(name) = open.pop() {
        let component = &components[&name];
        needed.entry(name).or_insert_with(|| {
            references(component, &mut open);
            tightened(component, Unknown::Refused)
        });
    }
    let mut root = tightened(schema, Unknown::Refused);
    root["components"] = json!({ "schemas": needed });
    root
}

fn references(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            if let Some(name) =
                fields.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix(COMPONENTS))
            {
                names.push(name.to_owned());
            }
            fields.values().for_each(|value| references(value, names));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, names)),
        _ => {}
    }
}

/// What becomes of fields that a schema doesn't name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unknown {
    Refused,
    /// Inside an `allOf`, another part may name them.
    Kept,
}

/// Refuses unknown fields, and reads "one of" as "any of": parts differ by their `type`, and where Discord's do overlap an
/// exact "one" would refuse what Discord takes.
fn tightened(schema: &Value, unknown: Unknown) -> Value {
    let Value::Object(fields) = schema else { return schema.clone() };
    let mut result = Map::new();
    for (key, value) in fields {
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                let all = properties.iter().map(|(name, value)| (name.clone(), tightened(value, Unknown::Refused)));
                result.insert(key.clone(), Value::Object(all.collect()));
            }
            ("oneOf" | "anyOf", Value::Array(parts)) => {
                let parts = parts.iter().map(|part| tightened(part, Unknown::Refused)).collect();
                result.insert("anyOf".to_owned(), parts);
            }
            ("allOf", Value::Array(parts)) => {
                result.insert(key.clone(), parts.iter().map(|part| tightened(part, Unknown::Kept)).collect());
            }
            ("items" | "additionalProperties", _) => {
                result.insert(key.clone(), tightened(value, Unknown::Refused));
            }
            // A default or an example may look like a schema, and says nothing here.
            ("default" | "example" | "examples", _) => {}
            _ => {
                result.insert(key.clone(), value.clone());
            }
        }
    }
    let is_open = result.contains_key("properties") && !result.contains_key("additionalProperties");
    if is_open && unknown == Unknown::Refused {
        result.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    Value::Object(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_referred_to_comes_along() {
        let components = json!({
            "A": { "type": "object", "properties": { "b": { "$ref": "#/components/schemas/B" } } },
            "B": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/A" }] },
            "C": { "type": "string" }
        });
        assert_eq!(
            closed(&json!({ "$ref": "#/components/schemas/A" }), &components),
            json!({
                "$ref": "#/components/schemas/A",
                "components": { "schemas": {
                    "A": {
                        "type": "object",
                        "properties": { "b": { "$ref": "#/components/schemas/B" } },
                        "additionalProperties": false
                    },
                    "B": { "anyOf": [{ "type": "null" }, { "$ref": "#/components/schemas/A" }] }
                } }
            })
        );
    }
}
