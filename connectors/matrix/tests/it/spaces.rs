//! To which tenant a question belongs.

use crate::{
    meeting::Meeting,
    town::{self, Privacy},
};
use homeserver::Room;
use matrix_sdk::ruma::OwnedRoomId;
use serde_json::json;
use vigie_chat::{Connector as _, IdempotencyKey, PersonId, RoomId};

/// A space of Alice's that the bot is in.
async fn space(meeting: &Meeting) -> OwnedRoomId {
    let bot = meeting.lodging.user();
    let space = meeting.alice.creates_room(Room::space().named("École").inviting(&bot)).await.expect("it is made");
    meeting.alice.until_member(&space, &bot).await.expect("it joins");
    space
}

async fn tenant(meeting: &Meeting, word: &str) -> Option<String> {
    meeting.asks([word.to_owned()]).await;
    meeting.desk.hears(word).await.origin.space.map(|space| space.to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_by_itself_is_a_tenant_under_its_own_name() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    assert_eq!(tenant(&meeting, "seule").await, Some(meeting.room.to_string()));
    let name = meeting.desk.look().spaces.get(meeting.room.as_str()).cloned();
    assert_eq!(name.as_deref(), Some("Promotion"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_space_is_the_tenant_of_a_room_when_both_say_so() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    let space = space(&meeting).await;
    meeting.alice.adds_to_space(&space, &meeting.room).await.expect("it is added");
    let is_there = |state: &crate::desk::State| {
        state.spaces.get(space.as_str()).is_some_and(|name| name == "École")
            && !state.spaces.contains_key(meeting.room.as_str())
    };
    meeting.desk.until("the space as tenant", is_there).await;
    assert_eq!(tenant(&meeting, "dedans").await, Some(space.to_string()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_a_room_nor_a_space_can_draw_the_other_into_its_tenant() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    let (one, other) = (space(&meeting).await, space(&meeting).await);
    let via = json!({ "via": [server.server_name()] });
    let room = meeting.room.as_str();
    meeting.alice.sets_state(&one, "m.space.child", room, &via).await.expect("it is set");
    assert_eq!(tenant(&meeting, "par l’espace").await.as_deref(), Some(room));
    meeting.alice.sets_state(&meeting.room, "m.space.parent", other.as_str(), &via).await.expect("it is set");
    assert_eq!(tenant(&meeting, "par le salon").await.as_deref(), Some(room));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_that_the_bot_opens_is_of_the_tenant_beside_which_it_is() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    let (space, alice) = (space(&meeting).await, &meeting.alice);
    alice.adds_to_space(&space, &meeting.room).await.expect("it is added");
    alice.empowers(&space, &meeting.lodging.user(), 50).await.expect("it may add rooms");
    meeting.desk.until("the space as tenant", |state| state.spaces.contains_key(space.as_str())).await;
    // What was set before this is known to the bot when it hears this.
    assert_eq!(tenant(&meeting, "avant").await, Some(space.to_string()));
    let connector = &meeting.bot.as_ref().expect("it runs").connector;
    let (near, people) = (RoomId::new(meeting.room.as_str()), [PersonId::new(alice.id().as_str())]);
    let opened = connector.open_room(&near, "Équipe", &people, &IdempotencyKey::new("lions")).await;
    let opened = opened.expect("it is opened");
    let room = OwnedRoomId::try_from(opened.room.as_str()).expect("a room id");
    alice.accepts(&room).await.expect("she comes in");
    alice.says(&room, "!vigie dire équipe").await.expect("it is said");
    let origin = meeting.desk.hears("équipe").await.origin;
    assert_eq!((origin.room.id, origin.space.map(|found| found.to_string())), (opened.room, Some(space.to_string())));
    let child =
        alice.until(&space, |view| view.state("m.space.child", room.as_str()).map(|child| child["via"].clone()));
    assert!(child.await.expect("the space shows it").is_array());
    assert!(!meeting.desk.look().spaces.contains_key(room.as_str()), "the room is no tenant of its own");
    // Only the bot lets people in.
    let bob = server.person("bob").await.expect("he logs in");
    assert!(alice.invites(&room, bob.id()).await.is_err());
}
