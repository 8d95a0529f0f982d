//! Rooms that the bot opens for some of the people.

use crate::{
    Actor::{self, Alice, Bob, Carla},
    Ending,
    Place::{Aside, Room},
    Scene, Skill,
    ending::ensure,
};
use vigie_chat::{Destination, Draft, IdempotencyKey, Invocation, RoomId, SendError};

const NAME: &str = "Équipe des lions";

/// The application says something in a room, and these people hear it.
async fn tells(scene: &Scene, room: &RoomId, words: &str, hearers: &[Actor]) -> Ending {
    let to = Destination::Room(room.clone());
    let sent = scene.announces(&to, Draft::notice().paragraph(words), words).await?;
    ensure!(sent.is_ok(), "sending to an opened room fails: {sent:?}");
    for who in hearers {
        let shown = scene.hears(*who, words).await?;
        ensure!(!shown.private, "{who:?} sees what is for several as {shown:?}");
    }
    Ok(())
}

/// Once all is said, somebody has seen none of it.
async fn never_sees(scene: &Scene, who: Actor, words: &str) -> Ending {
    scene.stops().await?;
    if scene.can(Skill::ClosedRooms) {
        ensure!(scene.count(who, words).await == 0, "{who:?} sees what is said in a room that isn't theirs");
    }
    Ok(())
}

pub(super) async fn a_room_is_opened_for_some_alone(scene: &Scene) -> Ending {
    scene.needs(Skill::OpeningRooms)?;
    let (room, absent) = scene.opens(NAME, &[Alice, Bob], "lions").await?;
    ensure!(absent.is_empty(), "{absent:?} could not be let in");
    tells(scene, &room, "Bonjour les lions.", &[Alice, Bob]).await?;
    never_sees(scene, Carla, "Bonjour les lions.").await
}

pub(super) async fn one_key_opens_one_room(scene: &Scene) -> Ending {
    scene.needs(Skill::OpeningRooms)?;
    let (first, _) = scene.opens(NAME, &[Alice], "lions").await?;
    let (again, absent) = scene.opens(NAME, &[Alice, Bob], "lions").await?;
    ensure!(first == again, "the same key opens {first:?}, then {again:?}");
    ensure!(absent.is_empty(), "{absent:?} could not be let in the second time");
    let (other, _) = scene.opens(NAME, &[Carla], "loups").await?;
    ensure!(other != first, "two keys open one room");
    tells(scene, &first, "Bonjour les lions.", &[Alice, Bob]).await?;
    tells(scene, &other, "Bonjour les loups.", &[Carla]).await?;
    never_sees(scene, Carla, "Bonjour les lions.").await
}

pub(super) async fn one_key_opens_one_room_across_a_restart(scene: &Scene) -> Ending {
    scene.needs(Skill::OpeningRooms)?;
    scene.needs(Skill::Restarting)?;
    let (first, _) = scene.opens(NAME, &[Alice, Bob], "lions").await?;
    tells(scene, &first, "Bonjour les lions.", &[Alice, Bob]).await?;
    scene.restarts().await?;
    // The new connector talks once it is asked something.
    scene.gives(Alice, Room, &Invocation::new("merci")).await?;
    scene.answered(1).await?;
    let (again, _) = scene.opens(NAME, &[Alice, Bob], "lions").await?;
    ensure!(first == again, "the same key opens {first:?}, then {again:?}");
    tells(scene, &first, "Bonsoir les lions.", &[Alice, Bob]).await
}

pub(super) async fn what_is_asked_in_an_opened_room_is_answered_there(scene: &Scene) -> Ending {
    scene.needs(Skill::OpeningRooms)?;
    scene.gives(Alice, Room, &Invocation::new("compte").with("nombre", 1)).await?;
    scene.hears(Alice, "Nombre : 1.").await?;
    let (room, _) = scene.opens(NAME, &[Alice, Bob], "lions").await?;
    tells(scene, &room, "Bonjour les lions.", &[Alice, Bob]).await?;
    scene.gives(Bob, Aside, &Invocation::new("compte").with("nombre", 2)).await?;
    scene.hears(Bob, "Nombre : 2.").await?;
    scene.says(Alice, Aside, "bonjour").await?;
    for who in [Alice, Bob] {
        scene.hears(who, "Nombre : 2.").await?;
        scene.hears(who, "Vous écrivez : bonjour").await?;
    }
    let heard = scene.answered(3).await?;
    let (shared, aside) = (&heard[0].origin, &heard[1..]);
    for entry in aside {
        let origin = &entry.origin;
        ensure!(origin.room.id == room, "what is asked in {room} is told as from {}", origin.room.id);
        ensure!(origin.room.kind == shared.room.kind, "the room is told as {:?}", origin.room.kind);
        ensure!(origin.space == shared.space, "its space is told as {:?}, not {:?}", origin.space, shared.space);
    }
    never_sees(scene, Carla, "Nombre : 2.").await
}

