//! A store that remembers answers as one that doesn't, whatever is written between.

use super::{
    known::{Change, Memory},
    remembering::Remembering,
};
use matrix_sdk::{
    RoomInfo, RoomMemberships, RoomState, SqliteStateStore, StateChanges, StateStore,
    deserialized_responses::DisplayName,
};
use proptest::prelude::*;
use ruma::{
    OwnedEventId, OwnedRoomId, OwnedUserId,
    events::{GlobalAccountDataEventType, StateEventType},
    serde::Raw,
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeSet, HashMap},
    convert::Infallible,
};

/// Something that is written.
#[derive(Debug, Clone)]
enum Written {
    /// Somebody is in a room, under a name; or not any more.
    Member {
        room: u8,
        user: u8,
        name: u8,
        joined: bool,
        info: bool,
    },
    /// The bot is invited to a room, and told of somebody in it.
    Invitation {
        room: u8,
        user: u8,
        name: u8,
        info: bool,
    },
    /// Nothing but what a room is.
    Info {
        room: u8,
        state: RoomState,
    },
    /// A room is called otherwise.
    Name {
        room: u8,
        name: u8,
    },
    /// What names a room or somebody is taken back.
    Redaction {
        room: u8,
        event: u8,
    },
    /// Somebody's profile is no longer known.
    NoProfile {
        room: u8,
        user: u8,
    },
    AccountData {
        word: u8,
    },
    Presence {
        user: u8,
        word: u8,
    },
    /// The room is forgotten.
    Removal {
        room: u8,
    },
}

fn room(room: u8) -> OwnedRoomId {
    format!("!r{room}:x.fr").try_into().expect("a room id")
}

fn user(user: u8) -> OwnedUserId {
    format!("@u{user}:x.fr").try_into().expect("a user id")
}

/// The event that named somebody, or the room, last.
fn event(of: u8) -> OwnedEventId {
    format!("$e{of}:x.fr").try_into().expect("an event id")
}

fn name(name: u8) -> DisplayName {
    // Two of them look alike.
    DisplayName::new(["Alice", "alice", "Bob"][usize::from(name % 3)])
}

fn raw<T>(value: &Value) -> Raw<T> {
    Raw::new(value).expect("JSON").cast_unchecked()
}

fn state(kind: &str, key: &str, event: &OwnedEventId, content: &Value) -> Value {
    let sender = user(0);
    json!({
        "type": kind, "state_key": key, "event_id": event, "sender": sender, "origin_server_ts": 1, "content": content,
    })
}

/// The name of the room of this event isn't one of the users'.
const NAMING: u8 = 9;

impl Written {
    fn changes(&self) -> StateChanges {
        let mut changes = StateChanges::default();
        match *self {
            Self::Member { room: r, user: u, name: n, joined, info } => {
                let membership = if joined { "join" } else { "leave" };
                let content = json!({ "membership": membership, "displayname": name(n).as_raw_str() });
                let event = state("m.room.member", user(u).as_str(), &event(u), &content);
                let member = raw::<ruma::events::room::member::SyncRoomMemberEvent>(&event);
                let member = member.deserialize().expect("a member");
                changes.profiles.entry(room(r)).or_default().insert(user(u), member.into());
                let states = changes.state.entry(room(r)).or_default();
                states.entry(StateEventType::RoomMember).or_default().insert(user(u).to_string(), raw(&event));
                let users = if joined { BTreeSet::from([user(u)]) } else { BTreeSet::new() };
                changes.ambiguity_maps.insert(room(r), HashMap::from([(name(n), users)]));
                if info {
                    changes.add_room(RoomInfo::new(&room(r), RoomState::Joined));
                }
            }
            Self::Invitation { room: r, user: u, name: n, info } => {
                let content = json!({ "membership": "invite", "displayname": name(n).as_raw_str() });
                let event = state("m.room.member", user(u).as_str(), &event(u), &content);
                let states = changes.stripped_state.entry(room(r)).or_default();
                states.entry(StateEventType::RoomMember).or_default().insert(user(u).to_string(), raw(&event));
                if info {
                    changes.add_room(RoomInfo::new(&room(r), RoomState::Invited));
                }
            }
            Self::Info { room: r, state } => changes.add_room(RoomInfo::new(&room(r), state)),
            Self::Name { room: r, name: n } => {
                let event = state("m.room.name", "", &event(NAMING), &json!({ "name": name(n).as_raw_str() }));
                let states = changes.state.entry(room(r)).or_default();
                states.entry(StateEventType::RoomName).or_default().insert(String::new(), raw(&event));
            }
            Self::Redaction { room: r, event: e } => {
                let redaction = json!({
                    "type": "m.room.redaction", "event_id": "$r:x.fr", "sender": user(0), "origin_server_ts": 2,
                    "redacts": event(e), "content": { "redacts": event(e) },
                });
                changes.redactions.entry(room(r)).or_default().insert(event(e), raw(&redaction));
            }
            Self::NoProfile { room: r, user: u } => {
                changes.profiles_to_delete.entry(room(r)).or_default().push(user(u));
            }
            Self::AccountData { word } => {
                let event = json!({ "type": "m.push_rules", "content": { "word": word } });
                changes.account_data.insert(GlobalAccountDataEventType::PushRules, raw(&event));
            }
            Self::Presence { user: u, word } => {
                let event = json!({ "type": "m.presence", "sender": user(u), "content": { "status_msg": word } });
                changes.presence.insert(user(u), raw(&event));
            }
            Self::Removal { .. } => {}
        }
        changes
    }

