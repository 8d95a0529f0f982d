//! What was read of the SDK's state store, until it changes: the memory alone, without the store.
//!
//! Nothing is remembered that a change may have overtaken. While a change is going on, everything is read from the store; what
//! was asked before a change and answered after it is given, and not remembered. A change that somebody stopped waiting for
//! may still come about at any moment: from then on nothing is remembered any more.

use matrix_sdk::{
    RoomInfo, RoomMemberships, RoomState, StateChanges,
    deserialized_responses::{DisplayName, RawAnySyncOrStrippedState},
};
use matrix_sdk_base::MinimalRoomMemberEvent;
use ruma::{
    OwnedRoomId, OwnedUserId, RoomId,
    events::{AnyGlobalAccountDataEvent, GlobalAccountDataEventType, StateEventType, presence::PresenceEvent},
    serde::Raw,
};
use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Things remembered before all are forgotten: some 20 MB, and as much as 500 rooms ask for in which people talk.
const MOST: usize = 20_000;
/// Longest list that is remembered. The members of a large room are seldom asked for all at once.
const LONGEST: usize = 100;

/// What was asked, and the answers.
#[derive(Default)]
pub(super) struct Memory(Mutex<Known>);

/// What is known.
#[derive(Default)]
pub(super) struct Known {
    rooms: HashMap<OwnedRoomId, OfRoom>,
    pub(super) account_data: HashMap<GlobalAccountDataEventType, Vec<Raw<AnyGlobalAccountDataEvent>>>,
    pub(super) presence: HashMap<Vec<OwnedUserId>, Vec<Raw<PresenceEvent>>>,
    /// How many things are remembered, at most.
    held: usize,
    /// Changes that began, and those of them that are over.
    begun: u64,
    over: u64,
}

/// What is known of a room.
#[derive(Default)]
pub(super) struct OfRoom {
    /// Whether the bot was only invited when the room was last written. The store keeps what is told of a room to those who
    /// are invited apart from what is told to its members, and erases the one when it writes a room of the other kind.
    stage: Option<Stage>,
    pub(super) states: HashMap<StateEventType, Vec<RawAnySyncOrStrippedState>>,
    pub(super) states_for: HashMap<(StateEventType, Vec<String>), Vec<RawAnySyncOrStrippedState>>,
    pub(super) profiles: HashMap<Vec<OwnedUserId>, Vec<Option<MinimalRoomMemberEvent>>>,
    pub(super) members: HashMap<RoomMemberships, Vec<OwnedUserId>>,
    /// By the names as they are written: those that look alike count as one for the SDK, and not always for its store.
    pub(super) named: HashMap<Vec<String>, Vec<Option<BTreeSet<OwnedUserId>>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Invited,
    Other,
}

impl Stage {
    fn of(room: &RoomInfo) -> Self {
        if room.state() == RoomState::Invited { Self::Invited } else { Self::Other }
    }
}

