//! Completion of what is typed, by the application.

use crate::{Actor::Alice, Ending, Scene, Skill, ending::ensure};
use vigie_chat::Invocation;

pub(super) async fn what_is_typed_is_completed(scene: &Scene) -> Ending {
    scene.needs(Skill::Completing)?;
    let command = Invocation::new("cherche");
    for (typed, expected) in
        [("ré", vec!["registre", "règlement", "réseau"]), ("Sau", vec!["sauvegarde"]), ("x", vec![])]
    {
        let offered = scene.stage().completes(Alice, &command, "mot", typed);
        let offered = scene.bounded("completing", offered).await?;
        ensure!(offered == expected, "{typed:?} is completed by {offered:?}");
    }
    Ok(())
}
