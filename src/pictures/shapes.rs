//! What is written on a [`Paper`](super::Paper): places, areas, fillings and strokes.

use super::Ink;

/// A count, to be multiplied by pixels.
pub(super) fn times(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A place, in pixels from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// A place.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// An upright rectangle, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

impl Area {
    /// A rectangle.
    #[must_use]
    pub const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    /// Whether the two share more than an edge; half a pixel is none.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let apart = |from: f64, long: f64, other: f64, other_long: f64| {
            from + long <= other + 0.5 || other + other_long <= from + 0.5
        };
        !apart(self.x, self.width, other.x, other.width) && !apart(self.y, self.height, other.y, other.height)
    }
}

/// A filling that is told from others without its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// Slanted lines.
    Hatched,
    /// Slanted lines both ways.
    Crossed,
    /// Points.
    Dotted,
    /// Level lines.
    Striped,
}

/// What a shape is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Nothing.
    None,
    /// A colour.
    Solid(Ink),
    /// A colour thinned by the background.
    Tint(Ink),
    /// A pattern on the background.
    Patterned(Pattern, Ink),
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Not.
    Whole,
    /// Into dashes.
    Dashed,
    /// Into points.
    Dotted,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub ink: Ink,
    /// How thick it is, in pixels.
    pub width: f64,
    /// How it is broken.
    pub dash: Dash,
}

impl Stroke {
    /// A line that isn't broken.
    #[must_use]
    pub const fn new(ink: Ink, width: f64) -> Self {
        Self { ink, width, dash: Dash::Whole }
    }

    /// The same line, broken.
    #[must_use]
    pub const fn broken(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }
}

/// Which part of a line of words is at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_that_touch_dont_cover_each_other() {
        let one = Area::new(0.0, 0.0, 10.0, 10.0);
        assert!(!one.covers(&Area::new(10.0, 0.0, 5.0, 10.0)));
        assert!(one.covers(&Area::new(9.0, 9.0, 5.0, 10.0)));
        assert!(!one.covers(&Area::new(0.0, 10.0, 5.0, 10.0)));
    }
}
