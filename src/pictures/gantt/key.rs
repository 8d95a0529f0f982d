//! What the legend of a chart explains: only what is in the picture.

use super::Chart;
use super::links::{self, CRITICAL, LINK};
use super::rows::Rows;
use crate::pictures::axis::{Axis, Shade};
use crate::pictures::legend::Sample;
use crate::pictures::{Dash, Fill, Ink, Pattern, Status, Stroke};

/// How a delay is drawn.
pub(super) const DELAY: (Fill, Stroke) = (Fill::Patterned(Pattern::Hatched, Ink::Late), Stroke::new(Ink::Late, 0.8));

/// The entries, in order.
pub(super) fn entries(chart: &Chart, rows: &Rows<'_>, axis: &Axis) -> Vec<(Sample, &'static str)> {
    let mut entries: Vec<(Sample, &'static str)> = Status::ALL
        .into_iter()
        .filter(|status| chart.bars().any(|bar| bar.status == *status))
        .map(|status| (Sample::Bar(status.fill(), Stroke::new(status.ink(), 1.6)), status.word()))
        .collect();
    let shapes = || rows.each.iter().filter_map(|row| row.shape.as_ref());
    if chart.bars().any(|bar| bar.is_critical) {
        entries.push((Sample::Bar(Fill::None, CRITICAL), "chemin critique"));
    }
    // Grey stands for whatever colour.
    if shapes().any(|shape| !shape.is_diamond) {
        let thick = Sample::Bar(Fill::None, Stroke::new(Ink::Quiet, 1.6));
        entries.push((thick, "partie épaisse\u{a0}: le travail, au plus tard"));
    }
    if shapes().any(|shape| shape.light().is_some()) {
        let thin = Sample::Thin(Fill::Tint(Ink::Quiet), Stroke::new(Ink::Quiet, 0.8));
        entries.push((thin, "partie fine\u{a0}: on peut déjà commencer"));
    }
    if shapes().any(|shape| shape.delay().is_some()) {
        entries.push((Sample::Thin(DELAY.0, DELAY.1), "retard à ce jour"));
    }
    if shapes().any(|shape| shape.is_diamond) {
        entries.push((Sample::Diamond(Fill::None, Stroke::new(Ink::Open, 1.6)), "date sans heures prévues"));
    }
    if links::are_drawn(chart, rows) {
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
