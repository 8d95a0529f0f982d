//! Dates inside a long text, such as the brief that a trainer pastes.

use super::grammar::{Grammar, Slips};
use super::phrase::{Day, Form, Phrase, Span, Which};
use super::tokens::{Gap, Kind, Token, tokens};
use super::{Frame, Reading, resolve::resolve};
use std::ops::Range;

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it means.
    pub reading: Reading,
}

/// The dates of a text in order, the longest where several begin.
///
/// Prose is full of numbers, so it is stricter than [`read`](super::read): an hour or the number of a day alone is no
/// date, nor is a fraction, a version or a duration; no letter may be wrong; a day of the week that comes round (`chaque
/// lundi`) is none. What doesn't exist, or counts from a deadline that isn't set, is passed over.
#[must_use]
pub fn find(text: &str, frame: &Frame<'_>) -> Vec<Found> {
    let all = tokens(text);
    // No date goes across an empty line.
    let paragraphs = all.chunk_by(|_, next| next.gap != Gap::Paragraph);
    paragraphs.flat_map(|tokens| in_paragraph(text, tokens, frame)).collect()
}

fn in_paragraph(text: &str, tokens: &[Token], frame: &Frame<'_>) -> Vec<Found> {
    let grammar = Grammar::new(tokens, Slips::Refused);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let phrase = begins_apart(tokens, at).then(|| grammar.phrase(at)).flatten();
        let phrase = phrase.filter(|phrase| ends_apart(tokens, phrase.end) && fits_prose(phrase, &grammar, at));
        let Some(phrase) = phrase else {
            at += 1;
            continue;
        };
        // Where a whole date contradicts itself, a part of it isn't what was meant.
        if let Ok(reading) = resolve(&phrase, tokens, text, frame) {
            let last = tokens[phrase.end - 1];
            found.push(Found { range: tokens[at].start..last.end, reading });
        }
        at = phrase.end;
    }
    found
}

/// Whether a date may begin at a token: not within a number, a code or a compound word.
fn begins_apart(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let opens = |token: &Token| {
        matches!(token.kind, Kind::Mark('(' | '[' | '«' | '"' | '“' | '\'' | ':' | ',' | ';' | '*' | '|' | '>'))
    };
    match (before, tokens[at].kind) {
        (_, Kind::Mark(_) | Kind::Foreign(_)) => false,
        (Some(before), _) => tokens[at].gap != Gap::Glued || opens(before),
        (None, _) => true,
    }
}

/// Whether a date may end before a token.
fn ends_apart(tokens: &[Token], end: usize) -> bool {
    let Some(after) = tokens.get(end).filter(|after| after.gap == Gap::Glued) else { return true };
    let goes_on =
        tokens.get(end + 1).is_some_and(|next| next.gap == Gap::Glued && matches!(next.kind, Kind::Number { .. }));
    match after.kind {
        Kind::Mark('.' | ',' | ':') => !goes_on,
        Kind::Mark(mark) => !matches!(mark, '-' | '/' | '+' | '%' | '\'' | '@' | '#' | '='),
        Kind::Word(_) | Kind::Number { .. } | Kind::Foreign(_) => false,
    }
}

/// Whether such words are a date in prose too.
fn fits_prose(phrase: &Phrase, grammar: &Grammar<'_>, at: usize) -> bool {
    let Some(day) = phrase.day else { return false };
    let with_clock = phrase.clock.is_some();
    let before = |words: &[&str]| at.checked_sub(1).is_some_and(|before| grammar.is_one_of(before, words));
    // `avant le`, `le`, `vendredi`: what begins with a word is a date more surely than what begins with a number.
    let introduced = grammar.word(at).is_some();
    match day {
        Day::After(Span::Minutes(_))
        | Day::Milestone { from: Span::Minutes(_), .. }
        | Day::Vague
        | Day::Weekday { which: Which::Abbreviated, .. } => false,
        Day::Weekend(_) => with_clock || grammar.is(at, "ce"),
        Day::OfMonth { weekday, .. } => with_clock || weekday.is_some(),
        Day::Weekday { which: Which::Plain, .. } => {
            !before(&["chaque", "le", "les", "tous", "un", "des"]) && (with_clock || !grammar.is(at, "le"))
        }
        Day::Dated { form: Form::Points { year_digits }, .. } => year_digits == 4,
        Day::Dated { weekday, year: None, form, .. } if form != Form::Words => match form {
            Form::Slashes { month_digits: 2 } => introduced || weekday.is_some() || with_clock,
            Form::Slashes { .. } => weekday.is_some() || with_clock && introduced,
            _ => weekday.is_some(),
        },
        _ => true,
    }
}
