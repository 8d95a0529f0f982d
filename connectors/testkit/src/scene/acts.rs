//! What people and the application do in a scenario, each within bounds of time.

use super::Scene;
use crate::{Actor, Ending, HandedFile, Place, Shown, Trouble, ending::ensure};
use jiff::Timestamp;
use tokio::time::timeout;
use vigie_chat::{Destination, Draft, IdempotencyKey, Invocation, MessageRef, PersonId, RoomId, Sealed, SendError};

/// Each returns [`Trouble::Failed`](crate::Trouble::Failed) when the network takes too long ([`crate::Bell::patience`]).
#[allow(clippy::missing_errors_doc, reason = "said once, above")]
impl Scene {
    /// Somebody gives a command.
    pub async fn gives(&self, who: Actor, place: Place, command: &Invocation) -> Ending {
        self.bounded("giving a command", self.stage.gives(who, place, command)).await
    }

    /// Somebody gives a command with a file.
    pub async fn hands(&self, who: Actor, command: &Invocation, file: HandedFile) -> Ending {
        self.bounded("handing a file in", self.stage.hands(who, Place::Room, command, file)).await
    }

    /// Somebody writes words to the bot.
    pub async fn says(&self, who: Actor, place: Place, words: &str) -> Ending {
        self.bounded("saying something", self.stage.says(who, place, words)).await
    }

    /// Somebody presses, or chooses, what has these words under a message.
    pub async fn presses(&self, who: Actor, shown: &Shown, label: &str) -> Ending {
        let number = shown.action(label);
        ensure!(number.is_some(), "there is no {label:?} to press among {:?}", shown.actions);
        self.bounded("pressing", self.stage.presses(who, shown, number.unwrap_or_default())).await
    }

    /// Somebody fills in the form in front of them and submits it.
    pub async fn fills(&self, who: Actor, fields: &[(&str, &str)]) -> Ending {
        self.bounded("filling a form in", self.stage.fills(who, fields)).await
    }

    /// Does something on the stage, which may take as long as patience lasts.
    pub async fn bounded<T>(&self, what: &str, act: impl Future<Output = T>) -> Ending<T> {
        let patience = self.stage.bell().patience();
        let over = |_| Trouble::Failed(format!("{what} took more than {} seconds", patience.as_secs()));
        timeout(patience, act).await.map_err(over)
    }

    /// The application says something by itself.
    pub async fn announces(&self, to: &Destination, draft: Draft, key: &str) -> Ending<Result<MessageRef, SendError>> {
        self.sends(to, &self.sealed(draft), key).await
    }

    /// The application sends a message that is made already.
    pub async fn sends(&self, to: &Destination, message: &Sealed, key: &str) -> Ending<Result<MessageRef, SendError>> {
        let key = IdempotencyKey::new(key);
        self.bounded("sending", async { self.stage.connector().send(to, message, &key).await }).await
    }

    /// The application sends a message that may have left at `since` or later.
    pub async fn sends_again(
        &self,
        to: &Destination,
        message: &Sealed,
        key: &str,
        since: Timestamp,
    ) -> Ending<Result<MessageRef, SendError>> {
        let key = IdempotencyKey::new(key);
        self.bounded("sending again", async { self.stage.connector().send_again(to, message, &key, since).await }).await
    }

    /// The application opens a room beside the shared one for these people, who act there from now on. Returns it with those
    /// who could not be let in.
    pub async fn opens(&self, name: &str, people: &[Actor], key: &str) -> Ending<(RoomId, Vec<PersonId>)> {
        let (near, people, key) = (self.stage.room(), self.ids(people), IdempotencyKey::new(key));
        let connector = self.stage.connector();
        let opened = self.bounded("opening a room", connector.open_room(&near, name, &people, &key)).await?;
        let opened = opened.map_err(|error| Trouble::Failed(format!("opening a room fails: {error}")))?;
        ensure!(opened.room != near, "the shared room is given out for a new one");
        self.bounded("telling of a room", self.stage.opened(&opened.room)).await?;
        Ok((opened.room, opened.absent))
    }

    /// People as the connector names them.
    #[must_use]
    pub fn ids(&self, people: &[Actor]) -> Vec<PersonId> {
        people.iter().map(|who| self.stage.person(*who).id).collect()
    }

    /// A message of the application, made for Alice.
    #[must_use]
    pub fn sealed(&self, draft: Draft) -> Sealed {
        self.app.seal(draft, &self.stage.person(Actor::Alice).id)
    }
}
