//! How long and how many: the limit of everything that people write or add, in one place.
//!
//! Commands read each text through its [`Field`]; stores and rules take the numbers from here. A text is cleaned before it
//! is counted, so that a limit is on what people see. Invariant: what [`Field::read`] returns holds no control character,
//! no invisible one and no mark that turns the reading order, and is no longer than the field allows.

mod visible;

pub use visible::visible;

use std::fmt;

/// Most milestones in a team.
pub const MILESTONES: Count = Count::new("de jalons d’une équipe", 500);
/// Most milestones that one milestone needs.
pub const NEEDS: Count = Count::new("de jalons dont un jalon dépend", 20);
/// Most people responsible for one milestone.
pub const PEOPLE: Count = Count::new("de responsables d’un jalon", 12);
/// Most milestones added by one message, one a line.
pub const LINES: Count = Count::new("de jalons ajoutés en une fois", 50);
/// Most deliverables in a brief.
pub const DELIVERABLES: Count = Count::new("de livrables d’un sujet", 50);
/// Most versions of one deliverable that a team hands in.
pub const VERSIONS: Count = Count::new("de versions d’un livrable", 200);
/// Most proofs of one criterion.
pub const PROOFS: Count = Count::new("de preuves d’un critère", 10);
/// Most criteria and competencies that one milestone works on.
pub const CRITERIA: Count = Count::new("de critères d’un jalon", 30);
/// Most entries in a team's log of hours.
pub const LOG_ENTRIES: Count = Count::new("de saisies d’heures d’une équipe", 5_000);
/// Most minutes that one person logs for one day: a day has no more.
pub const MINUTES_A_DAY: Count = Count::new("de minutes d’une personne en un jour", 24 * 60);
/// Longest name of a file, in bytes: what every file system and network takes, with room for a prefix.
pub const FILE_NAME_BYTES: usize = 120;

/// Title of a brief, a milestone or a deliverable.
pub const TITLE: Field = Field::line("Le titre", 100);
/// Name of a team.
pub const TEAM_NAME: Field = Field::line("Le nom de l’équipe", 60);
/// Comment on a hand-in, a milestone or an entry of hours.
pub const COMMENT: Field = Field::paragraphs("Le commentaire", 1_000);
/// Reason why a milestone is blocked.
pub const REASON: Field = Field::line("La raison", 300);
/// Sentence that proves a criterion.
pub const PROOF: Field = Field::line("La phrase de preuve", 500);
/// Room of the school in which a defence is held.
pub const DEFENCE_ROOM: Field = Field::line("La salle", 100);
/// Jury before which a defence is held.
pub const DEFENCE_JURY: Field = Field::line("Le jury", 200);
/// What somebody wants to be reminded of.
pub const REMINDER: Field = Field::paragraphs("Le texte du rappel", 500);
/// Address of a page.
pub const LINK: Field = Field::line("Le lien", 2_000);

/// How many of something there may be: its French name after "le nombre", and the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    name: &'static str,
    most: usize,
}

impl Count {
    const fn new(name: &'static str, most: usize) -> Self {
        Self { name, most }
    }

    /// How many there may be.
    #[must_use]
    pub const fn most(self) -> usize {
        self.most
    }

    /// Whether there may be so many, the new ones counted.
    ///
    /// # Errors
    ///
    /// [`TooMany`], which says the limit.
    pub fn check(self, would_be: usize) -> Result<(), TooMany> {
        if would_be > self.most { Err(TooMany { limit: self, would_be }) } else { Ok(()) }
    }
}

/// There would be more of something than there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    limit: Count,
    would_be: usize,
}

impl std::error::Error for TooMany {}

impl fmt::Display for TooMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Count { name, most } = self.limit;
        let (most, would_be) = (Grouped(most), Grouped(self.would_be));
        write!(
            f,
            "Le nombre {name} ne doit pas dépasser {most}\u{a0}; il serait de {would_be}. Rien n’a été enregistré."
        )
    }
}

/// A text that people write: its French name, with its article, and how long it may be, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    name: &'static str,
    most: usize,
    shape: Shape,
}

/// Whether a text may have several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Line,
    Paragraphs,
}

/// A text that its field doesn't take. What was written is in it nowhere: it may be very long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// Nothing that can be seen.
    Empty {
        /// The field, with its article.
        field: &'static str,
    },
    /// Too long.
    TooLong {
        /// The field, with its article.
        field: &'static str,
        /// Characters allowed.
        most: usize,
        /// Characters given.
        given: usize,
    },
}

impl std::error::Error for NotTaken {}

impl fmt::Display for NotTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty { field } => write!(f, "{field} est vide\u{a0}: écrivez au moins un caractère visible."),
            Self::TooLong { field, most, given } => write!(
                f,
                "{field} ne doit pas dépasser {}\u{a0}caractères\u{a0}; le texte reçu en compte {}. Raccourcissez-le, puis \
                 recommencez.",
                Grouped(most),
                Grouped(given)
            ),
        }
    }
}

