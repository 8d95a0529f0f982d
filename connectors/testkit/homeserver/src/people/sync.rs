//! Looking on: a task that asks the server for what is new, and puts it into the person's view.

use std::time::Duration;

use matrix_sdk::{
    Client,
    config::SyncSettings,
    deserialized_responses::{TimelineEvent, TimelineEventKind},
    ruma::{
        OwnedRoomId, RoomId,
        api::client::filter::{FilterDefinition, RoomEventFilter, RoomFilter},
        events::AnySyncTimelineEvent,
        serde::Raw,
        uint,
    },
    sync::{State, SyncResponse},
};
use serde_json::Value;
use tokio::{sync::watch, task::AbortHandle};

use super::view::{Reading, RoomView, View};
use crate::error::Refusal;

/// How long the server may hold a request when nothing is new.
const HELD: Duration = Duration::from_secs(30);

/// The pause before a server that didn't answer is asked again.
const PAUSE: Duration = Duration::from_millis(200);

/// Looks once, so that the device's keys are known to the server, then goes on by itself.
pub(super) async fn begin(client: &Client) -> Result<(AbortHandle, watch::Receiver<View>), Refusal> {
    let (sender, view) = watch::channel(View::default());
    look(client, Duration::ZERO, &sender).await?;
    let client = client.clone();
    let syncing = tokio::spawn(async move {
        loop {
            if look(&client, HELD, &sender).await.is_err() {
                tokio::time::sleep(PAUSE).await;
            }
        }
    });
    Ok((syncing.abort_handle(), view))
}

async fn look(client: &Client, held: Duration, view: &watch::Sender<View>) -> Result<(), Refusal> {
    let mut timeline = RoomEventFilter::default();
    timeline.limit = Some(uint!(100));
    let mut filter = FilterDefinition::default();
    filter.room = RoomFilter::default();
    filter.room.timeline = timeline;
    let response = client.sync_once(SyncSettings::new().timeout(held).filter(filter.into())).await?;
    let late = decrypt_again(client, view).await;
    view.send_modify(|view| {
        show(&response, view);
        for (room, event) in late {
            view.room(&room).hear_late(&event);
        }
    });
    Ok(())
}

fn show(response: &SyncResponse, view: &mut View) {
    for (id, update) in &response.rooms.joined {
        let room = view.room(id);
        room.is_joined();
        happen(room, &update.state, &update.timeline.events);
        update.ephemeral.iter().for_each(|event| room.overhear(&json(event)));
    }
    for (id, update) in &response.rooms.invited {
        let room = view.room(id);
        room.is_invited();
        update.invite_state.events.iter().for_each(|state| room.learn(&json(state)));
    }
    for (id, update) in &response.rooms.left {
        let room = view.room(id);
        room.is_left();
        happen(room, &update.state, &update.timeline.events);
    }
}

fn happen(room: &mut RoomView, state: &State, timeline: &[TimelineEvent]) {
    let (State::Before(states) | State::After(states)) = state;
    for state in states {
        room.learn(&json(state));
    }
    for event in timeline {
        room.hear(&json(event.raw()), reading(event));
    }
}

/// What could not be read before and can now: keys may come after the message.
async fn decrypt_again(client: &Client, view: &watch::Sender<View>) -> Vec<(OwnedRoomId, Value)> {
    let unread: Vec<_> = view.borrow().undecryptable();
    let mut late = Vec::new();
    for (room, event) in unread {
        if let Some(event) = decrypted(client, &room, &event).await {
            late.push((room, event));
        }
    }
    late
}

async fn decrypted(client: &Client, room: &RoomId, event: &Value) -> Option<Value> {
    let raw: Raw<AnySyncTimelineEvent> = Raw::new(event).ok()?.cast_unchecked();
    let event = client.get_room(room)?.decrypt_event(raw.cast_ref_unchecked(), None).await.ok()?;
    matches!(event.kind, TimelineEventKind::Decrypted(_)).then(|| json(event.raw()))
}

fn reading(event: &TimelineEvent) -> Reading {
    match &event.kind {
        TimelineEventKind::Decrypted(_) => Reading::Decrypted,
        TimelineEventKind::PlainText { .. } => Reading::Plain,
        TimelineEventKind::UnableToDecrypt { utd_info, .. } => Reading::Undecryptable(format!("{:?}", utd_info.reason)),
    }
}

fn json<T>(raw: &Raw<T>) -> Value {
    serde_json::from_str(raw.json().get()).unwrap_or_default()
}
