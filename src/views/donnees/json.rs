//! Everything that is kept of a person, for a program: the store's own names, instants in ISO 8601.

use super::Whole;
use crate::store::{Datum, Section};
use serde_json::{Map, Value, json};

/// The document.
#[must_use]
pub fn json(whole: &Whole) -> String {
    let spaces: Vec<Value> = whole
        .dossiers
        .iter()
        .map(|dossier| json!({ "spaces": dossier.presence.names, "held": sections(&dossier.sections) }))
        .collect();
    let all = json!({
        "made_at": whole.now.timestamp().to_string(),
        "account": { "network": whole.account.connector.as_str(), "id": whole.account.id.as_str() },
        "spaces": spaces,
        "whatever_the_space": sections(&whole.of_account),
    });
    format!("{all:#}\n")
}

fn sections(all: &[Section]) -> Value {
    let told = all.iter().map(|section| {
        let rows: Vec<Value> = section
            .rows
            .iter()
            .map(|row| {
                Value::Object(row.iter().map(|(name, datum)| (name.clone(), value(datum))).collect::<Map<_, _>>())
            })
            .collect();
        (section.key.to_owned(), Value::Array(rows))
    });
    Value::Object(told.collect())
}

fn value(datum: &Datum) -> Value {
    match datum {
        // What is kept as JSON stays JSON.
        Datum::Text(text) if text.starts_with('[') || text.starts_with('{') => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()))
        }
        Datum::Text(text) => Value::from(text.as_str()),
        Datum::Number(number) => Value::from(*number),
        Datum::At(at) => Value::from(at.to_string()),
    }
}
