//! A file to be sent.

use matrix_sdk::ruma::{EventId, OwnedEventId};
use mime::Mime;

/// A file, before it is sent.
#[derive(Clone, Debug)]
pub struct File {
    pub(super) name: String,
    pub(super) media_type: Mime,
    pub(super) bytes: Vec<u8>,
    pub(super) caption: Option<String>,
    pub(super) thread: Option<OwnedEventId>,
}

impl File {
    /// A file of that name and media type.
    #[must_use]
    pub fn new(name: &str, media_type: Mime, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), media_type, bytes, caption: None, thread: None }
    }

    /// Writes something with it.
    #[must_use]
    pub fn caption(self, caption: &str) -> Self {
        Self { caption: Some(caption.to_owned()), ..self }
    }

    /// Puts it into the thread under a message.
    #[must_use]
    pub fn in_thread(self, root: &EventId) -> Self {
        Self { thread: Some(root.to_owned()), ..self }
    }
}
