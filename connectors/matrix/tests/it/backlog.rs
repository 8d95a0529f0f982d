//! What was said while the bot was away is answered; what was said before it came isn't.

use crate::{
    bot::Bot,
    desk::Desk,
    meeting::{Meeting, answers, numbers},
    town::{self, Lodging, Privacy},
};
use homeserver::Room;
use std::sync::Arc;

/// More than the homeserver tells at once: the rest has to be paged.
const MANY: usize = 60;

async fn a_long_absence(privacy: Privacy) {
    let Some(mut meeting) = Meeting::open(privacy).await else { return };
    meeting.stops().await;
    for word in numbers(1, MANY) {
        let asked = meeting.says(format!("!vigie dire {word}").as_str()).await;
        if word.ends_with('3') {
            meeting.says("On en parle demain ?").await;
            meeting.alice.reacts(&meeting.room, &asked, "👍").await.expect("she reacts");
        }
    }
    meeting.starts();
    for word in [MANY / 2, MANY] {
        meeting.is_answered(&format!("n{word}")).await;
    }
    assert_eq!(meeting.all_said().await, answers(numbers(1, MANY)));
    assert_eq!(meeting.desk.look().heard.len(), MANY + 2, "each was handled once, and nothing else");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_that_was_asked_during_a_long_absence_is_answered_once_and_in_order() {
    a_long_absence(Privacy::Plain).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_that_was_asked_in_an_encrypted_room_during_a_long_absence_is_answered_too() {
    a_long_absence(Privacy::Encrypted).await;
}

/// The bot may read the history of the room; it isn't meant for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_before_the_bot_came_is_never_answered() {
    let Some(server) = town::shared().await else { return };
    let (lodging, desk) = (Lodging::on(server).await, Desk::new());
    let alice = server.person("alice").await.expect("she logs in");
    let room = alice.creates_room(Room::plain().public()).await.expect("a room is made");
    let says = async |words: &str| alice.says(&room, words).await.expect("it is said");
    for word in numbers(1, 5) {
        says(&format!("!vigie dire {word}")).await;
    }
    let bot = Bot::start(lodging.options(), Arc::clone(&desk) as _);
    alice.invites(&room, &lodging.user()).await.expect("it is invited");
    alice.until_member(&room, &lodging.user()).await.expect("it joins");
    says("!vigie dire maintenant").await;
    let meeting = Meeting { lodging, desk, alice, room, bot: Some(bot) };
    meeting.is_answered("maintenant").await;
    assert_eq!(meeting.all_said().await, ["Entendu : maintenant"]);
}

/// It was invited while nobody was at home, and people began to ask at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_in_a_room_before_an_invitation_from_an_absence_is_accepted_is_not_answered() {
    let Some(mut meeting) = Meeting::open(Privacy::Plain).await else { return };
    meeting.stops().await;
    let (bot, alice) = (meeting.lodging.user(), &meeting.alice);
    let room = alice.creates_room(Room::plain().public().inviting(&bot)).await.expect("a room is made");
    alice.says(&room, "!vigie dire trop tôt").await.expect("it is said");
    meeting.starts();
    meeting.alice.until_member(&room, &bot).await.expect("it joins");
    meeting.alice.says(&room, "!vigie dire maintenant").await.expect("it is said");
    meeting.hears_in(&room, "Entendu : maintenant").await;
    assert_eq!(meeting.said_in(&room), ["Entendu : maintenant"]);
}
