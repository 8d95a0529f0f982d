//! Drawing a network: boxes in rows, arrows between them, what the boxes mean.

use super::place::{COLUMNS, Places};
use super::routes::{BOX, Height, Routes, SIDE, left};
use super::{Network, Node, key, numbers};
use crate::pictures::legend::{self, Sample};
use crate::pictures::lettering::{Line, Size, Type};
use crate::pictures::planned::counted;
use crate::pictures::{Anchor, Area, Dash, Fill, Ink, Paper, Picture, Point, Status, Stroke, Theme, WIDTH};

const MARGIN: f64 = 16.0;
/// The width between the margins.
const ROOM: f64 = WIDTH - 2.0 * MARGIN;
/// Height of the strips above and below a box.
pub(super) const UPPER: f64 = 38.0;
pub(super) const LOWER: f64 = 23.0;
/// Height of a box with its strips.
const HEIGHT: f64 = UPPER + 92.0 + LOWER;
/// Room between boxes that nothing is joined to.
const APART: f64 = 16.0;

const TITLE: Type = Type::bold(Size::Title);
const BODY: Type = Type::regular(Size::Body);
const BOLD: Type = Type::bold(Size::Body);
const SMALL: Type = Type::regular(Size::Small);
const SMALL_BOLD: Type = Type::bold(Size::Small);

const LINK: Stroke = Stroke::new(Ink::Link, 1.3);
pub(super) const CRITICAL: Stroke = Stroke::new(Ink::Critical, 3.0);
/// Between the cells of a box and the rest of it.
pub(super) const INNER: Stroke = Stroke::new(Ink::Quiet, 0.8);

/// The picture of a network.
pub(super) fn picture(network: &Network, theme: Theme) -> Picture {
    let mut paper = Paper::new(theme);
    let y = head(&mut paper, network);
    let y = if network.nodes.is_empty() { empty(&mut paper, y + 10.0) } else { full(&mut paper, network, y + 12.0) };
    paper.finish(y + MARGIN, network.words.clone())
}

/// What it is, what matters first, and its dates; returns where that ends.
fn head(paper: &mut Paper, network: &Network) -> f64 {
    let mut y = MARGIN;
    for line in Line::wrapped(&network.title, TITLE, ROOM, 2) {
        paper.text(&line, Point::new(MARGIN, y + 18.0), Anchor::Start, Ink::Text);
        y += Size::Title.leading();
    }
    for headline in &network.headlines {
        y = steps(paper, &headline.text, headline.ink, y);
    }
    let [dates, amount] = &network.dated;
    let together = format!("{dates} {amount}");
    let is_short = Line::new(&together, SMALL).width() <= ROOM;
    let lines = if is_short { vec![together] } else { network.dated.to_vec() };
    for line in lines.iter().flat_map(|text| Line::wrapped(text, SMALL, ROOM, 2)) {
        paper.text(&line, Point::new(MARGIN, y + 13.0), Anchor::Start, Ink::Quiet);
        y += Size::Small.leading();
    }
    y
}

/// Writes a line with its arrows apart: another font has them, which would also write the numbers between them.
fn steps(paper: &mut Paper, text: &str, ink: Ink, top: f64) -> f64 {
    const SPACE: f64 = 4.0;
    let arrow = Line::new("→", BOLD);
    let pieces: Vec<Line> = text.split(" → ").map(|piece| Line::new(piece, BOLD)).collect();
    let width: f64 = pieces.iter().map(|piece| piece.width() + arrow.width() + 2.0 * SPACE).sum();
    let mut y = top;
    if pieces.len() == 1 || width > ROOM {
        for line in Line::wrapped(text, BOLD, ROOM, 2) {
            paper.text(&line, Point::new(MARGIN, y + 13.0), Anchor::Start, ink);
            y += Size::Body.leading();
        }
        return y;
    }
    let mut x = MARGIN;
    for (rank, piece) in pieces.iter().enumerate() {
        if rank > 0 {
            paper.text(&arrow, Point::new(x + SPACE, y + 13.0), Anchor::Start, ink);
            x += arrow.width() + 2.0 * SPACE;
        }
        paper.text(piece, Point::new(x, y + 13.0), Anchor::Start, ink);
        x += piece.width();
    }
    y + Size::Body.leading()
}

