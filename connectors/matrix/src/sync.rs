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
use ruma::{OwnedRoomId, UserId, api::client::filter::FilterDefinition, serde::Raw, uint};
use serde::Deserialize;
use std::{borrow::Cow, collections::BTreeSet, sync::Arc, time::Duration};
use vigie_chat::{App, Arrival};

/// How long the homeserver waits for something to happen.
const WAIT: Duration = Duration::from_secs(30);

/// How long the homeserver may take to tell the state of all rooms.
const WHOLE: Duration = Duration::from_mins(5);

/// Reads on from where the last run ended.
pub(crate) struct Reader {
    wire: Arc<Wire>,
    online: Arc<Online>,
    app: Arc<dyn App>,
    /// How far everything was taken: from there the next answer goes on, and nothing before it is paged.
    mark: Option<String>,
    /// Whether the state of all rooms is known.
    state: Known,
}

/// Whether something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    Yes,
    No,
}

/// What happened, besides what was said.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// What was said and wasn't known yet.
    pub(crate) arrivals: Vec<Arrival>,
    /// Rooms that the bot is invited to.
    pub(crate) invited: Vec<OwnedRoomId>,
    /// Rooms of which it changed what they are, or to whom they belong.
    pub(crate) changed: BTreeSet<OwnedRoomId>,
    /// Rooms that somebody left.
    pub(crate) deserted: BTreeSet<OwnedRoomId>,
    /// Rooms that the bot is no longer in.
    pub(crate) left: Vec<OwnedRoomId>,
}

impl Reader {
    /// Goes on from our own mark. Where the state of the rooms isn't known, it asks for all of it with that: what was said
    /// before the mark was answered already, by another device or by this one.
    pub(crate) fn new(
        wire: Arc<Wire>,
        online: Arc<Online>,
        app: Arc<dyn App>,
        mark: Option<&str>,
        state: Known,
    ) -> Self {
        // The mark of another account says nothing here.
        let mark = mark.and_then(|mark| mark.split_once(' ')).filter(|(of, _)| *of == online.me.as_str());
        let mark = mark.map(|(_, mark)| mark.to_owned());
        Self { wire, online, app, mark, state }
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
        let token = self.mark.clone().map_or(SyncToken::NoToken, SyncToken::Specific);
        let all = self.mark.is_none() || self.state == Known::No;
        // The state of everything comes without waiting, but takes its time.
        let wait = if all { WHOLE } else { wait };
        let settings = SyncSettings::new().filter(filter().into()).timeout(wait).token(token).full_state(all);
        let response = self.online.client.sync_once(settings).await?;
        // The SDK gives an answer once: from here on nothing fails, it only waits.
        let mut news = news_of(&response, self.online.me());
        for (id, update) in &response.rooms.joined {
            let Some(room) = self.online.client.get_room(id) else { continue };
            // Before the first mark everything is history.
            if self.mark.is_some() {
                let said = self.said_in(&room, update).await;
                news.arrivals.extend(self.arrivals(&room, &said).await);
            }
        }
        let fresh = self.take(&news.arrivals, &format!("{} {}", self.online.me, response.next_batch)).await;
        news.arrivals.retain(|arrival| fresh.contains(&arrival.id));
        self.mark = Some(response.next_batch);
        self.state = Known::Yes;
        Ok(news)
    }

    /// Everything that was said in a room since the mark and since the bot joined, in order.
    async fn said_in(&self, room: &Room, update: &JoinedRoomUpdate) -> Vec<TimelineEvent> {
        let timeline = &update.timeline;
        let mut said = Vec::new();
        if let (true, Some(from), Some(mark)) = (timeline.limited, &timeline.prev_batch, &self.mark)
            && !gap::joined_in(&timeline.events, self.online.me())
        {
            said = self.gap(room, from, mark).await;
        }
        said.extend(timeline.events.iter().cloned());
        gap::since_joining(said, self.online.me())
    }

    /// What was said before the beginning of an answer, however long it can't be read; nothing where the bot may not read it.
    async fn gap(&self, room: &Room, from: &str, mark: &str) -> Vec<TimelineEvent> {
        let mut waits = self.wire.options.patience.endless();
        loop {
            let failure = match gap::before(room, from, mark, self.online.me()).await {
                Ok(said) => return said,
                Err(failure) => failure,
            };
            if !failure.passes() {
                // Whoever made the bot leave meanwhile expects no answer; a session that is over shows at the next reading.
                tracing::warn!(%failure, "what was said meanwhile in a room can't be read");
                return Vec::new();
            }
            let wait = waits.next().unwrap_or(self.wire.options.patience.longest());
            tracing::warn!(%failure, seconds = wait.as_secs(), "what was said meanwhile can't be read yet");
            tokio::time::sleep(wait).await;
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

/// State that says what a room is and to whom it belongs. Everything else changes too often to look at each time.
const TELLING: [&str; 6] =
    ["m.room.canonical_alias", "m.room.create", "m.room.name", "m.room.tombstone", "m.space.child", "m.space.parent"];

fn news_of(response: &SyncResponse, me: &UserId) -> News {
    let mut news = News {
        invited: response.rooms.invited.keys().cloned().collect(),
        left: response.rooms.left.keys().cloned().collect(),
        ..News::default()
    };
    for (room, update) in &response.rooms.joined {
        let (State::Before(state) | State::After(state)) = &update.state;
        let timeline = update.timeline.events.iter().map(|event| event.raw().json());
        for event in state.iter().map(Raw::json).chain(timeline) {
            let Ok(event) = serde_json::from_str::<StateChange<'_>>(event.get()) else { continue };
            if event.tells(me) {
                news.changed.insert(room.clone());
            }
            if event.is_departure() {
                news.deserted.insert(room.clone());
            }
        }
    }
    news
}

/// A state event, as far as it is looked at.
#[derive(Deserialize)]
struct StateChange<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    state_key: Cow<'a, str>,
    content: Membership,
}

#[derive(Deserialize)]
struct Membership {
    membership: Option<String>,
}

impl StateChange<'_> {
    fn tells(&self, me: &UserId) -> bool {
        TELLING.contains(&self.kind.as_ref()) || (self.kind == "m.room.member" && self.state_key == me.as_str())
    }

    /// Whether somebody leaves, is put out or declines an invitation.
    fn is_departure(&self) -> bool {
        self.kind == "m.room.member" && matches!(self.content.membership.as_deref(), Some("leave" | "ban"))
    }
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
