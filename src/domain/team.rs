//! Teams: their size by the brief, their names, their states.
//!
//! The store keeps seats and makes sure that two people never take the last one; this module says how many there are.

use super::limits::{self, NotTaken};
use serde::{Deserialize, Serialize};
use std::fmt;
use vigie_chat::folded;

/// How many people a team has.
///
/// "4, 5 if the class is odd": `most` is 4 and `most_if_odd` 5. Invariant: `1 ≤ least ≤ most ≤ most_if_odd ≤ 12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Sizes", into = "Sizes")]
pub struct TeamSize {
    least: u32,
    most: u32,
    most_if_odd: Option<u32>,
}

/// The numbers of a size as they are stored.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Sizes {
    least: u32,
    most: u32,
    most_if_odd: Option<u32>,
}

impl TryFrom<Sizes> for TeamSize {
    type Error = NotASize;

    fn try_from(sizes: Sizes) -> Result<Self, NotASize> {
        Self::new(sizes.least, sizes.most, sizes.most_if_odd)
    }
}

impl From<TeamSize> for Sizes {
    fn from(TeamSize { least, most, most_if_odd }: TeamSize) -> Self {
        Self { least, most, most_if_odd }
    }
}

/// Numbers that are no size of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "Une équipe compte de 1 à {most}\u{a0}personnes, le minimum ne dépasse pas le maximum, et la tolérance n’est pas plus petite \
     que lui. Exemple\u{a0}: 2 à 4, 5 si la promotion est impaire.",
    most = TeamSize::MOST
)]
pub struct NotASize;

impl TeamSize {
    /// Most people in a team, whatever a brief says.
    pub const MOST: u32 = 12;

    /// A size; a tolerance equal to `most` is none.
    ///
    /// # Errors
    ///
    /// [`NotASize`] when the numbers contradict each other or go past [`Self::MOST`].
    pub fn new(least: u32, most: u32, most_if_odd: Option<u32>) -> Result<Self, NotASize> {
        let greatest = most_if_odd.unwrap_or(most);
        let fits = least >= 1 && least <= most && most <= greatest && greatest <= Self::MOST;
        fits.then_some(Self { least, most, most_if_odd: most_if_odd.filter(|greatest| *greatest > most) })
            .ok_or(NotASize)
    }

    /// Fewest people.
    #[must_use]
    pub fn least(self) -> u32 {
        self.least
    }

    /// Most people, without the tolerance.
    #[must_use]
    pub fn most(self) -> u32 {
        self.most
    }

    /// Most people where the class is odd, if the brief says so.
    #[must_use]
    pub fn most_if_odd(self) -> Option<u32> {
        self.most_if_odd
    }

    /// Most people in a class of so many. Where the number isn't known, the tolerance isn't given: a trainer decides.
    #[must_use]
    pub fn most_in(self, class: Option<u32>) -> u32 {
        let odd = class.is_some_and(|class| class % 2 == 1);
        self.most_if_odd.filter(|_| odd).unwrap_or(self.most)
    }

    /// How a team of `members` stands in a class of so many.
    #[must_use]
    pub fn fit(self, members: u32, class: Option<u32>) -> Fit {
        if members < self.least {
            Fit::TooFew { missing: self.least - members }
        } else if members < self.most {
            Fit::Open { seats: self.most - members }
        } else if members < self.most_in(class) {
            Fit::ByTolerance { seats: self.most_in(class) - members }
        } else if members <= self.most_in(class) {
            Fit::Full
        } else {
            Fit::TooMany { over: members - self.most_in(class) }
        }
    }
}

impl Default for TeamSize {
    /// Up to four, as in the MSPR of every référentiel that says a number: for briefs that say nothing, of référentiels that
    /// say nothing.
    fn default() -> Self {
        Self { least: 1, most: 4, most_if_odd: None }
    }
}

impl fmt::Display for TeamSize {
    /// `2 à 4 personnes, 5 si la promotion est impaire`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let people = if self.most < 2 { "personne" } else { "personnes" };
        if self.least < self.most {
            write!(f, "{} à {}\u{a0}{people}", self.least, self.most)?;
        } else {
            write!(f, "{}\u{a0}{people}", self.most)?;
        }
        match self.most_if_odd {
            Some(most) => write!(f, ", {most} si la promotion est impaire"),
            None => Ok(()),
        }
    }
}

/// How a team's number of members stands against its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Fewer than the brief asks.
    TooFew {
        /// How many more it takes.
        missing: u32,
    },
    /// Enough, with seats left.
    Open {
        /// Seats left, without the tolerance.
        seats: u32,
    },
    /// At its size; more only because the class is odd.
    ByTolerance {
        /// Seats left by the tolerance.
        seats: u32,
    },
    /// No seat left.
    Full,
    /// More than there are seats: the brief or the class has changed since.
    TooMany {
        /// How many more.
        over: u32,
    },
}

