//! Drawing a chart: title, days, marks, lines, arrows, legend, from the back to the front.

use super::links;
use super::rows::{Density, Row, Rows, Shape};
use super::{Bar, Chart, Mark, MarkKind};
use crate::pictures::axis::{self, Axis, Shade};
use crate::pictures::legend::{self, Sample};
use crate::pictures::lettering::{Line, Size, Type};
use crate::pictures::planned::counted;
use crate::pictures::shapes::times;
use crate::pictures::{Anchor, Area, Dash, Fill, Ink, Paper, Picture, Point, Status, Stroke, Theme, WIDTH};
use jiff::Timestamp;

/// Room around everything, in pixels.
const MARGIN: f64 = 16.0;
/// Where titles begin, beside their numbers.
const TITLES: f64 = 48.0;
/// Where titles end.
const TITLES_END: f64 = 292.0;
/// Sides of the chart.
const CHART: (f64, f64) = (304.0, WIDTH - MARGIN);
/// Height of the line on which a marked instant is named.
const LANE: f64 = 19.0;
/// Most arrows of which the eye can follow each, apart from those of the critical path.
const ARROWS: usize = 80;
/// Longest arrow that is drawn where there are more, in pixels.
const LONG: f64 = 600.0;
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
        let y = row.top + rows.density.row();
        paper.line(&[Point::new(MARGIN, y), Point::new(WIDTH - MARGIN, y)], Stroke::new(Ink::Rule, 0.7));
    }
    for (_, y) in &rows.headings {
        paper.rect(Area::new(MARGIN / 2.0, *y, WIDTH - MARGIN, Density::HEADING), Fill::Solid(Ink::Band), None);
    }
    let left_out = arrows(paper, &rows);
    for row in &rows.each {
        if let Some(shape) = &row.shape {
            bar(paper, row.bar, shape);
        }
        words(paper, row, rows.density);
    }
    for (group, y) in &rows.headings {
        let done = group.bars.iter().filter(|bar| bar.status == Status::Done).count();
        let count = format!("{} sur {}", counted(done, "fait", "faits"), group.bars.len());
        let count = Line::new(&count, SMALL);
        let at = Point::new(WIDTH - MARGIN, y + 18.5);
        paper.label(&count, at, Anchor::End, (Ink::Quiet, Ink::Band));
        let heading = Line::cut(&group.heading, HEADING, at.x - count.width() - 2.0 * MARGIN - 8.0);
        paper.label(&heading, Point::new(MARGIN, y + 18.5), Anchor::Start, (Ink::Text, Ink::Band));
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
    let bottom = legend::draw(paper, &entries(chart, &rows, &axis), bottom + 6.0, (MARGIN, WIDTH - MARGIN));
    if left_out == 0 {
        return bottom;
    }
    let count = counted(left_out, "flèche", "flèches");
    let note = format!("Les plus longues ne sont pas dessinées ({count})\u{a0}: le réseau des jalons les montre.");
    let note = Line::cut(&note, SMALL, WIDTH - 2.0 * MARGIN);
    paper.text(&note, Point::new(MARGIN, bottom + 14.0), Anchor::Start, Ink::Quiet);
    bottom + Size::Small.leading() + 4.0
}

/// The arrows, those of the critical path in front; returns how many are left out, the longest ones.
fn arrows(paper: &mut Paper, rows: &Rows<'_>) -> usize {
    let mut thick = Vec::new();
    let mut thin = Vec::new();
    for row in &rows.each {
        let Some(to) = &row.shape else { continue };
        for (needed, from) in row.bar.needs.iter().filter_map(|need| rows.shape(*need)) {
            let ways = if needed.is_critical && row.bar.is_critical { &mut thick } else { &mut thin };
            ways.push((from, to));
        }
    }
    let far = |(from, to): &(&Shape, &Shape)| (from.top - to.top).abs();
    thin.sort_by(|one, other| far(one).total_cmp(&far(other)));
    let most = if thin.len() > ARROWS { LONG } else { f64::INFINITY };
    let drawn: Vec<_> = thin.iter().take(ARROWS).take_while(|link| far(link) <= most).collect();
    for (from, to) in &drawn {
        legend::arrow(paper, &links::way(from, to), LINK);
    }
    for (from, to) in thick {
        legend::arrow(paper, &links::way(from, to), CRITICAL);
    }
    thin.len() - drawn.len()
}

const LINK: Stroke = Stroke::new(Ink::Link, 1.2);
const CRITICAL: Stroke = Stroke::new(Ink::Critical, 2.6);

fn bar(paper: &mut Paper, bar: &Bar, shape: &Shape) {
    let ink = bar.status.ink();
    let outline = if bar.is_critical { CRITICAL } else { Stroke::new(ink, 1.6) };
    if shape.is_diamond {
        let centre = Point::new(f64::midpoint(shape.left, shape.right), shape.middle());
        legend::diamond(paper, centre, bar.status.fill(), outline);
        return;
    }
    if let Some(area) = shape.light() {
        paper.rect(area, Fill::Tint(ink), Some(Stroke::new(ink, 0.8)));
    }
    paper.rect(shape.full(), bar.status.fill(), Some(outline));
}

