//! What people do, and what the others see of it.

use homeserver::{Device, File, Homeserver, Person, Reading, Room, Standing, Text};
use matrix_sdk::ruma::OwnedRoomId;

use crate::{Checked, shared};

/// Two people in a room.
async fn two(server: &Homeserver, room: Room) -> Result<(Person, Person, OwnedRoomId), Box<dyn std::error::Error>> {
    let (alice, bob) = (server.person("alice").await?, server.person("bob").await?);
    let room = alice.creates_room(room.inviting(bob.id())).await?;
    bob.accepts(&room).await?;
    alice.until_member(&room, bob.id()).await?;
    Ok((alice, bob, room))
}

/// All that two people do with messages.
async fn talk(room: Room, expected: Reading) -> Checked {
    let Some(server) = shared().await else { return Ok(()) };
    let (alice, bob, room) = two(server, room).await?;

    alice.types(&room).await?;
    bob.until(&room, |room| room.typists.contains(alice.id()).then_some(())).await?;
    let question = Text::new("Who has the key?").html("Who has the <b>key</b>?").mentioning(bob.id());
    let question = alice.says(&room, question).await?;
    let seen = bob.sees(&room, |message| message.id == question).await?;
    assert_eq!((seen.kind.as_str(), seen.body.as_str()), ("m.text", "Who has the key?"));
    assert_eq!(seen.formatted_body.as_deref(), Some("Who has the <b>key</b>?"));
    assert_eq!((seen.sender.as_ref(), &*seen.mentions), (alice.id(), &[bob.id().to_owned()][..]));
    assert_eq!(seen.reading, expected);

    let reaction = bob.reacts(&room, &question, "👍").await?;
    alice.sees_become(&room, &question, |message| message.reaction_keys() == ["👍"]).await?;
    bob.redacts(&room, &reaction).await?;
    alice.sees_become(&room, &question, |message| message.reactions.is_empty()).await?;

    let answer = bob.says(&room, Text::notice("I do.").in_thread(&question)).await?;
    let seen = alice.sees(&room, |message| message.id == answer).await?;
    assert_eq!((seen.kind.as_str(), seen.thread.as_ref()), ("m.notice", Some(&question)));
    bob.edits(&room, &answer, "Alice does.").await?;
    let seen = alice.sees_become(&room, &answer, |message| message.edits == 1).await?;
    assert_eq!((seen.body.as_str(), seen.thread.as_ref()), ("Alice does.", Some(&question)));

    let quoting = alice.says(&room, Text::new("I don't.").quoting(&seen)).await?;
    let seen = bob.sees(&room, |message| message.id == quoting).await?;
    assert_eq!(seen.body, format!("> <{}> Alice does.\n\nI don't.", bob.id()));
    assert_eq!(seen.reply_to.as_ref(), Some(&answer));
    alice.redacts(&room, &quoting).await?;
    bob.sees_become(&room, &quoting, |message| message.is_redacted && message.body.is_empty()).await?;

    let file = File::new("key.txt", mime::TEXT_PLAIN, b"a key".to_vec()).caption("The key.").in_thread(&question);
    let file = alice.sends_file(&room, file).await?;
    let seen = bob.sees(&room, |message| message.id == file).await?;
    let attachment = seen.attachment.as_ref().expect("it carries a file");
    assert_eq!((attachment.name.as_str(), attachment.caption.as_deref()), ("key.txt", Some("The key.")));
    assert_eq!((seen.kind.as_str(), seen.thread.as_ref()), ("m.file", Some(&question)));
    assert_eq!(bob.opens(&seen).await?, b"a key");
    Ok(())
}

#[tokio::test]
async fn two_people_talk_in_a_plain_room() -> Checked {
    talk(Room::plain(), Reading::Plain).await
}

#[tokio::test]
async fn two_people_talk_in_an_encrypted_room() -> Checked {
    talk(Room::encrypted(), Reading::Decrypted).await
}

