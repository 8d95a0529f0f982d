//! The way back to somebody who used a command, a button or a form.
//!
//! Discord takes one first answer, within 3 s, and then follow-ups for 15 minutes. Whatever the application does, and
//! however long, this keeps to that: an answer that is late is announced by itself, and one that can no longer be given
//! is noted once and not tried again.

use crate::{
    body::{self, Answered, Callback, Created},
    render,
    reply::{fetch, too_large},
    rest::{Call, Failure},
    wire::Wire,
};
use async_trait::async_trait;
use serde_json::json;
use serenity::all::{ApplicationId, ChannelId, InteractionId, MessageId};
use serenity::http::Route;
use std::{sync::Arc, time::Duration};
use tokio::sync::Mutex;
use vigie_chat::{
    Attachment, MessageId as PortMessageId, MessageRef, Privacy, Reply, RoomId, Sealed, SealedForm, SendError,
};

/// After how long an answer is announced by itself. Discord gives 3 s.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// What was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// A command, or a form that a command opened.
    Command,
    /// A component of this message, or a form that it opened.
    Component {
        /// The message.
        message: MessageId,
        /// Whether one person alone sees it.
        ephemeral: bool,
    },
}

/// The way back.
pub(crate) struct InteractionReply {
    pub(crate) wire: Arc<Wire>,
    pub(crate) application: ApplicationId,
    pub(crate) id: InteractionId,
    pub(crate) token: String,
    pub(crate) channel: ChannelId,
    pub(crate) source: Source,
    /// Whether others are there too; if not, nothing needs to be hidden from them.
    pub(crate) shared: bool,
    pub(crate) phase: Mutex<Phase>,
}

/// How far the answer is.
#[derive(Debug, Default)]
pub(crate) enum Phase {
    /// Nothing was answered.
    #[default]
    Waiting,
    /// "Thinking" is shown, to all or to the person alone.
    Announced { ephemeral: bool },
    /// The press was taken note of; its message is still as it was.
    Acknowledged,
    /// Something was answered: these payloads last, the first one possibly unnamed, seen by all or by the person alone.
    Answered { sent: Vec<Sent>, ephemeral: bool },
    /// Discord takes no answer any more.
    Over,
}

/// A payload that was sent, as Discord's addresses name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// The first answer, or the message that has the component.
    Original(Option<MessageId>),
    /// One of those that followed.
    FollowUp(MessageId),
}

/// What is to be sent, and whether the person alone is to see it.
struct Content<'a> {
    payloads: &'a [render::Payload],
    ephemeral: bool,
}

impl Sent {
    fn id(self) -> String {
        match self {
            Self::Original(None) => "@original".to_owned(),
            Self::Original(Some(id)) | Self::FollowUp(id) => id.to_string(),
        }
    }
}

