//! Where each line of a chart stands, and each bar on it.

use super::labels::Label;
use super::ways::Taken;
use super::{Bar, Chart, Group};
use crate::pictures::axis::Axis;
use crate::pictures::{Area, Status};
use std::collections::HashMap;

/// Most milestones of which nothing is cut that two lines can hold.
const SPACIOUS: usize = 30;
/// Most milestones whose lines have room for two lines of words.
const ROOMY: usize = 60;
/// Least width of the work in a bar, in pixels, so that its pattern can be seen.
const NARROWEST: f64 = 12.0;
/// Half of a diamond's width, in pixels.
const DIAMOND: f64 = 7.0;
/// Height of the part of a bar in which nobody has to work, in pixels.
const THIN: f64 = 6.0;
/// Sides of the words of a milestone without a date, from the left of the chart.
pub(super) const UNDATED: (f64, f64) = (6.0, 66.0);

/// How much is written of each milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Density {
    /// Its title, and under it how it stands, on more lines where it takes them.
    Spacious,
    /// Its title, and under it how it stands.
    Roomy,
    /// Its title and a word beside it.
    Tight,
}

impl Density {
    fn of(milestones: usize) -> Self {
        if milestones <= SPACIOUS {
            Self::Spacious
        } else if milestones <= ROOMY {
            Self::Roomy
        } else {
            Self::Tight
        }
    }

    /// Height of a bar, in pixels.
    fn bar(self) -> f64 {
        match self {
            Self::Spacious | Self::Roomy => 16.0,
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
    /// How far over it and under it an arrow may pass.
    pub(super) clear: f64,
    /// How far its delay goes.
    pub(super) late_until: Option<f64>,
    /// Whether it is a diamond around its date.
    pub(super) is_diamond: bool,
}

/// A milestone's line.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) bar: &'a Bar,
    pub(super) label: Label,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Its bar; none without a date.
    pub(super) shape: Option<Shape>,
    /// The left side of the chart.
    left: f64,
}

/// All lines of a chart.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    pub(super) headings: Vec<(&'a Group, f64)>,
    pub(super) each: Vec<Row<'a>>,
    pub(super) bottom: f64,
    ranks: HashMap<u32, usize>,
}

impl<'a> Rows<'a> {
    /// Lays the lines of a chart from `top`.
    pub(super) fn laid(chart: &'a Chart, axis: &Axis, top: f64) -> Self {
        let density = Density::of(chart.bars().count());
        let now = axis.x(chart.now.at);
        let mut laid = Self { headings: Vec::new(), each: Vec::new(), bottom: top, ranks: HashMap::new() };
        for group in &chart.groups {
            laid.headings.push((group, laid.bottom));
            laid.bottom += Density::HEADING;
            for bar in &group.bars {
                laid.ranks.entry(bar.number).or_insert(laid.each.len());
                let label = Label::of(bar, density);
                let (top, bottom) = (laid.bottom, laid.bottom + label.height());
                let shape = shape(bar, axis, now).map(|shape| shape.between((top, bottom), density));
                laid.each.push(Row { bar, label, top, bottom, shape, left: axis.ends().0 });
                laid.bottom = bottom;
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

impl Row<'_> {
    /// What no arrow should go through.
    pub(super) fn taken(&self) -> Taken {
        let number = self.bar.number;
        let words = (self.left + UNDATED.0, self.left + UNDATED.1);
        let undated = Taken { number, x: words, work: words, is_entered: false, y: (self.top, self.bottom) };
        let is_entered = !self.bar.needs.is_empty();
        self.shape.map_or(undated, |shape| Taken { is_entered, ..shape.taken(number) })
    }
}

/// A bar without its height.
fn shape(bar: &Bar, axis: &Axis, now: f64) -> Option<Shape> {
    let span = bar.span?;
    let due = axis.x(span.due);
    let is_late = matches!(bar.status, Status::Late | Status::LateAndBlocked);
    let (top, bottom, clear) = (0.0, 0.0, 0.0);
    let Some(work_from) = span.work_from else {
        let (left, right) = (due - DIAMOND, due + DIAMOND);
        let late_until = Some(now).filter(|now| is_late && *now > right + 2.0);
        return Some(Shape { left, work: left, right, top, bottom, clear, late_until, is_diamond: true });
    };
    let work = axis.x(work_from).min(due - NARROWEST);
    let left = span.free_from.map_or(work, |free| axis.x(free).min(work));
    let late_until = Some(now).filter(|now| is_late && *now > due + 2.0);
    Some(Shape { left, work, right: due, top, bottom, clear, late_until, is_diamond: false })
}

impl Shape {
    /// In the middle of a line.
    fn between(self, (top, bottom): (f64, f64), density: Density) -> Self {
        let middle = f64::midpoint(top, bottom);
        let half = density.bar() / 2.0;
        let clear = ((bottom - top) / 2.0 - half) * 0.6;
        Self { top: middle - half, bottom: middle + half, clear: clear.min(7.0), ..self }
    }

    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    /// Where all of it ends, its delay with it.
    pub(super) fn end(&self) -> f64 {
        self.late_until.unwrap_or(self.right)
    }

    /// What no arrow should go through.
    pub(super) fn taken(&self, number: u32) -> Taken {
        Taken {
            number,
            x: (self.left, self.end()),
            work: (self.work, self.right),
            is_entered: false,
            y: (self.top, self.bottom),
        }
    }

    /// The light part, if it can be seen.
    pub(super) fn light(&self) -> Option<Area> {
        let width = self.work - self.left;
        (width > 2.0).then(|| self.thin(self.left, width))
    }

    /// The delay.
    pub(super) fn delay(&self) -> Option<Area> {
        Some(self.thin(self.right, self.late_until? - self.right))
    }

    fn thin(&self, left: f64, width: f64) -> Area {
        Area::new(left, self.middle() - THIN / 2.0, width, THIN)
    }

    /// The work.
    pub(super) fn full(&self) -> Area {
        Area::new(self.work, self.top, self.right - self.work, self.bottom - self.top)
    }
}
