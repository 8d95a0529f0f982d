//! The way back to whoever did something in the village.

use crate::{
    fault::Fault,
    messenger::{Address, Messenger},
    network::{Act, Network},
};
use async_trait::async_trait;
use std::sync::{Arc, Mutex, PoisonError};
use vigie_chat::{Attachment, MessageId, MessageRef, Privacy, Reply, Sealed, SealedForm, SendError};
use vigie_testkit::Actor;

/// The way back to one person.
pub(crate) struct VillageReply {
    messenger: Messenger,
    who: Option<Actor>,
    room: String,
    pressed: Option<MessageId>,
    last: Mutex<Option<MessageId>>,
}

impl VillageReply {
    /// The way back to whoever did this.
    pub(crate) fn new(network: Arc<Network>, act: &Act) -> Self {
        let pressed = act.message.as_deref().map(MessageId::new);
        Self { messenger: Messenger(network), who: act.who, room: act.room.clone(), pressed, last: Mutex::default() }
    }
}

#[async_trait]
impl Reply for VillageReply {
    async fn progress(&self, _privacy: Privacy) -> Result<(), SendError> {
        Ok(())
    }

    async fn send(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        let private = message.privacy == Privacy::Private && !self.messenger.0.has(Fault::TellsAll);
        let to = Address { room: self.room.clone(), alone: self.who.filter(|_| private) };
        let sent = self.messenger.post(&to, message);
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(sent.id.clone());
        Ok(sent)
    }

    async fn update(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match self.pressed.clone().or(last) {
            Some(id) => self.messenger.repost(&id, message),
            None => self.send(message).await,
        }
    }

    async fn form(&self, form: &SealedForm) -> Result<(), SendError> {
        let Some(who) = self.who else { return Err(SendError::Gone) };
        if self.last.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            return Err(SendError::Expired);
        }
        let pressed = self.pressed.as_ref().map(|id| id.as_str().to_owned());
        self.messenger.0.state().forms.insert(who, (form.clone(), pressed));
        self.messenger.0.bell.ring();
        Ok(())
    }

    async fn fetch(&self, attachment: &Attachment, max_bytes: u64) -> Result<Vec<u8>, SendError> {
        if attachment.size > max_bytes {
            return Err(SendError::TooLarge(attachment.name.clone()));
        }
        self.messenger.0.state().files.get(&attachment.source).cloned().ok_or(SendError::Gone)
    }
}
