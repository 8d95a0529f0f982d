//! Policies as people write them in French.
//!
//! One pass over the tokens of the date reader: a step, what joins it to the next one, and so on. What cannot be read is
//! given back from where it begins.

use super::{LONGEST, Policy, PolicyError, Step};
use crate::domain::date::grammar::{Grammar, Slips};
use crate::domain::date::phrase::{Clock, Span};
use crate::domain::date::resolve::time;
use crate::domain::date::tokens::{self, Token};
use jiff::civil::Time;

/// How many characters of what isn't understood are shown back.
const SHOWN: usize = 40;

/// A month before a deadline, in days.
const DAYS_OF_A_MONTH: i32 = 30;

pub(super) fn read(text: &str) -> Result<Policy, PolicyError> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(PolicyError::TooLong);
    }
    let tokens = tokens::tokens(text);
    let words = tokens::trimmed(&tokens);
    if words.is_empty() {
        return Err(PolicyError::Empty);
    }
    let grammar = Grammar::new(words, Slips::Refused);
    let none = grammar.follows_one_of(0, &[&["aucun"], &["jamais"], &["rien"], &["non"], &["pas", "de"]]);
    let never = none.map(|next| if grammar.is_one_of(next, &["rappel", "rappels"]) { next + 1 } else { next });
    if never == Some(words.len()) {
        return Ok(Policy::none());
    }
    Reader { grammar, words, text, steps: Vec::new(), waiting: Vec::new() }.policy()
}

/// A step as it is read: its time may stand further on.
#[derive(Debug, Clone, Copy)]
enum Read {
    Days { before: i32, at: Option<Time> },
    Minutes(u32),
}

struct Reader<'t> {
    grammar: Grammar<'t>,
    words: &'t [Token],
    text: &'t str,
    steps: Vec<Read>,
    /// Numbers of which the unit stands further on.
    waiting: Vec<u32>,
}

