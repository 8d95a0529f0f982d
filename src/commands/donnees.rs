//! `/donnees`: everything that is kept of whoever asks, given to them or erased.
//!
//! Whoever asks isn't met first: asking what is kept makes nobody known. It works in any room, also where no space is known
//! any more, and is always answered in private.

mod effacer;
mod exporter;

pub(super) use effacer::Effacer;
pub(super) use exporter::Exporter;

use super::context::{Context, Problem};
use super::here::ZONE;
use crate::store::{Account, NetworkSpace, Presence};
use jiff::tz::TimeZone;

/// The account that asks.
fn account(context: &Context) -> Account {
    Account { connector: context.origin.connector.clone(), id: context.origin.person.id.clone() }
}

/// The zone of somebody's dates in a space that knows them.
async fn zone(context: &Context, presence: &Presence) -> Result<TimeZone, Problem> {
    let scope = context.store.of(presence.tenant);
    let own = scope.person(presence.person).await?.and_then(|known| known.zone);
    let name = match own {
        Some(own) => Some(own),
        None => scope.chosen(ZONE).await?,
    };
    let zone = name.and_then(|name| TimeZone::get(&name).ok()).or_else(|| context.settings.zone());
    Ok(zone.unwrap_or(TimeZone::UTC))
}

/// Which of these spaces the room belongs to, if any.
async fn of_the_room(context: &Context, presences: &[Presence]) -> Result<Option<Presence>, Problem> {
    let Some(space) = &context.origin.space else { return Ok(None) };
    let tenant = context.store.tenant_at(NetworkSpace { connector: &context.origin.connector, space }).await?;
    Ok(presences.iter().find(|presence| Some(presence.tenant) == tenant).cloned())
}