impl InteractionReply {
    /// Announces the answer by itself if there is none in time.
    pub(crate) fn watch(self: &Arc<Self>, privacy: Privacy) {
        let reply = Arc::downgrade(self);
        tokio::spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            if let Some(reply) = reply.upgrade() {
                // A failure is noted where it happens; there is nobody else to tell.
                let _ = reply.progress(privacy).await;
            }
        });
    }

    /// Whether the person alone is to see an answer: what follows from what they alone see is for them alone too.
    fn ephemeral(&self, privacy: Privacy) -> bool {
        let follows = matches!(self.source, Source::Component { ephemeral: true, .. });
        self.shared && (privacy == Privacy::Private || follows)
    }

    fn original(&self) -> Route<'_> {
        Route::WebhookOriginalInteractionResponse { application_id: self.application, token: &self.token }
    }

    fn route(&self, sent: Sent) -> Route<'_> {
        match sent {
            Sent::Original(_) => self.original(),
            Sent::FollowUp(message_id) => {
                Route::WebhookFollowupMessage { application_id: self.application, token: &self.token, message_id }
            }
        }
    }

    /// Gives the first answer; returns the message that it made, where Discord tells. It never carries files (see
    /// [`Self::announce_files`]).
    async fn callback(&self, call: Call<'_>) -> Result<Option<MessageId>, Failure> {
        match self.wire.rest.ask_if_any::<Answered>(call.param("with_response", "true").repeatable().hurried()).await {
            Ok(answered) => Ok(answered.unwrap_or_default().interaction.response_message_id),
            // An earlier try of ours had arrived.
            Err(Failure::DoneBefore) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    fn answer(&self) -> Call<'_> {
        Call::post(Route::InteractionResponse { interaction_id: self.id, token: &self.token })
    }

    async fn follow_up(&self, payload: &render::Payload, ephemeral: bool) -> Result<Sent, Failure> {
        let route = Route::WebhookFollowupMessages { application_id: self.application, token: &self.token };
        let call = Call::post(route).param("wait", "true").json(&body::message(payload, ephemeral));
        let created: Created = self.wire.rest.ask(call.files(&payload.files)).await?;
        Ok(Sent::FollowUp(created.id))
    }

    async fn edit(&self, sent: Sent, payload: &render::Payload) -> Result<Sent, Failure> {
        let call = Call::patch(self.route(sent)).json(&body::edit(payload)).files(&payload.files);
        let created: Created = self.wire.rest.ask(call).await?;
        Ok(match sent {
            Sent::Original(_) => Sent::Original(Some(created.id)),
            Sent::FollowUp(_) => Sent::FollowUp(created.id),
        })
    }

    /// Shows that an answer is on its way, to all or to the person alone.
    async fn announce(&self, phase: &mut Phase, ephemeral: bool) -> Result<(), Failure> {
        let (body, next) = match self.source {
            Source::Component { .. } => (body::callback(Callback::DeferUpdate, None), Phase::Acknowledged),
            Source::Command => {
                let flags = ephemeral.then(|| json!({ "flags": body::EPHEMERAL }));
                (body::callback(Callback::Defer, flags), Phase::Announced { ephemeral })
            }
        };
        self.callback(self.answer().json(&body)).await?;
        *phase = next;
        Ok(())
    }

    /// Announces an answer that begins with files: sending them may take longer than Discord waits for the first one.
    async fn announce_files(&self, phase: &mut Phase, content: &Content<'_>) -> Result<(), Failure> {
        let files = content.payloads.first().is_some_and(|first| !first.files.is_empty());
        if matches!(phase, Phase::Waiting) && files {
            self.announce(phase, content.ephemeral).await?;
        }
        Ok(())
    }

    /// Sends payloads after what was answered so far.
    async fn say(&self, phase: &mut Phase, content: &Content<'_>, sent: &mut Vec<Sent>) -> Result<(), Failure> {
        let Content { payloads, ephemeral } = *content;
        let mut rest = payloads.iter();
        self.announce_files(phase, content).await?;
        match phase {
            Phase::Waiting => {
                if let Some(first) = rest.next() {
                    let body = body::callback(Callback::Message, Some(body::message(first, ephemeral)));
                    let id = self.callback(self.answer().json(&body)).await?;
                    sent.push(Sent::Original(id));
                }
            }
            Phase::Announced { ephemeral: announced } if *announced == ephemeral => {
                if let Some(first) = rest.next() {
                    sent.push(match self.edit(Sent::Original(None), first).await {
                        // Somebody deleted "thinking".
                        Err(failure) if failure.is_missing_message() => self.follow_up(first, ephemeral).await?,
                        done => done?,
                    });
                }
            }
            Phase::Announced { .. } => {
                // Whoever sees "thinking" can't be changed afterwards: it goes, and the answer follows.
                self.wire.rest.remove(self.original()).await?;
                *phase = Phase::Acknowledged;
            }
            Phase::Acknowledged | Phase::Answered { .. } | Phase::Over => {}
        }
        for payload in rest {
            sent.push(self.follow_up(payload, ephemeral).await?);
        }
        Ok(())
    }

    /// Puts payloads in the place of those sent before, adding or taking away as needed.
    async fn replace(&self, old: &[Sent], content: &Content<'_>, sent: &mut Vec<Sent>) -> Result<(), Failure> {
        let Content { payloads, ephemeral } = *content;
        for (rank, payload) in payloads.iter().enumerate() {
            sent.push(match old.get(rank) {
                Some(old) => self.edit(*old, payload).await?,
                None => self.follow_up(payload, ephemeral).await?,
            });
        }
        for surplus in old.iter().skip(payloads.len()) {
            self.wire.rest.remove(self.route(*surplus)).await?;
        }
        Ok(())
    }

    /// Puts payloads in the place of the message that has the component.
    async fn replace_pressed(
        &self,
        phase: &mut Phase,
        message: MessageId,
        content: &Content<'_>,
        sent: &mut Vec<Sent>,
    ) -> Result<(), Failure> {
        let pressed = Sent::Original(Some(message));
        self.announce_files(phase, content).await?;
        let Phase::Waiting = phase else { return self.replace(&[pressed], content, sent).await };
        let mut rest = content.payloads.iter();
        if let Some(first) = rest.next() {
            let body = body::callback(Callback::Update, Some(body::edit(first)));
            self.callback(self.answer().json(&body)).await?;
            sent.push(pressed);
        }
        for payload in rest {
            sent.push(self.follow_up(payload, content.ephemeral).await?);
        }
        Ok(())
    }

    /// Notes what became of an answer, and tells it.
    fn settle(
        &self,
        phase: &mut Phase,
        (sent, ephemeral): (Vec<Sent>, bool),
        done: Result<(), Failure>,
    ) -> Result<MessageRef, SendError> {
        let id: Vec<String> = sent.iter().map(|sent| sent.id()).collect();
        // Also when only a part could be sent: the first answer can't be given again.
        if done.is_ok() || !sent.is_empty() {
            *phase = Phase::Answered { sent, ephemeral };
        }
        match done {
            Ok(()) => {
                Ok(MessageRef { room: RoomId::new(self.channel.to_string()), id: PortMessageId::new(id.join("+")) })
            }
            Err(failure) => Err(self.failed(phase, failure)),
        }
    }

    fn failed(&self, phase: &mut Phase, failure: Failure) -> SendError {
        let error = SendError::from(failure);
        if error == SendError::Expired && !matches!(phase, Phase::Over) {
            *phase = Phase::Over;
            metrics::counter!("vigie_discord_dead_interactions_total").increment(1);
            tracing::warn!(interaction = %self.id, "an interaction can no longer be answered");
        }
        error
    }
}

