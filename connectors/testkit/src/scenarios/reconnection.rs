//! A connection that is lost and comes back: what the network acknowledged isn't lost, and nothing is done twice.

use crate::{Actor::Alice, Ending, Place::Room, Scene, Skill, ending::ensure};
use vigie_chat::{Destination, Draft, Invocation, SendError};

fn say(words: &str) -> Invocation {
    Invocation::new("repete").with("texte", words)
}

async fn once(scene: &Scene, words: &[&str]) -> Ending {
    for words in words {
        let count = scene.count(Alice, words).await;
        ensure!(count == 1, "{words:?} was said {count} times");
    }
    Ok(())
}

pub(super) async fn what_was_said_while_cut_is_answered_once(scene: &Scene) -> Ending {
    scene.needs(Skill::Reconnecting)?;
    scene.gives(Alice, Room, &say("avant")).await?;
    scene.hears(Alice, "Vous dites : avant").await?;
    scene.bounded("cutting", scene.stage().cuts()).await?;
    scene.gives(Alice, Room, &say("pendant")).await?;
    let room = Destination::Room(scene.stage().room());
    let sent = scene.announces(&room, Draft::notice().paragraph("Annonce."), "cut").await?;
    let excused = matches!(sent, Ok(_) | Err(SendError::Network(_) | SendError::RateLimited { .. }));
    ensure!(excused, "sending while the connection is lost gives {sent:?}");
    scene.bounded("restoring", scene.stage().restores()).await?;
    scene.hears(Alice, "Vous dites : pendant").await?;
    scene.gives(Alice, Room, &say("après")).await?;
    scene.hears(Alice, "Vous dites : après").await?;
    if sent.is_ok() {
        scene.hears(Alice, "Annonce.").await?;
    }
    scene.stops().await?;
    once(scene, &["dites : avant", "dites : pendant", "dites : après"]).await?;
    ensure!(scene.count(Alice, "Annonce.").await <= 1, "the notice was said several times");
    Ok(())
}

pub(super) async fn an_answer_begun_before_a_cut_arrives(scene: &Scene) -> Ending {
    scene.needs(Skill::Reconnecting)?;
    scene.gives(Alice, Room, &Invocation::new("lent")).await?;
    scene.reached(1).await?;
    scene.bounded("cutting", scene.stage().cuts()).await?;
    scene.bounded("restoring", scene.stage().restores()).await?;
    scene.app().lets_one_go_on();
    scene.hears(Alice, "Voilà, c’était long.").await?;
    scene.gives(Alice, Room, &say("après")).await?;
    scene.hears(Alice, "Vous dites : après").await?;
    scene.stops().await?;
    once(scene, &["Voilà, c’était long.", "dites : après"]).await
}

pub(super) async fn what_was_said_while_away_is_answered_once(scene: &Scene) -> Ending {
    scene.needs(Skill::Restarting)?;
    scene.needs(Skill::Backlog)?;
    scene.gives(Alice, Room, &say("avant")).await?;
    scene.hears(Alice, "Vous dites : avant").await?;
    scene.stops().await?;
    scene.gives(Alice, Room, &say("pendant")).await?;
    scene.starts_again().await?;
    scene.hears(Alice, "Vous dites : pendant").await?;
    scene.stops().await?;
    once(scene, &["dites : avant", "dites : pendant"]).await
}
