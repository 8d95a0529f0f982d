//! Messages that take the place of others.

use crate::{Actor::Alice, Ending, Place::Room, Scene, Skill, ending::ensure};
use vigie_chat::{Destination, Draft, Invocation, SendError};

pub(super) async fn an_update_of_nothing_is_an_answer(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("maj")).await?;
    scene.hears(Alice, "C’est à jour.").await?;
    scene.stops().await?;
    let seen = scene.stage().sees(Alice).await;
    ensure!(seen.len() == 1, "Alice sees more than the answer: {seen:?}");
    Ok(())
}

pub(super) async fn a_result_takes_the_place_of_a_progress(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("avancement")).await?;
    scene.hears(Alice, "C’est commencé.").await?;
    scene.app().lets_one_go_on();
    let shown = scene.hears(Alice, "C’est terminé.").await?;
    ensure!(shown.edited, "the result is one more message: {shown:?}");
    scene.stops().await?;
    if scene.can(Skill::TakingBack) {
        ensure!(scene.count(Alice, "C’est commencé.").await == 0, "the progress can still be seen");
    }
    Ok(())
}

pub(super) async fn a_short_edit_leaves_nothing_of_a_long_message(scene: &Scene) -> Ending {
    scene.needs(Skill::TakingBack)?;
    scene.gives(Alice, Room, &Invocation::new("avancement").with("taille", "long")).await?;
    scene.hears(Alice, "Fin de l’article.").await?;
    scene.app().lets_one_go_on();
    scene.hears(Alice, "C’est terminé.").await?;
    scene.stops().await?;
    let seen = scene.stage().sees(Alice).await;
    ensure!(seen.len() == 1, "parts of the long message are left: {seen:?}");
    Ok(())
}

pub(super) async fn what_was_sent_can_be_edited(scene: &Scene) -> Ending {
    let room = Destination::Room(scene.stage().room());
    let sent = scene.announces(&room, Draft::notice().paragraph("Rendez-vous à 9 h."), "edits").await?;
    ensure!(sent.is_ok(), "sending to the room fails: {sent:?}");
    let Ok(sent) = sent else { return Ok(()) };
    scene.hears(Alice, "Rendez-vous à 9 h.").await?;
    let edited = edit(scene, &sent, "Rendez-vous à 10 h.").await?;
    ensure!(edited == Ok(()), "editing fails: {edited:?}");
    let shown = scene.hears(Alice, "Rendez-vous à 10 h.").await?;
    ensure!(shown.edited, "the new words are one more message: {shown:?}");
    if scene.can(Skill::TakingBack) {
        ensure!(scene.count(Alice, "Rendez-vous").await == 1, "the old words can still be seen");
    }
    Ok(())
}

pub(super) async fn a_deleted_message_cannot_be_edited(scene: &Scene) -> Ending {
    scene.needs(Skill::Deleting)?;
    let room = Destination::Room(scene.stage().room());
    let sent = scene.announces(&room, Draft::notice().paragraph("Rendez-vous à 9 h."), "deleted").await?;
    ensure!(sent.is_ok(), "sending to the room fails: {sent:?}");
    let Ok(sent) = sent else { return Ok(()) };
    let shown = scene.hears(Alice, "Rendez-vous à 9 h.").await?;
    scene.bounded("deleting", scene.stage().deletes(&shown)).await?;
    let edited = edit(scene, &sent, "Rendez-vous à 10 h.").await?;
    ensure!(edited == Err(SendError::Gone), "editing a deleted message gives {edited:?}");
    scene.stops().await?;
    ensure!(scene.count(Alice, "Rendez-vous").await == 0, "the deleted message came back");
    Ok(())
}

async fn edit(scene: &Scene, sent: &vigie_chat::MessageRef, words: &str) -> Ending<Result<(), SendError>> {
    let message = scene.sealed(Draft::notice().paragraph(words));
    scene.bounded("editing", async { scene.stage().connector().edit(sent, &message).await }).await
}
