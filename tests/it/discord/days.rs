//! A day of a candidate, and a day of a trainer.

use super::start;
use crate::program::Program;
use fake_discord::{Channel, FakeDiscord, Person};
use std::time::Duration;

struct School {
    discord: FakeDiscord,
    general: Channel,
    alice: Person,
    bob: Person,
    trainer: Person,
    _program: Program,
    _data: tempfile::TempDir,
}

async fn school() -> School {
    let discord = FakeDiscord::start().await;
    let guild = discord.guild("École du numérique");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let bob = guild.member("bob");
    let trainer = guild.member("prof").with(&guild.role("Formateur"));
    let data = tempfile::tempdir().expect("a temporary folder");
    let program = start(&discord, data.path(), &[]);
    discord.until_connected().await;
    discord.until_commands_registered().await;
    if !discord.schema_in_use() {
        eprintln!("skipped: bodies are not checked against Discord's description, which isn't beside the checkout");
    }
    School { discord, general, alice, bob, trainer, _program: program, _data: data }
}

/// Between the interaction's arrival and its first answer, also on a slow machine.
const AT_ONCE: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_candidate_looks_things_up() {
    let School { discord, general, alice, bob, .. } = &school().await;

    // She searches with a typo, from her phone; everybody in the room sees the answer, and nobody is notified.
    let found = alice.types(general, "/chercher texte:acessibilite").await;
    found.says("accessib");
    assert!(!found.is_ephemeral());
    assert!(!found.last().pings_anybody());
    assert!(found.first_answer_after().is_some_and(|after| after < AT_ONCE));
    assert!(!found.was_deferred(), "a lookup needs no announcing");
    assert!(!found.seen_by(bob).messages().is_empty());

    // She opens the first result, then turns the page of the results, in the place of the first.
    let actions = found.labels();
    let sheet = found.chooses(alice, &actions[0]).await;
    sheet.says("critère");
    let second_page = found.clicks_label(alice, "Page suivante").await;
    assert_eq!(second_page.messages().len(), 1);
    assert!(second_page.last().is_edited());

    // A command is completed while she types, and the code is understood however she writes it.
    let completed = alice.completes(general, "/competence code:c1.").await;
    assert!(!completed.names().is_empty() && completed.names().len() <= 25);
    assert!(completed.after < Duration::from_millis(500), "{:?}", completed.after);
    let asked = alice.types(general, "/competence code:c1 5 referentiel:data-engineer").await;
    asked.says("C1.5");
    alice.types(general, "/criteres code:ce17.1").await.says("CE17");

    // What she asks of accommodation is for her alone.
    let rights = alice.types(general, "/amenagement procedure referentiel:data-engineer").await;
    assert!(rights.is_ephemeral());
    assert!(rights.seen_by(bob).messages().is_empty());
    let time = alice.types(general, "/amenagement temps duree:30min referentiel:projet-ia").await;
    assert!(time.is_ephemeral());
    time.says("40");

    let of_health = alice.types(general, "/chercher texte:dyslexie").await;
    assert!(of_health.is_ephemeral());
    let opened = of_health.clicks(alice, 1).await;
    assert!(opened.is_ephemeral(), "what she opens under it is for her alone too");
    assert!(opened.seen_by(bob).messages().is_empty());

    // She mentions the bot, then writes to it alone: both are searches. In the room the others talk on by themselves.
    let answer = alice.writes(general, "<@bot> pentest");
    answer.answered().await.says("C18");
    bob.writes(general, "quelqu'un a compris le bloc 3 ?");
    alice.writes(&alice.dm(), "c18").answered().await.says("C18");
    let unknown = alice.writes(&alice.dm(), "/cherche rgpd");
    unknown.answered().await.says("chercher");

    // A question on her health, asked where everybody reads, is answered where nobody else does.
    let before = discord.messages_in(general).len();
    alice.writes(general, "<@bot> j'ai une dyslexie, puis-je avoir un tiers temps ?");
    let seen = discord.wait_for_message(&alice.dm(), |message| message.text().contains("aménagement")).await;
    assert!(bob.sees(&seen).is_none());
    let after = discord.messages_in(general);
    assert!(after.len() <= before + 1, "only her own message is new there");
    discord.assert_no_complaints();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trainer_prepares_a_jury() {
    let School { discord, general, alice, trainer, .. } = &school().await;

    let list = trainer.types(general, "/referentiel").await;
    list.says("Data Engineer");
    list.says("Coordinateur infrastructures et logiciels");
    let one = trainer.types(general, "/referentiel referentiel:projet-ia").await;
    one.says("30 mn");
    let bloc = trainer.types(general, "/bloc bloc:B2 referentiel:data-engineer").await;
    bloc.says("C2");
    trainer.types(general, "/lexique").await.says("Lexique");

    // All criteria of a long assessment come, in order, in as many messages as they need.
    let criteria = trainer.types(general, "/criteres code:a4c8").await;
    criteria.says("A4C8");

    // Anybody may follow what the trainer opened; the bot tells who asks what it can do.
    let help = trainer.types(general, "/aide").await;
    help.says("chercher");
    let followed = help.clicks(alice, 1).await;
    followed.says("Chercher dans les compétences");

    // A mistake gets an example, for the one who made it.
    let mistake = trainer.types(general, "/competence code:ZZ99").await;
    mistake.says("ZZ99");
    assert!(mistake.is_ephemeral());
    assert!(mistake.seen_by(alice).messages().is_empty());
    discord.assert_no_complaints();
}