pub(super) async fn a_button_in_an_opened_room_can_be_pressed(scene: &Scene) -> Ending {
    scene.needs(Skill::OpeningRooms)?;
    let (room, _) = scene.opens(NAME, &[Alice, Bob], "lions").await?;
    let buttons = Draft::notice()
        .paragraph("Bonjour les lions.")
        .button(vigie_chat::Button::new("Merci", vigie_chat::Press::run(Invocation::new("merci"))));
    let sent = scene.announces(&Destination::Room(room.clone()), buttons, "buttons").await?;
    ensure!(sent.is_ok(), "sending to an opened room fails: {sent:?}");
    let shown = scene.hears(Bob, "Bonjour les lions.").await?;
    scene.presses(Bob, &shown, "Merci").await?;
    scene.hears(Alice, "Merci d’avoir appuyé.").await?;
    let heard = scene.answered(1).await?;
    ensure!(heard[0].origin.room.id == room, "the press is told as from {}", heard[0].origin.room.id);
    never_sees(scene, Carla, "Merci d’avoir appuyé.").await
}

pub(super) async fn who_is_let_in_later_sees_what_is_said_then(scene: &Scene) -> Ending {
    scene.needs(Skill::OpeningRooms)?;
    let (room, _) = scene.opens(NAME, &[Alice], "lions").await?;
    tells(scene, &room, "Bonjour Alice.", &[Alice]).await?;
    let (connector, people) = (scene.stage().connector(), scene.ids(&[Alice, Carla]));
    for _ in 0..2 {
        let absent = scene.bounded("letting people in", connector.let_in(&room, &people)).await?;
        ensure!(absent == Ok(Vec::new()), "letting Alice, who is in, and Carla in gives {absent:?}");
    }
    tells(scene, &room, "Bonjour à vous deux.", &[Alice, Carla]).await?;
    never_sees(scene, Bob, "Bonjour à vous deux.").await
}

pub(super) async fn who_is_taken_out_sees_nothing_more(scene: &Scene) -> Ending {
    scene.needs(Skill::OpeningRooms)?;
    let (room, _) = scene.opens(NAME, &[Alice, Bob], "lions").await?;
    tells(scene, &room, "Bonjour les lions.", &[Alice, Bob]).await?;
    let (connector, people) = (scene.stage().connector(), scene.ids(&[Bob, Carla]));
    for _ in 0..2 {
        let out = scene.bounded("taking people out", connector.take_out(&room, &people)).await?;
        ensure!(out == Ok(()), "taking Bob, and Carla who isn't in, out gives {out:?}");
    }
    tells(scene, &room, "Bob est parti.", &[Alice]).await?;
    never_sees(scene, Bob, "Bob est parti.").await
}

pub(super) async fn who_cannot_be_let_in_is_told(scene: &Scene) -> Ending {
    scene.needs(Skill::OpeningRooms)?;
    scene.needs(Skill::StayingOut)?;
    scene.bounded("staying out", scene.stage().stays_out(Carla)).await?;
    let carla = scene.ids(&[Carla]);
    let (room, absent) = scene.opens(NAME, &[Carla, Alice], "lions").await?;
    ensure!(absent == carla, "Carla can't be let in, and {absent:?} is told");
    let connector = scene.stage().connector();
    let absent = scene.bounded("letting people in", connector.let_in(&room, &scene.ids(&[Carla, Bob]))).await?;
    ensure!(absent.as_ref() == Ok(&carla), "Carla can't be let in later either, and {absent:?} is told");
    tells(scene, &room, "Bonjour sans Carla.", &[Alice, Bob]).await
}

pub(super) async fn a_room_that_is_gone_is_told(scene: &Scene) -> Ending {
    scene.needs(Skill::OpeningRooms)?;
    let (nowhere, connector) = (RoomId::new("1"), scene.stage().connector());
    let (people, key) = (scene.ids(&[Alice]), IdempotencyKey::new("nowhere"));
    let opened = scene.bounded("opening a room", connector.open_room(&nowhere, NAME, &people, &key)).await?;
    let let_in = scene.bounded("letting people in", connector.let_in(&nowhere, &people)).await?;
    let taken_out = scene.bounded("taking people out", connector.take_out(&nowhere, &people)).await?;
    ensure!(let_in == Err(SendError::Gone), "letting people into no room gives {let_in:?}");
    ensure!(taken_out == Err(SendError::Gone), "taking people out of no room gives {taken_out:?}");
    // A console has any room that is named.
    ensure!(opened.is_ok() || opened == Err(SendError::Gone), "opening beside no room gives {opened:?}");
    Ok(())
}