    async fn write<S: StateStore>(&self, store: &S) -> Result<(), S::Error> {
        match self {
            Self::Removal { room: r } => store.remove_room(&room(*r)).await,
            written => store.save_changes(&written.changes()).await,
        }
    }
}

/// The answers to everything that is remembered.
async fn answers<S: StateStore>(store: &S) -> Vec<String> {
    let mut answers = Vec::new();
    let users: Vec<OwnedUserId> = (0..3).map(user).collect();
    let keys: Vec<&str> = users.iter().map(|user| user.as_str()).collect();
    let names: Vec<DisplayName> = (0..3).map(name).collect();
    for room in (0..2).map(room) {
        let member = || StateEventType::RoomMember;
        let called = store.get_state_event(&room, StateEventType::RoomName, "").await;
        answers.push(serde_json::to_string(&called.expect("read")).expect("JSON"));
        let first = store.get_state_event(&room, member(), keys[0]).await;
        answers.push(serde_json::to_string(&first.expect("read")).expect("JSON"));
        let all = store.get_state_events(&room, member()).await;
        answers.push(serde_json::to_string(&all.expect("read")).expect("JSON"));
        let these = store.get_state_events_for_keys(&room, member(), &keys).await;
        answers.push(serde_json::to_string(&these.expect("read")).expect("JSON"));
        answers.push(format!("{:?}", store.get_profile(&room, &users[1]).await.expect("read")));
        answers.push(format!("{:?}", store.get_profiles(&room, &users).await.expect("read")));
        for memberships in [RoomMemberships::JOIN, RoomMemberships::ACTIVE, RoomMemberships::empty()] {
            answers.push(format!("{:?}", store.get_user_ids(&room, memberships).await.expect("read")));
        }
        for named in [&names[..1], &names[1..]] {
            let found = store.get_users_with_display_names(&room, named).await.expect("read");
            answers.push(format!("{:?}", named.iter().map(|name| found.get(name)).collect::<Vec<_>>()));
        }
    }
    let rules = store.get_account_data_event(GlobalAccountDataEventType::PushRules).await;
    answers.push(serde_json::to_string(&rules.expect("read")).expect("JSON"));
    answers.push(serde_json::to_string(&store.get_presence_event(&users[0]).await.expect("read")).expect("JSON"));
    answers.push(serde_json::to_string(&store.get_presence_events(&users).await.expect("read")).expect("JSON"));
    answers
}