impl Reader<'_> {
    fn policy(mut self) -> Result<Policy, PolicyError> {
        let mut at = 0;
        while at < self.words.len() {
            at = if let Some(next) = self.joint(at) { next } else { self.piece(at)? };
        }
        if self.steps.is_empty() || !self.waiting.is_empty() {
            return Err(self.unknown(0));
        }
        let steps = self.steps.iter().map(|step| match *step {
            Read::Minutes(minutes) => Ok(Step::Before { minutes }),
            Read::Days { before, at } => {
                let before = i16::try_from(before).map_err(|_| PolicyError::TooFar)?;
                Ok(Step::Days { before, at: at.unwrap_or(Policy::DEFAULT_TIME) })
            }
        });
        Policy::new(steps.collect::<Result<Vec<_>, PolicyError>>()?)
    }

    fn joint(&self, at: usize) -> Option<usize> {
        let joins = [',', ';', '.', '/'].into_iter().any(|mark| self.grammar.mark(at, mark));
        (joins || self.grammar.is_one_of(at, &["et", "puis"])).then_some(at + 1)
    }

    /// A step or the time of those before it; gives the place after it.
    fn piece(&mut self, at: usize) -> Result<usize, PolicyError> {
        let grammar = self.grammar;
        if grammar.is(at, "a") && self.waits_for_a_time() {
            let (clock, next) = grammar.clock(at).ok_or_else(|| self.unknown(at))?;
            return self.timed(clock, at).map(|()| next);
        }
        if let Some((before, next)) = self.named(at) {
            self.steps.push(Read::Days { before, at: None });
            // `la veille de la soutenance`
            let of = if grammar.is(next, "de") { next + 1 } else { next };
            return self.time_beside(self.deadline(of).unwrap_or(next));
        }
        if let Some((span, next)) = grammar.span(at) {
            let (after, next) = self.side(next);
            self.spanned(span, after, at)?;
            return self.time_beside(next);
        }
        match grammar.number(at) {
            Some(number) if self.joint(number.end).is_some() => {
                self.waiting.push(number.value);
                Ok(number.end)
            }
            _ => Err(self.unknown(at)),
        }
    }

    /// A time that follows a day without `à`: `la veille 18h`, but not `la veille 2 h avant`.
    fn time_beside(&mut self, at: usize) -> Result<usize, PolicyError> {
        match self.grammar.clock(at) {
            Some((clock, next)) if self.waits_for_a_time() && !self.grammar.is_one_of(next, &["avant", "apres"]) => {
                self.timed(clock, at).map(|()| next)
            }
            _ => Ok(at),
        }
    }

    fn waits_for_a_time(&self) -> bool {
        matches!(self.steps.last(), Some(Read::Days { at: None, .. }))
    }

    /// Gives the time to every step that waits for one.
    fn timed(&mut self, clock: Clock, from: usize) -> Result<(), PolicyError> {
        if matches!(clock, Clock::Part(_)) {
            return Err(self.unknown(from));
        }
        let read = time(Some(clock))?;
        for step in &mut self.steps {
            if let Read::Days { at: at @ None, .. } = step {
                *at = Some(read);
            }
        }
        Ok(())
    }

    /// `J-7`, `jour J`, `la veille`, `le lendemain`: how many days before.
    fn named(&self, at: usize) -> Option<(i32, usize)> {
        let grammar = &self.grammar;
        let at = grammar.article(at);
        if let Some(end) = grammar.follows_one_of(at, &[&["jour", "-", "j"], &["jour", "j"], &["jour", "meme"]]) {
            return Some((0, end));
        }
        let (days, end) = match grammar.word(at)? {
            "veille" => (1, at + 1),
            "avant" => (2, grammar.follows_one_of(at, &[&["avant", "-", "veille"], &["avant", "veille"]])?),
            "lendemain" => (-1, at + 1),
            "surlendemain" => (-2, at + 1),
            "j" => {
                let sign = if grammar.mark(at + 1, '-') { 1 } else { -i32::from(grammar.mark(at + 1, '+')) };
                let number = grammar.number(at + 2).filter(|number| sign != 0 && number.digits <= 3)?;
                return Some((sign * i32::try_from(number.value).ok()?, number.end));
            }
            _ => return None,
        };
        Some((days, end))
    }

    /// `avant`, `après`, each with what it is before or after; whether it is after.
    fn side(&self, at: usize) -> (Side, usize) {
        let side = match self.grammar.word(at) {
            Some("avant") => Side::Before,
            Some("apres") => Side::After,
            _ => return (Side::Before, at),
        };
        (side, self.deadline(at + 1).unwrap_or(at + 1))
    }

    /// `l’échéance`, `la soutenance`: which it is, the policy doesn't say.
    fn deadline(&self, at: usize) -> Option<usize> {
        let nouns: [&[&str]; 9] = [
            &["echeance"],
            &["soutenance"],
            &["oral"],
            &["rendu"],
            &["depot"],
            &["jalon"],
            &["date", "limite"],
            &["jour", "j"],
            &["jour", "-", "j"],
        ];
        self.grammar.follows_one_of(self.grammar.article(at), &nouns)
    }

    /// Adds a length of time, and the numbers that waited for its unit.
    fn spanned(&mut self, span: Span, side: Side, at: usize) -> Result<(), PolicyError> {
        let number = self.grammar.number(at).map_or(1, |number| number.value).max(1);
        let waiting = std::mem::take(&mut self.waiting);
        if let Span::Minutes(minutes) = span {
            if side == Side::After {
                return Err(PolicyError::AfterInHours);
            }
            let minutes = u32::try_from(minutes).map_err(|_| PolicyError::TooFar)?;
            let unit = minutes / number;
            if !waiting.is_empty() && (minutes % number != 0 || !matches!(unit, 1 | 60)) {
                return Err(self.unknown(0));
            }
            let all = waiting.iter().map(|number| number.saturating_mul(unit)).chain([minutes]);
            self.steps.extend(all.map(Read::Minutes));
            return Ok(());
        }
        let days = match span {
            Span::Days(days) | Span::Idiom { days, .. } => days,
            Span::Months(months) => months.saturating_mul(DAYS_OF_A_MONTH),
            Span::Years(_) | Span::Minutes(_) => return Err(PolicyError::TooFar),
        };
        let unit = days / i32::try_from(number).unwrap_or(i32::MAX);
        let all = waiting.iter().map(|number| i32::try_from(*number).unwrap_or(i32::MAX).saturating_mul(unit));
        let sign = if side == Side::After { -1 } else { 1 };
        let all = all.chain([days]).map(|days| Read::Days { before: sign * days, at: None });
        self.steps.extend(all);
        Ok(())
    }

    fn unknown(&self, at: usize) -> PolicyError {
        let from = self.words.get(at).map_or(0, |token| token.start);
        let to = self.words.last().map_or(self.text.len(), |token| token.end);
        let rest = self.text.get(from..to).unwrap_or_default();
        PolicyError::Unknown(rest.chars().filter(|c| !c.is_control()).take(SHOWN).collect())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}
