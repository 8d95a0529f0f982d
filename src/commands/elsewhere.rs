//! What is said in a room because of what was asked in another: announcements that stay, and news that is told once.
//!
//! A network that fails or is slow leaves it unsaid, and whoever asked is told so by the command: what they asked for is
//! done in any case.

use super::context::{Context, Lasts, PATIENCE};
use futures::future::join_all;
use vigie_chat::{ConnectorName, Destination, Draft, IdempotencyKey, MessageRef, PersonId, RoomId, SendError, WebLink};

/// Rooms that are told something at the same time: a network answers some calls at once, and is asked to wait by more.
const AT_ONCE: usize = 8;

/// A room of a network.
pub(super) type Place = (ConnectorName, RoomId);

impl Context {
    /// Says in a room of a network what people come back to for as long as a brief lasts, once for each `key`.
    ///
    /// # Errors
    ///
    /// [`SendError`], also when the network takes longer than somebody waits for an answer.
    pub(super) async fn announce(&self, place: &Place, draft: Draft, key: &str) -> Result<MessageRef, SendError> {
        self.say_in(place, draft, Lasts::AsABrief, key).await
    }

    /// Puts an announcement in the place of a former one.
    ///
    /// # Errors
    ///
    /// [`SendError`], likewise.
    pub(super) async fn announce_again(
        &self,
        connector: &ConnectorName,
        sent: &MessageRef,
        draft: Draft,
    ) -> Result<(), SendError> {
        let network = self.network(connector)?;
        let message = (self.seal)(draft, Lasts::AsABrief, connector.clone()).await;
        let edited = tokio::time::timeout(PATIENCE, network.edit(sent, &message)).await;
        edited.unwrap_or_else(|_| Err(slow()))
    }

    /// The address under which people find a message, if its network gives one.
    pub(super) fn link_to(&self, connector: &ConnectorName, message: &MessageRef) -> Option<WebLink> {
        // Of another network that the space spans, the network's own space isn't known here.
        let space = self.origin.space.as_ref().filter(|_| *connector == self.origin.connector);
        self.network(connector).ok()?.link_to(space, message)
    }

    /// Tells somebody something in their own room with the bot, on this network, once for each `key`.
    ///
    /// # Errors
    ///
    /// [`SendError`], also when they take no such messages.
    pub(super) async fn tell_person(
        &self,
        person: &PersonId,
        draft: Draft,
        key: &str,
    ) -> Result<MessageRef, SendError> {
        let connector = self.origin.connector.clone();
        let network = self.network(&connector)?;
        let message = (self.seal)(draft, Lasts::AsUsual, connector).await;
        let (to, key) = (Destination::Direct(person.clone()), IdempotencyKey::new(key));
        let sent = tokio::time::timeout(PATIENCE, network.send(&to, &message, &key)).await;
        sent.unwrap_or_else(|_| Err(slow()))
    }

    /// Tells several rooms something, each once for its key, and says how many could not be told.
    pub(super) async fn tell_all(&self, news: Vec<(Place, Draft, String)>) -> usize {
        let mut unsaid = 0;
        let mut news = news.into_iter();
        loop {
            let batch: Vec<_> = news.by_ref().take(AT_ONCE).map(|one| self.tell_one(one)).collect();
            if batch.is_empty() {
                return unsaid;
            }
            unsaid += join_all(batch).await.into_iter().filter(Result::is_err).count();
        }
    }

    async fn tell_one(&self, (place, draft, key): (Place, Draft, String)) -> Result<MessageRef, SendError> {
        let told = self.say_in(&place, draft, Lasts::AsUsual, &key).await;
        told.inspect_err(|error| tracing::warn!(%error, "another room could not be told"))
    }

    async fn say_in(&self, place: &Place, draft: Draft, lasts: Lasts, key: &str) -> Result<MessageRef, SendError> {
        let network = self.network(&place.0)?;
        let message = (self.seal)(draft, lasts, place.0.clone()).await;
        let (to, key) = (Destination::Room(place.1.clone()), IdempotencyKey::new(key));
        let sent = tokio::time::timeout(PATIENCE, network.send(&to, &message, &key)).await;
        sent.unwrap_or_else(|_| Err(slow()))
    }
}

fn slow() -> SendError {
    SendError::Network("it takes too long".to_owned())
}
