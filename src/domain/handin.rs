//! What is handed in: its name made safe, its link checked, its receipt.
//!
//! A file is kept by the hash of its content, outside the database, under a name of ours; the name that its sender gave is
//! only ever shown, and given back on download. It is never executed. A link is shown, never fetched. Called by `/livrable`.

mod link;
mod name;
mod quotas;

pub use link::{Link, NotALink};
pub use name::{Caution, FileName};
pub use quotas::{Quotas, Room};

use super::timing::Timing;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// The SHA-256 of what was handed in: 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint(String);

/// What was given isn't a SHA-256 in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256: 64 hexadecimal digits were expected")]
pub struct NotAFingerprint;

impl Fingerprint {
    /// The fingerprint of a content: a file's bytes, or a link's address as text.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        use fmt::Write as _;
        let hash = Sha256::digest(content);
        Self(hash.iter().fold(String::with_capacity(64), |mut out, byte| {
            // Writing to a string never fails.
            let _ = write!(out, "{byte:02x}");
            out
        }))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = NotAFingerprint;

    fn try_from(digits: String) -> Result<Self, NotAFingerprint> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if digits.len() == 64 && digits.bytes().all(digit) { Ok(Self(digits)) } else { Err(NotAFingerprint) }
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A size in bytes, written as French does: `1,2 Mo`, by thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Size(pub u64);

impl fmt::Display for Size {
    /// In the greatest unit of which there is one, with a decimal under ten. Rounded to the nearest.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 6] = ["ko", "Mo", "Go", "To", "Po", "Eo"];
        if self.0 < 1_000 {
            return write!(f, "{}\u{a0}{}", self.0, if self.0 < 2 { "octet" } else { "octets" });
        }
        let mut size = u128::from(self.0);
        let mut unit = 1_000u128;
        for name in UNITS {
            // 999 950 bytes are 1 Mo, not 1000 ko.
            if size * 2 < 1_999 * unit || name == "Eo" {
                let tenths = (size * 10 + unit / 2) / unit;
                return match (tenths / 10, tenths % 10) {
                    (whole @ 0..10, rest @ 1..) => write!(f, "{whole},{rest}\u{a0}{name}"),
                    (whole @ 0..10, _) => write!(f, "{whole}\u{a0}{name}"),
                    _ => write!(f, "{}\u{a0}{name}", (size + unit / 2) / unit),
                };
            }
            unit *= 1_000;
        }
        size /= unit;
        write!(f, "{size}\u{a0}Eo")
    }
}

/// What was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A file, by the name that is shown.
    File {
        /// Its name, safe.
        name: FileName,
        /// Its size.
        size: Size,
    },
    /// A page.
    Link(Link),
}

/// The proof of a hand-in: one version of a deliverable, as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Version of the deliverable, from 1.
    pub version: u32,
    /// What was handed in.
    pub content: Content,
    /// Fingerprint of the file's bytes, or of the link's address: what stands behind a link may change.
    pub sha256: Fingerprint,
    /// When it was received.
    pub received_at: Timestamp,
    /// Early or late, where the deliverable has a date.
    pub timing: Option<Timing>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_in_french() {
        for (bytes, words) in [
            (0, "0 octet"),
            (1, "1 octet"),
            (999, "999 octets"),
            (1_000, "1 ko"),
            (1_234_567, "1,2 Mo"),
            (1_950_000, "2 Mo"),
            (9_949, "9,9 ko"),
            (9_950, "10 ko"),
            (10_400, "10 ko"),
            (999_499, "999 ko"),
            (999_500, "1 Mo"),
            (25_000_000, "25 Mo"),
            (u64::MAX, "18 Eo"),
        ] {
            assert_eq!(Size(bytes).to_string().replace('\u{a0}', " "), words, "{bytes}");
        }
    }

    #[test]
    fn a_fingerprint_is_that_of_the_content() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Fingerprint::of(b"").as_str(), empty);
        assert_eq!(Fingerprint::try_from(empty.to_owned()), Ok(Fingerprint::of(b"")));
        for bad in [String::new(), empty.to_uppercase(), empty[1..].to_owned(), "é".repeat(32)] {
            assert_eq!(Fingerprint::try_from(bad), Err(NotAFingerprint));
        }
    }

    proptest! {
        #[test]
        fn a_size_is_at_most_three_digits(bytes: u64) {
            let written = Size(bytes).to_string();
            let number = written.split('\u{a0}').next().unwrap_or_default();
            prop_assert!(number.len() <= 3 && !number.is_empty() && number != "0" || bytes == 0, "{}", written);
        }
    }
}
