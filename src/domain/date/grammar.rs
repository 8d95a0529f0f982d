//! How a date is put together: a day, an hour, and what stands before them.
//!
//! Each production looks at the tokens from a place on, and gives what it read and the place after it. Of several that
//! read something, the one that reads most counts. None of them looks at more than a few tokens.

use super::phrase::{Bound, Clock, Day, Phrase, Slip};
use super::tokens::{Gap, Kind, Token};
use super::vocabulary::{small_number, tens};

/// Whether one letter may be wrong in the names of days and months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Slips {
    Understood,
    Refused,
}

/// Tokens, and how they are read.
#[derive(Debug, Clone, Copy)]
pub(in crate::domain) struct Grammar<'t> {
    tokens: &'t [Token],
    pub(super) slips: Slips,
}

/// A number that was read.
#[derive(Debug, Clone, Copy)]
pub(in crate::domain) struct Number {
    pub(in crate::domain) value: u32,
    /// How many digits; none when it is in letters.
    pub(in crate::domain) digits: usize,
    /// The token after it.
    pub(in crate::domain) end: usize,
}

/// A day that was read.
#[derive(Debug, Clone, Copy)]
pub(in crate::domain) struct DayRead {
    pub(in crate::domain) day: Day,
    /// The hour that an ISO date goes with.
    pub(in crate::domain) clock: Option<Clock>,
    pub(in crate::domain) slips: [Option<Slip>; 2],
    /// The token after it.
    pub(in crate::domain) end: usize,
}

impl DayRead {
    /// A day without an hour and without a wrong letter.
    pub(super) fn new(day: Day, end: usize) -> Self {
        Self { day, clock: None, slips: [None; 2], end }
    }
}

impl<'t> Grammar<'t> {
    pub(in crate::domain) fn new(tokens: &'t [Token], slips: Slips) -> Self {
        Self { tokens, slips }
    }

    /// The longest date that begins at this token.
    pub(in crate::domain) fn phrase(&self, at: usize) -> Option<Phrase> {
        let plain = self.unbounded(at, Bound::On);
        let bounded = self.bound(at).and_then(|(bound, next)| self.unbounded(next, bound));
        longest([bounded, plain], |phrase| phrase.end)
    }

    /// `pour`, `avant`, `d’ici`, `au plus tard`, `jusqu’à`, one or two of them.
    fn bound(&self, at: usize) -> Option<(Bound, usize)> {
        let (bound, next) = self.one_bound(at)?;
        Some(self.one_bound(next).unwrap_or((bound, next)))
    }

    fn one_bound(&self, at: usize) -> Option<(Bound, usize)> {
        let (bound, next) = match self.word(at)? {
            "avant" => (Bound::Before, at + 1),
            "pour" => (Bound::On, at + 1),
            "d" => (Bound::Within, self.follows(at, &["d", "'", "ici"]).or_else(|| self.follows(at, &["d", "ici"]))?),
            "dici" => (Bound::Within, at + 1),
            "au" => (Bound::On, self.follows(at, &["au", "plus", "tard"])?),
            "jusqu" => (Bound::On, self.follows(at, &["jusqu", "'"])?),
            _ => return None,
        };
        // `d’ici à vendredi`; an article belongs to the day.
        Some((bound, if self.is(next, "a") { next + 1 } else { next }))
    }

