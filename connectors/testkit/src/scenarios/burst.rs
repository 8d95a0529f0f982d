//! Many commands at once.

use crate::{
    Actor::{Alice, Bob},
    Ending,
    Place::Room,
    Scene, Shown, Skill,
    ending::ensure,
    heard,
};
use vigie_chat::Invocation;

const COMMANDS: usize = 50;

pub(super) async fn fifty_commands_are_answered_in_order(scene: &Scene) -> Ending {
    for number in (1..).take(COMMANDS) {
        scene.gives(Alice, Room, &Invocation::new("compte").with("nombre", number)).await?;
    }
    let what = "an answer to each of the fifty";
    scene.awaits(Alice, what, |seen| (numbers(seen).len() >= COMMANDS).then_some(())).await?;
    scene.stops().await?;
    let mut answers = numbers(&scene.stage().sees(Alice).await);
    if !scene.can(Skill::Ordering) {
        answers.sort_unstable();
    }
    let expected: Vec<usize> = (1..=COMMANDS).collect();
    ensure!(answers == expected, "the answers are {answers:?}");
    Ok(())
}

/// The numbers that the answers say.
fn numbers(seen: &[Shown]) -> Vec<usize> {
    let number = |shown: &Shown| {
        let words = heard(&shown.words);
        words.strip_prefix("Nombre:")?.strip_suffix('.')?.parse().ok()
    };
    seen.iter().filter_map(number).collect()
}

pub(super) async fn one_slow_answer_keeps_nobody_else_waiting(scene: &Scene) -> Ending {
    scene.needs(Skill::AnsweringAtOnce)?;
    scene.gives(Alice, Room, &Invocation::new("lent")).await?;
    scene.reached(1).await?;
    scene.gives(Bob, Room, &Invocation::new("repete").with("texte", "je passe")).await?;
    scene.hears(Bob, "Vous dites : je passe").await?;
    scene.app().lets_one_go_on();
    scene.hears(Alice, "Voilà, c’était long.").await.map(drop)
}
