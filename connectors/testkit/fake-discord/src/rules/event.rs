//! Scheduled events of a guild.

use jiff::Timestamp;

use super::finding::Findings;
use super::place::Place;

/// Fields of a new event.
const FIELDS: [&str; 10] = [
    "name",
    "description",
    "image",
    "scheduled_start_time",
    "scheduled_end_time",
    "privacy_level",
    "entity_type",
    "entity_metadata",
    "channel_id",
    "recurrence_rule",
];
/// What a change may say besides.
const STATUS: &str = "status";
/// Discord's number for an event outside of it.
const EXTERNAL: i64 = 3;

/// Whether an event is made or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventKind {
    Create,
    Edit,
}

pub(super) fn check(kind: EventKind, body: &Place<'_>, findings: &mut Findings) {
    let mut fields = FIELDS.to_vec();
    match kind {
        EventKind::Create => {
            for needed in ["name", "scheduled_start_time", "privacy_level", "entity_type"] {
                body.needs(needed, findings);
            }
        }
        EventKind::Edit => fields.push(STATUS),
    }
    body.only(&fields, findings);
    body.text_within("name", 1..=100, findings);
    body.text_within("description", 1..=1_000, findings);
    body.integer_within("privacy_level", 2..=2, findings);
    body.integer_within("entity_type", 1..=3, findings);
    body.integer_within(STATUS, 1..=4, findings);
    if let Some(metadata) = body.get("entity_metadata") {
        metadata.only(&["location"], findings);
        metadata.text_within("location", 1..=100, findings);
    }
    if body.integer("entity_type") == Some(EXTERNAL) {
        external(kind, body, findings);
    }
    let (start, end) = (instant(body, "scheduled_start_time", findings), instant(body, "scheduled_end_time", findings));
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        findings.add(body.under("scheduled_end_time"), "BASE_TYPE_INVALID", "It ends before it begins.");
    }
}

/// What is outside has a place and an end, and no channel.
fn external(kind: EventKind, body: &Place<'_>, findings: &mut Findings) {
    body.forbids("channel_id", "What is outside of Discord has no channel.", findings);
    if kind == EventKind::Edit {
        return;
    }
    body.needs("scheduled_end_time", findings);
    match body.get("entity_metadata") {
        Some(metadata) => metadata.needs("location", findings),
        None => body.needs("entity_metadata", findings),
    }
}

fn instant(body: &Place<'_>, key: &str, findings: &mut Findings) -> Option<Timestamp> {
    let place = body.get(key)?;
    let read = place.value.as_str().and_then(|text| text.parse().ok());
    if read.is_none() {
        findings.add(place.path, "DATE_TIME_TYPE_PARSE", "This is not an ISO 8601 instant.");
    }
    read
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{Attempt, long};

    fn whole() -> Value {
        json!({
            "name": long(100),
            "description": long(1_000),
            "scheduled_start_time": "2026-12-03T09:00:00Z",
            "scheduled_end_time": "2026-12-03T09:50:00+00:00",
            "privacy_level": 2,
            "entity_type": 3,
            "entity_metadata": { "location": long(100) },
        })
    }

    fn create(changes: &Value) -> Attempt {
        Attempt::new("POST", "/guilds/1/scheduled-events", with(whole(), changes))
    }

    fn edit(body: Value) -> Attempt {
        Attempt::new("PATCH", "/guilds/1/scheduled-events/2", body)
    }

    fn with(mut body: Value, changes: &Value) -> Value {
        for (key, value) in changes.as_object().expect("an object") {
            body[key] = value.clone();
        }
        body
    }

    fn without(key: &str) -> Attempt {
        let mut body = whole();
        body.as_object_mut().expect("an object").remove(key);
        Attempt::new("POST", "/guilds/1/scheduled-events", body)
    }

    #[test]
    fn an_external_event_has_a_name_hours_and_a_place() {
        create(&json!({})).accepted();
        for key in ["name", "scheduled_start_time", "scheduled_end_time", "privacy_level", "entity_metadata"] {
            without(key).refused(&[&format!("{key}: BASE_TYPE_REQUIRED")]);
        }
        create(&json!({ "entity_metadata": {} })).refused(&["entity_metadata/location: BASE_TYPE_REQUIRED"]);
        create(&json!({ "channel_id": "5" })).refused(&["channel_id: BASE_TYPE_FORBIDDEN"]);
        create(&json!({ "entity_metadata": { "location": long(101) } }))
            .refused(&["entity_metadata/location: BASE_TYPE_BAD_LENGTH"]);
        create(&json!({ "name": long(101) })).refused(&["name: BASE_TYPE_BAD_LENGTH"]);
        create(&json!({ "name": "" })).refused(&["name: BASE_TYPE_BAD_LENGTH"]);
        create(&json!({ "description": long(1_001) })).refused(&["description: BASE_TYPE_BAD_LENGTH"]);
        create(&json!({ "privacy_level": 1 })).refused(&["privacy_level: NUMBER_TYPE_MIN"]);
        create(&json!({ "mentions": [] })).refused(&["mentions: UNKNOWN_FIELD"]);
    }

    #[test]
    fn it_ends_after_it_begins() {
        create(&json!({ "scheduled_end_time": "2026-12-03T09:00:00Z" }))
            .refused(&["scheduled_end_time: BASE_TYPE_INVALID"]);
        create(&json!({ "scheduled_start_time": "demain" })).refused(&["scheduled_start_time: DATE_TIME_TYPE_PARSE"]);
    }

    #[test]
    fn a_change_says_what_it_changes() {
        edit(json!({ "name": "a" })).accepted();
        edit(whole()).accepted();
        edit(json!({ "name": long(101) })).refused(&["name: BASE_TYPE_BAD_LENGTH"]);
        edit(json!({ "status": 5 })).refused(&["status: NUMBER_TYPE_MAX"]);
    }
}
