//! Stopping: what was begun is answered first.

use crate::{Actor::Alice, Ending, Place::Room, Scene, ending::ensure};
use vigie_chat::Invocation;

pub(super) async fn a_stop_delivers_what_was_begun(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("lent")).await?;
    scene.reached(1).await?;
    scene.bounded("asking to stop", scene.stage().asks_to_stop()).await?;
    scene.lets_others_go_on().await;
    scene.app().lets_one_go_on();
    scene.stopped().await?;
    let count = scene.count(Alice, "Voilà, c’était long.").await;
    ensure!(count == 1, "the answer that was begun was delivered {count} times");
    Ok(())
}

pub(super) async fn a_stop_when_nothing_happens_is_a_stop(scene: &Scene) -> Ending {
    scene.stops().await?;
    ensure!(scene.app().heard().is_empty(), "something was heard");
    ensure!(scene.stage().sees(Alice).await.is_empty(), "something was said");
    Ok(())
}
