//! Coming into rooms, leaving them, and following them.

use crate::{
    bot::Bot,
    meeting::Meeting,
    town::{self, Privacy},
};
use homeserver::{Device, Homeserver, Person, Room, Standing};
use matrix_sdk::ruma::{OwnedRoomId, RoomId};
use vigie_matrix::Pattern;

/// A meeting with a bot that only Alice may invite, and somebody else.
async fn choosy(server: &Homeserver) -> (Meeting, Person) {
    let mut meeting = Meeting::on(server, Privacy::Plain).await;
    meeting.stops().await;
    let only_alice = meeting.lodging.options().allowed([Pattern::Person(meeting.alice.id().to_owned())]);
    meeting.starts_with(only_alice);
    (meeting, server.person("bob").await.expect("he logs in"))
}

async fn until_bot_is(meeting: &Meeting, who: &Person, room: &RoomId, membership: &str) {
    let bot = meeting.lodging.user();
    let seen = who.until(room, |room| (room.membership(&bot) == Some(membership)).then_some(()));
    seen.await.expect("it comes to that");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_those_who_are_allowed_can_invite_it() {
    let Some(server) = town::shared().await else { return };
    let (meeting, bob) = choosy(server).await;
    let bot = meeting.lodging.user();
    let of_bob = bob.creates_room(Room::plain().inviting(&bot)).await.expect("a room is made");
    until_bot_is(&meeting, &bob, &of_bob, "leave").await;
    let of_alice = meeting.alice.creates_room(Room::plain().inviting(&bot)).await.expect("a room is made");
    until_bot_is(&meeting, &meeting.alice, &of_alice, "join").await;
    let reached_bob = bob.view(&of_bob).and_then(|room| room.membership(&bot).map(str::to_owned));
    assert_eq!(reached_bob.as_deref(), Some("leave"), "it was never in his room");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_in_which_nobody_is_left_is_left() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    let observer = server.log_in(&meeting.lodging.account, Device::unsigned()).await.expect("it logs in");
    let bob = server.person("bob").await.expect("he logs in");
    meeting.alice.invites(&meeting.room, bob.id()).await.expect("he is invited");
    bob.accepts(&meeting.room).await.expect("he joins");
    meeting.alice.leaves(&meeting.room).await.expect("she leaves");
    bob.says(&meeting.room, "!vigie dire encore").await.expect("it is said");
    let bot = meeting.lodging.user();
    bob.sees(&meeting.room, |message| message.sender == bot && message.body.contains("encore"))
        .await
        .expect("answered");
    bob.leaves(&meeting.room).await.expect("he leaves");
    let left = observer.until(&meeting.room, |room| (room.standing == Standing::Left).then_some(()));
    left.await.expect("the bot leaves");
}

/// The bot is somewhere else now; what is asked there is answered, and the application knows.
async fn is_followed(meeting: &Meeting, old: &RoomId, new: &RoomId) {
    let moved = (old.to_string(), new.to_string());
    meeting.desk.until("a move", |state| state.moved.contains(&moved)).await;
    meeting.alice.until_member(new, &meeting.lodging.user()).await.expect("it is there");
    meeting.alice.says(new, "!vigie dire suivi").await.expect("it is said");
    meeting.hears_in(new, "Entendu : suivi").await;
    let is_there = |state: &crate::desk::State| state.spaces.contains_key(new.as_str());
    meeting.desk.until("the new tenant", is_there).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upgrade_of_an_open_room_is_followed_without_an_invitation() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    let bot = meeting.lodging.user();
    let room = Room::plain().public().version("11").inviting(&bot);
    let old = meeting.alice.creates_room(room).await.expect("a room is made");
    meeting.alice.until_member(&old, &bot).await.expect("it joins");
    let new = meeting.alice.upgrades(&old, "12").await.expect("it is upgraded");
    is_followed(&meeting, &old, &new).await;
    until_bot_is(&meeting, &meeting.alice, &old, "leave").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upgrade_of_a_closed_room_is_followed_once_somebody_invites_it_whoever_that_is() {
    let Some(server) = town::shared().await else { return };
    let (meeting, bob) = choosy(server).await;
    let (alice, old) = (&meeting.alice, &meeting.room);
    let new = alice.upgrades(old, "12").await.expect("it is upgraded");
    alice.empowers(&new, bob.id(), 100).await.expect("he may invite");
    alice.invites(&new, bob.id()).await.expect("he is invited");
    bob.accepts(&new).await.expect("he joins");
    bob.invites(&new, &meeting.lodging.user()).await.expect("it is invited");
    is_followed(&meeting, old, &new).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upgrade_during_an_absence_is_followed_on_return() {
    let Some(server) = town::shared().await else { return };
    let mut meeting = Meeting::on(server, Privacy::Plain).await;
    let old: OwnedRoomId = meeting.room.clone();
    meeting.stops().await;
    let new = meeting.alice.upgrades(&old, "12").await.expect("it is upgraded");
    meeting.alice.invites(&new, &meeting.lodging.user()).await.expect("it is invited");
    meeting.bot = Some(Bot::start(meeting.lodging.options(), std::sync::Arc::clone(&meeting.desk) as _));
    is_followed(&meeting, &old, &new).await;
}
