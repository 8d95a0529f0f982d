//! Drawing a network: boxes in rows, arrows between them, what the boxes mean.

use super::place::{COLUMNS, Places};
use super::routes::{BOX, Height, Routes, SIDE, left};
use super::{Network, Node, numbers};
use crate::pictures::legend::{self, Sample};
use crate::pictures::lettering::{Line, Size, Type};
use crate::pictures::planned::counted;
use crate::pictures::{Anchor, Area, Dash, Fill, Ink, Paper, Picture, Point, Status, Stroke, Theme, WIDTH};

const MARGIN: f64 = 16.0;
/// Height of the strips of days above and below a box.
const STRIP: f64 = 23.0;
/// Height of a box with its strips.
const HEIGHT: f64 = 2.0 * STRIP + 92.0;
/// Room between boxes that nothing is joined to.
const APART: f64 = 16.0;

const TITLE: Type = Type::bold(Size::Title);
const BODY: Type = Type::regular(Size::Body);
const BOLD: Type = Type::bold(Size::Body);
const SMALL: Type = Type::regular(Size::Small);
const SMALL_BOLD: Type = Type::bold(Size::Small);

const LINK: Stroke = Stroke::new(Ink::Link, 1.3);
const CRITICAL: Stroke = Stroke::new(Ink::Critical, 3.0);

const READING: &str = "Dans chaque case, en haut\u{a0}: début au plus tôt, durée, fin au plus tôt. En bas\u{a0}: début au plus \
                       tard, marge, fin au plus tard.";

/// The picture of a network.
pub(super) fn picture(network: &Network, theme: Theme) -> Picture {
    let mut paper = Paper::new(theme);
    let mut y = MARGIN;
    let room = WIDTH - 2.0 * MARGIN;
    for line in Line::wrapped(&network.title, TITLE, room, 2) {
        paper.text(&line, Point::new(MARGIN, y + 18.0), Anchor::Start, Ink::Text);
        y += Size::Title.leading();
    }
    for line in Line::wrapped(&network.summary, BODY, room, 2) {
        paper.text(&line, Point::new(MARGIN, y + 13.0), Anchor::Start, Ink::Text);
        y += Size::Body.leading();
    }
    if network.nodes.is_empty() {
        y = empty(&mut paper, y + 10.0);
    } else {
        for line in Line::wrapped(READING, SMALL, room, 2) {
            paper.text(&line, Point::new(MARGIN, y + 13.0), Anchor::Start, Ink::Quiet);
            y += Size::Small.leading();
        }
        y = full(&mut paper, network, y + 14.0);
    }
    paper.finish(y + MARGIN, network.words.clone())
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
    let mut y = top;
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
    let mut entries: Vec<(Sample, &'static str)> = Status::ALL
        .into_iter()
        .filter(|status| network.nodes.iter().any(|node| node.status == *status))
        .map(|status| (Sample::Bar(status.fill(), Stroke::new(status.ink(), 1.6)), status.word()))
        .collect();
    if !network.links.is_empty() {
        entries.push((Sample::Arrow(LINK), "doit être fait avant"));
    }
    if network.nodes.iter().any(|node| node.is_critical) {
        entries.push((Sample::Bar(Fill::None, CRITICAL), "chemin critique"));
    }
    y = legend::draw(paper, &entries, y + 12.0, (MARGIN, WIDTH - MARGIN));
    if routes.left_out > 0 {
        let count = counted(routes.left_out, "lien n’est pas dessiné", "liens ne sont pas dessinés");
        let note = Line::cut(
            &format!("{count} faute de place\u{a0}: les cases les disent («\u{a0}après…\u{a0}»)."),
            SMALL,
            WIDTH - 32.0,
        );
        paper.text(&note, Point::new(MARGIN, y + 14.0), Anchor::Start, Ink::Quiet);
        y += Size::Small.leading() + 4.0;
    }
    y
}

fn arrows(paper: &mut Paper, network: &Network, routes: &Routes, tops: &[f64]) {
    let height = |height: Height| match height {
        Height::Over(row) => tops[row],
        Height::Under(row) => tops[row] + HEIGHT,
        Height::Lane(row, lane) => tops[row] + HEIGHT + Routes::lane(lane),
    };
    let is_critical = |(from, to): (usize, usize)| network.nodes[from].is_critical && network.nodes[to].is_critical;
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
    for strip in [y, y + HEIGHT - STRIP] {
        paper.rect(Area::new(x, strip, BOX, STRIP), Fill::Solid(Ink::Band), None);
    }
    let inner = Stroke::new(Ink::Quiet, 0.8);
    for line in [y + STRIP, y + HEIGHT - STRIP] {
        paper.line(&[Point::new(x, line), Point::new(x + BOX, line)], inner);
    }
    let (above, below) = strips(node);
    for (cells, strip) in [(above, y), (below, y + HEIGHT - STRIP)] {
        strip_of(paper, &cells, (x, strip));
    }
    let outline = if node.is_critical { CRITICAL } else { Stroke::new(ink, 1.4) };
    paper.rect(frame, Fill::None, Some(outline));

    let number = Line::new(&node.number.to_string(), BOLD);
    let top = y + STRIP;
    paper.text(&number, Point::new(x + 9.0, top + 18.0), Anchor::Start, Ink::Text);
    let from = x + 9.0 + number.width() + 7.0;
    let room = x + BOX - 9.0 - from;
    let style = if node.is_critical { BOLD } else { BODY };
    let mut lines = Line::wrapped(&node.title, style, room, 2);
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

/// What stands above and below a box.
fn strips(node: &Node) -> ([String; 3], [String; 3]) {
    let blank = String::new;
    let Some(times) = &node.times else {
        let due = node.due.as_ref().map_or_else(blank, |due| format!("pour le {due}"));
        return ([blank(), node.duration.clone(), blank()], [blank(), due, blank()]);
    };
    (
        [times.earliest.0.clone(), node.duration.clone(), times.earliest.1.clone()],
        [times.latest.0.clone(), format!("marge {}", times.slack), times.latest.1.clone()],
    )
}

/// Three cells, of which the middle one is the widest.
fn strip_of(paper: &mut Paper, cells: &[String; 3], (x, y): (f64, f64)) {
    const OUTER: f64 = 60.0;
    let baseline = y + 15.5;
    let inner = BOX - 2.0 * OUTER;
    let cells = cells.iter().zip([(0.0, OUTER, SMALL), (OUTER, inner, SMALL_BOLD), (OUTER + inner, OUTER, SMALL)]);
    for (text, (from, width, style)) in cells {
        let line = Line::cut(text, style, width - 3.0);
        paper.text(&line, Point::new(x + from + width / 2.0, baseline), Anchor::Middle, Ink::Text);
    }
    debug_assert!(x >= SIDE - 1.0, "boxes stand beside the gutters");
}