    fn unbounded(&self, at: usize, bound: Bound) -> Option<Phrase> {
        let alone =
            |read: DayRead| Phrase { bound, day: Some(read.day), clock: read.clock, slips: read.slips, end: read.end };
        let day_first = self.day(at, bound).map(|read| {
            let clock =
                (read.clock.is_none() && !read.day.has_a_time()).then(|| self.clock(self.comma(read.end))).flatten();
            match clock {
                Some((clock, end)) => Phrase { clock: Some(clock), end, ..alone(read) },
                None => alone(read),
            }
        });
        let clock = self.clock(at).filter(|(clock, _)| !matches!(clock, Clock::Part(_)));
        let clock_alone =
            clock.map(|(clock, end)| Phrase { bound, day: None, clock: Some(clock), slips: [None; 2], end });
        let clock_first = clock.and_then(|(clock, next)| {
            let read = self.day(self.comma(next), bound)?;
            let takes = read.clock.is_none() && !read.day.has_a_time();
            takes.then(|| Phrase { clock: Some(clock), ..alone(read) })
        });
        longest([clock_alone, clock_first, day_first], |phrase| phrase.end)
    }

    /// A number in digits or in letters, up to fifty-nine in letters.
    pub(in crate::domain) fn number(&self, at: usize) -> Option<Number> {
        if let Kind::Number { value, digits } = self.token(at)?.kind {
            return Some(Number { value, digits, end: at + 1 });
        }
        let word = self.word(at)?;
        let small = |at: usize| self.word(at).and_then(small_number);
        let written = |value: u32, end: usize| Some(Number { value, digits: 0, end });
        if let Some(ten) = tens(word) {
            let hyphen = |at: usize| if self.mark(at, '-') { at + 1 } else { at };
            let next = hyphen(at + 1);
            let after_and = if self.is(next, "et") { hyphen(next + 1) } else { next };
            match small(after_and) {
                Some(one @ 1..=9) if ten > 10 || one >= 7 => return written(ten + one, after_and + 1),
                _ => {}
            }
            return written(ten, at + 1);
        }
        written(small_number(word)?, at + 1)
    }

    pub(super) fn token(&self, at: usize) -> Option<&'t Token> {
        self.tokens.get(at)
    }

    /// The word at this place.
    pub(in crate::domain) fn word(&self, at: usize) -> Option<&'t str> {
        self.tokens.get(at).and_then(Token::word)
    }

    /// Whether this word stands there.
    pub(in crate::domain) fn is(&self, at: usize, word: &str) -> bool {
        self.word(at) == Some(word)
    }

    /// Whether one of these words stands there.
    pub(in crate::domain) fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    /// Whether this mark stands there.
    pub(in crate::domain) fn mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    /// Whether something stands there, right after what is before it.
    pub(in crate::domain) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.gap == Gap::Glued)
    }

    /// Digits right after what is before them.
    pub(super) fn glued_digits(&self, at: usize) -> Option<Number> {
        self.number(at).filter(|number| number.digits > 0 && self.glued(at))
    }

    /// The place after these words and apostrophes or hyphens, if all stand there.
    pub(in crate::domain) fn follows(&self, at: usize, pieces: &[&str]) -> Option<usize> {
        let stands = |(place, piece): (usize, &&str)| match *piece {
            "'" => self.mark(place, '\''),
            "-" => self.mark(place, '-'),
            word => self.is(place, word),
        };
        (at..).zip(pieces).all(stands).then_some(at + pieces.len())
    }

    /// The place after the first of these that stands there.
    pub(in crate::domain) fn follows_one_of(&self, at: usize, all: &[&[&str]]) -> Option<usize> {
        all.iter().find_map(|pieces| self.follows(at, pieces))
    }

    /// The place after an article, if there is one.
    pub(in crate::domain) fn article(&self, at: usize) -> usize {
        if self.is_one_of(at, &["le", "la", "au", "du"]) { at + 1 } else { self.follows(at, &["l", "'"]).unwrap_or(at) }
    }

    /// The place after a comma, if there is one.
    pub(in crate::domain) fn comma(&self, at: usize) -> usize {
        if self.mark(at, ',') { at + 1 } else { at }
    }
}

/// The one that reaches furthest; of equals the last.
pub(super) fn longest<T, const N: usize>(all: [Option<T>; N], end: impl Fn(&T) -> usize) -> Option<T> {
    all.into_iter().flatten().max_by_key(end)
}
