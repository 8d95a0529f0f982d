//! Buttons: pressed once, twice, by a stranger, after expiry, after a restart.

use crate::{
    Actor::{Alice, Bob},
    Ending,
    Place::Room,
    Scene, Shown, Skill,
    ending::ensure,
    understudy::{EXPIRED, NOT_YOURS},
};
use std::time::Duration;
use vigie_chat::{Handled, Invocation};

const THANKS: &str = "Merci d’avoir appuyé.";

/// Alice has a message with buttons: as she sees it.
async fn buttons(scene: &Scene) -> Ending<Shown> {
    scene.gives(Alice, Room, &Invocation::new("boutons")).await?;
    let shown = scene.hears(Alice, "Compteur : 0.").await?;
    ensure!(shown.actions == ["Pour tous", "Pour moi", "Compter"], "the buttons are {:?}", shown.actions);
    Ok(shown)
}

pub(super) async fn a_button_pressed_once_answers_once(scene: &Scene) -> Ending {
    let shown = buttons(scene).await?;
    scene.presses(Alice, &shown, "Pour tous").await?;
    scene.hears(Alice, THANKS).await?;
    // Whatever else the press does is done before this.
    scene.gives(Alice, Room, &Invocation::new("compte").with("nombre", 1)).await?;
    scene.hears(Alice, "Nombre : 1.").await?;
    scene.stops().await?;
    ensure!(scene.count(Alice, THANKS).await == 1, "one press has several answers");
    ensure!(scene.count(Alice, "Compteur : 0.").await == 1, "the message with the button is gone");
    Ok(())
}

pub(super) async fn a_button_pressed_twice_answers_twice(scene: &Scene) -> Ending {
    let shown = buttons(scene).await?;
    scene.presses(Alice, &shown, "Compter").await?;
    let shown = scene.hears(Alice, "Compteur : 1.").await?;
    ensure!(shown.edited, "the answer doesn't take the place of the message: {shown:?}");
    scene.presses(Alice, &shown, "Compter").await?;
    scene.hears(Alice, "Compteur : 2.").await?;
    scene.stops().await?;
    if scene.can(Skill::TakingBack) {
        ensure!(scene.count(Alice, "Compteur").await == 1, "earlier counts can still be seen");
    }
    Ok(())
}

pub(super) async fn an_older_message_can_be_pressed(scene: &Scene) -> Ending {
    scene.needs(Skill::PressingOlder)?;
    let shown = buttons(scene).await?;
    scene.presses(Alice, &shown, "Pour tous").await?;
    scene.hears(Alice, THANKS).await?;
    scene.presses(Alice, &shown, "Pour tous").await?;
    scene.awaits(Alice, "thanks twice", |seen| (thanks(seen) == 2).then_some(())).await?;
    scene.stops().await?;
    ensure!(scene.count(Alice, THANKS).await == 2, "two presses have more than two answers");
    Ok(())
}

fn thanks(seen: &[Shown]) -> usize {
    seen.iter().filter(|shown| shown.says(THANKS)).count()
}

pub(super) async fn a_personal_button_refuses_a_stranger(scene: &Scene) -> Ending {
    let hers = buttons(scene).await?;
    let his = scene.hears(Bob, "Compteur : 0.").await?;
    scene.presses(Bob, &his, "Pour moi").await?;
    let refusal = scene.hears(Bob, NOT_YOURS).await?;
    ensure!(refusal.private, "the refusal is shown to all: {refusal:?}");
    scene.ended(2, Handled::Refused).await?;
    ensure!(scene.count(Alice, NOT_YOURS).await == 0, "Alice sees what Bob was refused");
    scene.presses(Alice, &hers, "Pour moi").await?;
    scene.hears(Alice, THANKS).await.map(drop)
}

pub(super) async fn a_button_for_all_takes_a_stranger(scene: &Scene) -> Ending {
    buttons(scene).await?;
    let his = scene.hears(Bob, "Compteur : 0.").await?;
    scene.presses(Bob, &his, "Pour tous").await?;
    scene.hears(Bob, THANKS).await?;
    scene.hears(Alice, THANKS).await?;
    let by = scene.answered(2).await?.pop().map(|entry| entry.person);
    ensure!(by == Some(scene.stage().person(Bob).id), "Bob’s press came from {by:?}");
    Ok(())
}

pub(super) async fn an_expired_button_says_so(scene: &Scene) -> Ending {
    let shown = buttons(scene).await?;
    scene.app().lets_pass(Duration::from_hours(25));
    scene.presses(Alice, &shown, "Pour tous").await?;
    let refusal = scene.hears(Alice, EXPIRED).await?;
    ensure!(refusal.private, "the refusal is shown to all: {refusal:?}");
    scene.ended(2, Handled::Refused).await
}

pub(super) async fn a_button_outlives_a_restart(scene: &Scene) -> Ending {
    scene.needs(Skill::Restarting)?;
    let shown = buttons(scene).await?;
    scene.restarts().await?;
    scene.presses(Alice, &shown, "Compter").await?;
    let shown = scene.hears(Alice, "Compteur : 1.").await?;
    ensure!(shown.edited, "the answer doesn't take the place of the message: {shown:?}");
    scene.presses(Alice, &shown, "Pour moi").await?;
    scene.hears(Alice, THANKS).await.map(drop)
}
