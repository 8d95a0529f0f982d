//! A network that the application knows before it is there: a stage is opened with the application, and the application
//! speaks by itself on the stage.

use async_trait::async_trait;
use std::sync::{Arc, OnceLock};
use vigie_chat::{
    App, Connector, ConnectorError, ConnectorName, Destination, IdempotencyKey, Membership, MessageRef, Opened,
    PersonId, RoomId, Sealed, SendError, Shutdown, SpaceId, WebLink,
};

/// The network, once it is there.
pub(super) struct Behind {
    name: &'static str,
    stage: OnceLock<Arc<dyn Connector>>,
}

impl Behind {
    pub(super) fn of(name: &'static str) -> Arc<Self> {
        Arc::new(Self { name, stage: OnceLock::new() })
    }

    /// From now on it is there.
    pub(super) fn is(&self, connector: Arc<dyn Connector>) {
        assert_eq!(connector.name().as_str(), self.name);
        assert!(self.stage.set(connector).is_ok(), "it was there already");
    }

    fn there(&self) -> &dyn Connector {
        self.stage.get().expect("the stage is open").as_ref()
    }
}

#[async_trait]
impl Connector for Behind {
    fn name(&self) -> ConnectorName {
        ConnectorName::new(self.name)
    }

    async fn run(&self, _: Arc<dyn App>, _: Shutdown) -> Result<(), ConnectorError> {
        unreachable!("the stage runs it")
    }

    async fn send(&self, to: &Destination, message: &Sealed, key: &IdempotencyKey) -> Result<MessageRef, SendError> {
        self.there().send(to, message, key).await
    }

    async fn membership(&self, space: &SpaceId, person: &PersonId) -> Result<Option<Membership>, SendError> {
        self.there().membership(space, person).await
    }

    async fn edit(&self, sent: &MessageRef, message: &Sealed) -> Result<(), SendError> {
        self.there().edit(sent, message).await
    }

    async fn open_room(
        &self,
        near: &RoomId,
        name: &str,
        people: &[PersonId],
        key: &IdempotencyKey,
    ) -> Result<Opened, SendError> {
        self.there().open_room(near, name, people, key).await
    }

    async fn let_in(&self, room: &RoomId, people: &[PersonId]) -> Result<Vec<PersonId>, SendError> {
        self.there().let_in(room, people).await
    }

    async fn take_out(&self, room: &RoomId, people: &[PersonId]) -> Result<(), SendError> {
        self.there().take_out(room, people).await
    }

    fn link_to(&self, space: Option<&SpaceId>, message: &MessageRef) -> Option<WebLink> {
        self.there().link_to(space, message)
    }
}
