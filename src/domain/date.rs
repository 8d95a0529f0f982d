//! Dates as people write them in French.
//!
//! [`read`] takes one date, whole, as typed in a command or a form; [`find`] takes a long text and picks its dates out;
//! [`looks_like_a_date`] tells the parser of commands where a date ends and the rest of the line begins. A [`Moment`] is
//! what comes out, and what its `Display` writes reads back as the same moment.
//!
//! The rules, which the bot's help repeats:
//!
//! - A day without an hour means its end, 23 h 59; so does « minuit » after a day. « 0 h » is the beginning of a day.
//!   A part of a day means its end too: « matin » 12 h, « après-midi » 18 h, « soir » 23 h 59.
//! - Times are wall-clock times of the zone of who asks. One that a change of the clocks leaves out is moved forward by as
//!   much as the clocks; of two that are written alike the first counts.
//! - What can be understood in two ways, or isn't what was literally written, is read all the same, with a [`Doubt`] that
//!   says so. What contradicts itself is refused, with the reason.
//!
//! Nothing here reads a clock or a file: the present is in the [`Frame`]. The text is read in one pass, as tokens with
//! accents, case and invisible characters put aside; no word of a date is ever looked for beyond a few tokens, so that
//! the cost grows with the length of the text and no faster.

mod day;
mod doubt;
mod find;
pub(in crate::domain) mod grammar;
mod hours;
mod milestone;
mod moment;
pub(in crate::domain) mod phrase;
mod refusal;
pub(in crate::domain) mod resolve;
mod rules;
pub(in crate::domain) mod tokens;
pub(in crate::domain) mod vocabulary;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use doubt::{Doubt, Why};
pub use find::{Found, find};
pub use moment::Moment;
pub use refusal::NotADate;
pub use vocabulary::{month_short, ordinal, weekday_short};

use grammar::{Grammar, Slips};
use jiff::{Zoned, civil::DateTime};
use tokens::{Kind, Token};

/// The longest text that [`read`] takes for a date, in characters.
pub const LONGEST: usize = 200;

/// What a date is read against.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The present, in the zone of who asks.
    pub now: &'a Zoned,
    /// When the work of the brief is due, in the same zone: what `J-7` counts from.
    pub deadline: Option<DateTime>,
    /// When the defence is, in the same zone.
    pub defence: Option<DateTime>,
}

impl<'a> Frame<'a> {
    /// The present alone: what counts from a deadline or a defence is refused.
    #[must_use]
    pub fn new(now: &'a Zoned) -> Self {
        Self { now, deadline: None, defence: None }
    }
}

/// A date that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What was understood, to be shown in full before it counts.
    pub moment: Moment,
    /// What to ask about before it counts; mostly nothing.
    pub doubts: Vec<Doubt>,
}

/// Reads one date that takes up the whole text.
///
/// # Errors
///
/// [`NotADate`], with the reason, when the text isn't a date, isn't one only, or is one that doesn't exist.
pub fn read(text: &str, frame: &Frame<'_>) -> Result<Reading, NotADate> {
    if is_too_long(text) {
        return Err(NotADate::TooLong);
    }
    let tokens = tokens::tokens(text);
    let words = tokens::trimmed(&tokens);
    if words.is_empty() {
        return Err(NotADate::Empty);
    }
    if let Some(letter) = words.iter().find_map(tokens::Token::foreign) {
        return Err(NotADate::Foreign(letter));
    }
    let Some(phrase) = Grammar::new(words, Slips::Understood).phrase(0) else {
        return Err(NotADate::unknown(text));
    };
    if let Some(next) = words.get(phrase.end) {
        let understood = text[words[0].start..next.start].trim().to_owned();
        let last = words.last().map_or(text.len(), |token| token.end);
        return Err(NotADate::Rest { understood, rest: text[next.start..last].trim().to_owned() });
    }
    resolve::resolve(&phrase, words, text, frame)
}

/// Whether a text, taken whole, is written as a date, which may still be one that doesn't exist.
///
/// It is for the parser of commands, which asks for each beginning of a line: it is stricter than [`read`] about words
/// that mean something else too (`jeu`, `mer`, `mari`).
#[must_use]
pub fn looks_like_a_date(text: &str) -> bool {
    if is_too_long(text) {
        return false;
    }
    let tokens = tokens::tokens(text);
    let words = tokens::trimmed(&tokens);
    // `vendredi,` is a date; quotation marks and brackets belong to the rest of the line.
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let around = |token: &Token| token.start < first.start || token.start > last.start;
    let bare = tokens.iter().filter(|token| around(token)).all(|token| matches!(token.kind, Kind::Mark('.' | ',')));
    let phrase = bare.then(|| Grammar::new(words, Slips::Understood).phrase(0)).flatten();
    phrase.is_some_and(|phrase| phrase.end == words.len() && !phrase.may_be_another_word())
}

fn is_too_long(text: &str) -> bool {
    text.len() > LONGEST && text.chars().nth(LONGEST).is_some()
}
