//! Files, both ways.

use crate::{
    Actor::Alice, Ending, HandedFile, Place::Room, Scene, Shown, Skill, ending::ensure, heard, understudy::picture,
};
use vigie_chat::Invocation;

pub(super) async fn a_picture_has_its_alternative_text(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("planning")).await?;
    // A network may bring the picture a moment after the words.
    let with_picture = |seen: &[Shown]| {
        seen.iter().rfind(|shown| shown.says("Voici le planning.") && !shown.files.is_empty()).cloned()
    };
    let shown = scene.awaits(Alice, "the planning with its picture", with_picture).await?;
    let picture = picture();
    ensure!(shown.files.len() == 1, "there isn't one picture: {:?}", shown.files);
    let file = &shown.files[0];
    ensure!(file.name == picture.name, "the picture is called {:?}", file.name);
    ensure!(heard(&file.alt) == heard(picture.description.as_str()), "the alternative text is {:?}", file.alt);
    Ok(())
}

pub(super) async fn a_file_that_is_handed_in_is_read(scene: &Scene) -> Ending {
    scene.needs(Skill::HandingFiles)?;
    let file = HandedFile { name: "notes.md".to_owned(), bytes: "# Sujet étudié".into() };
    scene.hands(Alice, &Invocation::new("lire"), file).await?;
    scene.hears(Alice, "notes.md dit : # Sujet étudié").await.map(drop)
}

pub(super) async fn a_file_that_is_too_large_is_refused(scene: &Scene) -> Ending {
    scene.needs(Skill::HandingFiles)?;
    let file = HandedFile { name: "notes.md".to_owned(), bytes: vec![b'x'; 101] };
    scene.hands(Alice, &Invocation::new("lire"), file).await?;
    scene.hears(Alice, "Ce fichier est trop gros.").await.map(drop)
}