/// What changes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change<'a> {
    /// What a homeserver told, or what was asked of it.
    Changes(&'a StateChanges),
    /// A room is forgotten.
    Removal(&'a RoomId),
    /// Another process may have written it.
    Anything,
}

/// A change that began.
pub(super) struct Changing(());

impl Memory {
    /// The answer to a question: the remembered one, or else what `ask` reads.
    pub(super) async fn answer<K, T, E>(
        &self,
        place: impl Fn(&mut Known) -> &mut HashMap<K, Vec<T>>,
        question: K,
        ask: impl Future<Output = Result<Vec<T>, E>>,
    ) -> Result<Vec<T>, E>
    where
        K: Eq + Hash,
        T: Clone,
    {
        let before = {
            let mut known = self.known();
            if known.is_settled()
                && let Some(answer) = place(&mut known).get(&question)
            {
                return Ok(answer.clone());
            }
            known.begun
        };
        let answer = ask.await?;
        let mut known = self.known();
        if known.begun == before && known.is_settled() && answer.len() <= LONGEST {
            known.make_place(answer.len());
            place(&mut known).insert(question, answer.clone());
        }
        Ok(answer)
    }

    /// Forgets what is about to change. Whoever changes it says when that [is over](Self::over).
    pub(super) fn begin(&self, change: Change<'_>) -> Option<Changing> {
        self.known().begin(change)
    }

    /// Notes that a change is over, however it ended.
    pub(super) fn over(&self, changing: Option<&Changing>) {
        if changing.is_some() {
            self.known().over += 1;
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// What is known of a room.
    pub(super) fn room(&mut self, room: &RoomId) -> &mut OfRoom {
        self.rooms.entry(room.to_owned()).or_default()
    }

    fn is_settled(&self) -> bool {
        self.begun == self.over
    }

    fn make_place(&mut self, things: usize) {
        // An empty answer takes its place too.
        self.held += things.max(1);
        if self.held > MOST {
            self.forget_all();
            self.held = things.max(1);
        }
    }

    fn forget_all(&mut self) {
        (self.rooms, self.account_data, self.presence) = Default::default();
        self.held = 0;
    }

    /// Forgets what a change concerns. Most of what a homeserver tells is said in rooms, and concerns nothing that is
    /// remembered: that is no change here.
    fn begin(&mut self, change: Change<'_>) -> Option<Changing> {
        let concerns = match change {
            Change::Changes(changes) => self.forget(changes),
            Change::Removal(room) => {
                self.rooms.remove(room);
                Concerns::Memory
            }
            Change::Anything => {
                self.forget_all();
                Concerns::Memory
            }
        };
        if concerns == Concerns::Nothing {
            return None;
        }
        self.begun += 1;
        Some(Changing(()))
    }

    fn forget(&mut self, changes: &StateChanges) -> Concerns {
        let mut concerns = Concerns::Nothing;
        let StateChanges {
            account_data,
            presence,
            profiles,
            profiles_to_delete,
            state,
            room_infos,
            redactions,
            stripped_state,
            ambiguity_maps,
            // What of this is asked for, is asked of the store.
            sync_token: _,
            room_account_data: _,
            receipts: _,
        } = changes;
        for kind in account_data.keys() {
            self.account_data.remove(kind);
            concerns = Concerns::Memory;
        }
        if !presence.is_empty() {
            self.presence.clear();
            concerns = Concerns::Memory;
        }
        let told = profiles.keys().chain(profiles_to_delete.keys()).chain(state.keys()).chain(stripped_state.keys());
        for room in told.chain(redactions.keys()).chain(ambiguity_maps.keys()) {
            self.rooms.remove(room);
            concerns = Concerns::Memory;
        }
        for (id, info) in room_infos {
            let (room, stage) = (self.room(id), Stage::of(info));
            if room.stage != Some(stage) {
                *room = OfRoom { stage: Some(stage), ..OfRoom::default() };
                concerns = Concerns::Memory;
            }
        }
        concerns
    }
}

/// Whether a change concerns what is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Concerns {
    Memory,
    Nothing,
}

/// Whether there is nothing to write.
pub(super) fn is_nothing(changes: &StateChanges) -> bool {
    let StateChanges {
        sync_token,
        account_data,
        presence,
        profiles,
        profiles_to_delete,
        state,
        room_account_data,
        room_infos,
        receipts,
        redactions,
        stripped_state,
        ambiguity_maps,
    } = changes;
    let told = [
        account_data.is_empty(),
        presence.is_empty(),
        profiles.is_empty(),
        profiles_to_delete.is_empty(),
        state.is_empty(),
        room_account_data.is_empty(),
        room_infos.is_empty(),
        receipts.is_empty(),
        redactions.is_empty(),
        stripped_state.is_empty(),
        ambiguity_maps.is_empty(),
    ];
    sync_token.is_none() && told.iter().all(|is_empty| *is_empty)
}

/// Names as they are written.
pub(super) fn written(names: &[DisplayName]) -> Vec<String> {
    names.iter().map(|name| name.as_raw_str().to_owned()).collect()
}
