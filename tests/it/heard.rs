//! Whoever is answered: keeps all that they are told, for a test to read.

use async_trait::async_trait;
use std::sync::Mutex;
use vigie_chat::{
    Attachment, File, MessageId, MessageRef, Privacy, Reply, RoomId, Sealed, SealedForm, SendError, plain,
};

/// All that was said in answer to one event. They have no files, and fill in no form.
#[derive(Default)]
pub(crate) struct Heard(Mutex<Vec<Sealed>>);

impl Heard {
    /// The messages, in order.
    pub(crate) fn all(&self) -> Vec<Sealed> {
        self.0.lock().expect("no panic").clone()
    }

    /// Their words.
    pub(crate) fn words(&self) -> String {
        self.all().iter().map(plain).collect::<Vec<_>>().join("\n")
    }

    /// Their files, and who could see each.
    pub(crate) fn files(&self) -> Vec<(Privacy, File)> {
        let of = |message: Sealed| message.files.into_iter().map(move |file| (message.privacy, file));
        self.all().into_iter().flat_map(of).collect()
    }
}

#[async_trait]
impl Reply for Heard {
    async fn progress(&self, _privacy: Privacy) -> Result<(), SendError> {
        Ok(())
    }

    async fn send(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        self.0.lock().expect("no panic").push(message.clone());
        Ok(MessageRef { room: RoomId::new("r"), id: MessageId::new("m") })
    }

    async fn update(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        self.send(message).await
    }

    async fn form(&self, _form: &SealedForm) -> Result<(), SendError> {
        Err(SendError::Expired)
    }

    async fn fetch(&self, _attachment: &Attachment, _max_bytes: u64) -> Result<Vec<u8>, SendError> {
        Err(SendError::Gone)
    }
}
