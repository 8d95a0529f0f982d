//! Drawing a chart: title, days, marks, lines, arrows, legend, from the back to the front.

use super::links::{self, CRITICAL};
use super::rows::{Density, Row, Rows, Shape, UNDATED};
use super::{Bar, Chart, Group, Mark, MarkKind, key};
use crate::pictures::axis::{self, Axis};
use crate::pictures::legend;
use crate::pictures::lettering::{Line, Size, Type};
use crate::pictures::planned::counted;
use crate::pictures::shapes::times;
use crate::pictures::{Anchor, Area, Dash, Fill, Ink, Paper, Picture, Point, Status, Stroke, Theme, WIDTH};
use jiff::Timestamp;

/// Room around everything, in pixels.
const MARGIN: f64 = 16.0;
/// Sides of the chart.
const CHART: (f64, f64) = (304.0, WIDTH - MARGIN);
/// Height of the line on which a marked instant is named.
const LANE: f64 = 19.0;
/// Lines from which the days are named at the bottom too.
const TALL: usize = 20;

const TITLE: Type = Type::bold(Size::Title);
const HEADING: Type = Type::bold(Size::Body);
const BODY: Type = Type::regular(Size::Body);
const SMALL: Type = Type::regular(Size::Small);
const SMALL_BOLD: Type = Type::bold(Size::Small);

/// The picture of a chart.
pub(super) fn picture(chart: &Chart, theme: Theme) -> Picture {
    let mut paper = Paper::new(theme);
    let top = heading(&mut paper, chart);
    let bottom =
        if chart.bars().next().is_none() { empty(&mut paper, chart, top) } else { full(&mut paper, chart, top) };
    paper.finish(bottom + MARGIN, chart.words.clone())
}

/// The title and what is under it; returns where they end.
fn heading(paper: &mut Paper, chart: &Chart) -> f64 {
    let mut y = MARGIN;
    for line in Line::wrapped(&chart.title, TITLE, WIDTH - 2.0 * MARGIN, 2) {
        paper.text(&line, Point::new(MARGIN, y + 18.0), Anchor::Start, Ink::Text);
        y += Size::Title.leading();
    }
    for line in Line::wrapped(&chart.summary, BODY, WIDTH - 2.0 * MARGIN, 2) {
        paper.text(&line, Point::new(MARGIN, y + 13.0), Anchor::Start, Ink::Quiet);
        y += Size::Body.leading();
    }
    y + 10.0
}

/// A chart without milestones: what to do, and the dates that are known.
fn empty(paper: &mut Paper, chart: &Chart, top: f64) -> f64 {
    let mut lines = vec!["Ajoutez le premier avec la commande /jalon ajouter.".to_owned()];
    lines.extend(chart.marks.iter().map(|mark| mark.label.clone()));
    let height = 40.0 + Size::Body.leading() * times(lines.len());
    let frame = Area::new(MARGIN, top, WIDTH - 2.0 * MARGIN, height);
    paper.rect(frame, Fill::None, Some(Stroke::new(Ink::Quiet, 1.0).broken(Dash::Dashed)));
    let mut y = top + 33.0;
    for text in lines {
        let line = Line::cut(&text, BODY, frame.width - 40.0);
        paper.text(&line, Point::new(WIDTH / 2.0, y), Anchor::Middle, Ink::Text);
        y += Size::Body.leading();
    }
    top + height
}

