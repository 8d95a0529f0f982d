//! What is typed and can't be read gets a hint, in private.

use crate::{Actor::Alice, Ending, Place::Direct, Scene, ending::ensure};
use vigie_chat::Handled;

pub(super) async fn an_unknown_command_gets_a_hint(scene: &Scene) -> Ending {
    scene.says(Alice, Direct, "/xylophone").await?;
    scene.hears(Alice, "La commande xylophone n’existe pas.").await?;
    scene.ended(1, Handled::Misread).await?;
    scene.says(Alice, Direct, "/repet bonjour").await?;
    let hint = scene.hears(Alice, "Voulez-vous dire").await?;
    ensure!(hint.says("repete"), "the hint doesn't name the command that is near: {hint:?}");
    scene.ended(2, Handled::Misread).await
}

pub(super) async fn a_missing_option_is_named(scene: &Scene) -> Ending {
    scene.says(Alice, Direct, "/repete").await?;
    let hint = scene.hears(Alice, "Il manque texte").await?;
    ensure!(hint.says("repete bonjour"), "the hint has no example: {hint:?}");
    scene.ended(1, Handled::Misread).await?;
    scene.says(Alice, Direct, "/compte 100").await?;
    scene.hears(Alice, "il faut un nombre entier de 1 à 99").await?;
    scene.ended(2, Handled::Misread).await
}
