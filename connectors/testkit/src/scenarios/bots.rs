//! Bots don't talk to bots.

use crate::{
    Actor::Alice,
    Ending,
    Place::{Direct, Room},
    Scene, Shown, Skill,
    ending::ensure,
};
use vigie_chat::{Destination, Draft, Invocation};

pub(super) async fn the_bot_ignores_itself(scene: &Scene) -> Ending {
    let stage = scene.stage();
    let places = [Destination::Room(stage.room()), Destination::Direct(stage.person(Alice).id)];
    for (place, key) in places.iter().zip(["itself-1", "itself-2"]) {
        let sent = scene.announces(place, Draft::notice().paragraph("/repete boucle"), key).await?;
        ensure!(sent.is_ok(), "sending to {place:?} fails: {sent:?}");
    }
    let notices = |seen: &[Shown]| seen.iter().filter(|shown| shown.says("/repete boucle")).count();
    scene.awaits(Alice, "both notices", |seen| (notices(seen) == 2).then_some(())).await?;
    // What the bot said came back before this did.
    for place in [Room, Direct] {
        scene.gives(Alice, place, &Invocation::new("repete").with("texte", "/merci")).await?;
    }
    scene.answered(2).await?;
    scene.stops().await?;
    let heard = scene.app().heard().len();
    ensure!(heard == 2, "the application heard {heard} events, of which Alice did 2");
    Ok(())
}

pub(super) async fn the_bot_ignores_other_bots(scene: &Scene) -> Ending {
    scene.needs(Skill::OtherBots)?;
    for words in ["/repete boucle", "repete boucle", "bonjour"] {
        scene.bounded("another bot's words", scene.stage().other_bot_says(words)).await?;
    }
    for place in [Room, Direct] {
        scene.gives(Alice, place, &Invocation::new("merci")).await?;
    }
    scene.answered(2).await?;
    scene.stops().await?;
    let seen = scene.stage().sees(Alice).await;
    ensure!(seen.len() == 2, "another bot was answered: {seen:?}");
    Ok(())
}
