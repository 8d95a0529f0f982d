//! The secret part of the address at which somebody reads their own calendar.
//!
//! Whoever has it reads the calendar: it is shown once, to the person alone, and only its hash is kept. It is in no log.

use sha2::{Digest as _, Sha256};
use std::fmt;

/// Letters and digits of which none looks like another: five bits each.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// Letters that one drawn number gives: sixty of its bits.
const A_NUMBER: usize = 12;

/// Letters in all: 180 bits, which nobody guesses.
const LENGTH: usize = 3 * A_NUMBER;

/// What follows it in an address.
const EXTENSION: &str = ".ics";

/// A secret that leads to one person's calendar.
#[derive(Clone, PartialEq, Eq)]
pub struct FeedSecret(String);

impl FeedSecret {
    /// The secret of three numbers drawn at random.
    #[must_use]
    pub fn drawn(chance: [u64; 3]) -> Self {
        let letters = chance.into_iter().flat_map(|number| {
            (0..A_NUMBER).map(move |rank| LETTERS[usize::from((number >> (5 * rank)).to_le_bytes()[0] & 31)])
        });
        Self(letters.map(char::from).collect())
    }

    /// The secret of the last part of an address; none if it can't be one.
    #[must_use]
    pub fn read(part: &str) -> Option<Self> {
        let letters = part.strip_suffix(EXTENSION)?;
        let whole = letters.len() == LENGTH && letters.bytes().all(|letter| LETTERS.contains(&letter));
        whole.then(|| Self(letters.to_owned()))
    }

    /// The last part of its address.
    #[must_use]
    pub fn part(&self) -> String {
        format!("{}{EXTENSION}", self.0)
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

/// Whoever has a secret may use it: it is in no log.
impl fmt::Debug for FeedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FeedSecret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn only_what_was_drawn_reads_as_a_secret() {
        let secret = FeedSecret::drawn([1, 2, 3]);
        assert_eq!(secret.part().len(), LENGTH + EXTENSION.len());
        for part in ["", ".ics", "abc.ics", &secret.part().to_uppercase(), &secret.part().replace(".ics", "")] {
            assert_eq!(FeedSecret::read(part), None, "{part}");
        }
        assert_eq!(FeedSecret::read(&format!("a{}", secret.part())), None);
        assert!(!format!("{secret:?}").contains(&secret.0) && !secret.hash().contains(&secret.0));
        let letters: BTreeSet<u8> = LETTERS.iter().copied().collect();
        assert_eq!(letters.len(), 32, "five bits a letter");
    }

    proptest! {
        #[test]
        fn what_is_given_reads_back(chance: [u64; 3], bit in 0..60u32, number in 0..3usize) {
            let secret = FeedSecret::drawn(chance);
            prop_assert_eq!(FeedSecret::read(&secret.part()), Some(secret.clone()));
            let mut other = chance;
            other[number] ^= 1 << bit;
            prop_assert_ne!(FeedSecret::drawn(other), secret, "each bit counts");
        }

        #[test]
        fn anything_may_stand_in_an_address(part: String) {
            let _ = FeedSecret::read(&part);
        }
    }
}
