//! From what is written to a moment.

use super::phrase::{Anchor, Bound, Clock, Day, Part, Phrase, Span};
use super::tokens::Token;
use super::{Doubt, Frame, Moment, NotADate, Reading, Why};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::AmbiguousOffset;
use jiff::{Timestamp, ToSpan};

/// Years that a date may be in.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;

/// The moment that a phrase means, with the doubts about it.
pub(super) fn resolve(phrase: &Phrase, tokens: &[Token], text: &str, frame: &Frame<'_>) -> Result<Reading, NotADate> {
    let mut doubts: Vec<Doubt> =
        phrase.slips.iter().flatten().map(|slip| typo(tokens, text, slip.token, slip.meant)).collect();
    let wall = match phrase.day {
        None => hour_alone(time(phrase.clock)?, frame, &mut doubts),
        Some(Day::Vague) => return Err(NotADate::Vague(text.trim().to_owned())),
        Some(Day::After(Span::Minutes(minutes))) => later(frame.now.timestamp(), minutes, frame)?,
        Some(Day::Milestone { anchor, from: Span::Minutes(minutes) }) => {
            let (from, _) = anchored(anchor, frame)?;
            later(Moment::new(from, frame.now.time_zone().clone()).at(), minutes, frame)?
        }
        Some(Day::Instant { date: [year, month, day], time: [hour, minute], offset_minutes }) => {
            let wall = existing(year, month, day)?.to_datetime(time(Some(Clock::Hour { hour, minute, part: None }))?);
            let instant = wall.to_zoned(jiff::tz::TimeZone::UTC).map_err(|_| NotADate::TooFar)?.timestamp();
            later(instant, -offset_minutes, frame)?
        }
        Some(day) => on_a_day(day, phrase, frame, &mut doubts)?,
    };
    let moment = at(wall, frame, &mut doubts)?;
    if moment.at() < frame.now.timestamp() && moment.civil() != to_the_minute(frame.now.datetime()) {
        doubts.push(Doubt::Past { ago: moment.relative(frame.now) });
    }
    Ok(Reading { moment, doubts })
}

fn typo(tokens: &[Token], text: &str, token: usize, understood: &'static str) -> Doubt {
    let typed = tokens.get(token).and_then(|token| text.get(token.start..token.end)).unwrap_or_default();
    Doubt::Typo { typed: typed.to_owned(), understood }
}

/// A date and a time; where the date has another meaning, with the same time in the doubt.
fn on_a_day(day: Day, phrase: &Phrase, frame: &Frame<'_>, doubts: &mut Vec<Doubt>) -> Result<DateTime, NotADate> {
    let time = match (phrase.clock, day) {
        // `J` is the deadline itself.
        (None, Day::Milestone { anchor: Anchor::Deadline, from: Span::Days(0) }) => {
            anchored(Anchor::Deadline, frame)?.0.time()
        }
        (clock, _) => time(clock)?,
    };
    let mut picked = super::rules::pick(day, phrase.clock.map(|_| time), frame, doubts)?;
    if phrase.clock.is_none() && phrase.bound == Bound::Before && may_come_before(day) {
        let date = picked.date;
        let eve = |date: Date| date.yesterday().map_err(|_| NotADate::TooFar);
        picked.date = eve(date)?;
        picked.other = Some(match picked.other {
            Some((other, why)) => (eve(other)?, why),
            None => (date, Why::Before),
        });
    }
    if phrase.clock == Some(Clock::Midnight) && !matches!(day, Day::After(Span::Days(0))) {
        let other = Moment::new(picked.date.to_datetime(Time::midnight()), frame.now.time_zone().clone());
        doubts.push(Doubt::Ambiguous { other, why: Why::Midnight });
    }
    if let Some((other, why)) = picked.other {
        let other = Moment::new(other.to_datetime(time), frame.now.time_zone().clone());
        doubts.push(Doubt::Ambiguous { other, why });
    }
    Ok(picked.date.to_datetime(time))
}

/// Whether `avant` may leave the day itself out: not where the day is an end already, or is counted from now.
fn may_come_before(day: Day) -> bool {
    match day {
        Day::After(Span::Days(days)) => (-2..=2).contains(&days),
        Day::Weekday { .. } | Day::Dated { .. } | Day::OfMonth { .. } | Day::Milestone { .. } => true,
        _ => false,
    }
}

/// Today at this hour, or tomorrow when it is over.
fn hour_alone(time: Time, frame: &Frame<'_>, doubts: &mut Vec<Doubt>) -> DateTime {
    let now = to_the_minute(frame.now.datetime());
    match frame.now.date().tomorrow() {
        Ok(tomorrow) if time < now.time() => {
            doubts.push(Doubt::TomorrowAssumed);
            tomorrow.to_datetime(time)
        }
        _ => frame.now.date().to_datetime(time),
    }
}

/// So many minutes after an instant, on clocks of who asks.
fn later(from: Timestamp, minutes: i32, frame: &Frame<'_>) -> Result<DateTime, NotADate> {
    let at = from.checked_add(minutes.minutes()).map_err(|_| NotADate::TooFar)?;
    Ok(frame.now.time_zone().to_datetime(at))
}

