//! `/brief`: the subject of an MSPR, from the trainer's text to its end.
//!
//! ```text
//! text, file, form ── publier ──▶ draft ── modifier ──▶ … ── publier (confirmed) ──▶ published
//! published ── modifier ──▶ a change, as a draft ── appliquer ──▶ the next version ── cloturer ──▶ closed
//! ```
//!
//! What is under way is private; what is published is announced in a room, and the announcement follows each version.

mod abandonner;
mod announcing;
mod appliquer;
mod cloturer;
mod drafts;
mod liste;
mod modifier;
mod publier;
mod voir;
mod world;

pub(super) use abandonner::Abandonner;
pub(super) use appliquer::Appliquer;
pub(super) use cloturer::Cloturer;
pub(super) use drafts::in_force;
pub(super) use liste::Liste;
pub(super) use modifier::Modifier;
pub(super) use publier::Publier;
pub(super) use voir::Voir;

use super::context::{Context, Problem};
use crate::domain::brief::{difference, missing};
use crate::views;
use crate::views::brief::{Held, Ready};
use drafts::Kept;
use vigie_chat::{Draft, Room, RoomKind};

/// A draft as its author sees it: what was understood of a brief, or what a change changes.
async fn show(context: &Context, kept: &Kept, room: Option<&Room>) -> Result<Draft, Problem> {
    let working = &kept.working;
    let held = Held { key: kept.key, version: kept.version, brief: &working.brief };
    if let Some(amends) = working.amends {
        let brief =
            context.scope()?.brief(amends.brief).await?.ok_or_else(|| Problem::Refused(views::which::no_brief()))?;
        let base = drafts::version_of(context, amends.brief, amends.from).await?;
        let changes = difference(&base, &working.brief);
        let number = brief.number.unwrap_or_default();
        return Ok(views::brief::amendment((number, amends.from), held, &changes, &working.remarks));
    }
    let here = &context.origin.room;
    let (completed, defaults) = publier::completed(context, working.brief.clone());
    let ready = match room.or((here.kind == RoomKind::Shared).then_some(here)) {
        _ if !missing(&completed).is_empty() => Ready::Lacking,
        Some(room) if room.id == here.id => Ready::Here(room),
        Some(room) => Ready::There(room),
        None => Ready::Nowhere,
    };
    let draft = views::brief::understood(&completed, &working.remarks, &defaults, &context.library.referentiels);
    Ok(views::brief::with_next_steps(draft, held, ready))
}
