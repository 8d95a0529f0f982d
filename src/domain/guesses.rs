//! How often somebody may be wrong about a code: a few times, so that nobody finds one by trying.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::hash::Hash;

/// Wrong codes after which no other is looked at.
const MOST: u8 = 5;

/// For how long, from the first of them.
const FOR: SignedDuration = SignedDuration::from_mins(15);

/// People remembered before those who may try again are forgotten.
const MANY: usize = 1_000;

/// The codes that people tried of late.
#[derive(Debug)]
pub struct Guesses<Person>(HashMap<Person, Tried>);

/// The codes that one person tried.
#[derive(Debug, Clone, Copy)]
struct Tried {
    times: u8,
    until: Timestamp,
}

impl<Person> Default for Guesses<Person> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<Person: Eq + Hash> Guesses<Person> {
    /// Notes that somebody tries a code, before it is looked at: those that they try at the same time count too.
    ///
    /// # Errors
    ///
    /// When they may try again, if they tried too often.
    pub fn tries(&mut self, person: Person, now: Timestamp) -> Result<(), Timestamp> {
        if self.0.len() >= MANY {
            self.0.retain(|_, tried| tried.until > now);
        }
        let tried = self.0.entry(person).or_insert(Tried { times: 0, until: now + FOR });
        if tried.until <= now {
            *tried = Tried { times: 0, until: now + FOR };
        }
        if tried.times >= MOST {
            return Err(tried.until);
        }
        tried.times += 1;
        Ok(())
    }

    /// Forgets what somebody tried: they had a right one, which did what it is for. A code of their own, which does nothing,
    /// doesn't: it would let them try for as long as they like.
    pub fn found(&mut self, person: &Person) {
        self.0.remove(person);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        let start: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
        start + SignedDuration::from_mins(minutes)
    }

    #[test]
    fn after_a_few_wrong_codes_one_waits() {
        let mut guesses = Guesses::default();
        for minute in 0..5 {
            assert_eq!(guesses.tries("eve", at(minute)), Ok(()));
        }
        assert_eq!(guesses.tries("eve", at(5)), Err(at(15)));
        assert_eq!(guesses.tries("alice", at(5)), Ok(()));
        assert_eq!(guesses.tries("eve", at(14)), Err(at(15)));
        assert_eq!(guesses.tries("eve", at(15)), Ok(()));
    }

    #[test]
    fn a_right_code_makes_up_for_wrong_ones() {
        let mut guesses = Guesses::default();
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(guesses.tries("alice", at(0)), Ok(()));
            }
            guesses.found(&"alice");
        }
    }
}
