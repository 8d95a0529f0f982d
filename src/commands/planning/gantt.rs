//! The picture of milestones on the calendar.

use super::{By, Ground};
use crate::commands::context::Context;
use crate::commands::drawn::Drawn;
use crate::domain::display::Theme;
use crate::pictures::gantt::{Chart, Grouping};
use std::sync::Arc;

/// The picture, if whoever asks wants any.
pub(super) async fn drawn(context: &Context, ground: &Arc<Ground>, (by, theme): (By, Option<Theme>)) -> Option<Drawn> {
    let grouping = match by {
        By::Deliverable => Grouping::Deliverable,
        By::Person => Grouping::Person,
    };
    let (ground, theme) = (Arc::clone(ground), context.theme(theme));
    context.drawn("planning-gantt", move || Chart::new(&ground.planned(), grouping).draw(theme)).await
}