/// A number as French writes it, its thousands apart.
struct Grouped(usize);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (rank, digit) in digits.chars().enumerate() {
            if rank > 0 && (digits.len() - rank).is_multiple_of(3) {
                f.write_str("\u{202f}")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl Field {
    /// A field of one line; line ends and runs of spaces become one space.
    #[must_use]
    pub const fn line(name: &'static str, most: usize) -> Self {
        Self { name, most, shape: Shape::Line }
    }

    /// A field of paragraphs; more than one empty line in a row becomes one.
    #[must_use]
    pub const fn paragraphs(name: &'static str, most: usize) -> Self {
        Self { name, most, shape: Shape::Paragraphs }
    }

    /// Characters allowed.
    #[must_use]
    pub const fn most(self) -> usize {
        self.most
    }

    /// The text as it is kept: cleaned, and within the limit. A paste of megabytes is refused by its length alone.
    ///
    /// # Errors
    ///
    /// [`NotTaken`], which says the limit, when nothing visible is left or too much is.
    pub fn read(self, text: &str) -> Result<String, NotTaken> {
        // What isn't seen may take room, but not more than any honest writing does.
        if text.len() > 4_096 + 64 * self.most {
            return Err(self.too_long(text.chars().count()));
        }
        let kept = match self.shape {
            Shape::Line => one_line(&visible(text)),
            Shape::Paragraphs => paragraphs(&visible(text)),
        };
        match kept.chars().count() {
            0 => Err(NotTaken::Empty { field: self.name }),
            given if given > self.most => Err(self.too_long(given)),
            _ => Ok(kept),
        }
    }

    fn too_long(self, given: usize) -> NotTaken {
        NotTaken::TooLong { field: self.name, most: self.most, given }
    }
}

fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split([' ', '\n', '\u{3000}']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    // Fixed spaces are kept inside, where French needs them, but say nothing at either end.
    out.trim().to_owned()
}

fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines().map(one_line) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty > 1 || (line.is_empty() && out.is_empty()) {
            continue;
        }
        out.push_str(&line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_shows_nothing_is_not_kept() {
        for (typed, kept) in [
            ("  Maquette \t v2\n", "Maquette v2"),
            ("Mo\u{200b}ck\u{2060}up\u{ad}", "Mockup"),
            ("a\u{200d}b\u{200d}", "ab"),
            ("fichier\u{202e}fdp", "fichierfdp"),
            ("👩\u{200d}🏫 ✔\u{fe0f}", "👩\u{200d}🏫 ✔\u{fe0f}"),
            ("Pre\u{301}paration\u{a0}: é", "Pre\u{301}paration\u{a0}: é"),
            ("\u{1b}[31mrouge\u{e000}", "rouge"),
        ] {
            assert_eq!(TITLE.read(typed).as_deref(), Ok(kept), "{typed:?}");
        }
        let zalgo = format!("a{}b", "\u{301}".repeat(50));
        assert_eq!(TITLE.read(&zalgo).map(|kept| kept.chars().count()), Ok(5));
    }

    #[test]
    fn nothing_to_see_is_nothing() {
        for typed in ["", "   ", "\u{200b}\u{200d}", "\u{3164}\u{2800}", "\u{a0}", "\n\n"] {
            assert_eq!(TITLE.read(typed), Err(NotTaken::Empty { field: "Le titre" }), "{typed:?}");
        }
    }

    #[test]
    fn the_refusal_says_the_limit() {
        assert!(TITLE.read(&"é".repeat(100)).is_ok());
        let refused = COMMENT.read(&"é".repeat(12_345)).expect_err("too long").to_string();
        assert!(refused.contains("1\u{202f}000\u{a0}caractères") && refused.contains("12\u{202f}345"), "{refused}");
        let pasted = TITLE.read(&"a\u{200b}".repeat(3_000_000)).expect_err("too long");
        assert_eq!(pasted, NotTaken::TooLong { field: "Le titre", most: 100, given: 6_000_000 });
    }

    #[test]
    fn numbers_have_limits_too() {
        assert_eq!(MILESTONES.check(500), Ok(()));
        let refused = MILESTONES.check(5_000).expect_err("too many").to_string();
        assert_eq!(
            refused,
            "Le nombre de jalons d’une équipe ne doit pas dépasser 500\u{a0}; il serait de 5\u{202f}000. Rien n’a été enregistré."
        );
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(COMMENT.read("\n\nUn.\r\n\n\n\n  Deux. \n").as_deref(), Ok("Un.\n\nDeux."));
        assert_eq!(TITLE.read("Un.\nDeux.").as_deref(), Ok("Un. Deux."));
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_again(text in "(\\PC|[\\x00-\\x1f\u{200b}-\u{200f}\u{fe0f}\u{301}é👩]){0,60}") {
            for field in [TITLE, COMMENT] {
                if let Ok(kept) = field.read(&text) {
                    prop_assert!(!kept.chars().any(|c| c.is_control() && c != '\n'));
                    prop_assert_eq!(field.read(&kept), Ok(kept.clone()), "{:?}", text);
                }
            }
        }
    }
}
