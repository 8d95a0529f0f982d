//! Codes by which a room joins a space: short, easy to copy by hand, of use once and for a quarter of an hour.

use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// The letters of a code: no vowels, so that none is a word, and none that look alike.
const LETTERS: [char; 16] = ['B', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'M', 'P', 'R', 'T', 'V', 'W', 'X', 'Z'];

/// Letters of a code: four thousand million codes, of which nobody may try more than a few.
const LENGTH: usize = 8;

/// How long a code is of use.
pub const LIFE: SignedDuration = SignedDuration::from_mins(15);

/// A code by which a room joins a space.
#[derive(Clone, PartialEq, Eq)]
pub struct JoiningCode(String);

impl JoiningCode {
    /// The code of a number drawn at random, of which it takes four bits a letter.
    #[must_use]
    pub fn drawn(chance: u64) -> Self {
        let letter = |rank: usize| LETTERS[usize::from((chance >> (4 * rank)).to_le_bytes()[0] & 15)];
        Self((0..LENGTH).map(letter).collect())
    }

    /// What somebody typed, in whatever case, with or without what parts it; none if it can't be a code.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let parting = |c: &char| !(c.is_whitespace() || matches!(c, '-' | '‑' | '–' | '.'));
        let letters: String = typed.chars().filter(parting).flat_map(char::to_uppercase).collect();
        let whole = letters.chars().count() == LENGTH && letters.chars().all(|letter| LETTERS.contains(&letter));
        whole.then_some(Self(letters))
    }

    /// The code as people read it: `BCDF-GHJK`.
    #[must_use]
    pub fn shown(&self) -> String {
        let (first, last) = self.0.split_at(LENGTH / 2);
        format!("{first}-{last}")
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> String {
        use fmt::Write as _;
        Sha256::digest(&self.0).iter().fold(String::new(), |mut hash, byte| {
            // Writing to a string never fails.
            let _ = write!(hash, "{byte:02x}");
            hash
        })
    }
}

/// Whoever has a code may use it: it is in no log.
impl fmt::Debug for JoiningCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoiningCode")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = JoiningCode::drawn(0x7654_3210);
        assert_eq!(code.shown(), "BCDF-GHJK");
        for typed in ["BCDF-GHJK", "bcdfghjk", " bcdf ghjk ", "BCDF – GHJK.", "b c d f g h j k"] {
            assert_eq!(JoiningCode::read(typed), Some(code.clone()), "{typed}");
        }
        for typed in ["", "BCDF", "BCDF-GHJKM", "ABCD-EFGH", "BCDF-GHJ1", "bcdf_ghjk"] {
            assert_eq!(JoiningCode::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_kept_does_not_tell_the_code() {
        let code = JoiningCode::drawn(0x7654_3210);
        assert_eq!(code.hash().len(), 64);
        assert!(!code.hash().to_uppercase().contains("BCDF") && !format!("{code:?}").contains("BCDF"));
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(chance: u64) {
            let code = JoiningCode::drawn(chance);
            prop_assert_eq!(JoiningCode::read(&code.shown()), Some(code));
        }

        #[test]
        fn anything_can_be_typed(typed: String) {
            let read = JoiningCode::read(&typed);
            prop_assert!(read.is_none_or(|code| JoiningCode::read(&code.shown()).is_some()));
        }
    }
}
