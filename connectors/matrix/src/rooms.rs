//! The rooms that the bot is in: how it comes there, to which tenant they belong, when it leaves.

mod invitation;
mod opened;
mod purpose;
mod tenant;
mod upgrade;

pub(crate) use invitation::answer;
pub(crate) use opened::{let_in, open, take_out};
pub(crate) use purpose::Purpose;
pub(crate) use tenant::Tenants;
pub(crate) use upgrade::{follow, is_successor};

use crate::failure::Failure;
use matrix_sdk::{Room, RoomMemberships, RoomState};

/// Leaves a room in which nobody is left, nor invited.
pub(crate) async fn leave_if_empty(room: &Room) {
    if room.state() != RoomState::Joined || room.joined_members_count() > 1 || room.is_space() {
        return;
    }
    // The summary lags behind for a room that was just made; the members don't.
    let Ok(members) = room.members(RoomMemberships::ACTIVE).await else { return };
    if members.iter().any(|member| member.user_id() != room.own_user_id()) {
        return;
    }
    match room.leave().await {
        Ok(()) => tracing::info!("left a room in which nobody is left"),
        Err(error) => {
            let failure = Failure::from(error);
            tracing::warn!(%failure, "an empty room can't be left");
        }
    }
}