fn empty(paper: &mut Paper, top: f64) -> f64 {
    let frame = Area::new(MARGIN, top, WIDTH - 2.0 * MARGIN, 60.0);
    paper.rect(frame, Fill::None, Some(Stroke::new(Ink::Quiet, 1.0).broken(Dash::Dashed)));
    let line = Line::cut("Ajoutez le premier avec la commande /jalon ajouter.", BODY, frame.width - 40.0);
    paper.text(&line, Point::new(WIDTH / 2.0, top + 35.0), Anchor::Middle, Ink::Text);
    top + frame.height
}

fn full(paper: &mut Paper, network: &Network, top: f64) -> f64 {
    let places = Places::of(network);
    let routes = Routes::of(network, &places);
    let mut tops = Vec::with_capacity(places.rows);
    let mut y = explained(paper, network, top) + 18.0;
    for row in 0..places.rows {
        tops.push(y);
        y += HEIGHT;
        if row + 1 < places.rows {
            y += routes.channel(row);
        }
    }
    arrows(paper, network, &routes, &tops);
    for (node, place) in network.nodes.iter().zip(&places.of) {
        if let Some(place) = place {
            draw(paper, node, left(place.column), tops[place.row]);
        }
    }
    if !places.alone.is_empty() {
        y = alone(paper, network, &places, if places.rows == 0 { y } else { y + 18.0 });
    }
    if routes.left_out > 0 {
        let count = counted(routes.left_out, "lien n’est pas dessiné", "liens ne sont pas dessinés");
        let note = Line::cut(
            &format!("{count} faute de place\u{a0}: les cases les disent («\u{a0}après…\u{a0}»)."),
            SMALL,
            WIDTH - 32.0,
        );
        paper.text(&note, Point::new(MARGIN, y + 18.0), Anchor::Start, Ink::Quiet);
        y += Size::Small.leading() + 8.0;
    }
    y
}

