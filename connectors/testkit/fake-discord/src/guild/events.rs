//! The scheduled events of a guild, as its members see them, and what its owner does to them.

use std::time::Duration;

use super::Guild;
use crate::{hub::State, id::Id, world::EventData};

/// How long a test waits for something that should happen.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long an event of the owner's lasts, in milliseconds.
const AN_HOUR_MS: i64 = 3_600_000;

/// A scheduled event, as the members of its guild see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledEvent {
    /// Its id.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// What it says of itself.
    pub description: Option<String>,
    /// Where it takes place.
    pub location: String,
    /// When it begins, in milliseconds since 1970.
    pub starts_ms: i64,
    /// When it ends, in milliseconds since 1970.
    pub ends_ms: i64,
}

impl Guild {
    /// The scheduled events that aren't over, oldest first.
    #[must_use]
    pub fn events(&self) -> Vec<ScheduledEvent> {
        self.hub.look(|state| {
            let now_ms = state.now_ms();
            let open = state.world.events_of(self.id).filter(|event| event.is_open(now_ms));
            let shown = open.map(|event| ScheduledEvent {
                id: event.id,
                name: event.name.clone(),
                description: event.description.clone(),
                location: event.location.clone(),
                starts_ms: event.starts_ms,
                ends_ms: event.ends_ms,
            });
            shown.collect()
        })
    }

    /// Waits until the scheduled events are as a test wants them, and returns them.
    ///
    /// # Panics
    ///
    /// When they aren't so within 15 seconds.
    pub async fn until_events(&self, mut wanted: impl FnMut(&[ScheduledEvent]) -> bool) -> Vec<ScheduledEvent> {
        let gather = |_: &State| ();
        let judge = |()| Some(self.events()).filter(|events| wanted(events));
        let found = self.hub.until_judged(PATIENCE, gather, judge).await;
        found.unwrap_or_else(|| panic!("never so within 15 s: {:#?}", self.events()))
    }

    /// The owner makes an event of this name, one hour long, which begins at this instant in milliseconds since 1970.
    #[must_use]
    pub fn owner_schedules(&self, name: &str, starts_ms: i64) -> Id {
        self.change(|state, guild| {
            let (id, creator) = (state.new_id(), state.world.guilds.get(&guild)?.owner);
            let event = EventData {
                id,
                guild,
                creator,
                name: name.to_owned(),
                description: None,
                starts_ms,
                ends_ms: starts_ms + AN_HOUR_MS,
                location: "ici".to_owned(),
            };
            state.world.events.insert(id, event);
            Some(id)
        })
    }

    /// The owner deletes an event.
    pub fn owner_deletes_event(&self, event: Id) {
        self.change(|state, _| state.world.events.remove(&event));
    }
}
