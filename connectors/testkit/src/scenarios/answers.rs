//! Commands and words that are understood, and their answers.

use crate::{
    Actor::{Alice, Bob},
    Ending,
    Place::{Direct, Room},
    Scene,
    ending::ensure,
};
use vigie_chat::{Handled, Invocation, RoomKind};

pub(super) async fn a_command_is_answered_where_it_was_given(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("repete").with("texte", "Bonjour à tous")).await?;
    let hers = scene.hears(Alice, "Vous dites : Bonjour à tous").await?;
    let his = scene.hears(Bob, "Vous dites : Bonjour à tous").await?;
    ensure!(!hers.private && !his.private, "what was asked in the room is answered in private: {hers:?}");
    scene.gives(Alice, Direct, &Invocation::new("repete").with("texte", "Bonjour à vous")).await?;
    let hers = scene.hears(Alice, "Vous dites : Bonjour à vous").await?;
    ensure!(hers.private, "what was asked in direct is answered before others: {hers:?}");
    scene.stops().await?;
    ensure!(scene.count(Bob, "Bonjour à vous").await == 0, "Bob sees what Alice asked in direct");
    ensure!(scene.count(Alice, "Vous dites").await == 2, "Alice sees more than the two answers");
    Ok(())
}

pub(super) async fn values_arrive_as_their_kinds(scene: &Scene) -> Ending {
    let bob = scene.stage().person(Bob);
    let expected = format!("previens {}", bob.name);
    scene.gives(Alice, Room, &Invocation::new("compte").with("nombre", 42)).await?;
    scene.hears(Alice, "Nombre : 42.").await?;
    scene.gives(Alice, Room, &Invocation::new("couleur").with("teinte", "bleu")).await?;
    scene.hears(Alice, "Couleur : bleu.").await?;
    scene.gives(Alice, Room, &Invocation::new("cherche").with("mot", "réseau C1.5")).await?;
    scene.hears(Alice, "Vous cherchez : réseau C1.5.").await?;
    scene.gives(Alice, Room, &Invocation::new("previens").with("personne", bob)).await?;
    scene.hears(Alice, "lisez ceci.").await?;
    let heard: Vec<String> = scene.answered(4).await?.into_iter().map(|entry| entry.what).collect();
    ensure!(heard == ["compte 42", "couleur bleu", "cherche réseau C1.5", &expected], "what arrived is {heard:?}");
    Ok(())
}

pub(super) async fn words_to_the_bot_are_answered(scene: &Scene) -> Ending {
    scene.says(Alice, Direct, "c’est quoi le RGPD ?").await?;
    scene.hears(Alice, "Vous écrivez : c’est quoi le RGPD ?").await?;
    scene.ended(1, Handled::Done).await?;
    scene.says(Bob, Room, "et les sauvegardes ?").await?;
    scene.hears(Bob, "Vous écrivez : et les sauvegardes ?").await?;
    let heard: Vec<String> = scene.answered(2).await?.into_iter().map(|entry| entry.what).collect();
    ensure!(heard == ["c’est quoi le RGPD ?", "et les sauvegardes ?"], "the words arrived as {heard:?}");
    Ok(())
}

pub(super) async fn an_answer_is_followed_up_in_order(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("suites")).await?;
    let last = scene.hears(Alice, "Enfin, pour vous seule.").await?;
    ensure!(last.private, "the last follow-up is private, and others see it: {last:?}");
    // Where what is private and what isn't are two rooms, only the public ones have an order.
    let seen = scene.stage().sees(Alice).await;
    let rank = |words| seen.iter().position(|shown| shown.says(words));
    let (first, second) = (rank("D’abord ceci."), rank("Puis cela."));
    ensure!(first.is_some() && first < second, "the follow-ups come in another order: {seen:?}");
    scene.hears(Bob, "Puis cela.").await?;
    ensure!(scene.count(Bob, "Enfin").await == 0, "Bob sees the private follow-up");
    Ok(())
}

pub(super) async fn who_and_where_are_told(scene: &Scene) -> Ending {
    scene.gives(Alice, Room, &Invocation::new("merci")).await?;
    scene.hears(Alice, "Merci").await?;
    scene.gives(Bob, Direct, &Invocation::new("merci")).await?;
    let heard = scene.answered(2).await?;
    let (hers, his) = (&heard[0].origin, &heard[1].origin);
    let stage = scene.stage();
    ensure!(hers.person == stage.person(Alice), "Alice is told as {:?}", hers.person);
    ensure!(his.person == stage.person(Bob), "Bob is told as {:?}", his.person);
    ensure!(hers.room.id == stage.room() && hers.room.kind == RoomKind::Shared, "the room is told as {:?}", hers.room);
    ensure!(his.room.kind == RoomKind::Direct && his.room.id != hers.room.id, "the direct room is {:?}", his.room);
    let name = stage.connector().name();
    ensure!(hers.connector == name, "the connector {name} calls itself {}", hers.connector);
    Ok(())
}