/// What the cells and the marks mean, of those that there are.
fn explained(paper: &mut Paper, network: &Network, top: f64) -> f64 {
    let mut entries: Vec<(Sample, &'static str)> = Vec::new();
    if network.nodes.iter().any(|node| node.is_critical) {
        entries.push(key::critical());
    }
    let statuses = Status::ALL.into_iter().filter(|status| network.nodes.iter().any(|node| node.status == *status));
    entries.extend(statuses.map(|status| (Sample::Bar(status.fill(), Stroke::new(status.ink(), 1.6)), status.word())));
    if !network.links.is_empty() {
        entries.push((Sample::Arrow(LINK), "doit être fait avant"));
    }
    let sides = (MARGIN, WIDTH - MARGIN);
    if network.nodes.iter().any(|node| node.times.is_some()) {
        key::draw(paper, &entries, top, sides)
    } else {
        legend::draw(paper, &entries, top, sides)
    }
}

fn arrows(paper: &mut Paper, network: &Network, routes: &Routes, tops: &[f64]) {
    let height = |height: Height| match height {
        Height::Over(row) => tops[row],
        Height::Under(row) => tops[row] + HEIGHT,
        Height::Lane(row, lane) => tops[row] + HEIGHT + Routes::lane(lane),
    };
    let is_critical = |link: (usize, usize)| network.critical.contains(&link);
    for front in [false, true] {
        for route in routes.ways.iter().filter(|route| is_critical(route.link) == front) {
            let mut way: Vec<Point> = route.through.iter().map(|(x, y)| Point::new(*x, height(*y))).collect();
            way.dedup();
            legend::arrow(paper, &way, if front { CRITICAL } else { LINK });
        }
    }
}

/// The milestones that nothing is joined to, under a heading of their own.
fn alone(paper: &mut Paper, network: &Network, places: &Places, top: f64) -> f64 {
    paper.rect(Area::new(MARGIN / 2.0, top, WIDTH - MARGIN, 28.0), Fill::Solid(Ink::Band), None);
    let heading = Line::new("Sans lien avec un autre jalon", BOLD);
    paper.text(&heading, Point::new(MARGIN, top + 18.5), Anchor::Start, Ink::Text);
    let mut y = top + 28.0 + APART;
    for row in places.alone.chunks(COLUMNS) {
        for (column, rank) in row.iter().enumerate() {
            draw(paper, &network.nodes[*rank], left(column), y);
        }
        y += HEIGHT + APART;
    }
    y - APART
}

/// A box from its upper left corner.
fn draw(paper: &mut Paper, node: &Node, x: f64, y: f64) {
    let ink = node.status.ink();
    let frame = Area::new(x, y, BOX, HEIGHT);
    paper.rect(frame, Fill::Solid(Ink::Background), None);
    let lower = y + HEIGHT - LOWER;
    for (strip, high) in [(y, UPPER), (lower, LOWER)] {
        paper.rect(Area::new(x, strip, BOX, high), Fill::Solid(Ink::Band), None);
    }
    for line in [y + UPPER, lower] {
        paper.line(&[Point::new(x, line), Point::new(x + BOX, line)], INNER);
    }
    above(paper, node, (x, y));
    below(paper, node, (x, lower));
    let outline = if node.is_critical { CRITICAL } else { Stroke::new(ink, 1.4) };
    paper.rect(frame, Fill::None, Some(outline));

    let number = Line::new(&node.number.to_string(), BOLD);
    let top = y + UPPER;
    paper.text(&number, Point::new(x + 9.0, top + 18.0), Anchor::Start, Ink::Text);
    let from = x + 9.0 + number.width() + 7.0;
    let room = x + BOX - 9.0 - from;
    let mut lines = Line::wrapped(&node.title, BODY, room, 2);
    if lines.is_empty() {
        lines.push(Line::cut("(titre sans lettre lisible)", SMALL, room));
    }
    for (line, below) in lines.iter().zip([18.0, 35.0]) {
        paper.text(line, Point::new(from, top + below), Anchor::Start, Ink::Text);
    }
    let room = BOX - 18.0;
    let who = if node.who.is_empty() { "sans responsable" } else { &node.who };
    paper.text(&Line::cut(who, SMALL, room), Point::new(x + 9.0, top + 53.0), Anchor::Start, Ink::Quiet);
    paper.rect(Area::new(x + 9.5, top + 59.5, 9.0, 9.0), node.status.fill(), Some(Stroke::new(ink, 1.2)));
    let word =
        if node.is_critical { format!("{}, critique", node.status.word()) } else { node.status.word().to_owned() };
    paper.text(&Line::cut(&word, SMALL_BOLD, room - 15.0), Point::new(x + 24.0, top + 68.5), Anchor::Start, ink);
    let after =
        if node.after.is_empty() { "sans préalable".to_owned() } else { format!("après {}", numbers(&node.after)) };
    paper.text(&Line::cut(&after, SMALL, room), Point::new(x + 9.0, top + 84.0), Anchor::Start, Ink::Quiet);
}

/// Width of the outer cells of a strip, in pixels.
const OUTER: f64 = 60.0;

/// When it can be done at the earliest, and how long it takes.
fn above(paper: &mut Paper, node: &Node, (x, y): (f64, f64)) {
    if let Some(times) = &node.times {
        for (rank, (day, since)) in times.earliest.iter().enumerate() {
            cell(paper, day, (2 * rank, SMALL, Ink::Text), (x, y + 15.5));
            cell(paper, since, (2 * rank, SMALL, Ink::Quiet), (x, y + 31.0));
        }
    }
    let Some(work) = &node.duration.work else {
        cell(paper, &node.duration.long, (1, SMALL_BOLD, Ink::Text), (x, y + 23.0));
        return;
    };
    cell(paper, &node.duration.long, (1, SMALL_BOLD, Ink::Text), (x, y + 15.5));
    cell(paper, work, (1, SMALL, Ink::Quiet), (x, y + 31.0));
}

/// When it must be done at the latest, and how much room that leaves.
fn below(paper: &mut Paper, node: &Node, (x, y): (f64, f64)) {
    let Some(times) = &node.times else {
        let due = node.due.as_ref().map_or_else(String::new, |due| format!("pour le {due}"));
        return cell(paper, &due, (1, SMALL_BOLD, Ink::Text), (x, y + 15.5));
    };
    for (rank, day) in times.latest.iter().enumerate() {
        cell(paper, day, (2 * rank, SMALL, Ink::Text), (x, y + 15.5));
    }
    cell(paper, &times.float, (1, SMALL_BOLD, times.ink), (x, y + 15.5));
}

/// Words in the middle of one of three cells, of which the middle one is the widest.
fn cell(paper: &mut Paper, text: &str, (rank, style, ink): (usize, Type, Ink), (x, baseline): (f64, f64)) {
    let (from, width) = match rank {
        0 => (0.0, OUTER),
        1 => (OUTER, BOX - 2.0 * OUTER),
        _ => (BOX - OUTER, OUTER),
    };
    let line = Line::cut(text, style, width - 3.0);
    paper.text(&line, Point::new(x + from + width / 2.0, baseline), Anchor::Middle, ink);
    debug_assert!(x >= SIDE - 1.0, "boxes stand beside the gutters");
}