#[tokio::test]
async fn invitations_to_people_who_refuse_them_are_blocked() -> Checked {
    let Some(server) = shared().await else { return Ok(()) };
    let (alice, bob) = (server.person("alice").await?, server.person("bob").await?);
    let room = alice.creates_room(Room::plain()).await?;
    bob.refuses_invitations_from(alice.id()).await?;
    let refused = alice.invites(&room, bob.id()).await.expect_err("bob refuses alice");
    assert_eq!((refused.status(), refused.code().as_deref()), (Some(403), Some("M_INVITE_BLOCKED")));

    bob.invites(&bob.creates_room(Room::plain()).await?, alice.id()).await?;
    alice.refuses_invitations().await?;
    let refused = bob.creates_room(Room::plain().inviting(alice.id())).await.expect_err("alice refuses everybody");
    assert_eq!((refused.status(), refused.code().as_deref()), (Some(403), Some("M_INVITE_BLOCKED")));
    Ok(())
}

#[tokio::test]
async fn a_cautious_person_reads_nothing_from_a_device_that_its_owner_did_not_sign() -> Checked {
    let Some(server) = shared().await else { return Ok(()) };
    let alice = server.log_in(&server.register_unique("alice").await?, Device::cautious()).await?;
    let bob = server.person("bob").await?;
    let room = alice.creates_room(Room::encrypted().inviting(bob.id())).await?;
    bob.accepts(&room).await?;
    let unsigned = bob.at_another(Device::unsigned()).await?;
    alice.until_member(&room, bob.id()).await?;
    unsigned.until_member(&room, alice.id()).await?;

    let secret = alice.says(&room, "for signed devices").await?;
    bob.sees(&room, |message| message.id == secret && message.reading == Reading::Decrypted).await?;
    unsigned.sees(&room, |message| message.id == secret && message.is_undecryptable()).await?;
    let doubtful = unsigned.says(&room, "from an unsigned device").await?;
    alice.sees(&room, |message| message.id == doubtful && message.is_undecryptable()).await?;
    Ok(())
}

#[tokio::test]
async fn a_second_device_that_was_verified_reads_what_cautious_people_write() -> Checked {
    let Some(server) = shared().await else { return Ok(()) };
    let alice = server.log_in(&server.register_unique("alice").await?, Device::cautious()).await?;
    let bob = server.person("bob").await?;
    let room = alice.creates_room(Room::encrypted().inviting(bob.id())).await?;
    bob.accepts(&room).await?;
    let second = bob.at_second_device().await?;
    alice.until_member(&room, bob.id()).await?;
    second.until_member(&room, alice.id()).await?;
    let secret = alice.says(&room, "for signed devices").await?;
    second.sees(&room, |message| message.id == secret && message.reading == Reading::Decrypted).await?;
    Ok(())
}

#[tokio::test]
async fn people_come_and_go_and_rooms_are_replaced() -> Checked {
    let Some(server) = shared().await else { return Ok(()) };
    let (alice, bob) = (server.person("alice").await?, server.person("bob").await?);
    let space = alice.creates_room(Room::space().named("School")).await?;
    let old = alice.creates_room(Room::plain().version("10").named("Hall").power(bob.id(), 50)).await?;
    alice.adds_to_space(&space, &old).await?;
    alice.until(&old, |room| room.state("m.space.parent", space.as_str()).cloned()).await?;

    alice.invites(&old, bob.id()).await?;
    bob.until(&old, |room| (room.standing == Standing::Invited).then_some(())).await?;
    bob.leaves(&old).await?;
    alice.until(&old, |room| (room.membership(bob.id()) == Some("leave")).then_some(())).await?;
    alice.invites(&old, bob.id()).await?;
    bob.accepts(&old).await?;
    alice.empowers(&old, bob.id(), 100).await?;
    bob.until(&old, |room| (room.state("m.room.power_levels", "")?["users"][bob.id().as_str()] == 100).then_some(()))
        .await?;

    let new = bob.upgrades(&old, "12").await?;
    let tombstone = alice.until(&old, |room| room.state("m.room.tombstone", "").cloned()).await?;
    assert_eq!(tombstone["replacement_room"], new.as_str());
    bob.invites(&new, alice.id()).await?;
    alice.accepts(&new).await?;
    bob.until_member(&new, alice.id()).await?;
    bob.kicks(&new, alice.id()).await?;
    alice.until(&new, |room| (room.standing == Standing::Left).then_some(())).await?;
    Ok(())
}
