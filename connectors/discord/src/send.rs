//! Messages that aren't the answer to an interaction: in a channel or a direct room, once for each key, in order.

use crate::{
    body::{self, Created},
    render::{self, Payload},
    rest::{Call, Failure},
    threads,
    wire::Wire,
};
use serde::Deserialize;
use serde_json::json;
use serenity::all::{ChannelId, MessageId, UserId};
use serenity::http::Route;
use sha2::{Digest, Sha256};
use vigie_chat::{MessageId as PortMessageId, MessageRef, PersonId, RoomId, Sealed, SendError, SpaceId, WebLink};

/// Longest nonce that Discord takes, in characters.
const NONCE: usize = 25;

/// Where a message goes, and what makes it this message for good.
pub(crate) struct Post<'a> {
    pub(crate) channel: ChannelId,
    pub(crate) key: &'a str,
    /// The message that it answers.
    pub(crate) answers: Option<u64>,
}

/// Posts a message in a channel, as one payload or several that nothing of the bot comes between.
pub(crate) async fn post(wire: &Wire, message: &Sealed, post: &Post<'_>) -> Result<MessageRef, SendError> {
    let payloads = payloads(wire, message)?;
    let _turn = wire.turn(post.channel).await;
    let mut ids = Vec::with_capacity(payloads.len());
    for (rank, payload) in payloads.iter().enumerate() {
        let answers = post.answers.filter(|_| rank == 0);
        ids.push(create(wire, post.channel, payload, &nonce(post.key, rank), answers).await?);
    }
    Ok(named(post.channel, &ids))
}

/// Posts a message in a person's direct room, which is opened if need be.
pub(crate) async fn direct(wire: &Wire, person: UserId, message: &Sealed, key: &str) -> Result<MessageRef, SendError> {
    let (channel, opened) = direct_room(wire, person, None).await?;
    match post(wire, message, &Post { channel, key, answers: None }).await {
        Err(SendError::Gone) if opened == Opened::Before => {}
        sent => return sent,
    }
    let (channel, _) = direct_room(wire, person, Some(channel)).await?;
    post(wire, message, &Post { channel, key, answers: None }).await
}

/// When a direct room was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opened {
    /// It was known.
    Before,
    /// Just now.
    Now,
}

/// A person's direct room: the one that is known, unless it is `gone`, or a new one.
pub(crate) async fn direct_room(
    wire: &Wire,
    person: UserId,
    gone: Option<ChannelId>,
) -> Result<(ChannelId, Opened), SendError> {
    let _opening = wire.opening.lock().await;
    let id = PersonId::new(person.to_string());
    let known = wire.notebook.direct_room(&id).await.ok().flatten().and_then(|room| room.as_str().parse().ok());
    if let Some(known) = known.filter(|known| Some(*known) != gone) {
        return Ok((known, Opened::Before));
    }
    let body = json!({ "recipient_id": person.to_string() });
    let room: DirectRoom = wire.rest.ask(Call::post(Route::UserMeDmChannels).json(&body).repeatable()).await?;
    if let Err(error) = wire.notebook.note_direct_room(&id, &RoomId::new(room.id.to_string())).await {
        tracing::warn!(%error, "a direct room is going to be opened again next time");
    }
    Ok((room.id, Opened::Now))
}

#[derive(Deserialize)]
struct DirectRoom {
    id: ChannelId,
}

