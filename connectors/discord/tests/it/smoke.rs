use crate::notebook::Memory;
use fake_discord::FakeDiscord;
use std::sync::Arc;
use vigie_chat::{App, Connector};
use vigie_discord::{Discord, Options};
use vigie_testkit::Understudy;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn smoke() {
    let _ = tracing_subscriber::fmt()
        .with_env_filter("debug,hyper=off,reqwest=off,hyper_util=off")
        .with_test_writer()
        .try_init();
    let discord = FakeDiscord::start().await;
    let guild = discord.guild("École");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let app: Arc<dyn App> = Arc::new(Understudy::default());
    for (path, _) in app.commands().runnable() {
        eprintln!("{path}");
    }
    let options = Options::new(discord.token().into(), Arc::new(Memory::default()), Arc::new(jiff::Timestamp::now))
        .api_base(&discord.base_url());
    let connector = Arc::new(Discord::new(options).expect("client"));
    let (stop, stopping) = tokio::sync::oneshot::channel::<()>();
    let run = {
        let (c, a) = (connector.clone(), app.clone());
        tokio::spawn(async move { c.run(a, Box::pin(async { drop(stopping.await) })).await })
    };
    discord.until_connected().await;
    discord.until_commands_registered().await;
    let names: Vec<_> = discord.commands().iter().map(|c| c["name"].to_string()).collect();
    eprintln!("{names:?}");
    let written = alice.writes(&general, "<@bot> bonjour").await;
    let shown = written.answered().await;
    eprintln!("{}", shown.text());
    drop(stop);
    run.await.expect("join").expect("run");
    for r in discord.requests() {
        eprintln!("{}", r.line());
    }
}