/// The moment of a wall-clock time, with what a change of the clocks does to it.
fn at(wall: DateTime, frame: &Frame<'_>, doubts: &mut Vec<Doubt>) -> Result<Moment, NotADate> {
    let wall = to_the_minute(wall);
    let zone = frame.now.time_zone();
    let moment = Moment::new(wall, zone.clone());
    if !YEARS.contains(&wall.year()) || !YEARS.contains(&moment.civil().year()) {
        return Err(NotADate::TooFar);
    }
    match zone.to_ambiguous_timestamp(wall).offset() {
        AmbiguousOffset::Unambiguous { .. } => {}
        AmbiguousOffset::Gap { .. } => {
            doubts.push(Doubt::GapHour { typed: wall, understood: moment.clone() });
        }
        AmbiguousOffset::Fold { .. } => doubts.push(Doubt::TwiceHour { time: wall.time() }),
    }
    Ok(moment)
}

fn to_the_minute(wall: DateTime) -> DateTime {
    wall.date().at(wall.hour(), wall.minute(), 0, 0)
}

/// The time that is written; without one the end of the day.
pub(in crate::domain) fn time(clock: Option<Clock>) -> Result<Time, NotADate> {
    let end = Time::constant(23, 59, 0, 0);
    let (hour, minute, part) = match clock {
        None | Some(Clock::Midnight | Clock::Part(Part::Evening) | Clock::Hour { hour: 24, minute: 0, part: None }) => {
            return Ok(end);
        }
        Some(Clock::Part(Part::Morning)) => return Ok(Time::constant(12, 0, 0, 0)),
        Some(Clock::Part(Part::Afternoon)) => return Ok(Time::constant(18, 0, 0, 0)),
        Some(Clock::Hour { hour, minute, part }) => (hour, minute, part),
    };
    let refused = NotADate::NoSuchHour { hour, minute };
    let parts = i8::try_from(hour).ok().zip(i8::try_from(minute).ok());
    let time = parts.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok()).ok_or(refused)?;
    let afternoon = || Time::constant(time.hour() + 12, time.minute(), 0, 0);
    match (part, time.hour()) {
        (None, _)
        | (Some(Part::Morning), 0..=12)
        | (Some(Part::Afternoon), 12..=19)
        | (Some(Part::Evening), 17..=23) => Ok(time),
        // « 3 h de l’après-midi », « ce soir à 8 h ».
        (Some(Part::Afternoon), 1..=7) | (Some(Part::Evening), 5..=11) => Ok(afternoon()),
        (Some(Part::Morning), _) => Err(NotADate::NotThen { time, part: "le matin" }),
        (Some(Part::Afternoon), _) => Err(NotADate::NotThen { time, part: "l’après-midi" }),
        (Some(Part::Evening), _) => Err(NotADate::NotThen { time, part: "le soir" }),
    }
}

/// The date of these numbers, or the reason why there is none.
pub(super) fn existing(year: u32, month: u32, day: u32) -> Result<Date, NotADate> {
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year)).ok_or(NotADate::TooFar)?;
    let number = possible(month, day)?;
    let (month, day) = number;
    Date::new(year, month, day).map_err(|_| NotADate::NotLeap { year, next: next_leap(year) })
}

/// The month and day of these numbers, if there is such a day in some year.
pub(in crate::domain) fn possible(month: u32, day: u32) -> Result<(i8, i8), NotADate> {
    let known = i8::try_from(month).ok().filter(|month| (1..=12).contains(month));
    let known = known.ok_or(NotADate::NoSuchMonth { month })?;
    // A leap year has every day there is.
    let last = Date::constant(2028, known, 1).days_in_month();
    match i8::try_from(day) {
        Ok(0) => Err(NotADate::DayZero),
        Ok(day) if day <= last => Ok((known, day)),
        _ => Err(NotADate::NoSuchDay { day, month: super::vocabulary::month_name(known), last }),
    }
}

fn next_leap(year: i16) -> i16 {
    (year..year.saturating_add(9)).find(|year| Date::new(*year, 2, 29).is_ok()).unwrap_or(year)
}

/// What a date counts from, and which that is where the words don't say.
pub(super) fn anchored(anchor: Anchor, frame: &Frame<'_>) -> Result<(DateTime, Option<DateTime>), NotADate> {
    match anchor {
        Anchor::Deadline => frame.deadline.map(|at| (at, None)).ok_or(NotADate::NoDeadline),
        Anchor::Defence => frame.defence.map(|at| (at, None)).ok_or(NotADate::NoDefence),
        Anchor::Either => match (frame.deadline, frame.defence) {
            (Some(deadline), Some(defence)) => Ok((deadline, (deadline.date() != defence.date()).then_some(defence))),
            (Some(only), None) | (None, Some(only)) => Ok((only, None)),
            (None, None) => Err(NotADate::NoDeadline),
        },
    }
}
