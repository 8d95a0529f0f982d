//! Invitations: accepted from those whom the operator allows, refused from all others.

use crate::{failure::Failure, wire::Wire};
use backon::{BackoffBuilder as _, ExponentialBuilder};
use matrix_sdk::{Room, RoomState};
use ruma::RoomId;
use std::time::Duration;

/// Answers an invitation. A room that follows one in which the bot is is joined whoever invites: it is the same room for
/// its people.
pub(crate) async fn answer(wire: &Wire, id: &RoomId) {
    let Ok(online) = wire.online() else { return };
    let Some(room) = online.client.get_room(id).filter(|room| room.state() == RoomState::Invited) else { return };
    if !(is_allowed(wire, &room).await || super::is_successor(&online.client, id)) {
        tracing::warn!("an invitation was refused: who sent it is not among those allowed (VIGIE_MATRIX_ALLOWED)");
        if let Err(error) = room.leave().await {
            let failure = Failure::from(error);
            tracing::debug!(%failure, "an invitation can't be refused");
        }
        return;
    }
    if let Err(failure) = joined(&room).await {
        tracing::warn!(%failure, "an invitation can't be accepted");
    }
}

async fn is_allowed(wire: &Wire, room: &Room) -> bool {
    // Without its details nobody knows who invites.
    let Ok(invitation) = room.invite_details().await else { return false };
    wire.options.allowed.iter().any(|pattern| pattern.matches(&invitation.inviter_id))
}

/// Joins; a homeserver may send the invitation before the room can be joined.
async fn joined(room: &Room) -> Result<(), Failure> {
    let waits = ExponentialBuilder::default().with_min_delay(Duration::from_secs(1)).with_max_times(4).build();
    for wait in waits {
        match room.join().await {
            Ok(()) => return Ok(()),
            Err(error) => {
                let failure = Failure::from(error);
                tracing::debug!(%failure, "a room can't be joined yet");
            }
        }
        tokio::time::sleep(wait).await;
    }
    Ok(room.join().await?)
}