fn full(paper: &mut Paper, chart: &Chart, top: f64) -> f64 {
    let mut instants: Vec<Timestamp> = vec![chart.now.at];
    instants.extend(chart.starts_at);
    instants.extend(chart.marks.iter().map(|mark| mark.at));
    let spans = chart.bars().filter_map(|bar| bar.span);
    instants.extend(spans.flat_map(|span| [Some(span.due), span.work_from].into_iter().flatten()));
    let axis = Axis::over(&instants, &chart.zone, CHART);

    let mut marks: Vec<(&Mark, f64)> =
        std::iter::once(&chart.now).chain(&chart.marks).map(|mark| (mark, axis.x(mark.at))).collect();
    marks.sort_by(|one, other| one.1.total_cmp(&other.1));
    axis.names(paper, top);
    let lanes = top + axis::HEIGHT;
    let lanes_height = LANE * times(marks.len());
    let rows = Rows::laid(chart, &axis, lanes + lanes_height);

    axis.ground(paper, (lanes, rows.bottom), &chart.calendar);
    for (rank, (mark, x)) in marks.iter().enumerate() {
        let from = lanes + LANE * times(rank) + 4.0;
        paper.line(&[Point::new(*x, from), Point::new(*x, rows.bottom)], stroke(mark.kind));
    }
    for row in &rows.each {
        let ends = [Point::new(MARGIN, row.bottom), Point::new(WIDTH - MARGIN, row.bottom)];
        paper.line(&ends, Stroke::new(Ink::Rule, 0.7));
    }
    for (_, y) in &rows.headings {
        // A line of the background tells headings that follow one another apart.
        let band = Area::new(MARGIN / 2.0, *y, WIDTH - MARGIN, Density::HEADING - 1.0);
        paper.rect(band, Fill::Solid(Ink::Band), None);
    }
    for shape in rows.each.iter().filter_map(|row| Some((row.bar, row.shape.as_ref()?))) {
        thin(paper, shape);
    }
    let left_out = links::draw(paper, &rows, marks.iter().map(|(_, x)| *x).collect());
    for row in &rows.each {
        row.label.draw(paper, row.bar, row.top);
        match &row.shape {
            Some(shape) => thick(paper, row.bar, shape),
            None => undated(paper, row),
        }
    }
    for (group, y) in &rows.headings {
        band(paper, group, *y);
    }
    for (rank, (mark, x)) in marks.iter().enumerate() {
        let line = Line::new(&mark.label, SMALL_BOLD);
        let y = lanes + LANE * times(rank) + 13.5;
        let (at, anchor) =
            if x + 6.0 + line.width() <= CHART.1 { (x + 6.0, Anchor::Start) } else { (x - 6.0, Anchor::End) };
        paper.label(&line, Point::new(at, y), anchor, (stroke(mark.kind).ink, Ink::Background));
    }
    let mut bottom = rows.bottom + 6.0;
    if rows.each.len() >= TALL {
        axis.names(paper, bottom);
        bottom += axis::HEIGHT;
    }
    let bottom = legend::draw(paper, &key::entries(chart, &rows, &axis), bottom + 6.0, (MARGIN, WIDTH - MARGIN));
    if left_out == 0 {
        return bottom;
    }
    let count = counted(left_out, "flèche", "flèches");
    let note = format!("Les plus longues ne sont pas dessinées ({count})\u{a0}: le réseau des jalons les montre.");
    let note = Line::cut(&note, SMALL, WIDTH - 2.0 * MARGIN);
    paper.text(&note, Point::new(MARGIN, bottom + 14.0), Anchor::Start, Ink::Quiet);
    bottom + Size::Small.leading() + 4.0
}

/// The parts of a bar over which arrows go: there they are seen to go on.
fn thin(paper: &mut Paper, (bar, shape): (&Bar, &Shape)) {
    if let Some(area) = shape.delay() {
        paper.rect(area, key::DELAY.0, Some(key::DELAY.1));
    }
    if let Some(area) = shape.light() {
        let ink = bar.status.ink();
        paper.rect(area, Fill::Tint(ink), Some(Stroke::new(ink, 0.8)));
    }
}

/// The work, or the date of a milestone without hours.
fn thick(paper: &mut Paper, bar: &Bar, shape: &Shape) {
    let outline = if bar.is_critical { CRITICAL } else { Stroke::new(bar.status.ink(), 1.6) };
    if shape.is_diamond {
        let centre = Point::new(f64::midpoint(shape.left, shape.right), shape.middle());
        legend::diamond(paper, centre, bar.status.fill(), outline);
    } else {
        paper.rect(shape.full(), bar.status.fill(), Some(outline));
    }
}

/// What stands over the milestones of a group: its name, the hours it stands for, how many are done.
fn band(paper: &mut Paper, group: &Group, top: f64) {
    let y = top + 18.5;
    let done = group.bars.iter().filter(|bar| bar.status == Status::Done).count();
    let count = match group.bars.len() {
        0 => String::new(),
        all => format!("{} sur {all}", counted(done, "fait", "faits")),
    };
    let count = Line::new(&count, SMALL);
    paper.label(&count, Point::new(WIDTH - MARGIN, y), Anchor::End, (Ink::Quiet, Ink::Band));
    let load = Line::new(&group.load, SMALL);
    let room = if load.is_empty() {
        WIDTH - 3.0 * MARGIN - count.width() - MARGIN
    } else {
        // The hours keep to the left of the chart, so that no arrow goes under them.
        (CHART.0 - MARGIN - 10.0 - load.width()).max(60.0)
    };
    let heading = Line::cut(&group.heading, HEADING, room);
    paper.label(&heading, Point::new(MARGIN, y), Anchor::Start, (Ink::Text, Ink::Band));
    let at = Point::new(MARGIN + heading.width() + 10.0, y);
    paper.label(&load, at, Anchor::Start, (Ink::Quiet, Ink::Band));
}

/// What stands for the bar of a milestone without a date.
fn undated(paper: &mut Paper, row: &Row<'_>) {
    let line = Line::new("sans date", SMALL);
    let at = Point::new(CHART.0 + UNDATED.0, f64::midpoint(row.top, row.bottom) + 4.0);
    paper.label(&line, at, Anchor::Start, (Ink::Quiet, Ink::Background));
}

fn stroke(kind: MarkKind) -> Stroke {
    match kind {
        MarkKind::Today => legend::TODAY,
        MarkKind::Deadline => legend::DEADLINE,
        MarkKind::Defence => legend::DEFENCE,
    }
}
