//! A reaction to a message: a number pressed.

use matrix_sdk::ruma::{OwnedEventId, UserId, events::reaction::OriginalSyncReactionEvent};
use vigie_chat::folded;

/// A number that somebody pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reacted {
    /// The message under which.
    pub(crate) message: OwnedEventId,
    /// Which number, from 1.
    pub(crate) number: usize,
}

/// What a reaction presses. The bot's own, which show what can be pressed, press nothing; nor do those that are no number.
pub(crate) fn reacted(event: &OriginalSyncReactionEvent, bot: &UserId) -> Option<Reacted> {
    if event.sender == bot {
        return None;
    }
    let annotation = &event.content.relates_to;
    Some(Reacted { message: annotation.event_id.clone(), number: pressed(&annotation.key)? })
}

/// The number of a key: `2️⃣` with or without its variation selector, `🔟`, `②`, `2`, `11`.
fn pressed(key: &str) -> Option<usize> {
    // Folding takes the enclosing keycap and the variation selector away, and leaves the digit.
    let key = folded(key.trim());
    if key.starts_with('\u{1f51f}') {
        return (key.chars().count() == 1).then_some(10);
    }
    let digits = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()) && !key.starts_with('0');
    digits.then(|| key.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use matrix_sdk::ruma::user_id;
    use serde_json::json;

    #[test]
    fn numbers_are_read_however_they_are_pressed() {
        for (key, number) in [
            ("1\u{fe0f}\u{20e3}", Some(1)),
            ("2\u{20e3}", Some(2)),
            ("9", Some(9)),
            ("11", Some(11)),
            ("1\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3}", Some(11)),
            ("\u{1f51f}", Some(10)),
            ("③", Some(3)),
            ("0", None),
            ("01", None),
            ("", None),
            ("👍", None),
            ("\u{1f51f}\u{1f51f}", None),
            ("1 2", None),
            ("-1", None),
            ("99999999999999999999999", None),
        ] {
            assert_eq!(pressed(key), number, "{key:?}");
        }
    }

    #[test]
    fn the_bots_own_reactions_press_nothing() {
        let event: OriginalSyncReactionEvent = serde_json::from_value(json!({
            "type": "m.reaction", "event_id": "$r", "origin_server_ts": 1, "sender": "@alice:exemple.fr",
            "content": { "m.relates_to": { "rel_type": "m.annotation", "event_id": "$offer", "key": "2" } },
        }))
        .expect("an event");
        let pressed = reacted(&event, user_id!("@vigie:exemple.fr")).expect("a number");
        assert_eq!((pressed.message.as_str(), pressed.number), ("$offer", 2));
        assert_eq!(reacted(&event, user_id!("@alice:exemple.fr")), None);
    }

    #[test]
    fn a_withdrawn_reaction_is_no_reaction() {
        let redacted = json!({
            "type": "m.reaction", "event_id": "$r", "origin_server_ts": 1, "sender": "@alice:exemple.fr", "content": {},
            "unsigned": { "redacted_because": {} },
        });
        assert!(serde_json::from_value::<OriginalSyncReactionEvent>(redacted).is_err());
    }
}
