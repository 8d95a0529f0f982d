//! Which day of the calendar words mean, when more than one is called so.

use super::phrase::{Day, Month, Span, Week, Which};
use super::resolve::{anchored, existing, possible};
use super::vocabulary::{month_name, ordinal};
use super::{Doubt, Frame, NotADate, Why};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

/// A date, and the other one that the same words may mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Picked {
    pub(super) date: Date,
    pub(super) other: Option<(Date, Why)>,
}

impl Picked {
    fn only(date: Date) -> Self {
        Self { date, other: None }
    }

    fn or(date: Date, other: Date, why: Why) -> Self {
        Self { date, other: Some((other, why)) }
    }
}

/// The date of a day. `time` is the hour, if one is written; it tells whether a day without a date can still be today.
pub(super) fn pick(
    day: Day,
    time: Option<Time>,
    frame: &Frame<'_>,
    doubts: &mut Vec<Doubt>,
) -> Result<Picked, NotADate> {
    let today = frame.now.date();
    match day {
        Day::After(span) => after(today, span),
        Day::Milestone { anchor, from } => {
            let (base, other) = anchored(anchor, frame)?;
            let picked = after(base.date(), from)?;
            match other {
                Some(other) => Ok(Picked::or(picked.date, after(other.date(), from)?.date, Why::Eve)),
                None => Ok(picked),
            }
        }
        Day::Weekday { weekday, which } => {
            let over = time.is_some_and(|time| time < frame.now.time());
            named(today, weekday, which, if over { Today::IsOver } else { Today::Counts })
        }
        Day::Dated { weekday, day, month, year, .. } => {
            let date = match year {
                Some(year) => existing(year, month, day)?,
                None => this_year_or_next(today, possible(month, day)?, weekday, doubts)?,
            };
            agreeing(date, weekday).map(Picked::only)
        }
        Day::OfMonth { weekday, day, month } => {
            let date = of_month(today, day, (month, weekday), doubts)?;
            agreeing(date, weekday).map(Picked::only)
        }
        Day::EndOfWeek(week) => {
            let friday = in_week(today, i32::from(week == Week::Next), Weekday::Friday)?;
            let sunday = plus(friday, 2.days())?;
            Ok(if friday < today { Picked::only(sunday) } else { Picked::or(friday, sunday, Why::EndOfWeek) })
        }
        Day::Weekend(week) => weekend(today, week, time),
        Day::EndOfMonth(month) => {
            let months = i32::from(month == Month::Next);
            Ok(Picked::only(plus(today.first_of_month(), months.months())?.last_of_month()))
        }
        Day::EndOf { month, year } => {
            let first = |year: i16| -> Result<Date, NotADate> { existing(u32::from(year.unsigned_abs()), month, 1) };
            let this_year = first(today.year())?.last_of_month();
            let date = match year {
                Some(year) => existing(year, month, 1)?.last_of_month(),
                None if this_year >= today => this_year,
                None => {
                    let next = first(today.year() + 1)?.last_of_month();
                    doubts.push(year_assumed(next));
                    next
                }
            };
            Ok(Picked::only(date))
        }
        Day::EndOfYear => Ok(Picked::only(today.last_of_year())),
        // These say an instant or nothing, and are dealt with before.
        Day::Instant { .. } | Day::Vague => Ok(Picked::only(today)),
    }
}

fn plus(date: Date, span: impl Into<jiff::civil::DateArithmetic>) -> Result<Date, NotADate> {
    date.checked_add(span).map_err(|_| NotADate::TooFar)
}

fn after(from: Date, span: Span) -> Result<Picked, NotADate> {
    match span {
        // Minutes are dealt with before.
        Span::Minutes(_) => Ok(Picked::only(from)),
        Span::Days(days) => plus(from, days.days()).map(Picked::only),
        Span::Idiom { days, literal } => {
            Ok(Picked::or(plus(from, days.days())?, plus(from, literal.days())?, Why::Fortnight))
        }
        Span::Months(months) => plus(from, months.months()).map(Picked::only),
        Span::Years(years) => plus(from, years.years()).map(Picked::only),
    }
}

/// Whether today's own day of the week can still be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Today {
    Counts,
    IsOver,
}

