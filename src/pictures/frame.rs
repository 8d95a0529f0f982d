//! What pictures have in common around what they show: a head that says what it is, and a key to its signs.

use super::lettering::{Line, Size, Type};
use super::{Anchor, Area, Fill, Ink, Paper, Point, Stroke, WIDTH};

/// Left and right of everything, in pixels.
pub(super) const MARGIN: f64 = 24.0;
/// The width between the margins.
pub(super) const ROOM: f64 = WIDTH - 2.0 * MARGIN;

/// Side of a sign of the key.
const SIGN: f64 = 14.0;

/// Writes what the picture is, whose it is, and its main figures; gives where the rest begins.
pub(super) fn head(paper: &mut Paper, title: &str, below: &[&str]) -> f64 {
    let style = Type::bold(Size::Title);
    let mut y = 14.0;
    for line in Line::wrapped(title, style, ROOM, 2) {
        y += Size::Title.leading();
        paper.text(&line, Point::new(MARGIN, y - 6.0), Anchor::Start, Ink::Text);
    }
    let style = Type::regular(Size::Body);
    for text in below {
        for line in Line::wrapped(text, style, ROOM, 2) {
            y += Size::Body.leading();
            paper.text(&line, Point::new(MARGIN, y - 4.0), Anchor::Start, Ink::Quiet);
        }
    }
    y + 10.0
}

/// What stands before its words in the key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sign {
    /// A filled square with an outline.
    Box(Fill, Stroke),
    /// A piece of a line.
    Line(Stroke),
}

/// Writes the key, on as many lines as it needs; gives where the rest begins.
pub(super) fn key(paper: &mut Paper, top: f64, signs: &[(Sign, &str)]) -> f64 {
    let style = Type::regular(Size::Small);
    let (mut x, mut y) = (MARGIN, top);
    for (sign, words) in signs {
        let line = Line::cut(words, style, ROOM - SIGN - 8.0);
        let wide = SIGN + 8.0 + line.width();
        if x > MARGIN && x + wide > MARGIN + ROOM {
            (x, y) = (MARGIN, y + 20.0);
        }
        match sign {
            Sign::Box(fill, outline) => paper.rect(Area::new(x, y, SIGN, SIGN), *fill, Some(*outline)),
            Sign::Line(stroke) => {
                let middle = y + SIGN / 2.0;
                paper.line(&[Point::new(x - 2.0, middle), Point::new(x + SIGN + 2.0, middle)], *stroke);
            }
        }
        paper.text(&line, Point::new(x + SIGN + 6.0, y + 11.0), Anchor::Start, Ink::Text);
        x += wide + 20.0;
    }
    y + 28.0
}

/// A count as a length.
pub(super) fn length(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// `1 critère`, `12 critères`.
pub(super) fn counted(number: usize, one: &str, several: &str) -> String {
    // In French, zero is singular.
    format!("{number}\u{a0}{}", if number < 2 { one } else { several })
}
