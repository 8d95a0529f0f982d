//! One network with its connector, as the scenarios act on it.

use crate::{Bell, Shown, Skill};
use async_trait::async_trait;
use std::{fmt, sync::Arc};
use vigie_chat::{Connector, ConnectorError, Invocation, Person, RoomId};

/// The people of the network. All of them are in the shared room from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Actor {
    /// Who asks.
    Alice,
    /// Who looks on.
    Bob,
    /// Who refuses direct messages, once [`Stage::closes_direct`] was called.
    Carla,
    /// One of many.
    Dave,
    /// One of many.
    Erin,
    /// One of many.
    Frank,
    /// One of many.
    Grace,
    /// One of many.
    Heidi,
    /// One of many.
    Ivan,
}

impl Actor {
    /// Everybody, where a scenario doesn't ask for a crowd.
    pub const ALL: [Self; 3] = [Self::Alice, Self::Bob, Self::Carla];

    /// A crowd, for what takes many.
    pub const CROWD: [Self; 9] = [
        Self::Alice,
        Self::Bob,
        Self::Carla,
        Self::Dave,
        Self::Erin,
        Self::Frank,
        Self::Grace,
        Self::Heidi,
        Self::Ivan,
    ];

    /// Their name, in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Alice => "alice",
            Self::Bob => "bob",
            Self::Carla => "carla",
            Self::Dave => "dave",
            Self::Erin => "erin",
            Self::Frank => "frank",
            Self::Grace => "grace",
            Self::Heidi => "heidi",
            Self::Ivan => "ivan",
        }
    }
}

/// Where somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The room that all share.
    Room,
    /// The person's direct room with the bot.
    Direct,
    /// The room that the bot opened last, as [`Stage::opened`] told ([`Skill::OpeningRooms`]).
    Aside,
}

/// A file that somebody hands in with a command.
#[derive(Clone, PartialEq, Eq)]
pub struct HandedFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for HandedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} bytes", self.name, self.bytes.len())
    }
}

/// A network with its connector running against an application.
///
/// What people do returns when the network took it; it doesn't wait for an answer. A person's acts reach the network in
/// the order of the calls. A stage panics, and says why, when the connector or the scenario did what the network refuses:
/// that fails the scenario.
///
/// The last methods each name a [`Skill`]: a stage that names it in [`Stage::cannot`] may leave them out.
#[async_trait]
pub trait Stage: Send + Sync {
    /// The network's name, for what is printed.
    fn network(&self) -> &'static str;

    /// What the network can't do, with the reason as the end of a sentence: "because a terminal has no other bots".
    fn cannot(&self) -> &'static [(Skill, &'static str)];

    /// Rings whenever what [`sees`](Self::sees) returns may have changed.
    fn bell(&self) -> &Bell;

    /// The connector that runs now.
    fn connector(&self) -> Arc<dyn Connector>;

    /// A person as the connector tells of them.
    fn person(&self, who: Actor) -> Person;

    /// The shared room as the connector tells of it.
    fn room(&self) -> RoomId;

    /// Everything from the bot that a person sees now, in the room and in direct, in the order in which it was said.
    /// Forms aren't messages; what tells how to fill one in may be.
    async fn sees(&self, who: Actor) -> Vec<Shown>;

    /// Somebody writes words to the bot: by itself in direct, with whatever calls the bot in the room.
    async fn says(&self, who: Actor, place: Place, words: &str);

    /// Somebody gives a command as the people of this network do: through its own commands where it has some, else typed
    /// ([`Invocation::to_typed`]).
    async fn gives(&self, who: Actor, place: Place, command: &Invocation);

    /// Somebody presses, or chooses, what has this number (from 1) in [`Shown::actions`].
    async fn presses(&self, who: Actor, shown: &Shown, number: usize);

    /// Somebody fills in the form in front of them and submits it, with values by parameter. Waits until it is there.
    async fn fills(&self, who: Actor, fields: &[(&str, &str)]);

    /// Somebody closes the form in front of them. Waits until it is there.
    async fn cancels(&self, who: Actor);

    /// Asks the connector to stop, without waiting: its shutdown resolves.
    async fn asks_to_stop(&self);

    /// Waits until the connector's `run` returned, and tells what it returned. Called once a run, and still allows
    /// [`sees`](Self::sees) after it.
    async fn stopped(&self) -> Result<(), ConnectorError>;

    /// Somebody gives a command with a file ([`Skill::HandingFiles`]).
    async fn hands(&self, who: Actor, place: Place, command: &Invocation, file: HandedFile) {
        let _ = (who, place, command, file);
        unable(self.network(), Skill::HandingFiles)
    }

    /// What the network offers to somebody who typed this of a parameter, as values ([`Skill::Completing`]).
    async fn completes(&self, who: Actor, command: &Invocation, param: &str, typed: &str) -> Vec<String> {
        let _ = (who, command, param, typed);
        unable(self.network(), Skill::Completing)
    }

    /// Another bot writes to the bot, by every means that a bot has ([`Skill::OtherBots`]).
    async fn other_bot_says(&self, words: &str) {
        let _ = words;
        unable(self.network(), Skill::OtherBots)
    }

    /// The bot's message is deleted ([`Skill::Deleting`]).
    async fn deletes(&self, shown: &Shown) {
        let _ = shown;
        unable(self.network(), Skill::Deleting)
    }

    /// Somebody refuses direct messages from now on ([`Skill::ClosedDirect`]).
    async fn closes_direct(&self, who: Actor) {
        let _ = who;
        unable(self.network(), Skill::ClosedDirect)
    }

    /// The connection is lost, and the connector can't get it back before [`restores`](Self::restores)
    /// ([`Skill::Reconnecting`]). Returns when the network considers it lost. What people do meanwhile is kept, as the
    /// network keeps it.
    async fn cuts(&self) {
        unable(self.network(), Skill::Reconnecting)
    }

    /// The network can be reached again ([`Skill::Reconnecting`]). Doesn't wait for the connector to come back.
    async fn restores(&self) {
        unable(self.network(), Skill::Reconnecting)
    }

    /// The bot opened this room: people act in it by [`Place::Aside`], and it is none of their direct rooms
    /// ([`Skill::OpeningRooms`]).
    async fn opened(&self, room: &RoomId) {
        let _ = room;
        unable(self.network(), Skill::OpeningRooms)
    }

    /// Somebody can no longer be let into rooms: they left the server, or refuse invitations ([`Skill::StayingOut`]).
    async fn stays_out(&self, who: Actor) {
        let _ = who;
        unable(self.network(), Skill::StayingOut)
    }

    /// A new connector runs against the same network and the same application ([`Skill::Restarting`]). The last one was
    /// stopped; [`connector`](Self::connector) then is the new one.
    async fn starts_again(&self) {
        unable(self.network(), Skill::Restarting)
    }
}

/// Fails a test that asks a stage for what it never said that it can't do.
fn unable(network: &str, skill: Skill) -> ! {
    panic!("the stage of {network} neither plays {skill:?} nor names it among what the network can't do")
}
