//! The way back to somebody who said or pressed something.
//!
//! What is for them alone goes to their direct room; the rest answers where they were, in the same thread. Everything that is
//! said is named after the event that it answers, so that answering the same event again says nothing twice.

use crate::{
    failure::Failure,
    hear,
    offers::Shown,
    render::{self, Trouble},
    send::{self, Post, Relation},
    wire::{Online, Wire},
};
use async_trait::async_trait;
use futures::future::{AbortHandle, BoxFuture, FutureExt as _, abortable};
use matrix_sdk::{
    Room,
    media::{MediaFormat, MediaRequestParameters},
};
use ruma::{OwnedEventId, OwnedUserId};
use serde_json::json;
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;
use vigie_chat::{
    Attachment, MessageRef, OpenForm, PersonId, Privacy, Reply, RoomId, RoomKind, Sealed, SealedForm, SendError,
};

/// How long the homeserver may be away before an answer is left to the next start.
const LASTING: Duration = Duration::from_mins(10);
/// How often the room is told that an answer is still being prepared; the SDK keeps from asking more often than needed.
const TYPING: Duration = Duration::from_secs(3);
/// What shows, where it was asked, that the answer went to the direct room: a reaction, since it is seen by whoever asked
/// and adds no message for the others.
const IN_PRIVATE: &str = "réponse en privé";

/// The way back.
pub(crate) struct MatrixReply {
    wire: Arc<Wire>,
    room: Room,
    kind: RoomKind,
    person: OwnedUserId,
    /// What happened: everything that is said in answer is named after it.
    event: OwnedEventId,
    /// What the answer is shown under: what was said, or the message that was pressed.
    relation: Relation,
    /// The message of the bot's that was pressed, or whose form was filled in.
    source: Option<MessageRef>,
    /// How many messages this reply sent: each has a name of its own.
    count: AtomicU32,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    last: Option<MessageRef>,
    typing: Option<AbortHandle>,
    told_private: bool,
    /// What the network kept from being said. It isn't answered then.
    undelivered: Option<SendError>,
}

impl MatrixReply {
    /// The way back to `person` for what happened in `room`.
    pub(crate) fn new(
        wire: Arc<Wire>,
        (room, kind): (Room, RoomKind),
        person: OwnedUserId,
        event: OwnedEventId,
        relation: Relation,
    ) -> Self {
        let (source, count, state) = (None, AtomicU32::new(0), Mutex::default());
        Self { wire, room, kind, person, event, relation, source, count, state }
    }

    /// The same for something that was pressed or filled in under one of the bot's messages.
    pub(crate) fn under(mut self, shown: &Shown) -> Self {
        self.source = Some(MessageRef { room: self.room_id(), id: shown.message.clone() });
        self
    }

    /// Whether something could not be said because the homeserver couldn't be reached.
    pub(crate) fn is_undelivered(&self) -> bool {
        self.state().undelivered.is_some()
    }

    /// Ends what shows that an answer is coming.
    pub(crate) async fn over(&self) {
        let typing = self.state().typing.take();
        if let Some(typing) = typing {
            typing.abort();
            // It ends by itself after a few seconds.
            let _ = self.room.typing_notice(false).await;
        }
    }

    /// Answers in the words of the connector itself, where the person asked.
    pub(crate) async fn form_goes_on(&self, open: &OpenForm, trouble: Option<Trouble>) -> Result<(), SendError> {
        let online = self.wire.online()?;
        let person = PersonId::new(self.person.as_str());
        let parts = render::form(open, &person, trouble.as_ref(), &online.limits, &self.wire.options.prefix);
        let key = self.next_key();
        let post = Post { room: &self.room, key: &key, relation: Some(&self.relation) };
        let once = || async { Ok(send::post_parts(&self.wire, &online, parts.clone(), &post).await?) };
        self.noting(self.lastingly(|| once().boxed()).await).map(drop)
    }

    fn room_id(&self) -> RoomId {
        RoomId::new(self.room.room_id().as_str())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_key(&self) -> String {
        format!("answer {} {}", self.event, self.count.fetch_add(1, Ordering::Relaxed))
    }

    /// Whether a message is for the direct room.
    fn goes_apart(&self, message: &Sealed) -> bool {
        self.kind == RoomKind::Shared && message.privacy == Privacy::Private
    }

    /// Says something, however long the homeserver can't be reached: whoever asked still waits for it.
    async fn lastingly<'a, T>(
        &self,
        once: impl Fn() -> BoxFuture<'a, Result<T, SendError>> + Send,
    ) -> Result<T, SendError> {
        let since = Instant::now();
        let mut waits = self.wire.options.patience.endless();
        loop {
            match once().await {
                Err(SendError::Network(_) | SendError::RateLimited { .. }) if since.elapsed() < LASTING => {
                    let wait = waits.next().unwrap_or(self.wire.options.patience.longest());
                    tokio::time::sleep(wait).await;
                }
                sent => return sent,
            }
        }
    }

