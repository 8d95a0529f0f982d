//! Rooms that the bot opens for some people beside another room.
//!
//! The room's alias is made of the key, so that the homeserver itself sees to it that one key opens one room, whatever
//! answer was lost; a secret of the bot's own keeps others from taking that alias first. A piece of state that only the bot
//! can set says beside which room it is: it belongs to the tenant of that room, whether or not the bot may add it to the
//! Matrix space.

use super::{
    Purpose,
    tenant::{self, BESIDE},
};
use crate::{
    failure::Failure,
    send,
    wire::{Online, Wire},
};
use matrix_sdk::Room;
use ruma::{
    OwnedRoomAliasId, RoomAliasId, TransactionId, UserId,
    api::client::{
        room::create_room::v3::{Request, RoomPreset},
        state::get_state_event_for_key,
    },
    events::StateEventType,
    serde::Raw,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use vigie_chat::{IdempotencyKey, Opened, PersonId, RoomId, RoomKind, SendError, room_name};

/// The note that holds the secret of the aliases.
const SECRET: &str = "rooms";
/// Length of what makes an alias unique, in hexadecimal digits.
const LENGTH: usize = 32;
/// The level that it takes to invite people: the bot's, and nobody else's.
const INVITING: i64 = 50;

/// Opens a room beside another for these people, or finds the one that was opened with this key.
pub(crate) async fn open(
    wire: &Wire,
    near: &RoomId,
    name: &str,
    people: &[PersonId],
    key: &IdempotencyKey,
) -> Result<Opened, SendError> {
    let online = wire.online()?;
    let near = online.room(near.as_str()).ok_or(SendError::Gone)?;
    if send::kind(&near).await == RoomKind::Direct {
        return Err(SendError::Forbidden("a direct room has no rooms beside it".to_owned()));
    }
    let room = {
        let _opening = wire.opening_rooms.lock().await;
        let alias = alias(wire, &online, key).await?;
        match existing(&online, &alias).await? {
            Some(room) => room,
            None => made(&online, &near, &room_name(name), &alias).await?,
        }
    };
    let absent = let_in(&room, people).await?;
    Ok(Opened { room: RoomId::new(room.room_id().as_str()), absent })
}

/// The alias of the room of a key.
async fn alias(wire: &Wire, online: &Online, key: &IdempotencyKey) -> Result<OwnedRoomAliasId, SendError> {
    let notebook = &wire.options.notebook;
    let unnoted = |error: vigie_chat::NotebookError| SendError::Network(error.to_string());
    let secret = if let Some(secret) = notebook.read(SECRET).await.map_err(unnoted)? {
        secret
    } else {
        // It is random.
        let secret = TransactionId::new().to_string();
        notebook.write(SECRET, &secret).await.map_err(unnoted)?;
        secret
    };
    let digest = Sha256::digest(format!("{secret}\n{}\n{key}", online.me()));
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let unique: String = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).take(LENGTH).collect();
    RoomAliasId::parse(format!("#vigie-{unique}:{}", online.me().server_name()))
        .map_err(|error| SendError::Forbidden(error.to_string()))
}

