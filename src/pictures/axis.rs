//! A line of time: where an instant stands, which days are named, where people don't work.
//!
//! Pictures that go from left to right in time lay themselves along an [`Axis`] and let it draw its names and its ruled lines.
//! Dates far from all others don't squash them: a long stretch in which nothing happens is cut out, and marked as cut.

mod pieces;
mod ticks;

pub use ticks::Tick;

use super::lettering::{Line, Size, Type};
use super::{Anchor, Area, Dash, Fill, Ink, Paper, Pattern, Point, Stroke};
use crate::domain::reminder::{Calendar, holidays};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use pieces::Piece;

/// How high the names of days are, in pixels.
pub const HEIGHT: f64 = 46.0;

/// Narrowest day that is shaded, in pixels: narrower ones would be a grey blur.
const SHADED: f64 = 3.0;

/// A stretch of time laid from left to right.
#[derive(Debug, Clone)]
pub struct Axis {
    pieces: Vec<Piece>,
    zone: TimeZone,
}

/// Why people don't work on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// It is a Saturday or a Sunday.
    WeekEnd,
    /// It is a public holiday, or closed in the calendar.
    Closed,
}

impl Shade {
    /// What such a day is filled with.
    #[must_use]
    pub fn fill(self) -> Fill {
        match self {
            Self::WeekEnd => Fill::Solid(Ink::Rest),
            Self::Closed => Fill::Patterned(Pattern::Dotted, Ink::Rule),
        }
    }
}

impl Axis {
    /// An axis between `left` and `right` on which all these instants have a place, on the clocks of a zone. It is five days
    /// long at least.
    #[must_use]
    pub fn over(instants: &[Timestamp], zone: &TimeZone, (left, right): (f64, f64)) -> Self {
        let mut seconds: Vec<i64> = instants.iter().map(|at| at.as_second()).collect();
        seconds.sort_unstable();
        seconds.dedup();
        Self { pieces: pieces::laid(&seconds, (left, right)), zone: zone.clone() }
    }

    /// Where an instant stands; one before or after all of the axis, at its end.
    #[must_use]
    pub fn x(&self, at: Timestamp) -> f64 {
        pieces::place(&self.pieces, at.as_second())
    }

    /// The left and the right end.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        (self.pieces.first().map_or(0.0, |piece| piece.left), self.pieces.last().map_or(0.0, |piece| piece.right))
    }

    /// Whether a stretch was cut out.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.pieces.len() > 1
    }

    /// The days that are named: no name touches the next.
    #[must_use]
    pub fn ticks(&self) -> Vec<Tick> {
        ticks::of(&self.pieces, &self.zone)
    }

    /// Writes the names of days, [`HEIGHT`] high, from `top`.
    pub fn names(&self, paper: &mut Paper, top: f64) {
        for tick in self.ticks() {
            for (line, below) in tick.lines.iter().zip([0.0, 14.0, 28.0]) {
                paper.text(line, Point::new(tick.middle, top + 11.0 + below), Anchor::Middle, Ink::Quiet);
            }
        }
    }

    /// Draws behind a chart: days on which people don't work, the ruled lines of the named days, and where a stretch was cut
    /// out.
    pub fn ground(&self, paper: &mut Paper, (top, bottom): (f64, f64), calendar: &Calendar) {
        let height = bottom - top;
        for piece in &self.pieces {
            for (from, to, shade) in self.shades(piece, calendar) {
                paper.rect(Area::new(from, top, to - from, height), shade.fill(), None);
            }
        }
        for tick in self.ticks() {
            paper.line(&[Point::new(tick.x, top), Point::new(tick.x, bottom)], Stroke::new(Ink::Rule, 1.0));
        }
        for (one, next) in self.pieces.iter().zip(self.pieces.iter().skip(1)) {
            cut(paper, (one.right, next.left), (top, bottom));
        }
    }

    /// Whether there are such days on the axis, wide enough to be shaded.
    #[must_use]
    pub fn shows(&self, shade: Shade, calendar: &Calendar) -> bool {
        self.pieces.iter().any(|piece| self.shades(piece, calendar).iter().any(|(.., shown)| *shown == shade))
    }

    /// Stretches of days without work in a piece, in pixels.
    fn shades(&self, piece: &Piece, calendar: &Calendar) -> Vec<(f64, f64, Shade)> {
        let mut found: Vec<(f64, f64, Shade)> = Vec::new();
        if piece.day() < SHADED {
            return found;
        }
        let (first, last) = piece.days(&self.zone);
        for day in first.series(1.day()).take_while(|day| *day <= last) {
            let Some(shade) = shade(day, calendar) else { continue };
            let x = |day: Date| ticks::start(day, &self.zone).map(|at| piece.place(at.as_second()));
            let (Some(from), Some(to)) = (x(day), day.tomorrow().ok().and_then(x)) else { continue };
            match found.last_mut() {
                Some((_, end, same)) if *same == shade && (*end - from).abs() < 0.01 => *end = to,
                _ => found.push((from, to, shade)),
            }
        }
        found.retain(|(from, to, _)| to > from);
        found
    }
}

fn shade(day: Date, calendar: &Calendar) -> Option<Shade> {
    let is_closed = calendar.closed().iter().any(|(first, last)| (*first..=*last).contains(&day));
    if is_closed || holidays::name_of(day, calendar.region()).is_some() {
        return Some(Shade::Closed);
    }
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday).then_some(Shade::WeekEnd)
}

/// Two slanted strokes above a cut, and a broken line down each of its sides.
fn cut(paper: &mut Paper, (from, to): (f64, f64), (top, bottom): (f64, f64)) {
    for x in [from, to] {
        let side = [Point::new(x, top), Point::new(x, bottom)];
        paper.line(&side, Stroke::new(Ink::Quiet, 1.0).broken(Dash::Dotted));
    }
    let middle = f64::midpoint(from, to);
    for x in [middle - 3.0, middle + 3.0] {
        paper.line(&[Point::new(x - 3.0, top - 2.0), Point::new(x + 3.0, top - 14.0)], Stroke::new(Ink::Quiet, 1.5));
    }
}

/// A line of a day's name.
fn name(text: &str) -> Line {
    Line::new(text, Type::regular(Size::Small))
}
