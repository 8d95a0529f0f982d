//! Text that could break a network, a screen or a reader: all of it is said, and nobody is notified.

use super::length::{in_order, whole};
use crate::{
    Actor::{Alice, Bob},
    Ending, Notified,
    Place::Room,
    Scene, Shown, Skill,
    ending::ensure,
    understudy::{HOSTILE, short},
};
use vigie_chat::Invocation;

/// Longest text that people can give with a command.
const TYPED: usize = 1_000;

fn nobody_notified(name: &str, parts: &[Shown]) -> Ending {
    for part in parts {
        ensure!(part.notified.is_empty(), "{name} notifies {:?}", part.notified);
    }
    Ok(())
}

pub(super) async fn hostile_answers_say_all_and_notify_nobody(scene: &Scene) -> Ending {
    for ((name, text), rank) in HOSTILE.iter().zip(0_i64..) {
        let before = scene.stage().sees(Alice).await.len();
        scene.gives(Alice, Room, &Invocation::new("hostile").with("rang", rank)).await?;
        let the_end = format!("the end of {name}");
        let parts = scene.awaits(Alice, &the_end, |seen| {
            let new = seen.get(before..)?;
            let ended = new.iter().any(|part| part.says("Fin du texte hostile."));
            // What can be pressed comes last.
            (ended && new.iter().any(|part| !part.actions.is_empty())).then(|| new.to_vec())
        });
        let parts = parts.await?;
        let short = short(text);
        let leads = ["Titre", "", "Fort", "code", "Dit", "trouvé", "Point", "Sous-point", "Champ", "Valeur", "Case"];
        let leads = leads.into_iter().chain(["Citation", "Dedans", "Fin", "Note"]);
        let said = leads.map(|lead| match lead {
            "" => format!("Clair {text}"),
            "Fin" => "Fin du texte hostile.".to_owned(),
            lead => format!("{lead} {short}"),
        });
        in_order(&whole(&parts)?, said)?;
        let button = format!("Bouton {short}");
        let pressed = parts.iter().any(|part| part.action(&button).is_some());
        ensure!(pressed, "the button of {name} isn't there, or says something else");
        nobody_notified(name, &parts)?;
    }
    scene.gives(Alice, Room, &Invocation::new("merci")).await?;
    scene.hears(Alice, "Merci").await.map(drop)
}

pub(super) async fn hostile_words_are_repeated(scene: &Scene) -> Ending {
    for (name, text) in HOSTILE.iter().filter(|(_, text)| text.chars().count() < TYPED) {
        scene.gives(Alice, Room, &Invocation::new("repete").with("texte", text.as_str())).await?;
        let shown = scene.hears(Bob, &format!("Vous dites : {text}")).await?;
        nobody_notified(name, &[shown])?;
    }
    Ok(())
}

pub(super) async fn only_those_meant_are_notified(scene: &Scene) -> Ending {
    scene.needs(Skill::Notifying)?;
    let bob = scene.stage().person(Bob);
    scene.gives(Alice, Room, &Invocation::new("previens").with("personne", bob)).await?;
    let shown = scene.hears(Bob, "@everyone @here @room, lisez ceci.").await?;
    ensure!(shown.notified == [Notified::One(Bob)], "those notified are {:?}", shown.notified);
    Ok(())
}
