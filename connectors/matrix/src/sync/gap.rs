//! What was said between the mark and the beginning of an answer of the homeserver's.

use crate::failure::Failure;
use matrix_sdk::{Room, deserialized_responses::TimelineEvent, room::MessagesOptions};
use ruma::{UserId, uint};
use serde_json::Value;

/// Most pages that are read for one room: 10,000 events. Whoever was away for longer than that begins with the newest.
const MOST_PAGES: usize = 100;

/// Events of a room after `mark` and before `from`, oldest first.
pub(super) async fn before(room: &Room, from: &str, mark: &str, me: &UserId) -> Result<Vec<TimelineEvent>, Failure> {
    let mut found: Vec<TimelineEvent> = Vec::new();
    let mut from = Some(from.to_owned());
    for _ in 0..MOST_PAGES {
        let Some(start) = from.take() else { break };
        let mut options = MessagesOptions::backward();
        options.from = Some(start.clone());
        options.to = Some(mark.to_owned());
        options.limit = uint!(100);
        let page = room.messages(options).await?;
        let joined = joined_in(&page.chunk, me);
        found.extend(page.chunk);
        // A page may be empty before the end.
        from = page.end.filter(|end| !joined && *end != start);
    }
    if from.is_some() {
        tracing::warn!("a room holds more than can be caught up with; the oldest is left unanswered");
    }
    found.reverse();
    Ok(found)
}

/// Whether the bot joined the room within these events.
pub(super) fn joined_in(events: &[TimelineEvent], me: &UserId) -> bool {
    events.iter().any(|event| is_own_joining(event, me))
}

/// The events after the bot joined last. What was said before is not for it.
pub(super) fn since_joining(mut events: Vec<TimelineEvent>, me: &UserId) -> Vec<TimelineEvent> {
    match events.iter().rposition(|event| is_own_joining(event, me)) {
        Some(joined) => events.split_off(joined + 1),
        None => events,
    }
}

/// Whether an event is the bot's own joining, and not a change of its profile, which looks alike.
fn is_own_joining(event: &TimelineEvent, me: &UserId) -> bool {
    let is_member = matches!(event.raw().get_field::<String>("type"), Ok(Some(kind)) if kind == "m.room.member");
    if !is_member {
        return false;
    }
    let Ok(event) = event.raw().deserialize_as::<Value>() else { return false };
    event["state_key"] == me.as_str()
        && event["content"]["membership"] == "join"
        && event["unsigned"]["prev_content"]["membership"] != "join"
}

#[cfg(test)]
mod tests {
    use super::*;
    use ruma::{serde::Raw, user_id};
    use serde_json::json;

    fn event(id: &str, kind: &str, more: &Value) -> TimelineEvent {
        let mut event = json!({ "event_id": id, "type": kind, "sender": "@alice:x.fr", "content": {} });
        for (key, value) in more.as_object().expect("an object") {
            event[key] = value.clone();
        }
        TimelineEvent::from_plaintext(Raw::new(&event).expect("JSON").cast_unchecked())
    }

    fn joining(id: &str, before: &Value) -> TimelineEvent {
        let membership = json!({ "state_key": "@vigie:x.fr", "content": { "membership": "join" }, "unsigned": before });
        event(id, "m.room.member", &membership)
    }

    fn kept(events: Vec<TimelineEvent>) -> Vec<String> {
        let kept = since_joining(events, user_id!("@vigie:x.fr"));
        kept.iter().filter_map(TimelineEvent::event_id).map(|id| id.to_string()).collect()
    }

    #[test]
    fn what_was_said_before_joining_is_left_out() {
        let said = |id| event(id, "m.room.message", &json!({}));
        let invited = json!({ "prev_content": { "membership": "invite" } });
        assert_eq!(kept(vec![said("$1"), joining("$2", &invited), said("$3")]), ["$3"]);
        assert_eq!(kept(vec![said("$1"), joining("$2", &json!({})), said("$3")]), ["$3"]);
    }

    #[test]
    fn a_change_of_profile_is_no_joining() {
        let said = |id| event(id, "m.room.message", &json!({}));
        let joined = json!({ "prev_content": { "membership": "join" } });
        assert_eq!(kept(vec![said("$1"), joining("$2", &joined), said("$3")]), ["$1", "$2", "$3"]);
    }
}
