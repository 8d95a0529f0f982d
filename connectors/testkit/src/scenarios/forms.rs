//! Forms: filled, filled wrong, closed.

use crate::{Actor::Alice, Ending, Place::Room, Scene, Shown, ending::ensure};
use vigie_chat::{Handled, Invocation};

/// A form is in front of Alice, perhaps for the second time.
async fn open(scene: &Scene) -> Ending {
    const QUESTION: &str = "Un sujet à créer ?";
    let before = scene.count(Alice, QUESTION).await;
    scene.gives(Alice, Room, &Invocation::new("formulaire")).await?;
    let new = |seen: &[Shown]| seen.iter().filter(|shown| shown.says(QUESTION)).nth(before).cloned();
    let shown = scene.awaits(Alice, "what opens a form", new).await?;
    scene.presses(Alice, &shown, "Remplir").await
}

pub(super) async fn a_form_is_filled(scene: &Scene) -> Ending {
    open(scene).await?;
    scene.fills(Alice, &[("titre", "Données"), ("heures", "12"), ("texte", "Une ligne.\nUne autre.")]).await?;
    scene.hears(Alice, "Sujet créé : Données, 12 h. Une ligne. Une autre.").await?;
    scene.ended(3, Handled::Done).await?;
    open(scene).await?;
    scene.fills(Alice, &[("titre", "Réseau")]).await?;
    scene.hears(Alice, "Sujet créé : Réseau, sans durée.").await?;
    scene.ended(6, Handled::Done).await
}

pub(super) async fn a_form_filled_wrong_says_what_is_wrong(scene: &Scene) -> Ending {
    open(scene).await?;
    scene.fills(Alice, &[("titre", "Données"), ("heures", "beaucoup")]).await?;
    let told = scene.hears(Alice, "il faut un nombre entier de 1 à 99").await?;
    ensure!(told.private && told.says("beaucoup"), "what is wrong is told badly: {told:?}");
    scene.ended(3, Handled::Misread).await?;
    open(scene).await?;
    scene.fills(Alice, &[("titre", "Données"), ("heures", "3")]).await?;
    scene.hears(Alice, "Sujet créé : Données, 3 h.").await.map(drop)
}

pub(super) async fn a_cancelled_form_does_nothing(scene: &Scene) -> Ending {
    open(scene).await?;
    scene.bounded("closing a form", scene.stage().cancels(Alice)).await?;
    scene.gives(Alice, Room, &Invocation::new("merci")).await?;
    scene.hears(Alice, "Merci").await?;
    scene.stops().await?;
    let heard: Vec<String> = scene.app().heard().into_iter().map(|entry| entry.what).collect();
    ensure!(heard == ["formulaire", "press", "merci"], "the application heard {heard:?}");
    ensure!(scene.count(Alice, "Sujet créé").await == 0, "a cancelled form was submitted");
    Ok(())
}

pub(super) async fn a_form_after_an_answer_comes_too_late(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("tard")).await?;
    scene.hears(Alice, "Trop tard pour un formulaire.").await.map(drop)
}
