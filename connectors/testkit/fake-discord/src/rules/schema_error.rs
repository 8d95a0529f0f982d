//! Errors of a schema, told as Discord tells them.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;

use super::finding::{Findings, Path};

/// Adds what an error says, unless something is said of its place already.
pub(super) fn report(error: &ValidationError<'_>, findings: &mut Findings) {
    let mut found = Vec::new();
    tell(error, &mut found);
    for (path, code, message) in found {
        if !findings.speak_of(&path) {
            findings.add(path, code, message);
        }
    }
}

fn tell(error: &ValidationError<'_>, found: &mut Vec<(Path, &'static str, String)>) {
    let path = path_of(error);
    let under = |key: &str| path.iter().cloned().chain([key.to_owned()]).collect::<Path>();
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            let unknown = unexpected
                .iter()
                .map(|key| (under(key), "UNKNOWN_FIELD", "Discord's description has no such field here.".to_owned()));
            found.extend(unknown);
        }
        Kind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            found.push((under(key), "BASE_TYPE_REQUIRED", "This field is needed.".to_owned()));
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => union(&path, error, context, found),
        kind => found.push((path, code_of(kind), error.masked().to_string())),
    }
}

/// Of the parts of a union, the one that was meant is told: the one whose `type` fits, then the one with the least wrong.
fn union(
    path: &Path,
    error: &ValidationError<'_>,
    parts: &[Vec<ValidationError<'static>>],
    found: &mut Vec<(Path, &'static str, String)>,
) {
    let is_here = |error: &ValidationError<'_>| path_of(error) == *path;
    let is_null = |part: &Vec<ValidationError<'_>>| {
        part.len() == 1 && is_here(&part[0]) && matches!(part[0].kind(), Kind::Type { .. })
    };
    let has_other_type = |part: &Vec<ValidationError<'_>>| {
        part.iter().any(|error| {
            let place = path_of(error);
            place.len() == path.len() + 1
                && place.last().is_some_and(|key| key == "type")
                && matches!(error.kind(), Kind::Enum { .. } | Kind::AnyOf { .. } | Kind::Constant { .. })
        })
    };
    let constants = |part: &Vec<ValidationError<'_>>| matches!(part[0].kind(), Kind::Constant { .. });
    let real: Vec<_> = parts.iter().filter(|part| !part.is_empty() && !is_null(part)).collect();
    if real.is_empty() {
        found.push((path.clone(), "UNION_TYPE_CHOICES", error.masked().to_string()));
    } else if real.iter().all(|part| constants(part)) {
        found.push((path.clone(), "BASE_TYPE_CHOICES", "This is none of the known values.".to_owned()));
    } else if let Some(meant) = real.iter().filter(|part| !has_other_type(part)).min_by_key(|part| part.len()) {
        meant.iter().for_each(|error| tell(error, found));
    } else {
        let place = path.iter().cloned().chain(["type".to_owned()]).collect();
        found.push((place, "UNION_TYPE_CHOICES", "Nothing of this type can be here.".to_owned()));
    }
}

fn path_of(error: &ValidationError<'_>) -> Path {
    let pieces = error.instance_path().as_str().split('/').skip(1);
    pieces.map(|piece| piece.replace("~1", "/").replace("~0", "~")).collect()
}

fn code_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::MaxLength { .. } => "BASE_TYPE_MAX_LENGTH",
        Kind::MinLength { .. } => "BASE_TYPE_MIN_LENGTH",
        Kind::MaxItems { .. } | Kind::MinItems { .. } | Kind::MaxProperties { .. } | Kind::MinProperties { .. } => {
            "BASE_TYPE_BAD_LENGTH"
        }
        Kind::Maximum { .. } => "NUMBER_TYPE_MAX",
        Kind::Minimum { .. } => "NUMBER_TYPE_MIN",
        Kind::Constant { .. } | Kind::Enum { .. } => "BASE_TYPE_CHOICES",
        Kind::UniqueItems => "SET_TYPE_CONTAINS_DUPLICATES",
        Kind::Pattern { .. } => "STRING_TYPE_REGEX",
        Kind::Type { .. } => "BASE_TYPE_CONVERT",
        _ => "BASE_TYPE_INVALID",
    }
}
