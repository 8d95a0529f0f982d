//! Competency codes: one canonical writing, however they were typed or printed.
//!
//! Documents and people write the same code in many ways (`C5-2`, `c5.2`, `C5.2.`, `B2 C3`). Everything inside Vigie uses
//! the canonical one: upper-case letters, numbers joined by single dots, and `B2.C3` where a bloc is part of the code.

use regex::Regex;
use serde::{Deserialize, Deserializer, Serialize, de};
use std::{fmt, str::FromStr, sync::LazyLock};

/// A canonical competency code, such as `C5.2`, `A4C11`, `1.3.2` or `B2.C3`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct CompetencyCode(String);

/// What was given is not written as a competency code is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a competency code (expected something like C1.5, A2C4, 3.2.1 or B2.C3)")]
pub struct NotACode(String);

/// An optional bloc or activity (`B2`, `A4`), an optional letter, then one to four numbers.
static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    const SEPARATOR: &str = r"[\s.\-–_/]";
    Regex::new(&format!(
        r"(?i)^\s*(?:(?<part>[a-z])\s*(?<partno>\d{{1,3}}){SEPARATOR}*(?<inner>[a-z])|(?<letter>[a-z]{{1,2}}))?\s*(?<numbers>\d{{1,3}}(?:{SEPARATOR}+\d{{1,3}}){{0,3}})\s*[.)]?\s*$"
    ))
    .expect("the pattern is constant")
});

impl CompetencyCode {
    /// The code generated for the `number`th competency (from 1) of a bloc whose document has no codes.
    #[must_use]
    pub fn generated(bloc: &str, number: usize) -> Self {
        Self(format!("{bloc}.C{number}"))
    }

    /// The canonical writing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CompetencyCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let refuse = || NotACode(text.chars().take(40).collect());
        let found = SHAPE.captures(text).ok_or_else(refuse)?;
        let numbers: Vec<&str> = found["numbers"]
            .split(|c: char| !c.is_ascii_digit())
            .filter(|n| !n.is_empty())
            .map(|n| match n.trim_start_matches('0') {
                "" => "0",
                n => n,
            })
            .collect();
        let numbers = numbers.join(".");
        let upper = |name: &str| found.name(name).map(|m| m.as_str().to_uppercase());
        let letters = match (upper("part"), upper("inner")) {
            (Some(part), Some(inner)) => {
                let dot = if part == "B" { "." } else { "" };
                format!("{part}{}{dot}{inner}", &found["partno"])
            }
            _ => upper("letter").unwrap_or_default(),
        };
        if letters.is_empty() && !numbers.contains('.') {
            return Err(refuse());
        }
        Ok(Self(letters + &numbers))
    }
}

impl fmt::Display for CompetencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CompetencyCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, canonical: Option<&str>) {
        let code = typed.parse::<CompetencyCode>().ok();
        assert_eq!(code.as_ref().map(CompetencyCode::as_str), canonical, "{typed:?}");
    }

    #[test]
    fn one_code_has_one_writing() {
        for typed in ["C5.2", "c5.2", "C5-2", "C5.2.", " c5 2 ", "C 5.2", "C5–2", "C05.2"] {
            check(typed, Some("C5.2"));
        }
        check("a2c4", Some("A2C4"));
        check("A1 C6", Some("A1C6"));
        check("A4C7.", Some("A4C7"));
        check("b2c3", Some("B2.C3"));
        check("B2 . C3", Some("B2.C3"));
        check("3.2.1.", Some("3.2.1"));
        check("C18", Some("C18"));
    }

    #[test]
    fn words_and_bare_numbers_are_not_codes() {
        for typed in ["", "12", "rgpd", "C", "1.2.3.4.5", "2026-11-23T09", "C1 et C2"] {
            check(typed, None);
        }
    }
}
