//! More choices than any network takes at once.

use crate::{Actor::Alice, Ending, Place::Room, Scene, Skill, ending::ensure, understudy::OPTIONS};
use vigie_chat::Invocation;

pub(super) async fn sixty_choices_are_paged(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("choix")).await?;
    let mut found = Vec::new();
    let mut shown = scene.hears(Alice, "Options 1 à 25 sur 60.").await?;
    for page in ["Options 26 à 50 sur 60.", "Options 51 à 60 sur 60."] {
        found.extend(shown.actions.iter().filter(|label| *label != "Suite").cloned());
        scene.presses(Alice, &shown, "Suite").await?;
        shown = scene.hears(Alice, page).await?;
        ensure!(shown.edited, "the page doesn't take the place of the one before: {shown:?}");
    }
    ensure!(shown.action("Suite").is_none(), "the last page has one after it: {:?}", shown.actions);
    found.extend(shown.actions.iter().cloned());
    let all: Vec<String> = (1..=OPTIONS).map(|rank| format!("Option {rank}")).collect();
    ensure!(found == all, "the options are {found:?}");
    if scene.can(Skill::TakingBack) {
        ensure!(scene.count(Alice, "sur 60.").await == 1, "several pages can be seen at once");
    }
    scene.presses(Alice, &shown, "Option 60").await?;
    scene.hears(Alice, "Vous dites : choix 60").await.map(drop)
}
