//! A legend: what each mark of a picture means, in words beside a sample of it.

use super::lettering::{Line, Size, Type};
use super::{Anchor, Area, Dash, Fill, Ink, Paper, Point, Stroke};

/// From one line of a legend to the next, in pixels.
const LEADING: f64 = 21.0;
/// Size of a sample, in pixels.
const SAMPLE: (f64, f64) = (22.0, 11.0);
/// Room between two entries, in pixels.
const APART: f64 = 18.0;

/// A mark, as a legend shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sample {
    /// A bar.
    Bar(Fill, Stroke),
    /// A thin bar.
    Thin(Fill, Stroke),
    /// A line.
    Line(Stroke),
    /// A line that ends in an arrow's head.
    Arrow(Stroke),
    /// A point in time.
    Diamond(Fill, Stroke),
}

/// Draws a legend from `top` between two sides, on as many lines as it takes; returns where it ends.
pub fn draw(paper: &mut Paper, entries: &[(Sample, &str)], top: f64, (left, right): (f64, f64)) -> f64 {
    let (mut x, mut y) = (left, top);
    for (sample, words) in entries {
        let line = Line::cut(words, Type::regular(Size::Small), right - left - SAMPLE.0 - 7.0);
        let width = SAMPLE.0 + 7.0 + line.width();
        if x > left && x + width > right {
            (x, y) = (left, y + LEADING);
        }
        show(paper, *sample, Area::new(x, y + (LEADING - SAMPLE.1) / 2.0, SAMPLE.0, SAMPLE.1));
        paper.text(&line, Point::new(x + SAMPLE.0 + 7.0, y + 14.5), Anchor::Start, Ink::Text);
        x += width + APART;
    }
    y + LEADING
}

fn show(paper: &mut Paper, sample: Sample, area: Area) {
    let middle = area.y + area.height / 2.0;
    let (left, right) = (Point::new(area.x, middle), Point::new(area.x + area.width, middle));
    match sample {
        Sample::Bar(fill, outline) => paper.rect(area, fill, Some(outline)),
        Sample::Thin(fill, outline) => {
            paper.rect(Area::new(area.x, middle - 3.0, area.width, 6.0), fill, Some(outline));
        }
        Sample::Line(stroke) => paper.line(&[left, right], stroke),
        Sample::Arrow(stroke) => arrow(paper, &[left, right], stroke),
        Sample::Diamond(fill, outline) => {
            diamond(paper, Point::new(f64::midpoint(left.x, right.x), middle), fill, outline);
        }
    }
}

/// A line through these points that ends in an arrow's head.
pub fn arrow(paper: &mut Paper, through: &[Point], stroke: Stroke) {
    let [.., before, tip] = through else { return };
    let half = 2.6 + stroke.width * 0.7;
    let long = half * 1.8;
    // Ways are upright or level where they end, or slanted between two shapes.
    let (dx, dy) = (tip.x - before.x, tip.y - before.y);
    let length = dx.hypot(dy);
    if length < f64::EPSILON {
        return;
    }
    let (ux, uy) = (dx / length, dy / length);
    let base = Point::new(tip.x - ux * long, tip.y - uy * long);
    let mut way = through.to_vec();
    if let Some(last) = way.last_mut() {
        *last = base;
    }
    paper.line(&way, stroke);
    let corners =
        [*tip, Point::new(base.x - uy * half, base.y + ux * half), Point::new(base.x + uy * half, base.y - ux * half)];
    paper.polygon(&corners, Fill::Solid(stroke.ink), None);
}

/// A point in time.
pub fn diamond(paper: &mut Paper, centre: Point, fill: Fill, outline: Stroke) {
    const HALF: f64 = 7.0;
    let Point { x, y } = centre;
    let corners = [Point::new(x, y - HALF), Point::new(x + HALF, y), Point::new(x, y + HALF), Point::new(x - HALF, y)];
    paper.polygon(&corners, fill, Some(outline));
}

/// The line that marks now.
pub const TODAY: Stroke = Stroke::new(Ink::Today, 2.0);
/// The line that marks the last date.
pub const DEADLINE: Stroke = Stroke::new(Ink::Deadline, 2.0).broken(Dash::Dashed);
/// The line that marks the defence.
pub const DEFENCE: Stroke = Stroke::new(Ink::Defence, 2.5).broken(Dash::Dotted);
