//! The ways of the arrows from what is needed to what needs it.

use super::rows::Shape;
use crate::pictures::Point;

/// How far an arrow keeps from the ends of bars, in pixels.
const CLEAR: f64 = 8.0;

/// The way from the end of one bar to another: straight down onto it where that lies under the end, else around a corner.
pub(super) fn way(from: &Shape, to: &Shape) -> Vec<Point> {
    let is_below = to.top > from.top;
    let (leave, enter) = if is_below { (from.bottom, to.top) } else { (from.top, to.bottom) };
    let down = from.right - 3.0;
    // A diamond is entered at its left corner alone: anywhere else there is nothing under the arrow.
    let is_over = !to.is_diamond && !from.is_diamond && (to.left - CLEAR..=to.right - 2.0).contains(&down);
    if is_over {
        let x = down.max(to.left + 4.0).min(to.right - 2.0);
        return vec![Point::new(x, leave), Point::new(x, enter)];
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
