//! What the clauses of a rule mean together.

use super::clauses::{Clauses, Days, Period, Said, Tokens};
use super::{MOST_WEEKS, NotARule, Pattern, Rule, Unit};
use crate::domain::date::phrase::{Clock, Part};
use crate::domain::date::resolve::{possible, time};
use crate::domain::date::tokens::Token;
use crate::domain::date::{self, Frame, NotADate};
use crate::domain::reminder::Calendar;
use jiff::civil::{Date, Time};

/// Whether these clauses are those of a rule, even of one that is refused for its numbers.
pub(super) fn says_a_rule(clauses: &Clauses) -> bool {
    !matches!(pattern(clauses), Err(NotARule::Once | NotARule::Unclear | NotARule::Unknown(_)))
}

/// The rule that the clauses make up.
pub(super) fn assemble(clauses: &Clauses, words: &[Token], text: &str, frame: &Frame<'_>) -> Result<Rule, NotARule> {
    let pattern = pattern(clauses).map_err(|refusal| match refusal {
        NotARule::Unknown(_) => NotARule::unknown(text),
        other => other,
    })?;
    let day = |tokens: Option<Tokens>| tokens.map(|tokens| date_of(tokens, words, text, frame)).transpose();
    let (from, until) = (day(clauses.from)?, day(clauses.until)?);
    let rule = anchored(Rule { pattern, at: at(clauses)?, from, until }, frame)?;
    let next = rule.next(frame.now.timestamp(), frame.now.time_zone(), &Calendar::always_open());
    match (next, until) {
        (None, Some(until)) => Err(NotARule::Over { until }),
        _ => Ok(rule),
    }
}

/// A rule of several weeks counts them from the first day on which it comes.
fn anchored(rule: Rule, frame: &Frame<'_>) -> Result<Rule, NotARule> {
    let Pattern::Weekly { days, every: 2.. } = rule.pattern else { return Ok(rule) };
    let every_week = Rule { pattern: Pattern::Weekly { days, every: 1 }, until: None, ..rule };
    let calendar = Calendar::always_open();
    let zone = frame.now.time_zone();
    let next = || every_week.next(frame.now.timestamp(), zone, &calendar).map(|at| zone.to_datetime(at).date());
    let first = rule.from.map_or_else(next, |from| every_week.day_from(from, &calendar));
    Ok(Rule { from: Some(first.ok_or(NotADate::TooFar)?), ..rule })
}

fn date_of((from, to): Tokens, words: &[Token], text: &str, frame: &Frame<'_>) -> Result<Date, NotADate> {
    let start = words.get(from).map_or(0, |token| token.start);
    let end = to.checked_sub(1).and_then(|last| words.get(last)).map_or(text.len(), |token| token.end);
    date::read(text.get(start..end).unwrap_or_default(), frame).map(|reading| reading.moment.civil().date())
}

fn at(clauses: &Clauses) -> Result<Time, NotADate> {
    let part = |part: Part| match part {
        Part::Morning => Rule::DEFAULT_TIME,
        Part::Afternoon => Time::constant(14, 0, 0, 0),
        Part::Evening => Time::constant(18, 0, 0, 0),
    };
    match (clauses.clock, clauses.part) {
        (None, None) => Ok(Rule::DEFAULT_TIME),
        (None, Some(said)) | (Some(Clock::Part(said)), _) => Ok(part(said)),
        // « Tous les soirs à 8 h ».
        (Some(Clock::Hour { hour, minute, part: None }), said) => time(Some(Clock::Hour { hour, minute, part: said })),
        (clock, _) => time(clock),
    }
}

fn pattern(clauses: &Clauses) -> Result<Pattern, NotARule> {
    if let Some(refusal) = clauses.period.and_then(interval) {
        return Err(refusal);
    }
    let unit = clauses.period.map(|period| period.unit);
    let Some((days, said)) = clauses.days else {
        return match unit {
            None => Err(NotARule::Unknown(String::new())),
            Some(Unit::Days) => Ok(Pattern::Daily),
            Some(unit) => Err(NotARule::WhichDay(unit)),
        };
    };
    match (days, unit) {
        (Days::Ouvrable, _) => Err(NotARule::Ouvrable),
        (Days::OfMonth(_), None) if said == Said::Each => Err(NotARule::Unclear),
        (_, None) if said == Said::One => Err(NotARule::Once),
        (Days::Week(days), None | Some(Unit::Weeks | Unit::Days)) => {
            Ok(Pattern::Weekly { days, every: weeks(clauses.period)? })
        }
        (Days::Working, None | Some(Unit::Days)) => Ok(Pattern::WorkingDays),
        (Days::Nth(5.., _), None | Some(Unit::Months)) => Err(NotARule::Fifth),
        (Days::Nth(nth, weekday), None | Some(Unit::Months)) => {
            Ok(Pattern::Nth { nth: i8::try_from(nth).map_err(|_| NotARule::Fifth)?, weekday })
        }
        (Days::Last(weekday), None | Some(Unit::Months)) => Ok(Pattern::Last { weekday }),
        (Days::LastDay, None | Some(Unit::Months)) => Ok(Pattern::LastDay),
        (Days::OfMonth(day), Some(Unit::Months)) => match i8::try_from(day) {
            Ok(day @ 1..=31) => Ok(Pattern::Monthly { day }),
            _ => Err(NotARule::NoSuchDay(day)),
        },
        (Days::OfYear { day, month }, None | Some(Unit::Years)) => {
            let (month, day) = possible(month, day)?;
            Ok(Pattern::Yearly { month, day })
        }
        _ => Err(NotARule::Unclear),
    }
}

/// Why a reminder can't come every so many of these; weeks are counted where the days are known.
fn interval(period: Period) -> Option<NotARule> {
    match period {
        Period { unit: Unit::Weeks, .. } => weeks(Some(period)).err(),
        Period { unit: Unit::Hours, .. } => Some(NotARule::Interval(Unit::Hours)),
        Period { every: 1, .. } => None,
        Period { unit, .. } => Some(NotARule::Interval(unit)),
    }
}

/// Every so many weeks.
fn weeks(period: Option<Period>) -> Result<u8, NotARule> {
    let every = period.filter(|period| period.unit == Unit::Weeks).map_or(1, |period| period.every);
    u8::try_from(every).ok().filter(|every| (1..=MOST_WEEKS).contains(every)).ok_or(NotARule::TooManyWeeks(every))
}
