//! Where each line of a chart stands, and each bar on it.

use super::{Bar, Chart, Group};
use crate::pictures::Area;
use crate::pictures::axis::Axis;
use std::collections::HashMap;

/// Most milestones whose lines have room for two lines of words.
const ROOMY: usize = 60;
/// Least width of the work in a bar, in pixels, so that its pattern can be seen.
const NARROWEST: f64 = 12.0;
/// Half of a diamond's width, in pixels.
const DIAMOND: f64 = 7.0;

/// How much is written of each milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Density {
    /// Its title, and under it how it stands.
    Roomy,
    /// Its title and a word beside it.
    Tight,
}

impl Density {
    /// Height of a milestone's line, in pixels.
    pub(super) fn row(self) -> f64 {
        match self {
            Self::Roomy => 40.0,
            Self::Tight => 22.0,
        }
    }

    /// Height of a bar, in pixels.
    pub(super) fn bar(self) -> f64 {
        match self {
            Self::Roomy => 16.0,
            Self::Tight => 12.0,
        }
    }

    /// Height of a heading, in pixels.
    pub(super) const HEADING: f64 = 28.0;
}

/// A bar on the chart, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    /// Where the light part begins; `work` where there is none.
    pub(super) left: f64,
    /// Where the work begins.
    pub(super) work: f64,
    /// Where it ends.
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Whether it is a diamond around its date.
    pub(super) is_diamond: bool,
}

impl Shape {
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }
}

/// A milestone's line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) bar: &'a Bar,
    pub(super) top: f64,
    /// Its bar; none without a date.
    pub(super) shape: Option<Shape>,
}

/// All lines of a chart.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    pub(super) density: Density,
    pub(super) headings: Vec<(&'a Group, f64)>,
    pub(super) each: Vec<Row<'a>>,
    pub(super) bottom: f64,
    ranks: HashMap<u32, usize>,
}

impl<'a> Rows<'a> {
    /// Lays the lines of a chart from `top`.
    pub(super) fn laid(chart: &'a Chart, axis: &Axis, top: f64) -> Self {
        let density = if chart.bars().count() <= ROOMY { Density::Roomy } else { Density::Tight };
        let mut laid = Self { density, headings: Vec::new(), each: Vec::new(), bottom: top, ranks: HashMap::new() };
        for group in &chart.groups {
            laid.headings.push((group, laid.bottom));
            laid.bottom += Density::HEADING;
            for bar in &group.bars {
                laid.ranks.entry(bar.number).or_insert(laid.each.len());
                laid.each.push(Row { bar, top: laid.bottom, shape: shape(bar, axis, laid.bottom, density) });
                laid.bottom += density.row();
            }
        }
        laid
    }

    /// The bar of a milestone.
    pub(super) fn shape(&self, number: u32) -> Option<(&Bar, &Shape)> {
        let row = self.each.get(*self.ranks.get(&number)?)?;
        Some((row.bar, row.shape.as_ref()?))
    }
}

fn shape(bar: &Bar, axis: &Axis, top: f64, density: Density) -> Option<Shape> {
    let span = bar.span?;
    let middle = top + density.row() / 2.0;
    let (top, bottom) = (middle - density.bar() / 2.0, middle + density.bar() / 2.0);
    let due = axis.x(span.due);
    let Some(work_from) = span.work_from else {
        let (left, right) = (due - DIAMOND, due + DIAMOND);
        return Some(Shape { left, work: left, right, top, bottom, is_diamond: true });
    };
    let work = axis.x(work_from).min(due - NARROWEST);
    let left = span.free_from.map_or(work, |free| axis.x(free).min(work));
    Some(Shape { left, work, right: due, top, bottom, is_diamond: false })
}

impl Shape {
    /// The light part, if it can be seen.
    pub(super) fn light(&self) -> Option<Area> {
        let width = self.work - self.left;
        (width > 2.0).then(|| Area::new(self.left, self.top + 3.0, width, self.bottom - self.top - 6.0))
    }

    /// The work.
    pub(super) fn full(&self) -> Area {
        Area::new(self.work, self.top, self.right - self.work, self.bottom - self.top)
    }
}
