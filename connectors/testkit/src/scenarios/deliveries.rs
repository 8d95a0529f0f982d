//! What the application says by itself.

use crate::{
    Actor::{Alice, Bob, Carla},
    Ending, Scene, Skill,
    ending::ensure,
};
use jiff::{SignedDuration, Timestamp};
use vigie_chat::{Button, Destination, Draft, Invocation, Press, SendError};

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

pub(super) async fn what_may_have_left_already_is_said_once(scene: &Scene) -> Ending {
    let (room, since) = (Destination::Room(scene.stage().room()), long_ago());
    let bob = Destination::Direct(scene.stage().person(Bob).id);
    // In parts too, of which only the last can be pressed; and with nothing to press at all.
    let long = "Une phrase parmi d’autres. ".repeat(600);
    let pressed = || Draft::reminder().title("Rappel").paragraph(long.as_str()).button(button("Vu"));
    let bare = || Draft::notice().paragraph("Bonjour sans bouton.");
    for (to, key) in [(&room, "room"), (&bob, "person")] {
        let (pressed, bare) = (scene.sealed(pressed()), scene.sealed(bare()));
        for (message, key) in [(&pressed, format!("{key} pressed")), (&bare, format!("{key} bare"))] {
            let first = scene.sends(to, message, &key).await?;
            let again = scene.sends_again(to, message, &key, since).await?;
            ensure!(first.is_ok() && first == again, "{key}: sent again, {first:?} becomes {again:?}");
        }
    }
    scene.hears(Alice, "Bonjour sans bouton.").await?;
    scene.stops().await?;
    for (who, expected) in [(Alice, 1), (Bob, 2)] {
        let count = scene.count(who, "Bonjour sans bouton.").await;
        ensure!(count == expected, "{who:?} reads what was sent again {count} times in all");
    }
    Ok(())
}

pub(super) async fn what_never_left_is_said_when_it_is_sent_again(scene: &Scene) -> Ending {
    let (room, since) = (Destination::Room(scene.stage().room()), long_ago());
    for text in ["Premier rappel.", "Second rappel."] {
        let message = scene.sealed(Draft::reminder().paragraph(text).button(button("Vu")));
        let sent = scene.sends_again(&room, &message, text, since).await?;
        ensure!(sent.is_ok(), "{text} isn't sent: {sent:?}");
        scene.hears(Alice, text).await?;
    }
    scene.stops().await?;
    let count = scene.count(Alice, "rappel.").await;
    ensure!(count == 2, "two messages arrive as {count}");
    Ok(())
}

/// Longer ago than any network knows a key for sure, and no longer than it can be looked for.
fn long_ago() -> Timestamp {
    Timestamp::now() - SignedDuration::from_mins(10)
}

fn button(label: &str) -> Button<Press> {
    Button::new(label, Press::run(Invocation::new("rappel fait")))
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
