//! The ways of arrows from what is needed to what needs it.
//!
//! An arrow goes out of the end of one bar, up or down in one stroke, and into the beginning of the other from the left, so
//! that each has a head of its own: arrows out of one bar read as branches, never as a chain. A few places are tried for the
//! stroke, and the one is taken that hides behind fewest bars and keeps away from marked instants and from other arrows.
//! Everything is tried in the same order each time, and each arrow costs the same few trials.

use super::rows::Shape;
use crate::pictures::Point;

/// How far before a bar an arrow turns towards it, in pixels: its head, and a little of its line.
const ENTER: f64 = 9.5;
/// How far from the beginning of a bar a stroke keeps clear of the heads that are there; less than [`ENTER`], as branches
/// leave their stroke there.
const HEAD: f64 = 6.0;
/// How far after a bar an arrow that goes out of its end turns at the least.
const OUT: f64 = 7.0;
/// How far apart two strokes stand at the least, and a stroke from a marked instant.
const APART: f64 = 8.0;
/// How many places between two bars are tried.
const BETWEEN: u32 = 8;

/// What is bad about a way, in points: the way with the fewest is taken.
mod bad {
    /// It goes behind the work of a bar, and so seems to end there.
    pub(super) const BEHIND: f64 = 12.0;
    /// It goes through the beginning of a bar into which arrows go, and so seems to be one of them.
    pub(super) const ENTERING: f64 = 7.0;
    /// It goes over a thin part of a bar.
    pub(super) const OVER: f64 = 3.0;
    /// Its stroke can't be told from another's.
    pub(super) const CLOSE: f64 = 8.0;
    /// Its stroke can't be told from a marked instant.
    pub(super) const MARKED: f64 = 6.0;
    /// It goes through what shows how late its own bar is.
    pub(super) const LATE: f64 = 5.0;
    /// It crosses another.
    pub(super) const CROSSING: f64 = 1.2;
    /// It turns.
    pub(super) const TURN: f64 = 0.7;
    /// A pixel.
    pub(super) const LONG: f64 = 0.004;
}

/// A place that a stroke shouldn't go through.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Taken {
    pub(super) number: u32,
    /// From its left to its right.
    pub(super) x: (f64, f64),
    /// The same of its work alone.
    pub(super) work: (f64, f64),
    /// Whether arrows go into its left.
    pub(super) is_entered: bool,
    /// From its top to its bottom.
    pub(super) y: (f64, f64),
}

/// A bar at an end of an arrow, with its milestone.
pub(super) type End<'a> = (u32, &'a Shape);

/// A straight part of an arrow that was laid.
#[derive(Debug, Clone, Copy)]
struct Leg {
    source: u32,
    target: u32,
    x: (f64, f64),
    y: (f64, f64),
}

/// The ways that were laid, and what they go around.
#[derive(Debug)]
pub(super) struct Ways {
    taken: Vec<Taken>,
    marks: Vec<f64>,
    legs: Vec<Leg>,
}

impl Ways {
    /// No way yet, among these bars and marked instants.
    pub(super) fn among(taken: Vec<Taken>, marks: Vec<f64>) -> Self {
        Self { taken, marks, legs: Vec::new() }
    }

    /// Lays a way from one bar to another.
    pub(super) fn lay(&mut self, from: End<'_>, to: End<'_>) -> Vec<Point> {
        let tried = outs(from.1, to.1).into_iter().map(|out| through(from.1, to.1, out));
        let best = tried
            .map(|way| (self.badness(&way, from, to), way))
            .reduce(|best, next| if next.0 < best.0 - 1e-9 { next } else { best });
        let way = best.map_or_else(Vec::new, |(_, way)| way);
        self.legs.extend(legs(&way, from.0, to.0));
        way
    }

    fn badness(&self, way: &[Point], from: End<'_>, to: End<'_>) -> f64 {
        let each = legs(way, from.0, to.0).map(|leg| {
            let long = (leg.x.1 - leg.x.0) + (leg.y.1 - leg.y.0);
            let own = if leg.is_stroke() { self.stroke(&leg) } else { level(&leg, from.1) };
            bad::LONG * long + own + self.legs.iter().map(|other| beside(&leg, other)).sum::<f64>()
        });
        each.sum::<f64>() + bad::TURN * f64::from(u32::try_from(way.len()).unwrap_or(u32::MAX))
    }

