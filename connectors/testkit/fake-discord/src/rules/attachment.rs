//! `attachments`: what is said of the files, old and new.

use std::collections::HashSet;

use serde_json::Value;

use super::file::{self, UploadedFile};
use super::finding::Findings;
use super::place::Place;
use super::snowflake::is_snowflake;

const KEYS: &[&str] =
    &["id", "filename", "description", "title", "duration_secs", "waveform", "is_spoiler", "is_remix"];
/// An id below this can't be Discord's own: it is the number of a new file.
const FIRST_OWN_ID: u64 = 1 << 22;

/// Every entry matches a new file, or (in an edit) may be one that the message has already; every new file is listed when
/// the list is there.
pub(super) fn check(body: &Place<'_>, files: &[UploadedFile], edits: bool, findings: &mut Findings) {
    file::check(files, findings);
    body.count_within("attachments", 0..=10, findings);
    let mut listed = HashSet::new();
    for attachment in body.items("attachments") {
        attachment.only(KEYS, findings);
        attachment.text_within("filename", 1..=1024, findings);
        attachment.text_within("description", 0..=1024, findings);
        attachment.text_within("title", 0..=1024, findings);
        if attachment.text("filename").is_some_and(|name| !file::is_plain_name(name)) {
            findings.add(
                attachment.under("filename"),
                "FILE_NAME_INVALID",
                "A name must say something, without a path.",
            );
        }
        attachment.needs("id", findings);
        let Some(id) = attachment.get("id") else { continue };
        let Some(number) = number(id.value) else {
            findings.add(id.path, "NUMBER_TYPE_COERCE", "This is not a snowflake.");
            continue;
        };
        let is_new = files.iter().any(|file| file.number() == Some(number));
        let may_be_there = edits && number >= FIRST_OWN_ID;
        if !is_new && !may_be_there {
            findings.add(id.path, "ATTACHMENT_NOT_FOUND", format!("There is no part `files[{number}]`."));
        } else if !listed.insert(number) {
            findings.add(id.path, "ATTACHMENT_ID_DUPLICATED", "Two attachments have the same id.");
        }
    }
    if body.has("attachments") {
        for file in files.iter().filter(|file| file.number().is_some_and(|number| !listed.contains(&number))) {
            let message = format!("`{}` came, and isn't listed.", file.field);
            findings.add(body.under("attachments"), "ATTACHMENT_NOT_LISTED", message);
        }
    }
}

fn number(id: &Value) -> Option<u64> {
    id.as_u64().or_else(|| if is_snowflake(id) { id.as_str()?.parse().ok() } else { None })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::rules::testing::{Attempt, file, long};

    fn create(attachments: &serde_json::Value) -> Attempt {
        Attempt::message(json!({ "content": "x", "attachments": attachments })).with_files(&[file(0, "a.png")])
    }

    #[test]
    fn an_entry_matches_a_file() {
        create(&json!([{ "id": 0, "filename": "a.png", "description": "Plan de la salle" }])).accepted();
        create(&json!([{ "id": "0", "description": null }])).accepted();
        create(&json!([{ "id": 0 }, { "id": 1 }])).refused(&["attachments/1/id: ATTACHMENT_NOT_FOUND"]);
        create(&json!([{ "id": 0 }, { "id": 0 }])).refused(&["attachments/1/id: ATTACHMENT_ID_DUPLICATED"]);
        create(&json!([{ "id": "a" }]))
            .refused(&["attachments/0/id: NUMBER_TYPE_COERCE", "attachments: ATTACHMENT_NOT_LISTED"]);
        create(&json!([])).refused(&["attachments: ATTACHMENT_NOT_LISTED"]);
    }

    #[test]
    fn only_an_edit_keeps_what_is_there() {
        let body = json!({ "attachments": [{ "id": "1200000000000000000" }] });
        Attempt::edit(body.clone()).accepted();
        Attempt::message(body).refused(&["attachments/0/id: ATTACHMENT_NOT_FOUND"]);
        Attempt::edit(json!({ "attachments": [{ "id": 0 }] })).refused(&["attachments/0/id: ATTACHMENT_NOT_FOUND"]);
    }

    #[test]
    fn texts_are_bounded_and_names_plain() {
        create(&json!([{ "id": 0, "description": long(1024) }])).accepted();
        create(&json!([{ "id": 0, "description": long(1025) }]))
            .refused(&["attachments/0/description: BASE_TYPE_MAX_LENGTH"]);
        create(&json!([{ "id": 0, "filename": "x/a.png" }])).refused(&["attachments/0/filename: FILE_NAME_INVALID"]);
        create(&json!([{ "id": 0, "alt": "x" }])).refused(&["attachments/0/alt: UNKNOWN_FIELD"]);
    }
}
