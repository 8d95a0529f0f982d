//! Saying something to one person: in the room where the bot is alone with them, which is opened if need be.

use super::{Post, post};
use crate::{failure::Failure, rooms::Purpose, wire::Wire};
use matrix_sdk::{Client, Room, RoomMemberships, RoomState, deserialized_responses::MemberEvent};
use ruma::{
    RoomId, UserId,
    api::client::room::create_room::v3::{Request, RoomPreset},
    events::{
        InitialStateEvent, SyncStateEvent,
        room::{
            encryption::RoomEncryptionEventContent, history_visibility::HistoryVisibility, join_rules::JoinRule,
            member::MembershipState,
        },
    },
};
use vigie_chat::{MessageRef, PersonId, RoomId as PortRoomId, RoomKind, Sealed, SendError};

/// How often it is looked who is in a room that was just made.
const LOOKS: usize = 5;

/// Says a message in a person's direct room.
pub(crate) async fn direct(wire: &Wire, person: &UserId, message: &Sealed, key: &str) -> Result<MessageRef, SendError> {
    let room = room_with(wire, person).await?;
    post(wire, message, &Post { room: &room, key, relation: None }).await
}

/// The person's direct room: the one that is known, as long as nobody else came and the person didn't leave for good, or a
/// new one.
async fn room_with(wire: &Wire, person: &UserId) -> Result<Room, SendError> {
    let online = wire.online()?;
    let _opening = wire.opening.turn(person).await;
    let id = PersonId::new(person.as_str());
    let notebook = &wire.options.notebook;
    let known = notebook.direct_room(&id).await.ok().flatten();
    let known = known.and_then(|room| RoomId::parse(room.as_str()).ok());
    let known = known.and_then(|room| online.client.get_room(&room));
    // The account's own list knows rooms that people opened, and those from before the notebook was lost.
    for room in known.into_iter().chain(online.client.get_dm_rooms(person)) {
        if usable(&room, person).await? {
            return Ok(room);
        }
    }
    let room = open(&online.client, person).await?;
    if let Err(error) = notebook.note_direct_room(&id, &PortRoomId::new(room.room_id().as_str())).await {
        tracing::warn!(%error, "a direct room is only remembered by the homeserver");
    }
    expect(&room, person).await?;
    Ok(room)
}

/// Whether a room still is the bot's alone with the person, who is there or invited. Whoever left is invited again.
async fn usable(room: &Room, person: &UserId) -> Result<bool, Failure> {
    if room.state() != RoomState::Joined || !is_closed(room) {
        return Ok(false);
    }
    let members = room.members(RoomMemberships::ACTIVE).await?;
    if members.iter().any(|member| member.user_id() != person && member.user_id() != room.own_user_id()) {
        return Ok(false);
    }
    if members.iter().any(|member| member.user_id() == person) {
        return Ok(true);
    }
    let left = room.get_member(person).await?.map(|member| member.membership().clone());
    if left == Some(MembershipState::Ban) {
        return Ok(false);
    }
    match room.invite_user_by_id(person).await.map_err(Failure::from) {
        Ok(()) => Ok(true),
        Err(failure @ (Failure::Uninvitable | Failure::Network(_) | Failure::Limited(_))) => Err(failure),
        Err(_) => Ok(false),
    }
}

/// A new room with a person, encrypted.
async fn open(client: &Client, person: &UserId) -> Result<Room, Failure> {
    let encryption = RoomEncryptionEventContent::with_recommended_defaults();
    let mut request = Request::new();
    request.invite = vec![person.to_owned()];
    request.is_direct = true;
    request.preset = Some(RoomPreset::TrustedPrivateChat);
    request.creation_content = Some(Purpose::Direct.said());
    request.initial_state = vec![InitialStateEvent::with_empty_state_key(encryption).to_raw_any()];
    Ok(client.create_room(request).await?)
}

/// Sees to it that the person is known to be in a room that was just made. Who was there when it was looked at while the
/// homeserver was still making it, lacks who was invited last, and what is encrypted for those alone nobody can read.
async fn expect(room: &Room, person: &UserId) -> Result<(), Failure> {
    for _ in 0..LOOKS {
        // Somebody else may be looking already, since before; then this look is theirs.
        room.mark_members_missing();
        room.sync_members().await?;
        if room.get_member_no_sync(person).await?.is_some() {
            return Ok(());
        }
    }
    Err(Failure::Network("the homeserver doesn't tell who is in a room that it made".to_owned()))
}

/// What kind of room this is. Only what was opened as a direct room is one, and only while it is closed and nobody else is
/// there: who comes later may read what was said before.
pub(crate) async fn kind(room: &Room) -> RoomKind {
    let for_two = room.active_members_count() <= 2 && is_closed(room);
    let is_direct = async {
        room.is_direct().await.unwrap_or(false)
            || invited_as_direct(room).await
            || Purpose::of(room).await == Some(Purpose::Direct)
    };
    if for_two && is_direct.await { RoomKind::Direct } else { RoomKind::Shared }
}

/// Whether only those who were invited can be in a room, and only those in it can read it.
fn is_closed(room: &Room) -> bool {
    let invited_only = matches!(room.join_rule(), None | Some(JoinRule::Invite));
    invited_only && room.history_visibility_or_default() != HistoryVisibility::WorldReadable
}

/// Whether one of the two was invited to it as to a direct room. The account's own list says it too, but later.
async fn invited_as_direct(room: &Room) -> bool {
    let members = room.members_no_sync(RoomMemberships::ACTIVE).await.unwrap_or_default();
    members.iter().any(|member| match member.event().as_ref() {
        MemberEvent::Sync(SyncStateEvent::Original(event)) => {
            let before = event.unsigned.prev_content.as_ref().and_then(|content| content.is_direct);
            event.content.is_direct.or(before) == Some(true)
        }
        MemberEvent::Stripped(event) => event.content.is_direct == Some(true),
        MemberEvent::Sync(SyncStateEvent::Redacted(_)) => false,
    })
}
