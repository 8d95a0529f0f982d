//! Reading what the homeserver tells, each thing once.
//!
//! The SDK remembers how far it read before anybody has acted on it, so that a crash would lose what was said. Therefore our
//! own mark counts: it is written together with what was read, and a restart begins from it. What doesn't fit into an
//! answer of the homeserver's (a long absence) is paged before the mark moves on.

mod arrived;
mod gap;

pub(crate) use arrived::{Opened, Unsealed, Way, unsealed};

use crate::{
    failure::Failure,
    hear::Called,
    send,
    wire::{Online, Wire},
};
use matrix_sdk::{
    Client, Room,
    config::{SyncSettings, SyncToken},
    deserialized_responses::TimelineEvent,
    sync::{JoinedRoomUpdate, State, SyncResponse},
};
use ruma::{OwnedRoomId, api::client::filter::FilterDefinition, uint};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use vigie_chat::{App, Arrival};

/// How long the homeserver waits for something to happen.
const WAIT: Duration = Duration::from_secs(30);

/// Reads on from where the last run ended.
pub(crate) struct Reader {
    wire: Arc<Wire>,
    online: Arc<Online>,
    app: Arc<dyn App>,
    /// From where the next answer goes on.
    since: Option<String>,
    /// How far everything was taken; nothing before it is paged.
    mark: Option<String>,
}

/// What happened, besides what was said.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// What was said and wasn't known yet.
    pub(crate) arrivals: Vec<Arrival>,
    /// Rooms that the bot is invited to.
    pub(crate) invited: Vec<OwnedRoomId>,
    /// Rooms in which something else than words changed.
    pub(crate) changed: BTreeSet<OwnedRoomId>,
    /// Rooms that somebody left.
    pub(crate) deserted: BTreeSet<OwnedRoomId>,
    /// Rooms that the bot is no longer in.
    pub(crate) left: Vec<OwnedRoomId>,
}

impl Reader {
    /// Goes on from our own mark; with a new device, which has no state yet, the state comes whole.
    pub(crate) fn new(
        wire: Arc<Wire>,
        online: Arc<Online>,
        app: Arc<dyn App>,
        mark: Option<String>,
        device: crate::account::DeviceAge,
    ) -> Self {
        let since = mark.clone().filter(|_| device == crate::account::DeviceAge::Known);
        Self { wire, online, app, since, mark }
    }

    /// What is there already, without waiting for more.
    pub(crate) async fn first(&mut self) -> Result<News, Failure> {
        self.read(Duration::ZERO).await
    }

    /// What happens next.
    pub(crate) async fn next(&mut self) -> Result<News, Failure> {
        self.read(WAIT).await
    }

    async fn read(&mut self, wait: Duration) -> Result<News, Failure> {
        let token = self.since.clone().map_or(SyncToken::NoToken, SyncToken::Specific);
        let settings = SyncSettings::new().filter(filter().into()).timeout(wait).token(token);
        let response = self.online.client.sync_once(settings).await?;
        // The SDK gives an answer once: from here on nothing fails, it only waits.
        let mut news = news_of(&response);
        for (id, update) in &response.rooms.joined {
            let Some(room) = self.online.client.get_room(id) else { continue };
            // Before the first mark everything is history.
            if self.mark.is_some() {
                let said = self.said_in(&room, update).await?;
                news.arrivals.extend(self.arrivals(&room, &said).await);
            }
        }
        let fresh = self.take(&news.arrivals, &response.next_batch).await;
        news.arrivals.retain(|arrival| fresh.contains(&arrival.id));
        self.since = Some(response.next_batch.clone());
        self.mark = Some(response.next_batch);
        Ok(news)
    }

    /// Everything that was said in a room since the mark and since the bot joined, in order.
    async fn said_in(&self, room: &Room, update: &JoinedRoomUpdate) -> Result<Vec<TimelineEvent>, Failure> {
        let timeline = &update.timeline;
        let mut said = Vec::new();
        if let (true, Some(from), Some(mark)) = (timeline.limited, &timeline.prev_batch, &self.mark)
            && !gap::joined_in(&timeline.events, self.online.me())
        {
            said = self.gap(room, from, mark).await?;
        }
        said.extend(timeline.events.iter().cloned());
        Ok(gap::since_joining(said, self.online.me()))
    }

