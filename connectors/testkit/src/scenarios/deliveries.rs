//! What the application says by itself.

use crate::{
    Actor::{Alice, Bob, Carla},
    Ending, Scene, Skill,
    ending::ensure,
};
use vigie_chat::{Destination, Draft, SendError};

pub(super) async fn a_message_reaches_a_room(scene: &Scene) -> Ending {
    let room = Destination::Room(scene.stage().room());
    let sent = scene.announces(&room, Draft::notice().paragraph("Bonjour à tous."), "room").await?;
    ensure!(sent.is_ok(), "sending to the room fails: {sent:?}");
    for who in [Alice, Bob, Carla] {
        let shown = scene.hears(who, "Bonjour à tous.").await?;
        ensure!(!shown.private && !shown.edited, "{who:?} sees it as {shown:?}");
    }
    Ok(())
}

pub(super) async fn a_message_reaches_one_person(scene: &Scene) -> Ending {
    let bob = Destination::Direct(scene.stage().person(Bob).id);
    let sent = scene.announces(&bob, Draft::reminder().private().paragraph("Bonjour à vous."), "person").await?;
    ensure!(sent.is_ok(), "sending to one person fails: {sent:?}");
    let shown = scene.hears(Bob, "Bonjour à vous.").await?;
    ensure!(shown.private, "Bob isn't alone to see it: {shown:?}");
    scene.stops().await?;
    ensure!(scene.stage().sees(Alice).await.is_empty(), "Alice sees what is for Bob");
    Ok(())
}

pub(super) async fn one_key_sends_one_message(scene: &Scene) -> Ending {
    let room = Destination::Room(scene.stage().room());
    let bonjour = || Draft::notice().paragraph("Bonjour.");
    let first = scene.announces(&room, bonjour(), "one").await?;
    let again = scene.announces(&room, bonjour(), "one").await?;
    ensure!(first.is_ok() && first == again, "the same key gives {first:?}, then {again:?}");
    let other = scene.announces(&room, bonjour(), "another").await?;
    ensure!(other.is_ok() && other != first, "another key gives {other:?} after {first:?}");
    scene.awaits(Alice, "two messages", |seen| (seen.len() >= 2).then_some(())).await?;
    scene.stops().await?;
    let count = scene.count(Alice, "Bonjour.").await;
    ensure!(count == 2, "two keys sent {count} messages");
    Ok(())
}

pub(super) async fn a_closed_direct_room_is_told(scene: &Scene) -> Ending {
    scene.needs(Skill::ClosedDirect)?;
    scene.bounded("refusing messages", scene.stage().closes_direct(Carla)).await?;
    let carla = Destination::Direct(scene.stage().person(Carla).id);
    let sent = scene.announces(&carla, Draft::reminder().paragraph("Bonjour."), "closed").await?;
    ensure!(sent == Err(SendError::DirectClosed), "sending to a closed room gives {sent:?}");
    let bob = Destination::Direct(scene.stage().person(Bob).id);
    let sent = scene.announces(&bob, Draft::reminder().paragraph("Bonjour."), "open").await?;
    ensure!(sent.is_ok(), "one closed room closes others: {sent:?}");
    Ok(())
}
