//! What is for one person is seen by that person alone.

use crate::{
    Actor::{Alice, Bob},
    Ending,
    Place::Room,
    Scene,
    ending::ensure,
};
use vigie_chat::Invocation;

pub(super) async fn a_private_answer_is_unseen_by_others(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("secret")).await?;
    let shown = scene.hears(Alice, "Le mot de passe est sésame.").await?;
    ensure!(shown.private, "the network doesn't show that the answer is private: {shown:?}");
    ensure!(shown.says("Secret"), "the title is missing: {shown:?}");
    scene.stops().await?;
    ensure!(scene.count(Bob, "sésame").await == 0, "Bob sees a private answer");
    Ok(())
}

pub(super) async fn a_private_mistake_is_unseen_by_others(scene: &Scene) -> Ending {
    scene.says(Alice, Room, "/xylophone").await?;
    let shown = scene.hears(Alice, "n’existe pas").await?;
    ensure!(shown.private, "a mistake is shown to the whole room: {shown:?}");
    scene.stops().await?;
    ensure!(scene.count(Bob, "n’existe pas").await == 0, "Bob sees Alice’s mistake");
    Ok(())
}

pub(super) async fn what_was_going_to_be_public_can_be_private(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("bascule").with("vers", "privée")).await?;
    let shown = scene.hears(Alice, "La réponse a basculé.").await?;
    ensure!(shown.private, "a private answer is shown to the whole room: {shown:?}");
    scene.stops().await?;
    let seen = scene.stage().sees(Bob).await;
    ensure!(seen.is_empty(), "something of a private answer is left for Bob: {seen:?}");
    Ok(())
}

pub(super) async fn what_was_going_to_be_private_can_be_public(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("bascule").with("vers", "publique")).await?;
    let shown = scene.hears(Bob, "La réponse a basculé.").await?;
    ensure!(!shown.private, "a public answer is shown to one person: {shown:?}");
    scene.hears(Alice, "La réponse a basculé.").await?;
    scene.stops().await?;
    let seen = scene.stage().sees(Alice).await;
    ensure!(seen.len() == 1, "Alice sees more than the answer: {seen:?}");
    Ok(())
}
