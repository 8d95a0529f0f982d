//! To which tenant a question belongs.

use crate::{
    meeting::Meeting,
    town::{self, Privacy},
};
use homeserver::Room;
use matrix_sdk::ruma::OwnedRoomId;
use serde_json::json;

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
