//! Messages that may have left already, long after Discord forgot their nonces.

use crate::{bot::Bot, desk::Desk, desk::words, town::Town};
use fake_discord::{Fault, Matcher, Permissions};
use jiff::Timestamp;
use std::time::Duration;
use vigie_chat::{
    Button, Connector, Destination, Draft, IdempotencyKey, Invocation, MessageRef, PersonId, Press, RoomId, Sealed,
    SendError, Token,
};

const CREATE: &str = "POST /channels/*/messages";
const READ: &str = "GET /channels/*/messages";

struct Street {
    town: Town,
    bot: Bot,
    /// When everything was tried first.
    since: Timestamp,
}

async fn street() -> Street {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk).await;
    let since = (town.clock())();
    Street { town, bot, since }
}

impl Street {
    fn room(&self) -> Destination {
        Destination::Room(RoomId::new(self.town.general.id().to_string()))
    }

    async fn sends(&self, to: &Destination, message: &Sealed, key: &str) -> Result<MessageRef, SendError> {
        self.bot.connector.send(to, message, &IdempotencyKey::new(key)).await
    }

    async fn again(&self, to: &Destination, message: &Sealed, key: &str) -> Result<MessageRef, SendError> {
        self.bot.connector.send_again(to, message, &IdempotencyKey::new(key), self.since).await
    }

    fn reads(&self) -> usize {
        self.town.discord.requests_to(READ).len()
    }

    fn said(&self) -> usize {
        self.town.general.messages().len()
    }
}

/// A reminder of this name, with something to press.
fn reminder(name: &str, text: &str) -> Sealed {
    let press = || Press::run(Invocation::new("rappel fait"));
    let draft = Draft::reminder().title("Rappel").paragraph(text);
    let draft = draft.button(Button::new("Vu", press())).button(Button::new("Plus tard", press()));
    let mut rank = 0;
    draft.seal(|_| {
        rank += 1;
        Token::new(format!("{name}-b{rank}"))
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn within_two_minutes_the_nonce_is_enough() {
    let street = street().await;
    let message = reminder("a", "Bonjour.");
    let sent = street.sends(&street.room(), &message, "a-0").await;
    street.town.passes(Duration::from_secs(110));
    assert_eq!(street.again(&street.room(), &message, "a-0").await, sent);
    assert_eq!((street.said(), street.reads()), (1, 0));
    street.bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_that_it_is_looked_for_in_a_room_and_with_a_person() {
    let street = street().await;
    let alice = Destination::Direct(PersonId::new(street.town.alice.id().to_string()));
    for (rank, to) in [street.room(), alice].iter().enumerate() {
        let key = format!("a{rank}-0");
        let sent = street.sends(to, &reminder(&key, "Dans 2 h."), &key).await;
        // Others speak, the bot too.
        for n in 0..120 {
            let _ = street.town.alice.writes(&street.town.general, &format!("message {n}"));
        }
        let _ = street.sends(to, &reminder("b", "Autre chose."), &format!("b{rank}-0")).await;
        street.town.passes(Duration::from_mins(4));
        // The words changed meanwhile.
        assert_eq!(street.again(to, &reminder(&key, "Dans 1 h 56."), &key).await, sent);
    }
    assert!(street.reads() >= 2, "a room with many messages is read by pages");
    street.bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_whose_answer_was_cut_is_taken_up_and_one_that_never_left_is_sent() {
    let street = street().await;
    let (room, taken, lost) = (street.room(), reminder("a", "Pris."), reminder("b", "Perdu."));
    street.town.discord.fault(Matcher::on(CREATE).times(6), Fault::CutAfter);
    let unheard = street.sends(&room, &taken, "a-0").await;
    assert!(matches!(unheard, Err(SendError::Network(_))), "{unheard:?}");
    street.town.discord.clear_faults();
    street.town.discord.fault(Matcher::on(CREATE).times(6), Fault::CutBefore);
    let unheard = street.sends(&room, &lost, "b-0").await;
    assert!(matches!(unheard, Err(SendError::Network(_))), "{unheard:?}");
    street.town.discord.clear_faults();
    assert_eq!(street.said(), 1);
    street.town.passes(Duration::from_mins(5));
    assert!(street.again(&room, &taken, "a-0").await.is_ok());
    assert_eq!(street.said(), 1);
    assert!(street.again(&room, &lost, "b-0").await.is_ok());
    assert_eq!(street.said(), 2);
    street.bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_message_in_parts_only_those_that_are_missing_are_sent() {
    let street = street().await;
    let room = street.room();
    let long = "Une phrase parmi d’autres. ".repeat(900);
    let message = reminder("a", &long);
    let whole = street.sends(&room, &message, "a-0").await.expect("it is sent");
    let parts = street.said();
    assert!(parts >= 3, "{parts}");
    street.town.passes(Duration::from_mins(5));
    assert_eq!(street.again(&room, &message, "a-0").await.as_ref(), Ok(&whole));
    assert_eq!(street.said(), parts);

    // The last part, with the buttons, never left: what is there is known by its words.
    let last = street.town.general.messages().pop().expect("there are parts");
    street.town.general.delete(&last);
    let mended = street.again(&room, &message, "a-0").await.expect("it is sent");
    assert_eq!(street.said(), parts);
    let without_last = |id: &MessageRef| id.id.as_str().rsplit_once('+').map(|(first, _)| first.to_owned());
    assert_eq!(without_last(&mended), without_last(&whole));
    street.bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_nothing_to_press_is_known_by_its_words() {
    let street = street().await;
    let room = street.room();
    let sent = street.sends(&room, &words("Bonjour."), "a-0").await;
    street.town.passes(Duration::from_mins(5));
    assert_eq!(street.again(&room, &words("Bonjour."), "a-0").await, sent);
    assert_ne!(street.again(&room, &words("Bonsoir."), "b-0").await, sent);
    assert_eq!(street.said(), 2);
    street.bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_nothing_can_be_read_it_is_sent_all_the_same() {
    let street = street().await;
    let (room, message) = (street.room(), reminder("a", "Bonjour."));
    assert!(street.sends(&room, &message, "a-0").await.is_ok());
    street.town.passes(Duration::from_mins(5));
    street.town.general.set_for_the_bot(Permissions::NONE, Permissions::READ_MESSAGE_HISTORY);
    assert!(street.again(&room, &message, "a-0").await.is_ok());
    assert_eq!(street.said(), 2);
    street.bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discord_that_cannot_tell_is_asked_again_later() {
    let street = street().await;
    let (room, message) = (street.room(), reminder("a", "Bonjour."));
    assert!(street.sends(&room, &message, "a-0").await.is_ok());
    street.town.passes(Duration::from_mins(5));
    street.town.discord.fault(Matcher::on(READ).always(), Fault::Status(502));
    let again = street.again(&room, &message, "a-0").await;
    assert!(matches!(again, Err(SendError::Network(_))), "{again:?}");
    assert_eq!(street.said(), 1);
    street.bot.stops().await;
}