    /// What is bad about where a stroke stands.
    fn stroke(&self, leg: &Leg) -> f64 {
        let x = leg.x.0;
        let is_end = |bar: &Taken| bar.number == leg.source || bar.number == leg.target;
        let passed = self.taken.iter().filter(|bar| !is_end(bar) && meet(bar.y, leg.y, 1.0));
        let hidden = passed.map(|bar| {
            if meet(bar.work, leg.x, 4.0) {
                bad::BEHIND
            } else if bar.is_entered && meet((bar.x.0, bar.x.0), leg.x, HEAD) {
                bad::ENTERING
            } else if meet(bar.x, leg.x, 4.0) {
                bad::OVER
            } else {
                0.0
            }
        });
        let near = self.marks.iter().filter(|mark| (x - **mark).abs() < APART);
        hidden.sum::<f64>() + near.map(|_| bad::MARKED).sum::<f64>()
    }
}

impl Leg {
    fn is_stroke(&self) -> bool {
        self.x.1 - self.x.0 < 0.5
    }
}

/// What is bad about a level part: it hides in what shows how late its own bar is.
fn level(leg: &Leg, from: &Shape) -> f64 {
    let is_hidden = from.end() > from.right && (leg.y.0 - from.middle()).abs() < 1.0;
    if is_hidden && leg.x.0 < from.end() { bad::LATE } else { 0.0 }
}

/// What is bad about a part beside a part of another arrow.
fn beside(one: &Leg, other: &Leg) -> f64 {
    let is_trunk = one.source == other.source;
    let is_root = one.target == other.target;
    match (one.is_stroke(), other.is_stroke()) {
        (true, true) if is_trunk && (one.x.0 - other.x.0).abs() < 0.5 => 0.0,
        (true, true) if meet(one.y, other.y, 3.0) && meet(one.x, other.x, APART - 1.0) => bad::CLOSE,
        (false, false) if !is_trunk && !is_root && meet(one.y, other.y, 3.0) && meet(one.x, other.x, 3.0) => bad::CLOSE,
        (true, false) | (false, true) if !is_trunk && meet(one.x, other.x, 0.5) && meet(one.y, other.y, 0.5) => {
            bad::CROSSING
        }
        _ => 0.0,
    }
}

/// Whether two stretches meet or are nearer than so many pixels.
fn meet(one: (f64, f64), other: (f64, f64), near: f64) -> bool {
    one.0 < other.1 + near && other.0 < one.1 + near
}

fn legs(way: &[Point], source: u32, target: u32) -> impl Iterator<Item = Leg> {
    way.windows(2).map(move |ends| {
        let (one, next) = (ends[0], ends[1]);
        Leg { source, target, x: (one.x.min(next.x), one.x.max(next.x)), y: (one.y.min(next.y), one.y.max(next.y)) }
    })
}

/// Where an arrow may go out of a bar.
#[derive(Debug, Clone, Copy)]
enum Out {
    /// Down or up from under its end, at this place.
    Below(f64),
    /// Out of its end, to turn at this place.
    Beside(f64),
}

/// The places to try, the plainest first.
fn outs(from: &Shape, to: &Shape) -> Vec<Out> {
    let enter = to.left - ENTER;
    let mut outs = Vec::new();
    if from.is_diamond {
        outs.push(Out::Below(f64::midpoint(from.left, from.right)));
    } else {
        let (first, last) = (from.work + 2.5, from.right - 4.0);
        let wanted = enter.min(last);
        outs.extend([wanted, first, last].into_iter().filter(|x| *x >= first - 0.1).map(Out::Below));
    }
    let near = from.right + OUT;
    outs.extend([0.0, 1.0, 2.0, 3.0].map(|steps| Out::Beside(near + steps * APART)));
    let room = enter - near;
    if room > 0.0 {
        outs.extend([0.0, 1.0, 2.0].map(|steps| Out::Beside((enter - steps * APART).max(near))));
        let step = room / f64::from(BETWEEN);
        outs.extend((1..BETWEEN).map(|steps| Out::Beside(near + step * f64::from(steps))));
    }
    outs
}

