//! A scheduled event, as JSON.

use serde_json::{Value, json};

use super::user;
use crate::{
    clock::iso,
    world::{EventData, World},
};

/// A scheduled event object.
pub(crate) fn event(world: &World, event: &EventData, now_ms: i64) -> Value {
    json!({
        "id": event.id,
        "guild_id": event.guild,
        "channel_id": null,
        "creator_id": event.creator,
        "creator": world.users.get(&event.creator).map(user),
        "name": event.name,
        "description": event.description,
        "image": null,
        "scheduled_start_time": iso(event.starts_ms),
        "scheduled_end_time": iso(event.ends_ms),
        "privacy_level": 2,
        "status": event.status(now_ms),
        "entity_type": 3,
        "entity_id": null,
        "entity_metadata": { "location": event.location },
        "recurrence_rule": null,
        "user_count": 0,
        "guild_scheduled_event_exceptions": [],
    })
}