/// The room of an alias, if there is one in which the bot is. An alias whose room the bot left is given up.
async fn existing(online: &Online, alias: &RoomAliasId) -> Result<Option<Room>, Failure> {
    let found = match online.client.resolve_room_alias(alias).await.map_err(Failure::from) {
        Ok(found) => found.room_id,
        Err(Failure::Gone) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    if let Some(room) = online.room(found.as_str()) {
        return Ok(Some(room));
    }
    // Whoever is in a room can join it: one that was just made may not be known here yet.
    match online.client.join_room_by_id(&found).await.map_err(Failure::from) {
        Ok(room) => Ok(Some(room)),
        Err(failure) if failure.passes() => Err(failure),
        Err(_) => {
            online.client.remove_room_alias(alias).await?;
            Ok(None)
        }
    }
}

/// A new room, which is in the Matrix space of `near` where the bot may add to it.
async fn made(online: &Online, near: &Room, name: &str, alias: &RoomAliasId) -> Result<Room, Failure> {
    let base = tenant::base(near).await;
    let base = base.room().unwrap_or(near);
    let space = tenant::parent(base).await.flatten();
    let open_space = match &space {
        Some(space) if may(space, online.me(), StateEventType::SpaceChild).await => Some(space),
        _ => None,
    };
    let via = json!({ "via": [online.me().server_name()] });
    let tenant = space.as_ref().unwrap_or(base).room_id();
    let mut state = vec![
        state(BESIDE, "", &json!({ "room": base.room_id(), "tenant": tenant })),
        state("m.room.guest_access", "", &json!({ "guest_access": "forbidden" })),
    ];
    if near.latest_encryption_state().await?.is_encrypted() {
        state.push(self::state("m.room.encryption", "", &json!({ "algorithm": "m.megolm.v1.aes-sha2" })));
    }
    if let Some(space) = open_space {
        let mut parent = via.clone();
        parent["canonical"] = true.into();
        state.push(self::state("m.space.parent", space.room_id().as_str(), &parent));
    }
    let mut request = Request::new();
    request.preset = Some(RoomPreset::PrivateChat);
    request.creation_content = Some(Purpose::Beside.said());
    request.name = Some(name.to_owned()).filter(|name| !name.is_empty());
    request.room_alias_name = Some(alias.alias().to_owned());
    request.power_level_content_override = Some(raw(&json!({ "invite": INVITING })).cast_unchecked());
    request.initial_state = state.into_iter().map(Raw::cast_unchecked).collect();
    let room = match online.client.create_room(request).await.map_err(Failure::from) {
        Ok(room) => room,
        // An earlier try, whose answer was lost, may have made it.
        Err(failure) => return existing(online, alias).await?.ok_or(failure),
    };
    if let Some(space) = open_space
        && let Err(error) = space.send_state_event_raw("m.space.child", room.room_id().as_str(), via).await
    {
        let failure = Failure::from(error);
        tracing::warn!(%failure, "a room that was opened can't be added to the space");
    }
    Ok(room)
}

fn state(kind: &str, key: &str, content: &Value) -> Raw<Value> {
    raw(&json!({ "type": kind, "state_key": key, "content": content }))
}

fn raw(value: &Value) -> Raw<Value> {
    // A value always has a JSON writing.
    Raw::new(value).expect("a value always has a JSON writing")
}

/// Whether somebody may set state of this type in a room.
async fn may(room: &Room, who: &UserId, kind: StateEventType) -> bool {
    room.power_levels().await.is_ok_and(|levels| levels.user_can_send_state(who, kind))
}

/// Invites people; returns those who refuse, were shut out, or are nobody.
pub(crate) async fn let_in(room: &Room, people: &[PersonId]) -> Result<Vec<PersonId>, SendError> {
    let (mut absent, mut trouble) = (Vec::new(), None);
    for person in people {
        match invited(room, person).await {
            Ok(Invited::In) => {}
            Ok(Invited::Absent) => absent.push(person.clone()),
            // One person's server may be down: the others aren't to wait for it.
            Err(failure) => trouble = trouble.or(Some(failure)),
        }
    }
    trouble.map_or(Ok(absent), |failure| Err(failure.into()))
}

/// What became of an invitation.
enum Invited {
    In,
    Absent,
}

async fn invited(room: &Room, person: &PersonId) -> Result<Invited, Failure> {
    let Ok(user) = UserId::parse(person.as_str()) else { return Ok(Invited::Absent) };
    match membership(room, &user).await?.as_deref() {
        Some("join" | "invite") => return Ok(Invited::In),
        Some("ban") => return Ok(Invited::Absent),
        _ => {}
    }
    let failure = match room.invite_user_by_id(&user).await.map_err(Failure::from) {
        Ok(()) => return Ok(Invited::In),
        Err(failure) => failure,
    };
    match failure {
        Failure::Uninvitable => Ok(Invited::Absent),
        Failure::Forbidden(_) | Failure::Refused(_) | Failure::Gone => {
            let levels = room.power_levels().await;
            let may = levels.map_or(true, |levels| levels.user_can_invite(room.own_user_id()));
            // It isn't for want of power: nobody can invite them.
            if may { Ok(Invited::Absent) } else { Err(failure) }
        }
        failure => Err(failure),
    }
}

/// Puts people out of a room, or takes back their invitation.
pub(crate) async fn take_out(room: &Room, people: &[PersonId]) -> Result<(), SendError> {
    let mut trouble = None;
    for user in people.iter().filter_map(|person| UserId::parse(person.as_str()).ok()) {
        if let Err(failure) = put_out(room, &user).await {
            trouble = trouble.or(Some(failure));
        }
    }
    trouble.map_or(Ok(()), |failure| Err(failure.into()))
}

async fn put_out(room: &Room, user: &UserId) -> Result<(), Failure> {
    match membership(room, user).await?.as_deref() {
        Some("join" | "invite") => room.kick_user(user, None).await?,
        _ => return Ok(()),
    }
    // What is said from now on is encrypted for those who are left, even before the bot is told that somebody went.
    room.mark_members_missing();
    Ok(())
}

/// What somebody is to a room now: what is known here may be of before.
async fn membership(room: &Room, user: &UserId) -> Result<Option<String>, Failure> {
    let (id, kind) = (room.room_id().to_owned(), StateEventType::RoomMember);
    let request = get_state_event_for_key::v3::Request::new(id, kind, user.to_string());
    let content = match room.client().send(request).await.map_err(Failure::from) {
        Ok(response) => response.event_or_content,
        Err(Failure::Gone) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let content: Value = serde_json::from_str(content.get()).map_err(|error| Failure::Refused(error.to_string()))?;
    Ok(content["membership"].as_str().map(str::to_owned))
}
