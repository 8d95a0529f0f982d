//! Answers longer than a network takes at once: in parts, in order, each marked.

use crate::{
    Actor::{Alice, Bob},
    Ending,
    Place::Room,
    Scene, Shown,
    ending::ensure,
    heard,
    understudy::{PARAGRAPHS, WORDS},
};
use vigie_chat::Invocation;

/// What the parts of one message say together, without the mark that each must have if there are several: `(2/3)`.
pub(super) fn whole(parts: &[Shown]) -> Ending<String> {
    let count = parts.len();
    let mut whole = String::new();
    for (part, rank) in parts.iter().zip(1..) {
        let words = heard(&part.words);
        if count == 1 {
            return Ok(words);
        }
        let mark = format!("({rank}/{count})");
        let at = words.find(&mark);
        ensure!(at.is_some(), "part {rank} of {count} isn't marked {mark}: {words:?}");
        whole.push_str(&words.replacen(&mark, "", 1));
    }
    Ok(whole)
}

/// Checks that all of these are said, one after the other.
pub(super) fn in_order(whole: &str, expected: impl IntoIterator<Item = String>) -> Ending {
    let mut at = 0;
    for words in expected {
        let words = heard(&words);
        let found = whole[at..].find(&words);
        ensure!(found.is_some(), "{words:?} is missing after byte {at} of {whole:?}");
        at += found.unwrap_or_default() + words.len();
    }
    Ok(())
}

async fn article(scene: &Scene, command: &str) -> Ending<Vec<Shown>> {
    scene.gives(Alice, Room, &Invocation::new(command)).await?;
    scene.hears(Alice, "Fin de l’article.").await?;
    scene.stops().await?;
    let parts = scene.stage().sees(Alice).await;
    let paragraphs = (1..=PARAGRAPHS).map(|rank| format!("Alinéa {rank} sur {PARAGRAPHS}."));
    let said = ["Article".to_owned()].into_iter().chain(paragraphs).chain(["Fin de l’article.".to_owned()]);
    let whole = whole(&parts)?;
    in_order(&whole, said)?;
    let bodies = whole.matches(&heard("Chaque compétence est évaluée par un jury")).count();
    let ends = whole.matches(&heard("le référentiel de la certification visée.")).count();
    ensure!(bodies == PARAGRAPHS && ends == PARAGRAPHS, "paragraphs were lost or doubled: {bodies} begin, {ends} end");
    Ok(parts)
}

pub(super) async fn twenty_thousand_characters_come_in_order(scene: &Scene) -> Ending {
    article(scene, "article").await.map(drop)
}

pub(super) async fn one_paragraph_of_twenty_thousand_characters_comes_whole(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("pave")).await?;
    scene.hears(Alice, "fin.").await?;
    scene.stops().await?;
    let whole = whole(&scene.stage().sees(Alice).await)?;
    let words = (1..=WORDS).map(|rank| format!("mot{rank}"));
    let expected: String = words.chain(["fin.".to_owned()]).collect();
    ensure!(whole == expected, "words were lost or changed: {whole:?}");
    Ok(())
}

pub(super) async fn a_long_private_answer_stays_private(scene: &Scene) -> Ending {
    let parts = article(scene, "confidence").await?;
    ensure!(parts.iter().all(|part| part.private), "a part of a private answer isn't private");
    ensure!(scene.stage().sees(Bob).await.is_empty(), "Bob sees a part of a private answer");
    Ok(())
}
