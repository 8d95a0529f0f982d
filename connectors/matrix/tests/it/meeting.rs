//! One person and the bot in a room, with an application that does what the test wants.

use crate::{
    bot::Bot,
    desk::Desk,
    town::{self, Lodging, Privacy},
};
use homeserver::{Homeserver, Message, Person, RoomView, Text};
use matrix_sdk::ruma::{OwnedEventId, OwnedRoomId, RoomId};
use std::sync::Arc;
use vigie_matrix::Options;

/// A room with Alice and the bot.
pub(crate) struct Meeting {
    pub(crate) lodging: Lodging,
    pub(crate) desk: Arc<Desk>,
    pub(crate) alice: Person,
    pub(crate) room: OwnedRoomId,
    pub(crate) bot: Option<Bot>,
}

impl Meeting {
    /// A meeting on the shared server; none where there can be none.
    pub(crate) async fn open(privacy: Privacy) -> Option<Self> {
        Some(Self::on(town::shared().await?, privacy).await)
    }

    /// A meeting on that server.
    pub(crate) async fn on(server: &Homeserver, privacy: Privacy) -> Self {
        let (lodging, desk) = (Lodging::on(server).await, Desk::new());
        let bot = Bot::start(lodging.options(), Arc::clone(&desk) as _);
        let alice = server.person("alice").await.expect("she logs in");
        let room = town::room_with(&alice, &lodging, &[], privacy).await;
        let meeting = Self { lodging, desk, alice, room, bot: Some(bot) };
        meeting.says("!vigie dire là").await;
        meeting.is_answered("là").await;
        meeting
    }

    /// Alice says something in the room.
    pub(crate) async fn says(&self, text: impl Into<Text>) -> OwnedEventId {
        self.alice.says(&self.room, text).await.expect("it is said")
    }

    /// Alice asks the bot to say each of these words.
    pub(crate) async fn asks(&self, words: impl IntoIterator<Item = String>) {
        for word in words {
            self.says(format!("!vigie dire {word}").as_str()).await;
        }
    }

    /// Waits until the bot has said a word that it was asked to say.
    pub(crate) async fn is_answered(&self, word: &str) -> Message {
        self.hears(&format!("Entendu : {word}")).await
    }

    /// Waits until the bot says this.
    pub(crate) async fn hears(&self, words: &str) -> Message {
        self.hears_in(&self.room, words).await
    }

    /// Waits until the bot says this in some room.
    pub(crate) async fn hears_in(&self, room: &RoomId, words: &str) -> Message {
        let bot = self.lodging.user();
        let says = |message: &Message| message.sender == bot && plain(message) == words;
        self.alice.sees(room, says).await.expect("the bot says it")
    }

    /// All that the bot said in the room, in order.
    pub(crate) fn said(&self) -> Vec<String> {
        self.said_in(&self.room)
    }

    /// All that the bot said in some room, in order.
    pub(crate) fn said_in(&self, room: &RoomId) -> Vec<String> {
        let view: RoomView = self.alice.view(room).unwrap_or_default();
        let bot = self.lodging.user();
        view.messages.iter().filter(|message| message.sender == bot).map(plain).collect()
    }

    /// Asks one more thing, and gives all that the bot said until it answered that, but for the answers to this and to the
    /// first question of the meeting. What one person asks is answered in order.
    pub(crate) async fn all_said(&self) -> Vec<String> {
        self.asks(["fini".to_owned()]).await;
        self.is_answered("fini").await;
        let mut said = self.said();
        said.retain(|words| !["Entendu : là", "Entendu : fini"].contains(&words.as_str()));
        said
    }

    /// Starts a bot in the same lodging.
    pub(crate) fn starts(&mut self) {
        self.starts_with(self.lodging.options());
    }

    /// Starts a bot in the same lodging with other options.
    pub(crate) fn starts_with(&mut self, options: Options) {
        self.bot = Some(Bot::start(options, Arc::clone(&self.desk) as _));
    }

    /// Stops the bot as the operator does.
    pub(crate) async fn stops(&mut self) {
        let mut bot = self.bot.take().expect("it runs");
        bot.asks_to_stop();
        bot.ended().await.expect("it ends well");
    }

    /// Ends the bot in the middle of whatever it does.
    pub(crate) async fn kills(&mut self) {
        self.bot.take().expect("it runs").dies().await;
    }
}

/// The words of a message, spaces that don't break being like others.
pub(crate) fn plain(message: &Message) -> String {
    message.body.replace('\u{a0}', " ")
}

/// What the bot says when it was asked to say these words.
pub(crate) fn answers(words: impl IntoIterator<Item = String>) -> Vec<String> {
    words.into_iter().map(|word| format!("Entendu : {word}")).collect()
}

/// Words that can be told apart.
pub(crate) fn numbers(from: usize, to: usize) -> impl Iterator<Item = String> + Clone {
    (from..=to).map(|number| format!("n{number}"))
}
