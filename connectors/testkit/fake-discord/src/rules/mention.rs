//! `allowed_mentions`: whom a message may ping.

use super::House;
use super::finding::Findings;
use super::place::Place;

const KEYS: &[&str] = &["parse", "users", "roles", "replied_user"];
const MOST: usize = 100;

/// The object is there when the house demands it, and says one thing of each kind.
pub(super) fn check(body: &Place<'_>, house: House, findings: &mut Findings) {
    let Some(allowed) = body.get("allowed_mentions") else {
        if house == House::DemandsAllowedMentions {
            let message = "Every message must say whom it may ping. (Discord itself doesn't demand it.)";
            findings.add(body.under("allowed_mentions"), "ALLOWED_MENTIONS_REQUIRED", message);
        }
        return;
    };
    allowed.only(KEYS, findings);
    allowed.boolean("replied_user", findings);
    allowed.count_within("parse", 0..=3, findings);
    allowed.snowflakes("users", MOST, findings);
    allowed.snowflakes("roles", MOST, findings);
    let mut parsed = Vec::new();
    for kind in allowed.items("parse") {
        let name = kind.value.as_str().unwrap_or_default();
        if !["users", "roles", "everyone"].contains(&name) {
            findings.add(kind.path, "BASE_TYPE_CHOICES", "Must be one of users, roles, everyone.");
        } else if parsed.contains(&name) {
            findings.add(kind.path, "SET_TYPE_CONTAINS_DUPLICATES", "This is in the list already.");
        } else if allowed.fills(name) {
            let message = format!("`parse` with \"{name}\" and a list of {name} exclude each other.");
            findings.add(kind.path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
        }
        parsed.push(name);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::Attempt;

    fn with(allowed: &Value) -> Attempt {
        Attempt::message(json!({ "content": "x", "allowed_mentions": allowed }))
    }

    #[test]
    fn parse_and_lists_exclude_each_other() {
        with(&json!({ "parse": ["users"], "users": [], "roles": [] })).accepted();
        with(&json!({ "parse": ["roles"], "users": ["12"], "replied_user": false })).accepted();
        with(&json!({ "parse": ["users"], "users": ["12"] }))
            .refused(&["allowed_mentions/parse/0: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"]);
    }

    #[test]
    fn entries_are_known_and_few() {
        with(&json!({ "parse": ["here"] })).refused(&["allowed_mentions/parse/0: BASE_TYPE_CHOICES"]);
        with(&json!({ "parse": ["users", "users"] }))
            .refused(&["allowed_mentions/parse/1: SET_TYPE_CONTAINS_DUPLICATES"]);
        let people: Vec<String> = (1..=101).map(|id| id.to_string()).collect();
        with(&json!({ "users": people[..100] })).accepted();
        with(&json!({ "users": people })).refused(&["allowed_mentions/users: BASE_TYPE_BAD_LENGTH"]);
        with(&json!({ "roles": people })).refused(&["allowed_mentions/roles: BASE_TYPE_BAD_LENGTH"]);
        with(&json!({ "users": ["bob"] })).refused(&["allowed_mentions/users/0: NUMBER_TYPE_COERCE"]);
        with(&json!({ "everyone": true })).refused(&["allowed_mentions/everyone: UNKNOWN_FIELD"]);
    }

    #[test]
    fn the_house_demands_it_unless_told_not_to() {
        let bare = Attempt::message(json!({ "content": "x" })).without_allowed_mentions();
        bare.refused(&["allowed_mentions: ALLOWED_MENTIONS_REQUIRED"]);
        assert!(bare.as_discord().is_ok());
        Attempt::edit(json!({ "content": "x" }))
            .without_allowed_mentions()
            .refused(&["allowed_mentions: ALLOWED_MENTIONS_REQUIRED"]);
        Attempt::callback(json!({ "type": 4, "data": { "content": "x" } }))
            .without_allowed_mentions()
            .refused(&["data/allowed_mentions: ALLOWED_MENTIONS_REQUIRED"]);
    }
}
