//! The days that an axis names: every day, each Monday, the first of each month or of a year, whichever leaves room.

use super::pieces::Piece;
use crate::domain::date::{month_short, ordinal, weekday_short};
use crate::pictures::lettering::Line;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

/// Room between two names, in pixels.
const APART: f64 = 8.0;
/// How far a name may be moved from over its day to stay within its piece, in pixels: nobody sees so little.
const LEEWAY: f64 = 1.5;
/// Most names of a piece; there is never room for so many.
const MOST: usize = 400;

/// A day that is named.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where it begins, in pixels.
    pub x: f64,
    /// The middle of its name, in pixels.
    pub middle: f64,
    /// Its name, on three lines at most; the last is the year, where it changes.
    pub lines: Vec<Line>,
}

/// How far apart named days are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    /// So many weeks, on Mondays.
    Weeks(i32),
    /// So many months, a divisor of twelve.
    Months(i8),
    Years(i16),
}

/// Each step with its least number of days and the room that its names take, in pixels.
const STEPS: [(Step, f64, f64); 13] = [
    (Step::Day, 1.0, 50.0),
    (Step::Weeks(1), 7.0, 50.0),
    (Step::Weeks(2), 14.0, 50.0),
    (Step::Months(1), 28.0, 42.0),
    (Step::Months(3), 89.0, 42.0),
    (Step::Months(6), 181.0, 42.0),
    (Step::Years(1), 365.0, 40.0),
    (Step::Years(2), 730.0, 40.0),
    (Step::Years(5), 1_826.0, 40.0),
    (Step::Years(10), 3_652.0, 40.0),
    (Step::Years(50), 18_262.0, 40.0),
    (Step::Years(200), 73_048.0, 40.0),
    (Step::Years(1_000), 365_242.0, 48.0),
];

/// The named days of all pieces.
pub(super) fn of(pieces: &[Piece], zone: &TimeZone) -> Vec<Tick> {
    let mut ticks: Vec<Tick> = Vec::new();
    let mut year = None;
    for piece in pieces {
        let day = piece.day();
        let step = STEPS.iter().find(|(_, days, room)| days * day >= *room).map_or(Step::Years(1_000), |step| step.0);
        let mut found = in_piece(piece, step, zone);
        // A name stands over the beginning of its day: one for which there is no room is left out.
        found.retain(|(day, second)| {
            let half = half_of(&named(*day, step));
            let x = piece.place(*second);
            x - half >= piece.left - LEEWAY && x + half <= piece.right + LEEWAY
        });
        if found.is_empty() {
            // A piece without any Monday or first of the month still says when it is.
            found.extend(piece.middle_day(zone).and_then(|day| placed(day, piece, zone)));
        }
        for (day, second) in found {
            let mut lines = named(day, step);
            let is_year = matches!(step, Step::Years(_));
            if !is_year && year != Some(day.year()) {
                lines.push(super::name(&day.year().to_string()));
            }
            let half = half_of(&lines);
            let x = piece.place(second);
            let middle = x.clamp(piece.left + half, (piece.right - half).max(piece.left + half));
            let end = ticks.last().map_or(f64::MIN, |last| last.middle + half_of(&last.lines) + APART);
            if middle - half >= end {
                year = Some(day.year());
                ticks.push(Tick { x, middle, lines });
            }
        }
    }
    ticks
}

/// Half of the width of a name.
fn half_of(lines: &[Line]) -> f64 {
    lines.iter().map(Line::width).fold(0.0, f64::max) / 2.0
}

/// A day and its first second, where that lies in a piece.
fn placed(day: Date, piece: &Piece, zone: &TimeZone) -> Option<(Date, i64)> {
    let second = start(day, zone)?.as_second();
    (piece.from..=piece.to).contains(&second).then_some((day, second))
}

