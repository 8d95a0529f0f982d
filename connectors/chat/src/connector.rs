//! The two sides of the port: what a network offers, and what the application answers.

use crate::{
    command::CommandSet,
    event::{Attachment, CompletionQuery, Event, Role, Space, Standing, Suggestion},
    form::SealedForm,
    id::{ConnectorName, MessageRef, PersonId, RoomId, SpaceId, opaque},
    message::{Privacy, Sealed},
    opened::Opened,
    scheduled::{Scheduled, ScheduledId},
    text::WebLink,
};
use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{num::NonZeroU32, pin::Pin, sync::Arc, time::Duration};

/// Resolves when the process must stop. A connector then finishes what it is answering and returns.
pub type Shutdown = Pin<Box<dyn Future<Output = ()> + Send + 'static>>;

/// A network on which people talk to the bot.
///
/// The application may call [`send`](Self::send) and [`edit`](Self::edit) at any time, also while
/// [`run`](Self::run) isn't running; they then fail with [`SendError::Network`].
#[async_trait]
pub trait Connector: Send + Sync {
    /// Its name, for settings, storage and logs.
    fn name(&self) -> ConnectorName;

    /// Stays connected, reports events to `app` and returns when `shutdown` resolves or nobody is left to talk to.
    ///
    /// # Errors
    ///
    /// [`ConnectorError`] when it can't go on by itself.
    async fn run(&self, app: Arc<dyn App>, shutdown: Shutdown) -> Result<(), ConnectorError>;

    /// Sends a message that nobody asked for just now. Sending twice with the same key sends one message, as far as the
    /// network can tell.
    ///
    /// # Errors
    ///
    /// [`SendError`], whose variants say whether trying again is of use.
    async fn send(&self, to: &Destination, message: &Sealed, key: &IdempotencyKey) -> Result<MessageRef, SendError>;

    /// How many messages of its own accord the application may have leave in a second, where the network has a limit of
    /// which it tells nothing before it is passed. What people asked for goes before, and isn't counted.
    fn sends_per_second(&self) -> Option<NonZeroU32> {
        None
    }

    /// Whether a message could leave now. While the bot is logging in it can't: it is tried again in a moment, which is no
    /// failure.
    fn can_send(&self) -> bool {
        true
    }

    /// Sends a message that may have left already, under the same key, at `since` or later: whoever sent it vanished, or heard
    /// nothing of what became of it. A network that knows a key for some minutes only looks for its own message first.
    ///
    /// # Errors
    ///
    /// [`SendError`], as [`send`](Self::send).
    async fn send_again(
        &self,
        to: &Destination,
        message: &Sealed,
        key: &IdempotencyKey,
        since: Timestamp,
    ) -> Result<MessageRef, SendError> {
        let _ = since;
        self.send(to, message, key).await
    }

    /// What somebody is in a space now, asked for when they speak elsewhere: in their direct room the network tells nothing
    /// of it. None when they don't belong to it.
    ///
    /// # Errors
    ///
    /// [`SendError`] where the network can't tell, which is all that networks say that don't know.
    async fn membership(&self, space: &SpaceId, person: &PersonId) -> Result<Option<Membership>, SendError> {
        let _ = (space, person);
        Err(SendError::Network("it doesn't tell who belongs to a space".to_owned()))
    }

    /// Puts `message` in the place of one that was sent.
    ///
    /// # Errors
    ///
    /// [`SendError`]; [`SendError::Gone`] when the message was deleted.
    async fn edit(&self, sent: &MessageRef, message: &Sealed) -> Result<(), SendError>;

    /// Opens a room for several people beside another, in the same space: the bot is in it, these people are let in, and
    /// nobody else. Opening twice with the same key opens one room, however long ago, and lets these people in again; when
    /// that room is gone, another is opened. `name` is shown as [`room_name`](crate::room_name) has it.
    ///
    /// Whoever moderates the space may see it all the same, where the network has it so (Discord).
    ///
    /// # Errors
    ///
    /// [`SendError`]; [`SendError::Forbidden`] names what the bot lacks, and is all that networks say that have no rooms to
    /// open. The room may be there all the same, without some of the people: asking again goes on with it.
    async fn open_room(
        &self,
        near: &RoomId,
        name: &str,
        people: &[PersonId],
        key: &IdempotencyKey,
    ) -> Result<Opened, SendError> {
        let _ = (near, name, people, key);
        Err(no_rooms())
    }

