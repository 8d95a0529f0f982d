//! Files that come beside a body.

use std::collections::HashSet;

use super::Refusal;
use super::finding::Findings;

/// The most that Discord takes for one file of a server without boosts, in bytes (10 MiB).
const MOST_BYTES: usize = 10 * 1024 * 1024;
const MOST_FILES: usize = 10;

/// A file of a form, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedFile {
    /// The name of the form's field, such as `files[0]`.
    pub field: String,
    /// The file's own name.
    pub name: String,
    /// In bytes.
    pub size: usize,
}

impl UploadedFile {
    /// The `n` of `files[n]`.
    pub(super) fn number(&self) -> Option<u64> {
        self.field.strip_prefix("files[")?.strip_suffix(']')?.parse().ok()
    }
}

/// # Errors
///
/// 413 when a file is larger than Discord takes.
pub(super) fn small_enough(files: &[UploadedFile]) -> Result<(), Refusal> {
    if files.iter().any(|file| file.size > MOST_BYTES) { Err(Refusal::too_large()) } else { Ok(()) }
}

/// The files of a message: how many, in which fields, under which names.
pub(super) fn check(files: &[UploadedFile], findings: &mut Findings) {
    if files.len() > MOST_FILES {
        findings.add(vec!["files".into()], "BASE_TYPE_BAD_LENGTH", format!("Must be {MOST_FILES} files at most."));
    }
    let mut fields = HashSet::new();
    for file in files {
        let place = vec![file.field.clone()];
        if file.number().is_none() {
            findings.add(place, "UNKNOWN_FIELD", "A file's field must be `files[n]`.");
        } else if !fields.insert(&file.field) {
            findings.add(place, "FILE_FIELD_DUPLICATED", "Two files are in the same field.");
        } else if !is_plain_name(&file.name) {
            findings.add(place, "FILE_NAME_INVALID", "A file's name must say something, without a path.");
        }
    }
}

/// Neither empty nor with a folder.
pub(super) fn is_plain_name(name: &str) -> bool {
    !name.trim().is_empty() && !name.contains(['/', '\\'])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rules::testing::{Attempt, file};

    fn message(files: &[UploadedFile]) -> Attempt {
        Attempt::message(json!({ "content": "x" })).with_files(files)
    }

    #[test]
    fn a_file_has_at_most_ten_mebibytes() {
        let mut large = file(0, "plan.pdf");
        large.size = MOST_BYTES;
        message(std::slice::from_ref(&large)).accepted();
        large.size += 1;
        let refusal = message(&[large]).refusal();
        assert_eq!((refusal.status, refusal.code), (413, 40005));
    }

    #[test]
    fn ten_files_at_most() {
        let files: Vec<UploadedFile> = (0..11).map(|n| file(n, "plan.pdf")).collect();
        message(&files[..10]).accepted();
        message(&files).refused(&["files: BASE_TYPE_BAD_LENGTH"]);
    }

    #[test]
    fn fields_and_names_are_plain() {
        let named = |field: &str, name: &str| UploadedFile { field: field.into(), name: name.into(), size: 1 };
        message(&[named("file", "a.png")]).refused(&["file: UNKNOWN_FIELD"]);
        message(&[named("files[0]", "../a.png")]).refused(&["files[0]: FILE_NAME_INVALID"]);
        message(&[named("files[0]", "")]).refused(&["files[0]: FILE_NAME_INVALID"]);
        message(&[file(0, "a"), file(0, "b")]).refused(&["files[0]: FILE_FIELD_DUPLICATED"]);
    }
}
