//! The making of a thread.

use super::finding::Findings;
use super::place::Place;

/// Fields of a thread without a message.
const FIELDS: [&str; 5] = ["name", "type", "invitable", "auto_archive_duration", "rate_limit_per_user"];
/// Minutes after which a thread may be put aside.
const PATIENCES: [i64; 4] = [60, 1440, 4320, 10_080];

pub(super) fn check(body: &Place<'_>, findings: &mut Findings) {
    body.only(&FIELDS, findings);
    body.needs_text("name", 1..=100, findings);
    body.boolean("invitable", findings);
    body.integer_within("type", 10..=12, findings);
    body.integer_within("rate_limit_per_user", 0..=21_600, findings);
    if body.has("auto_archive_duration")
        && !body.integer("auto_archive_duration").is_some_and(|minutes| PATIENCES.contains(&minutes))
    {
        let message = "Value must be one of (60, 1440, 4320, 10080).";
        findings.add(body.under("auto_archive_duration"), "BASE_TYPE_CHOICES", message);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{Attempt, long};

    fn thread(body: Value) -> Attempt {
        Attempt::new("POST", "/channels/1/threads", body)
    }

    #[test]
    fn a_thread_has_a_name_and_one_of_four_durations() {
        let whole = json!({ "name": long(100), "type": 12, "invitable": false, "auto_archive_duration": 10_080 });
        thread(whole).accepted();
        thread(json!({ "name": "" })).refused(&["name: BASE_TYPE_BAD_LENGTH"]);
        thread(json!({ "name": long(101) })).refused(&["name: BASE_TYPE_BAD_LENGTH"]);
        thread(json!({ "type": 12 })).refused(&["name: BASE_TYPE_REQUIRED"]);
        thread(json!({ "name": "a", "auto_archive_duration": 7 }))
            .refused(&["auto_archive_duration: BASE_TYPE_CHOICES"]);
        thread(json!({ "name": "a", "members": [1] })).refused(&["members: UNKNOWN_FIELD"]);
    }
}