    /// What was said before the beginning of an answer, however long it can't be read.
    async fn gap(&self, room: &Room, from: &str, mark: &str) -> Result<Vec<TimelineEvent>, Failure> {
        let mut waits = self.wire.options.patience.endless();
        loop {
            match gap::before(room, from, mark, self.online.me()).await {
                Err(failure) if failure.passes() => {
                    let wait = waits.next().unwrap_or(self.wire.options.patience.longest());
                    tracing::warn!(%failure, seconds = wait.as_secs(), "what was said meanwhile can't be read yet");
                    tokio::time::sleep(wait).await;
                }
                read => return read,
            }
        }
    }

    async fn arrivals(&self, room: &Room, said: &[TimelineEvent]) -> Vec<Arrival> {
        if said.is_empty() {
            return Vec::new();
        }
        let kind = send::kind(room).await;
        let name = self.wire.name_in(room).await;
        let called = Called {
            user: self.online.me(),
            name: &name,
            prefix: &self.wire.options.prefix,
            commands: self.app.commands(),
        };
        let arrival = |event| arrived::arrival(room, event, kind, called, &self.online.cipher);
        said.iter().filter_map(arrival).collect()
    }

    /// Keeps what was read, however long the inbox can't be written.
    async fn take(&self, arrivals: &[Arrival], mark: &str) -> Vec<vigie_chat::EventId> {
        let mut waits = self.wire.options.patience.endless();
        loop {
            match self.wire.options.inbox.take(arrivals, mark).await {
                Ok(fresh) => return fresh,
                Err(error) => {
                    let wait = waits.next().unwrap_or(self.wire.options.patience.longest());
                    tracing::error!(%error, seconds = wait.as_secs(), "what was read can't be kept; trying again");
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }
}

fn news_of(response: &SyncResponse) -> News {
    let has_state = |update: &JoinedRoomUpdate| {
        let (State::Before(state) | State::After(state)) = &update.state;
        let of_state = |event: &TimelineEvent| matches!(event.raw().get_field::<String>("state_key"), Ok(Some(_)));
        !state.is_empty() || update.timeline.events.iter().any(of_state)
    };
    let joined = &response.rooms.joined;
    let changed = joined.iter().filter(|(_, update)| has_state(update));
    let deserted = joined.iter().filter(|(_, update)| update.timeline.events.iter().any(is_departure));
    News {
        deserted: deserted.map(|(room, _)| room.clone()).collect(),
        arrivals: Vec::new(),
        invited: response.rooms.invited.keys().cloned().collect(),
        changed: changed.map(|(room, _)| room.clone()).collect(),
        left: response.rooms.left.keys().cloned().collect(),
    }
}

/// Whether somebody leaves, is put out or declines an invitation.
fn is_departure(event: &TimelineEvent) -> bool {
    #[derive(Deserialize)]
    struct Member {
        membership: String,
    }
    let is_member = matches!(event.raw().get_field::<String>("type"), Ok(Some(kind)) if kind == "m.room.member");
    let content = || event.raw().get_field::<Member>("content").ok().flatten();
    is_member && content().is_some_and(|member| matches!(member.membership.as_str(), "leave" | "ban"))
}

/// What the homeserver leaves out: who is typing, who has read what, who is online.
///
/// Members aren't: with lazy loading Synapse leaves out those who are only invited, and nobody would encrypt for them.
fn filter() -> FilterDefinition {
    let mut filter = FilterDefinition::default();
    filter.presence.types = Some(Vec::new());
    filter.room.ephemeral.types = Some(Vec::new());
    filter.room.timeline.limit = Some(uint!(50));
    filter
}

/// Rooms that wait for an answer to an invitation, also those from before.
pub(crate) fn invitations(client: &Client) -> Vec<OwnedRoomId> {
    client.invited_rooms().iter().map(|room| room.room_id().to_owned()).collect()
}