    /// Lets people into a room that the bot opened; whoever is in stays in. Returns those who could not be let in, in the
    /// order in which they were named.
    ///
    /// # Errors
    ///
    /// [`SendError`]; some may have been let in all the same: asking again does no harm.
    async fn let_in(&self, room: &RoomId, people: &[PersonId]) -> Result<Vec<PersonId>, SendError> {
        let _ = (room, people);
        Err(no_rooms())
    }

    /// Takes people out of a room that the bot opened; whoever is out stays out. The bot may give up a room in which nobody is
    /// left: to replace somebody, let the other in first.
    ///
    /// # Errors
    ///
    /// [`SendError`]; some may have been taken out all the same: asking again does no harm.
    async fn take_out(&self, room: &RoomId, people: &[PersonId]) -> Result<(), SendError> {
        let _ = (room, people);
        Err(no_rooms())
    }

    /// Whether the network shows its people events in a calendar of the space. Where it doesn't, nobody need ask for one.
    fn has_events(&self) -> bool {
        false
    }

    /// Shows an event to the people of a space, or changes the one of this id. Asking twice without an id makes two: whoever
    /// doesn't know what became of the first looks for it before ([`find_event`](Self::find_event)).
    ///
    /// # Errors
    ///
    /// [`SendError`]; [`SendError::Gone`] when the event of this id, or the space, is there no longer;
    /// [`SendError::Forbidden`] names what the bot lacks. After [`SendError::Network`] alone it may be there all the same.
    async fn schedule(
        &self,
        space: &SpaceId,
        event: &Scheduled,
        known: Option<&ScheduledId>,
    ) -> Result<ScheduledId, SendError> {
        let _ = (space, event, known);
        Err(no_events())
    }

    /// The event that the bot may have made as this one, without hearing of its id: it has the same name and beginning, it is
    /// the bot's own, it isn't over, and it is none of `others`.
    ///
    /// # Errors
    ///
    /// [`SendError`], as [`schedule`](Self::schedule).
    async fn find_event(
        &self,
        space: &SpaceId,
        event: &Scheduled,
        others: &[ScheduledId],
    ) -> Result<Option<ScheduledId>, SendError> {
        let _ = (space, event, others);
        Err(no_events())
    }

    /// Takes an event away. One that is gone already is taken away.
    ///
    /// # Errors
    ///
    /// [`SendError`]; asking again does no harm.
    async fn unschedule(&self, space: &SpaceId, event: &ScheduledId) -> Result<(), SendError> {
        let _ = (space, event);
        Err(no_events())
    }

    /// The address under which the people of the network find a message, if it has one. `space` is that of the message's room,
    /// none for a direct one.
    fn link_to(&self, space: Option<&SpaceId>, message: &MessageRef) -> Option<WebLink> {
        let _ = (space, message);
        None
    }
}

/// What networks say that have no rooms to open.
fn no_rooms() -> SendError {
    SendError::Forbidden("this network has no rooms to open".to_owned())
}

/// What networks say that have no calendar.
fn no_events() -> SendError {
    SendError::Forbidden("this network has no events".to_owned())
}

/// What somebody is in a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// What the network lets them do there.
    pub standing: Standing,
    /// The roles that it gives them there.
    pub roles: Vec<Role>,
}

/// Where a message goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// A room.
    Room(RoomId),
    /// A person's direct room with the bot, which is opened if need be.
    Direct(PersonId),
}

opaque! {
    /// Identifies one delivery for good. A connector may hash it to fit the network's own limits.
    IdempotencyKey
}

/// Why a message didn't leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The person receives no direct messages from the bot.
    #[error("the person accepts no direct message")]
    DirectClosed,
    /// The room, the message or the person no longer exists.
    #[error("the destination no longer exists")]
    Gone,
    /// The bot lacks a permission there.
    #[error("the bot is not allowed to do this there: {0}")]
    Forbidden(String),
    /// The network asks for patience.
    #[error("the network asks to wait {} ms", retry_after.as_millis())]
    RateLimited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The network couldn't be reached or failed; trying again is of use.
    #[error("the network failed: {0}")]
    Network(String),
    /// The message or file is larger than the network takes, even in parts.
    #[error("larger than the network takes: {0}")]
    TooLarge(String),
    /// What is answered waited too long, or a form was asked for after another answer.
    #[error("the time to answer is over")]
    Expired,
}

