//! The ways of the arrows from what is needed to what needs it.

use super::rows::Shape;
use crate::pictures::Point;

/// How far an arrow keeps from the ends of bars, in pixels.
const CLEAR: f64 = 8.0;
/// How far beyond the end of a bar an arrow turns down, in pixels.
const TURN: f64 = 5.0;

/// The way from the end of one bar to another: down onto it where it lies under that end, else to its beginning.
pub(super) fn way(from: &Shape, to: &Shape) -> Vec<Point> {
    let is_below = to.top > from.top;
    // A diamond is entered at its left corner alone: anywhere else there is nothing under the arrow.
    let x = (from.right + TURN).max(to.left + TURN);
    let is_over = !to.is_diamond && x < from.right + 2.0 * TURN && x <= to.right - 3.0;
    if is_over {
        let enter = if is_below { to.top } else { to.bottom };
        return vec![Point::new(from.right, from.middle()), Point::new(x, from.middle()), Point::new(x, enter)];
    }
    let out = from.right + CLEAR;
    if out + CLEAR <= to.left {
        return vec![
            Point::new(from.right, from.middle()),
            Point::new(out, from.middle()),
            Point::new(out, to.middle()),
            Point::new(to.left, to.middle()),
        ];
    }
    let between = if is_below { to.top - 4.0 } else { to.bottom + 4.0 };
    let before = to.left - 2.0 * CLEAR;
    vec![
        Point::new(from.right, from.middle()),
        Point::new(out, from.middle()),
        Point::new(out, between),
        Point::new(before, between),
        Point::new(before, to.middle()),
        Point::new(to.left, to.middle()),
    ]
}
