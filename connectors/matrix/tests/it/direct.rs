//! Direct rooms: where what is for one person is said.

use crate::{
    desk::words,
    meeting::Meeting,
    town::{self, Privacy},
};
use homeserver::{Message, Person, Room, Standing};
use matrix_sdk::ruma::{OwnedRoomId, RoomId};
use std::{collections::HashSet, time::Duration};
use vigie_chat::{Connector as _, Destination, IdempotencyKey, PersonId};
use vigie_testkit::Bell;

/// How long somebody waits for an invitation.
const PATIENCE: Duration = Duration::from_secs(45);

/// Waits until somebody is invited to a room, and has them join.
async fn joins_what_comes(person: &Person) -> OwnedRoomId {
    let bell = Bell::patient(PATIENCE);
    let ringing = bell.clone();
    person.on_change(move || ringing.ring());
    let invited = || person.rooms().into_iter().find(|(_, standing)| *standing == Standing::Invited);
    let (room, _) = bell.until(invited).await.expect("an invitation comes");
    person.accepts(&room).await.expect("it is joined");
    room
}

fn rooms(person: &Person) -> HashSet<OwnedRoomId> {
    person.rooms().into_iter().map(|(room, _)| room).collect()
}

/// Asks for something private, and waits until the room shows that it went elsewhere.
async fn asks_in_private(meeting: &Meeting) {
    let asked = meeting.says("!vigie secret").await;
    let shown = |message: &Message| message.reaction_keys().iter().any(|key| key.contains("privé"));
    meeting.alice.sees_become(&meeting.room, &asked, shown).await.expect("it shows where the answer is");
}

async fn count(meeting: &Meeting, room: &RoomId, times: usize) {
    let bot = meeting.lodging.user();
    let said = |room: &homeserver::RoomView| {
        let said = room.messages.iter().filter(|message| message.sender == bot && message.body == "Pour vous.");
        (said.count() == times).then_some(())
    };
    meeting.alice.until(room, said).await.expect("it is said there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_private_answer_opens_a_direct_room_which_serves_again() {
    let Some(server) = town::shared().await else { return };
    let mut meeting = Meeting::on(server, Privacy::Plain).await;
    asks_in_private(&meeting).await;
    let direct = joins_what_comes(&meeting.alice).await;
    count(&meeting, &direct, 1).await;
    let view = meeting.alice.view(&direct).expect("it is there");
    assert!(view.state("m.room.encryption", "").is_some(), "what is private is encrypted");
    asks_in_private(&meeting).await;
    count(&meeting, &direct, 2).await;
    meeting.stops().await;
    meeting.starts();
    asks_in_private(&meeting).await;
    count(&meeting, &direct, 3).await;
    assert_eq!(rooms(&meeting.alice), HashSet::from([meeting.room.clone(), direct]));
    assert!(!meeting.said().iter().any(|said| said == "Pour vous."), "the room saw it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_direct_room_that_the_person_opened_serves_for_private_answers() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    let bot = meeting.lodging.user();
    let direct = meeting.alice.creates_room(Room::encrypted().direct().inviting(&bot)).await.expect("it is made");
    meeting.alice.until_member(&direct, &bot).await.expect("it joins");
    meeting.alice.says(&direct, "Bonjour").await.expect("it is said");
    meeting.hears_in(&direct, "Entendu : Bonjour").await;
    assert_eq!(meeting.desk.hears("Bonjour").await.origin.space, None);
    asks_in_private(&meeting).await;
    count(&meeting, &direct, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_direct_room_to_which_somebody_else_came_is_direct_no_more() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    asks_in_private(&meeting).await;
    let direct = joins_what_comes(&meeting.alice).await;
    let bob = server.person("bob").await.expect("he logs in");
    meeting.alice.invites(&direct, bob.id()).await.expect("he is invited");
    bob.accepts(&direct).await.expect("he joins");
    asks_in_private(&meeting).await;
    let next = joins_what_comes(&meeting.alice).await;
    count(&meeting, &next, 1).await;
    assert_eq!(rooms(&bob), HashSet::from([direct]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_left_the_direct_room_is_invited_again() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    asks_in_private(&meeting).await;
    let direct = joins_what_comes(&meeting.alice).await;
    meeting.alice.leaves(&direct).await.expect("she leaves");
    asks_in_private(&meeting).await;
    let next = joins_what_comes(&meeting.alice).await;
    let bot = meeting.lodging.user();
    let said = |message: &Message| message.sender == bot && message.body == "Pour vous.";
    meeting.alice.sees(&next, said).await.expect("it is said there");
}

/// A homeserver tells of a room before it has made all of it. The bot must neither take it for a room of its own kind then, nor
/// encrypt for those alone who were there already.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_opens_a_direct_room_can_be_read_and_the_room_is_nothing_else_on_the_way() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    let connector = &meeting.bot.as_ref().expect("it runs").connector;
    let mut people = Vec::new();
    for rank in 0..6 {
        people.push(server.person(&format!("promo{rank}")).await.expect("they log in"));
    }
    let sends = people.iter().map(|person| async move {
        let to = Destination::Direct(PersonId::new(person.id().as_str()));
        let key = IdempotencyKey::new(format!("rappel {}", person.id()));
        connector.send(&to, &words("Jalon demain."), &key).await.expect("it is sent")
    });
    futures::future::join_all(sends).await;
    let bot = meeting.lodging.user();
    for person in &people {
        let direct = joins_what_comes(person).await;
        let reads = |message: &Message| message.sender == bot && message.body == "Jalon demain.";
        person.sees(&direct, reads).await.expect("it can be read");
        let view = person.view(&direct).expect("it is there");
        assert!(!view.messages.iter().any(Message::is_undecryptable), "{view:?}");
        assert!(!meeting.desk.look().known.contains(direct.as_str()), "it passed for a tenant");
    }
}
