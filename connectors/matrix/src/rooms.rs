//! The rooms that the bot is in: how it comes there, to which tenant they belong, when it leaves.

mod invitation;
mod tenant;
mod upgrade;

pub(crate) use invitation::answer;
pub(crate) use tenant::Tenants;
pub(crate) use upgrade::{follow, is_successor};

use matrix_sdk::{Room, RoomState};

/// Leaves a room in which nobody is left.
pub(crate) async fn leave_if_empty(room: &Room) {
    let alone = room.state() == RoomState::Joined
        && room.is_state_fully_synced()
        && room.joined_members_count() == 1
        && room.invited_members_count() == 0
        && !room.is_space();
    if !alone {
        return;
    }
    match room.leave().await {
        Ok(()) => tracing::info!("left a room in which nobody is left"),
        Err(error) => tracing::warn!(%error, "an empty room can't be left"),
    }
}
