//! The way back to somebody who wrote a message.
//!
//! What is for them alone goes to their direct room; the rest answers where they wrote.

use crate::{
    rest::Call,
    reply::fetch,
    send::{self, Post},
    wire::Wire,
};
use async_trait::async_trait;
use serenity::all::{ChannelId, MessageId, UserId};
use serenity::http::Route;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use tokio::sync::Mutex;
use vigie_chat::{Attachment, MessageRef, Privacy, Reply, Sealed, SealedForm, SendError};

/// The way back.
pub(crate) struct MessageReply {
    wire: Arc<Wire>,
    author: UserId,
    channel: ChannelId,
    message: MessageId,
    /// Whether others read there.
    shared: bool,
    /// How many messages this reply sent: each has a nonce of its own.
    count: AtomicU32,
    last: Mutex<Option<MessageRef>>,
}

impl MessageReply {
    /// The way back to the author of a message.
    pub(crate) fn new(wire: Arc<Wire>, message: &serenity::all::Message) -> Self {
        Self {
            wire,
            author: message.author.id,
            channel: message.channel_id,
            message: message.id,
            shared: message.guild_id.is_some(),
            count: AtomicU32::new(0),
            last: Mutex::new(None),
        }
    }
}

#[async_trait]
impl Reply for MessageReply {
    async fn progress(&self, privacy: Privacy) -> Result<(), SendError> {
        if self.shared && privacy == Privacy::Private {
            // Not even that something is coming is for the room to see.
            return Ok(());
        }
        Ok(self.wire.rest.tell(Call::post(Route::ChannelTyping { channel_id: self.channel }).repeatable()).await?)
    }

    async fn send(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        let rank = self.count.fetch_add(1, Ordering::Relaxed);
        let key = format!("answer {} {rank}", self.message);
        let sent = if self.shared && message.privacy == Privacy::Private {
            send::direct(&self.wire, self.author, message, &key).await?
        } else {
            let post = Post { channel: self.channel, key: &key, answers: Some(self.message.get()) };
            send::post(&self.wire, message, &post).await?
        };
        *self.last.lock().await = Some(sent.clone());
        Ok(sent)
    }

    async fn update(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        let last = self.last.lock().await.clone();
        // What is for one person only must not take the place of what a whole room sees.
        let in_place = |last: &MessageRef| {
            message.privacy == Privacy::Public || last.room.as_str() != self.channel.to_string() || !self.shared
        };
        match last.filter(in_place) {
            Some(last) => {
                let sent = send::edit(&self.wire, &last, message).await?;
                *self.last.lock().await = Some(sent.clone());
                Ok(sent)
            }
            None => self.send(message).await,
        }
    }

    /// Forms belong to interactions; a message can't open one.
    async fn form(&self, _form: &SealedForm) -> Result<(), SendError> {
        Err(SendError::Expired)
    }

    async fn fetch(&self, attachment: &Attachment, max_bytes: u64) -> Result<Vec<u8>, SendError> {
        fetch(&self.wire, attachment, max_bytes).await
    }
}
