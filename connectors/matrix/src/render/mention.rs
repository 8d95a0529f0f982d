//! People: how one is shown, and whom an event notifies.

use super::limits::{Limits, json_bytes};
use ruma::UserId;
use serde_json::{Value, json};
use std::collections::HashSet;
use vigie_chat::PersonId;

/// The page that stands for a person, which clients show as their name; none for an id that isn't one of Matrix's.
pub(super) fn page(person: &PersonId) -> Option<String> {
    let person = UserId::parse(person.as_str()).ok()?;
    Some(person.matrix_to_uri().to_string())
}

/// Those whom one event notifies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group<'a> {
    people: Vec<&'a str>,
    bytes: usize,
}

impl Group<'_> {
    /// The `m.mentions` of an event.
    pub(super) fn to_json(&self) -> Value {
        if self.people.is_empty() { json!({}) } else { json!({ "user_ids": self.people }) }
    }

    /// Bytes that it takes in an event.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The ids, to be read.
    pub(super) fn words(&self) -> String {
        self.people.join(", ")
    }
}

/// The people, each once, in as many events as they need.
pub(super) fn groups<'a>(people: &'a [PersonId], limits: &Limits) -> Vec<Group<'a>> {
    let mut seen = HashSet::new();
    let mut groups: Vec<Group<'a>> = Vec::new();
    for person in people.iter().map(PersonId::as_str) {
        if UserId::parse(person).is_err() || !seen.insert(person) {
            continue;
        }
        let bytes = json_bytes(person) + 3;
        match groups.last_mut() {
            Some(group) if group.bytes + bytes <= limits.mentions() => {
                group.people.push(person);
                group.bytes += bytes;
            }
            _ => groups.push(Group { people: vec![person], bytes }),
        }
    }
    groups
}