/// Why a connector stopped by itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectorError {
    /// The settings or the account are refused; starting again is of no use until the operator acts.
    #[error("refused: {0}")]
    Refused(String),
    /// The connection was lost for good; starting again may help.
    #[error("lost: {0}")]
    Lost(String),
}

/// The application, as connectors see it.
#[async_trait]
pub trait App: Send + Sync {
    /// Every command that it knows.
    fn commands(&self) -> &CommandSet;

    /// Answers one event, and returns when the answer is complete.
    ///
    /// A connector may have several events handled at the same time.
    async fn handle(&self, event: Event, reply: Arc<dyn Reply>) -> Handled;

    /// Says all that it is to say on its own by now, and returns when that is said. A console whose clock moves asks for it;
    /// networks needn't, where time passes by itself.
    async fn say_what_is_due(&self) {}

    /// When it has something to say on its own next.
    async fn next_due(&self) -> Option<Timestamp> {
        None
    }

    /// What could be meant by what is typed so far, best first, 25 at most.
    async fn complete(&self, query: CompletionQuery) -> Vec<Suggestion>;

    /// Notes that the bot is in a space, and returns what it should say there, which is nothing unless it just came.
    ///
    /// A connector calls it for each space at each start, and when the bot is invited. Whatever it doesn't manage to say
    /// isn't asked for again.
    async fn joined(&self, connector: &ConnectorName, space: &Space) -> Option<Sealed> {
        let _ = (connector, space);
        None
    }

    /// Notes that the bot is no longer in a space. What is known of it is kept for a while, then erased.
    async fn left(&self, connector: &ConnectorName, space: &SpaceId) {
        let _ = (connector, space);
    }

    /// Notes that a room continues as another one, which people are led to: what belongs to the former belongs to it from now
    /// on. Where a room is a space of its own, the space goes with it.
    ///
    /// A connector may tell it more than once. It doesn't report the former room as joined again. Returns whether it was
    /// noted; a connector tells it again otherwise.
    async fn moved(&self, connector: &ConnectorName, from: &RoomId, to: &RoomId) -> bool {
        let _ = (connector, from, to);
        true
    }

    /// The spaces in which the bot was when it last ran, so that a connector can tell which it left since.
    async fn spaces(&self, connector: &ConnectorName) -> Vec<SpaceId> {
        let _ = connector;
        Vec::new()
    }
}

/// How an event ended. The person has been told in every case, unless the network refused the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Handled {
    /// It did what was asked.
    Done,
    /// What was typed wasn't understood.
    Misread,
    /// The person may not do this, or not now.
    Refused,
    /// It failed, and not by the person's doing.
    Fault,
}

/// The way back to the person who did something. The connector makes one for each event.
///
/// The first thing sent is the answer; the next ones follow it up. Networks give little time for the first (3 s on
/// Discord): call [`progress`](Self::progress) before anything long.
#[async_trait]
pub trait Reply: Send + Sync {
    /// Shows that an answer is being prepared, which is going to be public or private.
    ///
    /// # Errors
    ///
    /// [`SendError`].
    async fn progress(&self, privacy: Privacy) -> Result<(), SendError>;

    /// Sends the answer or a follow-up, publicly or privately as the message says.
    ///
    /// # Errors
    ///
    /// [`SendError`].
    async fn send(&self, message: &Sealed) -> Result<MessageRef, SendError>;

    /// Puts `message` in the place of the one whose action was pressed or whose form was filled in; failing that, of the
    /// last one sent by this reply; failing that, sends it.
    ///
    /// # Errors
    ///
    /// [`SendError`].
    async fn update(&self, message: &Sealed) -> Result<MessageRef, SendError>;

    /// Opens a form for the person. It must be the first answer to its event.
    ///
    /// # Errors
    ///
    /// [`SendError`]; [`SendError::Expired`] after another answer.
    async fn form(&self, form: &SealedForm) -> Result<(), SendError>;

    /// Reads a file that came with the event, if it has at most `max_bytes`.
    ///
    /// # Errors
    ///
    /// [`SendError`]; [`SendError::TooLarge`] past `max_bytes`.
    async fn fetch(&self, attachment: &Attachment, max_bytes: u64) -> Result<Vec<u8>, SendError>;
}