/// What is written of a milestone, at the left.
fn words(paper: &mut Paper, row: &Row<'_>, density: Density) {
    let Row { bar, top, shape } = *row;
    let style = if bar.is_critical { HEADING } else { BODY };
    let number = Line::new(&bar.number.to_string(), HEADING);
    let critical = if bar.is_critical && density == Density::Roomy { ", critique" } else { "" };
    let status = Line::new(&format!("{}{critical}", bar.status.word()), SMALL_BOLD);
    let ink = bar.status.ink();
    let first = match density {
        Density::Roomy => top + 16.5,
        Density::Tight => top + 15.5,
    };
    let number = if number.width() > TITLES - MARGIN - 4.0 { Line::new(number.words(), SMALL_BOLD) } else { number };
    paper.text(&number, Point::new(TITLES - 8.0, first), Anchor::End, Ink::Text);
    let room = match density {
        Density::Roomy => TITLES_END - TITLES,
        Density::Tight => TITLES_END - TITLES - status.width() - 8.0,
    };
    paper.text(&title(bar, style, room), Point::new(TITLES, first), Anchor::Start, Ink::Text);
    match density {
        Density::Roomy => {
            let second = top + 32.5;
            paper.rect(Area::new(TITLES + 0.5, second - 8.5, 9.0, 9.0), bar.status.fill(), Some(Stroke::new(ink, 1.2)));
            paper.text(&status, Point::new(TITLES + 15.0, second), Anchor::Start, ink);
            let left = TITLES + 15.0 + status.width();
            let details = Line::cut(&format!("· {}", bar.details), SMALL, TITLES_END - left - 4.0);
            paper.text(&details, Point::new(left + 4.0, second), Anchor::Start, Ink::Quiet);
        }
        Density::Tight => paper.text(&status, Point::new(TITLES_END, first), Anchor::End, ink),
    }
    if shape.is_none() {
        let undated = Line::new("sans date", SMALL);
        let at = Point::new(CHART.0 + 6.0, top + density.row() / 2.0 + 4.0);
        paper.label(&undated, at, Anchor::Start, (Ink::Quiet, Ink::Background));
    }
}

/// A title, or what stands for one of which no font has a letter.
fn title(bar: &Bar, style: Type, room: f64) -> Line {
    let line = Line::cut(&bar.title, style, room);
    if line.is_empty() { Line::cut("(titre sans lettre lisible)", SMALL, room) } else { line }
}

fn stroke(kind: MarkKind) -> Stroke {
    match kind {
        MarkKind::Today => legend::TODAY,
        MarkKind::Deadline => legend::DEADLINE,
        MarkKind::Defence => legend::DEFENCE,
    }
}

/// What the legend explains: only what is in the picture.
fn entries(chart: &Chart, rows: &Rows<'_>, axis: &Axis) -> Vec<(Sample, &'static str)> {
    let mut entries: Vec<(Sample, &'static str)> = Status::ALL
        .into_iter()
        .filter(|status| chart.bars().any(|bar| bar.status == *status))
        .map(|status| (Sample::Bar(status.fill(), Stroke::new(status.ink(), 1.6)), status.word()))
        .collect();
    let shapes = || rows.each.iter().filter_map(|row| row.shape.as_ref());
    if chart.bars().any(|bar| bar.is_critical) {
        entries.push((Sample::Bar(Fill::None, CRITICAL), "chemin critique"));
    }
    if shapes().any(|shape| shape.light().is_some()) {
        let thin = Stroke::new(Ink::Open, 0.8);
        entries.push((Sample::Bar(Fill::Tint(Ink::Open), thin), "temps disponible avant le travail"));
    }
    if shapes().any(|shape| shape.is_diamond) {
        entries.push((Sample::Diamond(Fill::None, Stroke::new(Ink::Open, 1.6)), "date sans heures prévues"));
    }
    if chart.bars().any(|bar| bar.needs.iter().any(|need| rows.shape(*need).is_some())) {
        entries.push((Sample::Arrow(LINK), "doit être fait avant"));
    }
    let thin = Stroke::new(Ink::Rule, 0.8);
    let rests = [(Shade::WeekEnd, "week-end"), (Shade::Closed, "jour férié ou fermé")];
    let shown = rests.into_iter().filter(|(shade, _)| axis.shows(*shade, &chart.calendar));
    entries.extend(shown.map(|(shade, word)| (Sample::Bar(shade.fill(), thin), word)));
    if axis.is_cut() {
        let side = Stroke::new(Ink::Quiet, 1.0).broken(Dash::Dotted);
        entries.push((Sample::Line(side), "période sans date, non dessinée"));
    }
    entries
}
