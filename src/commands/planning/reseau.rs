//! The picture of what comes after what, with earliest and latest dates.

use super::Ground;
use crate::commands::context::Context;
use crate::commands::drawn::Drawn;
use crate::domain::display::Theme;
use crate::pictures::precedence::Network;
use std::sync::Arc;

/// The picture, if whoever asks wants any.
pub(super) async fn drawn(context: &Context, ground: &Arc<Ground>, theme: Option<Theme>) -> Option<Drawn> {
    let (ground, theme) = (Arc::clone(ground), context.theme(theme));
    context.drawn("planning-reseau", move || Network::new(&ground.planned()).draw(theme)).await
}