fn written() -> impl Strategy<Value = Written> {
    let states = prop_oneof![Just(RoomState::Joined), Just(RoomState::Invited), Just(RoomState::Left)];
    prop_oneof![
        3 => (0..2_u8, 0..3_u8, 0..3_u8, any::<bool>(), any::<bool>())
            .prop_map(|(room, user, name, joined, info)| Written::Member { room, user, name, joined, info }),
        2 => (0..2_u8, 0..3_u8, 0..3_u8, any::<bool>())
            .prop_map(|(room, user, name, info)| Written::Invitation { room, user, name, info }),
        2 => (0..2_u8, states).prop_map(|(room, state)| Written::Info { room, state }),
        1 => (0..2_u8, 0..3_u8).prop_map(|(room, name)| Written::Name { room, name }),
        1 => (0..2_u8, prop_oneof![0..3_u8, Just(NAMING)]).prop_map(|(room, event)| Written::Redaction { room, event }),
        1 => (0..2_u8, 0..3_u8).prop_map(|(room, user)| Written::NoProfile { room, user }),
        1 => (0..3_u8).prop_map(|word| Written::AccountData { word }),
        1 => (0..3_u8, 0..3_u8).prop_map(|(user, word)| Written::Presence { user, word }),
        1 => (0..2_u8).prop_map(|room| Written::Removal { room }),
    ]
}

async fn opened(folder: &tempfile::TempDir) -> SqliteStateStore {
    SqliteStateStore::open(folder.path(), None).await.expect("a store")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn it_answers_as_its_store_does(all in prop::collection::vec(written(), 1..16)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let folders = [(); 2].map(|()| tempfile::tempdir().expect("a temporary folder"));
            let plain = opened(&folders[0]).await;
            let remembering = Remembering::new(opened(&folders[1]).await);
            for one in &all {
                let outcomes = (one.write(&plain).await.is_ok(), one.write(&remembering).await.is_ok());
                prop_assert_eq!(outcomes.0, outcomes.1);
                let asked = answers(&plain).await;
                prop_assert_eq!(&answers(&remembering).await, &asked);
                // Now from memory.
                prop_assert_eq!(&answers(&remembering).await, &asked);
            }
            Ok(())
        })?;
    }
}

/// Asks for the push rules, which are this number.
async fn rules(memory: &Memory, read: impl Future<Output = u8>) -> String {
    let ask = async {
        let event = json!({ "type": "m.push_rules", "content": { "word": read.await } });
        Ok::<_, Infallible>(vec![raw(&event)])
    };
    let kind = GlobalAccountDataEventType::PushRules;
    let Ok(found) = memory.answer(|known| &mut known.account_data, kind, ask).await;
    found[0].json().get().to_owned()
}

/// The answer of a store that must not be asked.
fn unasked() -> impl Future<Output = u8> {
    std::future::poll_fn(|_| panic!("it should be remembered"))
}

fn changed() -> StateChanges {
    Written::AccountData { word: 0 }.changes()
}

#[tokio::test]
async fn what_was_asked_is_remembered_until_it_changes() {
    let memory = Memory::default();
    let first = rules(&memory, async { 1 }).await;
    assert_eq!(rules(&memory, unasked()).await, first);
    // What is said in a room is told with what the room is, each time.
    let said = Written::Info { room: 0, state: RoomState::Joined }.changes();
    let changing = memory.begin(Change::Changes(&said));
    memory.over(changing.as_ref());
    assert!(memory.begin(Change::Changes(&said)).is_none());
    assert_eq!(rules(&memory, unasked()).await, first);
    let changes = changed();
    let changing = memory.begin(Change::Changes(&changes));
    memory.over(changing.as_ref());
    assert_ne!(rules(&memory, async { 2 }).await, first);
}

#[tokio::test]
async fn what_a_change_overtakes_is_not_remembered() {
    let memory = Memory::default();
    let changes = changed();
    // Asked before the change and answered after it.
    let overtaken = rules(&memory, async {
        let changing = memory.begin(Change::Changes(&changes));
        memory.over(changing.as_ref());
        1
    });
    let overtaken = overtaken.await;
    assert_ne!(rules(&memory, async { 2 }).await, overtaken);
    // Asked while it goes on.
    let changing = memory.begin(Change::Changes(&changes));
    let meanwhile = rules(&memory, async { 3 }).await;
    memory.over(changing.as_ref());
    assert_ne!(rules(&memory, async { 4 }).await, meanwhile);
}

#[tokio::test]
async fn nothing_is_remembered_once_nobody_waits_for_the_end_of_a_change() {
    let memory = Memory::default();
    let first = rules(&memory, async { 1 }).await;
    let changes = changed();
    let _ = memory.begin(Change::Changes(&changes));
    let second = rules(&memory, async { 2 }).await;
    assert_ne!(second, first);
    assert_ne!(rules(&memory, async { 3 }).await, second);
}
