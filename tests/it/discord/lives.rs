//! What outlives the process, and how it ends.

use super::start;
use fake_discord::FakeDiscord;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn buttons_work_after_a_power_cut() {
    let discord = FakeDiscord::start().await;
    let guild = discord.guild("École");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let data = tempfile::tempdir().expect("a temporary folder");
    let program = start(&discord, data.path(), &[]);
    discord.until_connected().await;
    discord.until_commands_registered().await;
    discord.wait_for_message(&general, |message| message.text().contains("Vigie")).await;
    let found = alice.types(&general, "/chercher texte:rgpd").await;
    drop(program.kill());
    let registrations = || discord.requests_to("PUT /applications/*/commands").len();
    let before = registrations();

    // Discord lets a bot identify itself once in five seconds; the program waits that long by itself.
    let program = start(&discord, data.path(), &[]);
    discord.wait_for_frame(2, 1).await;
    discord.until_connected().await;
    let labels = found.labels();
    found.chooses(&alice, &labels[0]).await.says("C");
    assert_eq!(registrations(), before, "the commands were the same");
    assert_eq!(discord.messages_in(&general).iter().filter(|message| message.text().contains("Vigie")).count(), 1);

    let (status, log) = program.stop();
    assert!(status.success(), "{log}");
    assert!(!log.contains("rgpd") && !log.contains("alice") && !log.contains(&discord.token()), "{log}");
    discord.assert_no_complaints();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_refused_ends_the_program_with_a_sentence() {
    let discord = FakeDiscord::start().await;
    let data = tempfile::tempdir().expect("a temporary folder");
    let program = start(&discord, data.path(), &[("DISCORD_TOKEN", "not.a.token")]);
    let (status, log) = tokio::task::spawn_blocking(move || program.ends()).await.expect("it ends");
    assert_eq!(status.code(), Some(1), "{log}");
    assert!(log.contains("does not accept the token"), "{log}");
    assert!(!log.contains("not.a.token"), "{log}");
    assert!(discord.requests().len() <= 2, "it is not tried again and again");
    let _ = discord.take_complaints();
}