/// The days that a step names in a piece.
fn in_piece(piece: &Piece, step: Step, zone: &TimeZone) -> Vec<(Date, i64)> {
    let (first, last) = piece.days(zone);
    let (begin, span): (Option<Date>, Span) = match step {
        Step::Day => (Some(first), 1.day()),
        Step::Weeks(weeks) => {
            let since_monday = i64::from(first.weekday().to_monday_zero_offset());
            (first.checked_sub(since_monday.days()).ok(), weeks.weeks())
        }
        Step::Months(months) => {
            let month = (first.month() - 1) / months * months + 1;
            (Date::new(first.year(), month, 1).ok(), months.months())
        }
        Step::Years(years) => (Date::new(first.year().div_euclid(years) * years, 1, 1).ok(), years.years()),
    };
    let begin = begin.unwrap_or(first);
    let days = begin.series(span).take(MOST).take_while(|day| *day <= last);
    days.filter_map(|day| placed(day, piece, zone)).collect()
}

fn named(day: Date, step: Step) -> Vec<Line> {
    let month = month_short(day.month());
    let lines = match step {
        Step::Day | Step::Weeks(_) => {
            vec![format!("{}.", weekday_short(day.weekday())), format!("{}\u{a0}{month}", ordinal(day.day()))]
        }
        Step::Months(_) => vec![month.to_owned()],
        Step::Years(_) => vec![day.year().to_string()],
    };
    lines.iter().map(|line| super::name(line)).collect()
}

/// The first instant of a day on the clocks of a zone.
pub(super) fn start(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    Some(day.to_zoned(zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::super::Axis;
    use super::*;
    use proptest::prelude::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").expect("the database of zones is in the program")
    }

    fn named_between(from: &str, to: &str) -> Vec<String> {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let axis = Axis::over(&[at(from), at(to)], &paris(), (300.0, 784.0));
        let told =
            |tick: &Tick| tick.lines.iter().map(Line::words).collect::<Vec<_>>().join(" ").replace('\u{a0}', " ");
        axis.ticks().iter().map(told).collect()
    }

    #[test]
    fn days_weeks_months_and_years() {
        let days = named_between("2026-11-23T08:00:00Z", "2026-11-28T17:00:00Z");
        assert_eq!(days[..2], ["mar. 24 nov. 2026", "mer. 25 nov."]);
        let weeks = named_between("2026-11-23T08:00:00Z", "2027-01-08T17:00:00Z");
        let december = ["lun. 7 déc.", "lun. 14 déc.", "lun. 21 déc.", "lun. 28 déc."];
        assert_eq!(weeks[..2], ["lun. 23 nov. 2026", "lun. 30 nov."]);
        assert_eq!(
            (&weeks[2..6], &weeks[6..]),
            (&december.map(str::to_owned)[..], &["lun. 4 janv. 2027".to_owned()][..])
        );
        let months = named_between("2026-09-10T08:00:00Z", "2027-05-08T17:00:00Z");
        let expected = ["oct. 2026", "nov.", "déc.", "janv. 2027", "févr.", "mars", "avr.", "mai"];
        assert_eq!(months, expected);
        let years = named_between("2024-09-10T08:00:00Z", "2031-05-08T17:00:00Z");
        assert_eq!(years, ["2025", "2026", "2027", "2028", "2029", "2030", "2031"]);
    }

    #[test]
    fn a_name_stands_over_the_beginning_of_its_day() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        for start in ["2026-11-23T08:00:00Z", "2026-11-25T08:00:00Z", "2026-11-22T20:00:00Z"] {
            let axis = Axis::over(&[at(start), at("2027-01-12T13:00:00Z")], &paris(), (304.0, 784.0));
            for tick in axis.ticks() {
                assert!((tick.x - tick.middle).abs() < 2.0, "{start}: {tick:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_name_touches_the_next(seconds in prop::collection::vec(-200_000_000_000i64..200_000_000_000, 1..20)) {
            let instants: Vec<Timestamp> = seconds.iter().filter_map(|s| Timestamp::from_second(*s).ok()).collect();
            let ticks = Axis::over(&instants, &paris(), (300.0, 784.0)).ticks();
            for (one, next) in ticks.iter().zip(ticks.iter().skip(1)) {
                prop_assert!(one.middle + half_of(&one.lines) <= next.middle - half_of(&next.lines));
            }
            prop_assert!(ticks.iter().all(|tick| tick.middle - half_of(&tick.lines) >= 299.0 && tick.middle + half_of(&tick.lines) <= 785.0));
        }
    }
}