/// How far a team is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamState {
    /// It works, whether or not seats are left.
    #[default]
    Active,
    /// Its brief is closed: all is kept, nothing changes.
    Frozen,
    /// It was dissolved: its history is kept.
    Dissolved,
}

/// How somebody comes into a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joining {
    /// Whoever asks is in, while there is a seat.
    #[default]
    Open,
    /// The captain agrees first.
    WithAgreement,
}

/// How a person stands in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Asked to join, and waits for the captain; takes no seat yet.
    Asked,
    /// A member.
    Member,
    /// The member who answers for the team.
    Captain,
    /// Was a member: their history stays.
    Left,
}

impl Seat {
    /// Whether a seat is taken.
    #[must_use]
    pub fn is_taken(self) -> bool {
        matches!(self, Self::Member | Self::Captain)
    }
}

/// The name of a team: one line, 1 to 60 characters, of which at least one is a letter or a digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TeamName(String);

/// A text that is no name of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    /// Empty or too long.
    #[error(transparent)]
    Length(#[from] NotTaken),
    /// Signs only: nobody could call it.
    #[error("Le nom de l’équipe doit contenir au moins une lettre ou un chiffre.")]
    NothingToSay,
}

impl TeamName {
    /// Reads a name, cleaned.
    ///
    /// # Errors
    ///
    /// [`NotAName`], which says what is wrong.
    pub fn read(text: &str) -> Result<Self, NotAName> {
        let name = limits::TEAM_NAME.read(text)?;
        let name = Self(name);
        if name.key().is_empty() { Err(NotAName::NothingToSay) } else { Ok(name) }
    }

    /// The name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two names have in common that people would call the same: the store keeps it unique within a brief.
    #[must_use]
    pub fn key(&self) -> String {
        let folded = folded(&self.0);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }
}

impl fmt::Display for TeamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn four_or_five_if_the_class_is_odd() {
        let size = TeamSize::new(2, 4, Some(5)).expect("a size");
        assert_eq!([Some(24), Some(25), None].map(|class| size.most_in(class)), [4, 5, 4]);
        assert_eq!(size.fit(1, None), Fit::TooFew { missing: 1 });
        assert_eq!(size.fit(3, Some(25)), Fit::Open { seats: 1 });
        assert_eq!(size.fit(4, Some(24)), Fit::Full);
        assert_eq!(size.fit(4, Some(25)), Fit::ByTolerance { seats: 1 });
        assert_eq!(size.fit(5, Some(25)), Fit::Full);
        assert_eq!(size.fit(5, Some(24)), Fit::TooMany { over: 1 });
        assert_eq!(size.to_string(), "2 à 4\u{a0}personnes, 5 si la promotion est impaire");
    }

    #[test]
    fn sizes_that_contradict_themselves_are_refused() {
        for (least, most, odd) in [(0, 4, None), (5, 4, None), (2, 4, Some(3)), (1, 13, None), (1, 4, Some(13))] {
            assert_eq!(TeamSize::new(least, most, odd), Err(NotASize), "{least} {most} {odd:?}");
        }
        assert_eq!(TeamSize::new(4, 4, Some(4)).map(TeamSize::most_if_odd), Ok(None));
        assert_eq!(TeamSize::new(1, 1, None).expect("a size").to_string(), "1\u{a0}personne");
    }

    #[test]
    fn names_that_people_would_confuse_have_one_key() {
        let key = |name: &str| TeamName::read(name).expect("a name").key();
        for same in
            ["Les Éclaireurs", "les eclaireurs", "LES  ÉCLAIREURS!", "Les_E\u{301}claireurs", "Les \u{200b}Éclaireurs"]
        {
            assert_eq!(key(same), "les eclaireurs", "{same}");
        }
        assert_ne!(key("Équipe 1"), key("Équipe 11"));
        for bad in ["", "  ", "!!!", "\u{200b}", "👍"] {
            assert!(TeamName::read(bad).is_err(), "{bad:?}");
        }
        assert!(TeamName::read(&"é".repeat(60)).is_ok());
        let refused = TeamName::read(&"é".repeat(61)).expect_err("too long").to_string();
        assert!(refused.contains("60\u{a0}caractères"), "{refused}");
    }

    proptest! {
        #[test]
        fn a_name_has_a_key(text in "\\PC{0,70}") {
            if let Ok(name) = TeamName::read(&text) {
                prop_assert!(!name.as_str().is_empty() && name.as_str().chars().count() <= 60);
                prop_assert_eq!(TeamName::read(name.as_str()).map(|again| again.key()), Ok(name.key()));
            }
        }

        #[test]
        fn never_one_more_than_the_size(least in 0u32..14, most in 0u32..14, odd in prop::option::of(0u32..14), class in prop::option::of(0u32..60)) {
            if let Ok(size) = TeamSize::new(least, most, odd) {
                let mut members = 0;
                while !matches!(size.fit(members, class), Fit::Full) {
                    members += 1;
                    prop_assert!(members <= TeamSize::MOST);
                }
                prop_assert_eq!(members, size.most_in(class));
            }
        }
    }
}
