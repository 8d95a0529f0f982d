//! Waiting for what others do: on the view's own changes, and never for ever.

use std::{fmt::Write as _, time::Duration};

use matrix_sdk::ruma::{EventId, RoomId, UserId};

use super::{Message, Person, RoomView, view::View};

/// Longer than anything takes on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// What was waited for didn't come.
#[derive(Debug, thiserror::Error)]
#[error("{who} waited {}s for it and saw only:\n{seen}", PATIENCE.as_secs())]
pub struct Unseen {
    who: String,
    seen: String,
}

impl Person {
    /// Waits until the room shows something, and gives it.
    ///
    /// # Errors
    ///
    /// When a minute passes without it.
    pub async fn until<T>(&self, room: &RoomId, mut shown: impl FnMut(&RoomView) -> Option<T>) -> Result<T, Unseen> {
        self.until_view(|view| shown(view.rooms.get(room)?)).await.ok_or_else(|| Unseen {
            who: self.id().to_string(),
            seen: self.view(room).map_or_else(|| "not even the room".to_owned(), |room| transcript(&room)),
        })
    }

    /// Waits until the room holds a message that fits; the first, when several do.
    ///
    /// # Errors
    ///
    /// When a minute passes without it.
    pub async fn sees(&self, room: &RoomId, fits: impl Fn(&Message) -> bool) -> Result<Message, Unseen> {
        self.until(room, |room| room.messages.iter().find(|message| fits(message)).cloned()).await
    }

    /// Waits until a message, as it stands after edits, redactions and reactions, is so.
    ///
    /// # Errors
    ///
    /// When a minute passes without it.
    pub async fn sees_become(
        &self,
        room: &RoomId,
        event: &EventId,
        is_so: impl Fn(&Message) -> bool,
    ) -> Result<Message, Unseen> {
        self.sees(room, |message| message.id == event && is_so(message)).await
    }

    /// Waits until somebody is seen to be in the room, so that what is written there is encrypted for them too.
    ///
    /// # Errors
    ///
    /// When a minute passes without it.
    pub async fn until_member(&self, room: &RoomId, somebody: &UserId) -> Result<(), Unseen> {
        self.until(room, |room| (room.membership(somebody) == Some("join")).then_some(())).await
    }

    async fn until_view<T>(&self, mut shown: impl FnMut(&View) -> Option<T>) -> Option<T> {
        let mut found = None;
        let mut views = self.watch();
        let waited = views.wait_for(|view| {
            found = shown(view);
            found.is_some()
        });
        // Either the time is over or the client has logged out: nothing more is shown.
        let _ = tokio::time::timeout(PATIENCE, waited).await;
        found
    }
}

fn transcript(room: &RoomView) -> String {
    room.messages.iter().fold(format!("({:?})\n", room.standing), |mut lines, message| {
        writeln!(lines, "{} [{:?}] {}", message.sender, message.reading, message.body).expect("a string takes all");
        lines
    })
}