/// Puts a message in the place of one that was sent.
pub(crate) async fn edit(wire: &Wire, sent: &MessageRef, message: &Sealed) -> Result<MessageRef, SendError> {
    let payloads = payloads(wire, message)?;
    let channel: ChannelId = sent.room.as_str().parse().map_err(|_| SendError::Gone)?;
    let old: Result<Vec<MessageId>, _> = sent.id.as_str().split('+').map(str::parse).collect();
    let old = old.map_err(|_| SendError::Gone)?;
    let _turn = wire.turn(channel).await;
    let mut ids = Vec::with_capacity(payloads.len());
    for (rank, payload) in payloads.iter().enumerate() {
        let Some(&message_id) = old.get(rank) else {
            let nonce = nonce(&format!("edit {}", sent.id), rank);
            ids.push(create(wire, channel, payload, &nonce, None).await?);
            continue;
        };
        let route = Route::ChannelMessage { channel_id: channel, message_id };
        let call = Call::patch(route).json(&body::edit(payload)).files(&payload.files);
        match wire.rest.tell(call.clone()).await {
            // What is in a thread that was put aside can't be edited.
            Err(failure) if threads::is_aside(&failure) => {
                threads::wake(wire, channel).await?;
                wire.rest.tell(call).await?;
            }
            edited => edited?,
        }
        ids.push(message_id);
    }
    for &message_id in old.iter().skip(payloads.len()) {
        let route = Route::ChannelMessage { channel_id: channel, message_id };
        wire.rest.remove(route).await?;
    }
    Ok(named(channel, &ids))
}

/// Where people find a message: its first part.
pub(crate) fn link(space: Option<&SpaceId>, message: &MessageRef) -> Option<WebLink> {
    let number = |id: &str| id.parse::<u64>().ok();
    let first = message.id.as_str().split('+').next().and_then(number)?;
    let (room, guild) = (number(message.room.as_str())?, space.map(|space| number(space.as_str())));
    let guild = match guild {
        Some(guild) => guild?.to_string(),
        None => "@me".to_owned(),
    };
    format!("https://discord.com/channels/{guild}/{room}/{first}").parse().ok()
}

pub(crate) fn payloads(wire: &Wire, message: &Sealed) -> Result<Vec<Payload>, SendError> {
    render::message(message, &wire.commands()).map_err(|error| SendError::TooLarge(error.to_string()))
}

pub(crate) async fn create(
    wire: &Wire,
    channel_id: ChannelId,
    payload: &Payload,
    nonce: &str,
    answers: Option<u64>,
) -> Result<MessageId, Failure> {
    let body = body::own(payload, nonce, answers);
    // The nonce makes a repetition the same message.
    let call = Call::post(Route::ChannelMessages { channel_id }).json(&body).files(&payload.files).repeatable();
    let created: Created = match wire.rest.ask(call.clone()).await {
        // Writing takes a thread out again by itself, unless Discord changes its mind.
        Err(failure) if threads::is_aside(&failure) => {
            threads::wake(wire, channel_id).await?;
            wire.rest.ask(call).await?
        }
        created => created?,
    };
    Ok(created.id)
}

/// The name that Discord knows a part of a message by, for a few minutes.
pub(crate) fn nonce(key: &str, rank: usize) -> String {
    let digest = Sha256::digest(format!("{key}\n{rank}"));
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).take(NONCE).collect()
}

pub(crate) fn named(channel: ChannelId, ids: &[MessageId]) -> MessageRef {
    let id: Vec<String> = ids.iter().map(ToString::to_string).collect();
    MessageRef { room: RoomId::new(channel.to_string()), id: PortMessageId::new(id.join("+")) }
}

#[cfg(test)]
mod tests {
    use super::{link, nonce};
    use vigie_chat::{MessageId, MessageRef, RoomId, SpaceId};

    #[track_caller]
    fn check_link(space: Option<&str>, message: &str, expected: Option<&str>) {
        let message = MessageRef { room: RoomId::new("20"), id: MessageId::new(message) };
        let found = link(space.map(SpaceId::new).as_ref(), &message);
        assert_eq!(found.as_ref().map(vigie_chat::WebLink::as_str), expected);
    }

    #[test]
    fn a_link_leads_to_the_first_part_of_a_message() {
        check_link(Some("10"), "30+31", Some("https://discord.com/channels/10/20/30"));
        check_link(None, "30", Some("https://discord.com/channels/@me/20/30"));
        check_link(Some("x/../y"), "30", None);
        check_link(Some("10"), "?", None);
    }

    #[test]
    fn each_part_has_its_own_nonce_for_good() {
        assert_eq!(nonce("reminder 7", 0), "9028f317935ee3fabdf8978ae");
        assert_ne!(nonce("reminder 7", 0), nonce("reminder 7", 1));
        assert_eq!(nonce("reminder 7", 0).len(), 25);
    }
}
