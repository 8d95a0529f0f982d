//! What a rule says, clause by clause and in any order: which days, how often, at what hour, from when, until when.
//!
//! Each clause looks at a few tokens from a place on, and each place is looked at once. What the clauses mean together
//! is for [`assembly`](super::assembly).

mod days;
mod periods;

use super::{Unit, WeekDays};
use crate::domain::date::grammar::Grammar;
use crate::domain::date::phrase::{Clock, Part, Phrase};
use jiff::civil::Weekday;

/// The clauses of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clauses {
    pub(super) days: Option<(Days, Said)>,
    pub(super) period: Option<Period>,
    pub(super) clock: Option<Clock>,
    /// `tous les soirs`.
    pub(super) part: Option<Part>,
    pub(super) from: Option<Tokens>,
    pub(super) until: Option<Tokens>,
    /// The token after the last clause.
    pub(super) end: usize,
}

/// Tokens from one place to before another.
pub(super) type Tokens = (usize, usize);

/// Days as written. Numbers are as typed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Days {
    Week(WeekDays),
    Working,
    Ouvrable,
    Nth(u32, Weekday),
    Last(Weekday),
    LastDay,
    OfMonth(u32),
    OfYear { day: u32, month: u32 },
}

/// Whether the words for the days already say that they come round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// `tous les`, `chaque`, `les`, or a plural.
    Each,
    /// `le lundi`, which may be one Monday.
    One,
}

/// Every so many of a unit; the number is as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) every: u32,
    pub(super) unit: Unit,
}

impl Period {
    fn each(unit: Unit) -> Self {
        Self { every: 1, unit }
    }
}

impl Clauses {
    /// The clauses that stand from the first token on.
    pub(super) fn read(grammar: Grammar<'_>) -> Self {
        let mut clauses = Self { days: None, period: None, clock: None, part: None, from: None, until: None, end: 0 };
        let reader = Reader { grammar };
        loop {
            let at = if clauses.end > 0 { grammar.comma(clauses.end) } else { 0 };
            match clauses.clause(reader, at) {
                Some(end) if end > at => clauses.end = end,
                _ => return clauses,
            }
        }
    }

    /// Takes the clause that stands here, unless one of its kind was read before; the place after it.
    fn clause(&mut self, reader: Reader<'_>, at: usize) -> Option<usize> {
        if let Some((bound, start, phrase)) = reader.bound(at) {
            let slot = if bound == Edge::From { &mut self.from } else { &mut self.until };
            // Two hours contradict each other.
            if slot.is_some() || (phrase.clock.is_some() && self.clock.is_some()) {
                return None;
            }
            *slot = Some((start, phrase.end));
            // « À partir du 3 mars à 9 h »: the hour is that of every time.
            self.clock = self.clock.or(phrase.clock);
            let included: [&[&str]; 3] = [&["inclus"], &["compris"], &["y", "compris"]];
            return Some(reader.grammar.follows_one_of(phrase.end, &included).unwrap_or(phrase.end));
        }
        if let Some((days, said, end)) = reader.days(at).filter(|_| self.days.is_none()) {
            self.days = Some((days, said));
            if matches!(days, Days::LastDay) && said == Said::Each {
                self.period = self.period.or(Some(Period::each(Unit::Months)));
            }
            return Some(end);
        }
        if let Some((part, end)) = reader.parts(at).filter(|_| self.period.is_none()) {
            (self.part, self.period) = (Some(part), Some(Period::each(Unit::Days)));
            return Some(end);
        }
        let weeks = matches!(self.days, Some((Days::Week(_), _)));
        if let Some((period, end)) = reader.period(at).or_else(|| reader.out_of(at).filter(|_| weeks)) {
            // « Chaque mois, le 15 du mois »: once more is once.
            let again = self.period.is_none_or(|before| before == period);
            self.period = Some(period);
            return again.then_some(end);
        }
        let (clock, end) = reader.grammar.clock(at).filter(|_| self.clock.is_none())?;
        self.clock = Some(clock);
        Some(end)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    From,
    Until,
}

#[derive(Debug, Clone, Copy)]
struct Reader<'t> {
    grammar: Grammar<'t>,
}

impl Reader<'_> {
    /// `à partir du 3 mars`, `jusqu’au 12 mars 2027`: which end, where its date begins, and the date.
    fn bound(self, at: usize) -> Option<(Edge, usize, Phrase)> {
        let grammar = self.grammar;
        if grammar.is(at, "jusqu") {
            return grammar.phrase(at).filter(|phrase| phrase.day.is_some()).map(|phrase| (Edge::Until, at, phrase));
        }
        let starts: [&[&str]; 4] = [&["a", "partir"], &["a", "compter"], &["des"], &["depuis"]];
        let start = grammar.follows_one_of(at, &starts)?;
        let start = grammar.follows_one_of(start, &[&["d", "'"], &["de"]]).unwrap_or(start);
        let phrase = grammar.phrase(start).filter(|phrase| phrase.day.is_some())?;
        Some((Edge::From, start, phrase))
    }

    /// `tous les`, `chaque`, `les`; `le`, `un`.
    fn prefix(self, at: usize) -> Option<(Said, usize)> {
        let grammar = self.grammar;
        if let Some(end) = self.all(at).or_else(|| grammar.follows(at, &["les"])) {
            return Some((Said::Each, end));
        }
        grammar.is_one_of(at, &["le", "la", "un", "une"]).then_some((Said::One, at + 1))
    }

    /// `tous les`, `toutes les`, `chaque`, as they are misspelt too.
    fn all(self, at: usize) -> Option<usize> {
        let at = self.grammar.follows(at, &["a", "chaque"]).map_or(at, |next| next - 1);
        let plural = self.grammar.is_one_of(at, &["tous", "toutes", "tout", "toute"]) && self.grammar.is(at + 1, "les");
        if plural { Some(at + 2) } else { self.grammar.is_one_of(at, &["chaque", "chaques"]).then_some(at + 1) }
    }
}
