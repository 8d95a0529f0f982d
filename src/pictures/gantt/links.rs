//! The arrows of a chart: which are drawn, in which order.

use super::Chart;
use super::rows::{Row, Rows};
use super::ways::{End, Taken, Ways};
use crate::pictures::legend::arrow;
use crate::pictures::{Ink, Paper, Stroke};

/// Most arrows of which the eye can follow each, apart from those of the critical path.
const ARROWS: usize = 80;
/// Longest arrow that is drawn where there are more, in pixels.
const LONG: f64 = 600.0;

/// An arrow.
pub(super) const LINK: Stroke = Stroke::new(Ink::Link, 1.2);
/// An arrow of the critical path, and the outline of its milestones.
pub(super) const CRITICAL: Stroke = Stroke::new(Ink::Critical, 2.6);

/// Draws the arrows, those of the critical path in front; returns how many are left out, the longest ones.
pub(super) fn draw(paper: &mut Paper, rows: &Rows<'_>, marks: Vec<f64>) -> usize {
    let mut thick = Vec::new();
    let mut thin = Vec::new();
    for row in &rows.each {
        let Some(to) = &row.shape else { continue };
        for (needed, from) in row.bar.needs.iter().filter_map(|need| rows.shape(*need)) {
            let found = if needed.is_critical && row.bar.is_critical { &mut thick } else { &mut thin };
            found.push(((needed.number, from), (row.bar.number, to)));
        }
    }
    let far = |(from, to): &(End<'_>, End<'_>)| (from.1.top - to.1.top).abs();
    thin.sort_by(|one, other| far(one).total_cmp(&far(other)));
    let most = if thin.len() > ARROWS { LONG } else { f64::INFINITY };
    let drawn = thin.iter().take(ARROWS).take_while(|link| far(link) <= most).count();
    let mut ways = Ways::among(taken(rows), marks);
    // The plainest ways are for those that matter most, then for the short ones.
    let in_front: Vec<_> = thick.iter().map(|(from, to)| ways.lay(*from, *to)).collect();
    for (from, to) in &thin[..drawn] {
        arrow(paper, &ways.lay(*from, *to), LINK);
    }
    for way in in_front {
        arrow(paper, &way, CRITICAL);
    }
    thin.len() - drawn
}

/// Whether any arrow is drawn.
pub(super) fn are_drawn(chart: &Chart, rows: &Rows<'_>) -> bool {
    let dated = |bar: &super::Bar| rows.shape(bar.number).is_some();
    chart.bars().any(|bar| dated(bar) && bar.needs.iter().any(|need| rows.shape(*need).is_some()))
}

fn taken(rows: &Rows<'_>) -> Vec<Taken> {
    rows.each.iter().map(Row::taken).collect()
}