/// The way that goes out so: straight into the other bar's beginning, or around where that lies too far to the left.
fn through(from: &Shape, to: &Shape, out: Out) -> Vec<Point> {
    let is_below = to.top > from.top;
    let (x, mut way) = match out {
        Out::Below(x) => (x, vec![Point::new(x, if is_below { from.bottom } else { from.top })]),
        Out::Beside(x) => (x, vec![Point::new(from.right, from.middle()), Point::new(x, from.middle())]),
    };
    let enter = to.left - ENTER;
    if x <= enter + 0.1 {
        way.push(Point::new(x, to.middle()));
    } else {
        let between = if is_below { to.top - to.clear } else { to.bottom + to.clear };
        way.extend([Point::new(x, between), Point::new(enter, between), Point::new(enter, to.middle())]);
    }
    way.push(Point::new(to.left, to.middle()));
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(left: f64, right: f64, row: u32) -> Shape {
        let top = 100.0 + 40.0 * f64::from(row);
        let work = (right - 12.0).max(left);
        Shape { left, work, right, top, bottom: top + 16.0, clear: 7.0, late_until: None, is_diamond: false }
    }

    fn strokes(way: &[Point]) -> Vec<f64> {
        way.windows(2).filter(|ends| (ends[0].x - ends[1].x).abs() < 0.5).map(|ends| ends[0].x).collect()
    }

    fn among(shapes: &[Shape], marks: &[f64]) -> Ways {
        let taken =
            (1..).zip(shapes).map(|(number, shape)| Taken { is_entered: number > 1, ..shape.taken(number) }).collect();
        Ways::among(taken, marks.to_vec())
    }

    #[test]
    fn branches_share_a_stroke_and_each_has_its_head() {
        let shapes = [shape(320.0, 340.0, 0), shape(340.0, 360.0, 1), shape(340.0, 400.0, 2), shape(340.0, 420.0, 3)];
        let mut ways = among(&shapes, &[]);
        let laid: Vec<_> = (1..4).map(|to| ways.lay((1, &shapes[0]), (to + 1, &shapes[to as usize]))).collect();
        for (way, to) in laid.iter().zip(&shapes[1..]) {
            assert_eq!(way.last(), Some(&Point::new(to.left, to.middle())), "{way:?}");
            assert_eq!(strokes(way), strokes(&laid[0]));
        }
    }

    #[test]
    fn a_stroke_goes_behind_no_bar_where_it_need_not() {
        let shapes = [shape(320.0, 340.0, 0), shape(335.0, 380.0, 1), shape(320.0, 400.0, 2), shape(500.0, 540.0, 3)];
        let way = among(&shapes, &[410.0]).lay((1, &shapes[0]), (4, &shapes[3]));
        let x = strokes(&way)[0];
        assert!(x > 404.0 && (x - 410.0).abs() >= APART, "{way:?}");
    }

    #[test]
    fn strokes_of_different_bars_keep_apart() {
        let shapes = [shape(320.0, 360.0, 0), shape(320.0, 362.0, 1), shape(500.0, 540.0, 2), shape(500.0, 550.0, 3)];
        let mut ways = among(&shapes, &[]);
        let one = strokes(&ways.lay((1, &shapes[0]), (3, &shapes[2])))[0];
        let other = strokes(&ways.lay((2, &shapes[1]), (4, &shapes[3])))[0];
        assert!((one - other).abs() >= APART - 1.0, "{one} {other}");
    }

    #[test]
    fn what_begins_earlier_is_entered_from_the_left_too() {
        let shapes = [shape(320.0, 420.0, 0), shape(330.0, 421.0, 1)];
        let way = among(&shapes, &[]).lay((1, &shapes[0]), (2, &shapes[1]));
        assert!(way.windows(2).last().is_some_and(|ends| ends[0].x < ends[1].x), "{way:?}");
    }
}
