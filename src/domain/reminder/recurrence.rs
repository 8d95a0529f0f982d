//! Reminders that come round again: « tous les lundis 9 h », « chaque jour ouvré », « le 1er du mois ».
//!
//! [`read`] takes a rule in French, [`looks_like_a_rule`] tells the parser of commands where one ends, and
//! [`Rule::next`] says when it comes next. What a rule's `Display` writes reads back as the same rule.
//!
//! The rules, which the bot's help repeats:
//!
//! - Without an hour it is 9 h. A part of a day means an hour too: « matin » 9 h, « après-midi » 14 h, « soir » 18 h.
//! - Times are wall-clock times of the person's zone, on both sides of a change of the clocks. One that doesn't exist is
//!   moved forward by as much as the clocks; of two that are alike the first counts.
//! - The 29th, 30th or 31st of a shorter month is its last day, and 29 February is the 28th of a common year.
//! - « Un lundi sur deux » counts weeks from the first such day to come, or from the day after « à partir du ».
//! - « En semaine » is Monday to Friday; « jour ouvré » leaves out the public holidays of the person's region as well.
//! - « Jusqu’au 12 mars » includes that day.
//!
//! A rule knows nothing of the reminders that were sent, so that putting one off never shifts it. Nothing here reads the
//! clock.

mod assembly;
mod clauses;
mod occurrences;
mod refusal;
mod stored;
mod week;
mod written;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use refusal::{NotARule, Unit};
pub use week::WeekDays;

use crate::domain::date::grammar::{Grammar, Slips};
use crate::domain::date::tokens::{self, Kind, Token};
use crate::domain::date::{self, Frame};
use clauses::Clauses;
use jiff::civil::{Date, Time, Weekday};

/// The longest text that [`read`] takes for a rule, in characters.
pub const LONGEST: usize = 200;
/// Most weeks between two turns of a weekly rule.
pub const MOST_WEEKS: u8 = 8;

/// On which days a rule comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// Every day.
    Daily,
    /// Monday to Friday without public holidays.
    WorkingDays,
    /// On days of the week, every so many weeks.
    Weekly {
        /// The days.
        days: WeekDays,
        /// Every so many weeks, from 1 to [`MOST_WEEKS`]; past 1 they count from the week of the rule's first day.
        every: u8,
    },
    /// On a day of each month, from 1 to 31; in a shorter month its last day.
    Monthly {
        /// The day.
        day: i8,
    },
    /// On the last day of each month.
    LastDay,
    /// On the first to fourth day of that name in each month.
    Nth {
        /// From 1 to 4.
        nth: i8,
        /// The day of the week.
        weekday: Weekday,
    },
    /// On the last day of that name in each month.
    Last {
        /// The day of the week.
        weekday: Weekday,
    },
    /// Once a year; 29 February is the 28th of a common year.
    Yearly {
        /// The month, from 1 to 12.
        month: i8,
        /// The day of the month.
        day: i8,
    },
}

/// A rule by which a reminder comes round.
///
/// A weekly rule of more than one week always has a first day, which is one on which it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rule {
    pattern: Pattern,
    at: Time,
    from: Option<Date>,
    until: Option<Date>,
}

impl Rule {
    /// The time of day of a rule that is written without one: 9 h.
    pub const DEFAULT_TIME: Time = Time::constant(9, 0, 0, 0);

    /// On which days it comes.
    #[must_use]
    pub fn pattern(&self) -> Pattern {
        self.pattern
    }

    /// At which wall-clock time.
    #[must_use]
    pub fn at(&self) -> Time {
        self.at
    }

    /// The first day on which it may come; `None` if it always did.
    #[must_use]
    pub fn from(&self) -> Option<Date> {
        self.from
    }

    /// The last day on which it may come; `None` if it never ends.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        self.until
    }
}

/// Reads one rule that takes up the whole text.
///
/// # Errors
///
/// [`NotARule`], with the reason, when the text isn't a rule, isn't one only, or is one that never comes.
pub fn read(text: &str, frame: &Frame<'_>) -> Result<Rule, NotARule> {
    if is_too_long(text) {
        return Err(NotARule::TooLong);
    }
    let tokens = tokens::tokens(text);
    let words = tokens::trimmed(&tokens);
    if words.is_empty() {
        return Err(NotARule::Empty);
    }
    if let Some(letter) = words.iter().find_map(Token::foreign) {
        return Err(NotARule::Foreign(letter));
    }
    let refusal = match whole(words, text, frame) {
        Err(refusal @ (NotARule::Unknown(_) | NotARule::Rest { .. })) => refusal,
        read => return read,
    };
    // A date that makes sense is more than words that don't.
    Err(if date::read(text, frame).is_ok() { NotARule::Once } else { refusal })
}

fn whole(words: &[Token], text: &str, frame: &Frame<'_>) -> Result<Rule, NotARule> {
    let clauses = Clauses::read(Grammar::new(words, Slips::Understood));
    match words.get(clauses.end) {
        Some(_) if clauses.end == 0 => Err(NotARule::unknown(text)),
        Some(next) => {
            let last = words.last().map_or(text.len(), |token| token.end);
            let understood = text[words[0].start..next.start].trim().to_owned();
            Err(NotARule::Rest { understood, rest: text[next.start..last].trim().to_owned() })
        }
        None => assembly::assemble(&clauses, words, text, frame),
    }
}

/// Whether a text, taken whole, is written as a rule, which may still be one that is refused for what it says.
///
/// It is for the parser of commands, which asks for each beginning of a line. A single date (« lundi », « le 12 mars »)
/// is no rule, and neither is what only begins one (« tous les »).
#[must_use]
pub fn looks_like_a_rule(text: &str) -> bool {
    if is_too_long(text) {
        return false;
    }
    let tokens = tokens::tokens(text);
    let words = tokens::trimmed(&tokens);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    // Quotation marks and brackets belong to the rest of the line.
    let around = |token: &Token| token.start < first.start || token.start > last.start;
    let bare = tokens.iter().filter(|token| around(token)).all(|token| matches!(token.kind, Kind::Mark('.' | ',')));
    let clauses = Clauses::read(Grammar::new(words, Slips::Understood));
    bare && clauses.end == words.len() && assembly::says_a_rule(&clauses)
}

fn is_too_long(text: &str) -> bool {
    text.len() > LONGEST && text.chars().nth(LONGEST).is_some()
}
