//! What is written of each milestone at the left of a chart.
//!
//! How it stands, its date and its hours are whole; only a title and names are cut, where even two lines don't hold them.

use super::Bar;
use super::rows::Density;
use crate::pictures::lettering::{Line, Size, Type};
use crate::pictures::shapes::times;
use crate::pictures::{Anchor, Area, Ink, Paper, Point, Stroke};

/// Where titles begin, beside their numbers.
const TITLES: f64 = 48.0;
/// Where titles end.
pub(super) const END: f64 = 292.0;
/// Where words begin under a title, after the sample of how it stands.
const BELOW: f64 = TITLES + 15.0;
/// The widest number.
const NUMBER: f64 = 28.0;

const BOLD: Type = Type::bold(Size::Body);
const SMALL: Type = Type::regular(Size::Small);
const SMALL_BOLD: Type = Type::bold(Size::Small);

/// The words of a milestone, cut to their room.
#[derive(Debug)]
pub(super) struct Label {
    number: Line,
    title: Vec<Line>,
    status: Line,
    /// What follows how it stands, on its line.
    beside: Option<Line>,
    /// What follows on a line more.
    below: Option<Line>,
    density: Density,
}

impl Label {
    /// The words of a milestone.
    pub(super) fn of(bar: &Bar, density: Density) -> Self {
        let number = bar.number.to_string();
        let wide = Line::new(&number, BOLD);
        let number = if wide.width() > NUMBER { Line::new(&number, SMALL_BOLD) } else { wide };
        let critical = if bar.is_critical && density != Density::Tight { ", critique" } else { "" };
        let status = Line::new(&format!("{}{critical}", bar.status.word()), SMALL_BOLD);
        let (room, lines) = match density {
            Density::Spacious => (END - TITLES, 2),
            Density::Roomy => (END - TITLES, 1),
            Density::Tight => (END - TITLES - status.width() - 8.0, 1),
        };
        let title = title(bar, room, lines);
        let (beside, below) = details(bar, END - BELOW - status.width() - 4.0, density);
        Self { number, title, status, beside, below, density }
    }

    /// How high the line of its milestone is, in pixels.
    pub(super) fn height(&self) -> f64 {
        match self.density {
            Density::Tight => 22.0,
            Density::Spacious | Density::Roomy => {
                let more = self.title.len().saturating_sub(1);
                let below = if self.below.is_some() { Size::Small.leading() } else { 0.0 };
                40.0 + Size::Body.leading() * times(more) + below
            }
        }
    }

    /// Writes the words of a milestone from `top`.
    pub(super) fn draw(&self, paper: &mut Paper, bar: &Bar, top: f64) {
        let ink = bar.status.ink();
        let mut y = if self.density == Density::Tight { top + 15.5 } else { top + 16.5 };
        paper.text(&self.number, Point::new(TITLES - 8.0, y), Anchor::End, Ink::Text);
        if self.density == Density::Tight {
            paper.text(&self.status, Point::new(END, y), Anchor::End, ink);
        }
        for line in &self.title {
            paper.text(line, Point::new(TITLES, y), Anchor::Start, Ink::Text);
            y += Size::Body.leading();
        }
        if self.density == Density::Tight {
            return;
        }
        y -= 1.0;
        paper.rect(Area::new(TITLES + 0.5, y - 8.5, 9.0, 9.0), bar.status.fill(), Some(Stroke::new(ink, 1.2)));
        paper.text(&self.status, Point::new(BELOW, y), Anchor::Start, ink);
        if let Some(beside) = &self.beside {
            let left = BELOW + self.status.width() + 4.0;
            paper.text(beside, Point::new(left, y), Anchor::Start, Ink::Quiet);
        }
        if let Some(below) = &self.below {
            paper.text(below, Point::new(BELOW, y + Size::Small.leading()), Anchor::Start, Ink::Quiet);
        }
    }
}

/// What follows how a milestone stands, on its line and on a line more: whole where both hold it.
fn details(bar: &Bar, room: f64, density: Density) -> (Option<Line>, Option<Line>) {
    if density == Density::Tight {
        return (None, None);
    }
    let facts = Line::new(&format!("· {}", bar.facts), SMALL);
    let all = if bar.people.is_empty() { bar.facts.clone() } else { format!("{} · {}", bar.facts, bar.people) };
    let whole = Line::new(&format!("· {all}"), SMALL);
    if whole.width() <= room {
        (Some(whole), None)
    } else if facts.width() > room {
        (None, Some(Line::cut(&all, SMALL, END - BELOW)))
    } else if density == Density::Spacious {
        (Some(facts), Some(Line::cut(&bar.people, SMALL, END - BELOW)))
    } else {
        (Some(Line::cut(whole.words(), SMALL, room)), None)
    }
}

/// A title, or what stands for one of which no font has a letter.
fn title(bar: &Bar, room: f64, lines: usize) -> Vec<Line> {
    let style = if bar.is_critical { BOLD } else { Type::regular(Size::Body) };
    let title = Line::wrapped(&bar.title, style, room, lines);
    if title.is_empty() { vec![Line::cut("(titre sans lettre lisible)", SMALL, room)] } else { title }
}
