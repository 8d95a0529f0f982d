//! What the cells and the marks of a network mean: a box with its cells named, and a legend beside it.

use super::draw::{CRITICAL, INNER, LOWER, UPPER};
use crate::pictures::legend::{self, Sample};
use crate::pictures::lettering::{Line, Size, Type};
use crate::pictures::{Anchor, Area, Fill, Ink, Paper, Point, Stroke};

/// Widths of the cells, in pixels.
const CELLS: [f64; 3] = [130.0, 146.0, 130.0];
/// Height of what is between the strips, in pixels.
const MIDDLE: f64 = 38.0;
/// Room between the box and the legend, in pixels.
const APART: f64 = 24.0;

const SMALL: Type = Type::regular(Size::Small);
const SMALL_BOLD: Type = Type::bold(Size::Small);

/// How hours are counted.
const RULE: &str = "Heures écoulées et marge en heures de travail d’une personne, 7\u{a0}h par jour et 35\u{a0}h par \
                    semaine au plus.";

/// Draws both, and how hours are counted; returns where they end.
pub(super) fn draw(paper: &mut Paper, entries: &[(Sample, &str)], top: f64, (left, right): (f64, f64)) -> f64 {
    let end = specimen(paper, Point::new(left, top));
    let beside = left + CELLS.iter().sum::<f64>() + APART;
    let legend = legend::draw(paper, entries, top - 3.0, (beside, right));
    let y = end.max(legend) + 4.0;
    let rule = Line::cut(RULE, SMALL, right - left);
    paper.text(&rule, Point::new(left, y + 12.0), Anchor::Start, Ink::Quiet);
    y + Size::Small.leading()
}

/// A box whose cells say what stands in them.
fn specimen(paper: &mut Paper, at: Point) -> f64 {
    let [first, second, third] = CELLS;
    let width = first + second + third;
    let height = UPPER + MIDDLE + LOWER;
    let lower = at.y + UPPER + MIDDLE;
    for (y, high) in [(at.y, UPPER), (lower, LOWER)] {
        paper.rect(Area::new(at.x, y, width, high), Fill::Solid(Ink::Band), None);
    }
    for y in [at.y + UPPER, lower] {
        paper.line(&[Point::new(at.x, y), Point::new(at.x + width, y)], INNER);
    }
    let centres = [at.x + first / 2.0, at.x + first + second / 2.0, at.x + first + second + third / 2.0];
    let mut write = |text: &str, (style, room): (Type, f64), (x, y): (f64, f64)| {
        paper.text(&Line::cut(text, style, room), Point::new(x, y), Anchor::Middle, Ink::Text);
    };
    let upper = [
        ("début au plus tôt", "heures écoulées"),
        ("durée", "(travail à plusieurs)"),
        ("fin au plus tôt", "heures écoulées"),
    ];
    for (rank, ((name, below), x)) in upper.into_iter().zip(centres).enumerate() {
        let style = if rank == 1 { SMALL_BOLD } else { SMALL };
        write(name, (style, CELLS[rank] - 6.0), (x, at.y + 15.5));
        write(below, (SMALL, CELLS[rank] - 6.0), (x, at.y + 31.0));
    }
    for (rank, (name, x)) in
        ["début au plus tard", "marge ou retard", "fin au plus tard"].into_iter().zip(centres).enumerate()
    {
        let style = if rank == 1 { SMALL_BOLD } else { SMALL };
        write(name, (style, CELLS[rank] - 6.0), (x, lower + 15.5));
    }
    let middle = at.x + width / 2.0;
    write("numéro et titre du jalon", (Type::regular(Size::Body), width - 12.0), (middle, at.y + UPPER + 16.0));
    write("responsables, état, jalons à finir avant", (SMALL, width - 12.0), (middle, at.y + UPPER + 31.0));
    paper.rect(Area::new(at.x, at.y, width, height), Fill::None, Some(Stroke::new(Ink::Quiet, 1.2)));
    at.y + height
}

/// The mark of what is critical.
pub(super) fn critical() -> (Sample, &'static str) {
    (Sample::Bar(Fill::None, CRITICAL), "chemin critique")
}