fn named(today: Date, weekday: Weekday, which: Which, own: Today) -> Result<Picked, NotADate> {
    let ahead = i32::from(today.weekday().until(weekday));
    let day = |days: i32| plus(today, days.days());
    let later_this_week = weekday.to_monday_zero_offset() > today.weekday().to_monday_zero_offset();
    Ok(match which {
        Which::Plain | Which::Abbreviated if ahead == 0 && own == Today::IsOver => Picked::only(day(7)?),
        Which::Plain | Which::Abbreviated if ahead == 0 => Picked::or(today, day(7)?, Why::SameWeekday),
        Which::This if ahead > 0 && !later_this_week => Picked::or(day(ahead)?, day(ahead - 7)?, Why::ThisWeekday),
        Which::Next if ahead == 0 => Picked::only(day(7)?),
        Which::Next if later_this_week => Picked::or(day(ahead)?, day(ahead + 7)?, Why::NextWeekday),
        Which::Plain | Which::Abbreviated | Which::This | Which::Next => Picked::only(day(ahead)?),
        Which::Last => Picked::only(day(ahead - 7)?),
        Which::Later(weeks) if ahead == 0 => Picked::or(day(7 * weeks)?, day(7 * weeks + 7)?, Why::WeeksLater),
        Which::Later(weeks) => Picked::only(day(ahead + 7 * weeks)?),
        Which::InWeek(weeks) => Picked::only(in_week(today, weeks, weekday)?),
    })
}

/// That day of the week so many weeks after this one; weeks begin on Monday (ISO 8601).
fn in_week(today: Date, weeks: i32, weekday: Weekday) -> Result<Date, NotADate> {
    let days = i32::from(weekday.to_monday_zero_offset()) - i32::from(today.weekday().to_monday_zero_offset());
    plus(today, (days + 7 * weeks).days())
}

/// The Sunday; with an hour it may as well be the Saturday.
fn weekend(today: Date, week: Week, time: Option<Time>) -> Result<Picked, NotADate> {
    let this = in_week(today, 0, Weekday::Sunday)?;
    let following = plus(this, 7.days())?;
    Ok(match week {
        Week::Next if today.weekday().to_monday_zero_offset() < 5 => Picked::or(this, following, Why::NextWeekday),
        Week::Next => Picked::only(following),
        Week::This if time.is_some() && today < this => Picked::or(this, plus(this, (-1).days())?, Why::Weekend),
        Week::This => Picked::only(this),
    })
}

/// The date in the first year in which it is to come. One of this year that is over counts when it is that day of the
/// week: it is then a past date, not a day of next year.
fn this_year_or_next(
    today: Date,
    (month, day): (i8, i8),
    weekday: Option<Weekday>,
    doubts: &mut Vec<Doubt>,
) -> Result<Date, NotADate> {
    let this_year = Date::new(today.year(), month, day).ok();
    if let Some(date) = this_year.filter(|date| *date >= today || weekday == Some(date.weekday())) {
        return Ok(date);
    }
    // Between two 29 February there are eight years at most.
    let next = (1..=8).find_map(|years| Date::new(today.year() + years, month, day).ok()).ok_or(NotADate::TooFar)?;
    doubts.push(year_assumed(next));
    Ok(next)
}

fn year_assumed(date: Date) -> Doubt {
    Doubt::YearAssumed { day: format!("{}\u{a0}{}", ordinal(date.day()), month_name(date.month())), year: date.year() }
}

/// A day of this month, or of the first in which it is to come.
fn of_month(
    today: Date,
    day: u32,
    (month, weekday): (Month, Option<Weekday>),
    doubts: &mut Vec<Doubt>,
) -> Result<Date, NotADate> {
    // Any month with 31 days tells whether there can be such a day.
    let (_, day) = possible(1, day)?;
    let first = today.first_of_month();
    let in_month = |months: i32| -> Result<Option<Date>, NotADate> {
        let first = plus(first, months.months())?;
        Ok(Date::new(first.year(), first.month(), day).ok())
    };
    let missing = |months: i32| -> Result<NotADate, NotADate> {
        let first = plus(first, months.months())?;
        let (month, last) = (month_name(first.month()), first.days_in_month());
        Ok(NotADate::NoSuchDay { day: u32::from(day.unsigned_abs()), month, last })
    };
    match month {
        Month::This => return in_month(0)?.map_or_else(|| Err(missing(0)?), Ok),
        Month::Next => return in_month(1)?.map_or_else(|| Err(missing(1)?), Ok),
        Month::Coming => {}
    }
    if let Some(date) = in_month(0)?.filter(|date| *date >= today || weekday == Some(date.weekday())) {
        return Ok(date);
    }
    // Two months in a row never lack the same day.
    let next = in_month(1)?.or(in_month(2)?).ok_or(NotADate::TooFar)?;
    doubts.push(Doubt::MonthAssumed { day, month: format!("{}\u{a0}{}", month_name(next.month()), next.year()) });
    Ok(next)
}

fn agreeing(date: Date, weekday: Option<Weekday>) -> Result<Date, NotADate> {
    match weekday {
        Some(typed) if typed != date.weekday() => Err(NotADate::WrongWeekday { date, typed }),
        _ => Ok(date),
    }
}