#[async_trait]
impl Reply for InteractionReply {
    async fn progress(&self, privacy: Privacy) -> Result<(), SendError> {
        let mut phase = self.phase.lock().await;
        let Phase::Waiting = *phase else { return Ok(()) };
        let announced = self.announce(&mut phase, self.ephemeral(privacy)).await;
        announced.map_err(|failure| self.failed(&mut phase, failure))
    }

    async fn send(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        let payloads = render::message(message, &self.wire.commands()).map_err(|error| too_large(&error))?;
        let content = Content { payloads: &payloads, ephemeral: self.ephemeral(message.privacy) };
        let mut phase = self.phase.lock().await;
        if let Phase::Over = *phase {
            return Err(SendError::Expired);
        }
        let mut sent = Vec::with_capacity(payloads.len());
        let done = self.say(&mut phase, &content, &mut sent).await;
        self.settle(&mut phase, (sent, content.ephemeral), done)
    }

    async fn update(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        let payloads = render::message(message, &self.wire.commands()).map_err(|error| too_large(&error))?;
        let content = Content { payloads: &payloads, ephemeral: self.ephemeral(message.privacy) };
        let mut phase = self.phase.lock().await;
        let mut sent = Vec::with_capacity(payloads.len());
        // What is for one person only must not take the place of what a whole room sees.
        let fits = |seen_by_one: bool| seen_by_one || !content.ephemeral;
        let done = match (&*phase, self.source) {
            (Phase::Over, _) => return Err(SendError::Expired),
            (Phase::Waiting | Phase::Acknowledged, Source::Component { message, ephemeral }) if fits(ephemeral) => {
                self.replace_pressed(&mut phase, message, &content, &mut sent).await
            }
            (Phase::Answered { sent: old, ephemeral }, _) if fits(*ephemeral) => {
                self.replace(old, &content, &mut sent).await
            }
            _ => self.say(&mut phase, &content, &mut sent).await,
        };
        let done = match done {
            // Somebody deleted it meanwhile; what was to take its place is said all the same.
            Err(failure) if failure.is_missing_message() && sent.is_empty() => {
                self.say(&mut phase, &content, &mut sent).await
            }
            done => done,
        };
        self.settle(&mut phase, (sent, content.ephemeral), done)
    }

    async fn form(&self, form: &SealedForm) -> Result<(), SendError> {
        let mut phase = self.phase.lock().await;
        let Phase::Waiting = *phase else { return Err(SendError::Expired) };
        let modal = serde_json::to_value(render::modal(form)).expect("a form always has a JSON writing");
        match self.callback(self.answer().json(&body::callback(Callback::Modal, Some(modal)))).await {
            Ok(_) => {
                *phase = Phase::Over;
                Ok(())
            }
            Err(failure) => Err(self.failed(&mut phase, failure)),
        }
    }

    async fn fetch(&self, attachment: &Attachment, max_bytes: u64) -> Result<Vec<u8>, SendError> {
        fetch(&self.wire, attachment, max_bytes).await
    }
}