    /// Notes what was sent, or that the network kept it from being sent.
    fn noting(&self, sent: Result<MessageRef, SendError>) -> Result<MessageRef, SendError> {
        let mut state = self.state();
        match &sent {
            Ok(sent) => state.last = Some(sent.clone()),
            Err(error @ (SendError::Network(_) | SendError::RateLimited { .. })) => {
                state.undelivered = Some(error.clone());
            }
            Err(_) => {}
        }
        sent
    }

    /// Shows once, where it was asked, that the answer is in the direct room.
    async fn tell_that_it_is_private(&self) {
        if std::mem::replace(&mut self.state().told_private, true) {
            return;
        }
        let key = json!({ "rel_type": "m.annotation", "event_id": self.relation.answered(), "key": IN_PRIVATE });
        let content = json!({ "m.relates_to": key });
        let once = send::transaction(self.event.as_str(), 0);
        if let Err(error) = self.room.send_raw("m.reaction", content).with_transaction_id(&once).await {
            let failure = Failure::from(error);
            tracing::debug!(%failure, "where the answer is can't be shown");
        }
    }
}

impl Drop for MatrixReply {
    fn drop(&mut self) {
        if let Some(typing) = self.state().typing.take() {
            typing.abort();
        }
    }
}

#[async_trait]
impl Reply for MatrixReply {
    async fn progress(&self, privacy: Privacy) -> Result<(), SendError> {
        if self.kind == RoomKind::Shared && privacy == Privacy::Private {
            // Not even that something is coming is for the room to see.
            return Ok(());
        }
        let room = self.room.clone();
        let (typing, stop) = abortable(async move {
            loop {
                // An answer doesn't depend on it.
                let _ = room.typing_notice(true).await;
                tokio::time::sleep(TYPING).await;
            }
        });
        if let Some(before) = self.state().typing.replace(stop) {
            before.abort();
        }
        self.wire.aside(async move {
            // It ends with the answer.
            let _ = typing.await;
        });
        Ok(())
    }

    async fn send(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        let key = self.next_key();
        if self.goes_apart(message) {
            let once = || send::direct(&self.wire, &self.person, message, &key).boxed();
            let sent = self.noting(self.lastingly(once).await)?;
            self.tell_that_it_is_private().await;
            return Ok(sent);
        }
        let post = Post { room: &self.room, key: &key, relation: Some(&self.relation) };
        self.noting(self.lastingly(|| send::post(&self.wire, message, &post).boxed()).await)
    }

    async fn update(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        let last = self.state().last.clone();
        // What is for one person only must not take the place of what a whole room sees.
        let in_place = |sent: &MessageRef| !self.goes_apart(message) || sent.room != self.room_id();
        match self.source.clone().or(last).filter(in_place) {
            Some(sent) => {
                let key = self.next_key();
                match self.lastingly(|| send::edit(&self.wire, &sent, message, &key).boxed()).await {
                    // Somebody deleted it meanwhile; what it was going to say is still an answer.
                    Err(SendError::Gone) => self.send(message).await,
                    edited => self.noting(edited),
                }
            }
            None => self.send(message).await,
        }
    }

    async fn form(&self, form: &SealedForm) -> Result<(), SendError> {
        if self.count.load(Ordering::Relaxed) > 0 {
            return Err(SendError::Expired);
        }
        self.form_goes_on(&OpenForm::new(form.clone()), None).await
    }

    async fn fetch(&self, attachment: &Attachment, max_bytes: u64) -> Result<Vec<u8>, SendError> {
        let too_large = || SendError::TooLarge(format!("more than {max_bytes} bytes"));
        if attachment.size > max_bytes {
            return Err(too_large());
        }
        let online = self.wire.online()?;
        let source = hear::source(attachment).ok_or(SendError::Gone)?;
        let bytes = fetch(&online, MediaRequestParameters { source, format: MediaFormat::File }).await?;
        // The size was the sender's own word.
        if u64::try_from(bytes.len()).is_ok_and(|bytes| bytes <= max_bytes) { Ok(bytes) } else { Err(too_large()) }
    }
}

async fn fetch(online: &Online, request: MediaRequestParameters) -> Result<Vec<u8>, Failure> {
    Ok(online.client.media().get_media_content(&request, false).await?)
}
