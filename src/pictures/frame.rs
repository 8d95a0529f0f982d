//! What stands over a picture: what it is, whose, and its main figures.

use super::lettering::{Line, Size, Type};
use super::{Anchor, Ink, Paper, Point, WIDTH};

/// Left and right of everything, in pixels.
pub(super) const MARGIN: f64 = 16.0;
/// The width between the margins.
pub(super) const ROOM: f64 = WIDTH - 2.0 * MARGIN;
/// The sides of everything.
pub(super) const SIDES: (f64, f64) = (MARGIN, WIDTH - MARGIN);

/// Writes what the picture is, and a few lines more; gives where the rest begins.
pub(super) fn head(paper: &mut Paper, title: &str, below: &[&str]) -> f64 {
    let mut y = MARGIN;
    for line in Line::wrapped(title, Type::bold(Size::Title), ROOM, 2) {
        paper.text(&line, Point::new(MARGIN, y + 18.0), Anchor::Start, Ink::Text);
        y += Size::Title.leading();
    }
    for line in below.iter().flat_map(|text| Line::wrapped(text, Type::regular(Size::Body), ROOM, 2)) {
        paper.text(&line, Point::new(MARGIN, y + 13.0), Anchor::Start, Ink::Quiet);
        y += Size::Body.leading();
    }
    y + 10.0
}

/// A count as a length.
pub(super) fn length(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
