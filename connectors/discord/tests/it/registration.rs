//! Commands: registered when they changed, in one place.

use crate::{bot::Bot, desk::Desk, town::Town};
use fake_discord::Fault;
use vigie_chat::CommandSpec;

const EVERYWHERE: &str = "PUT /applications/*/commands";
const IN_ONE: &str = "PUT /applications/*/guilds/*/commands";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_changes_are_registered() {
    let town = Town::open().await;
    town.bot(Desk::new()).await.stops().await;
    assert_eq!(town.discord.requests_to(EVERYWHERE).len(), 1);
    let reads = town.discord.requests_to("GET /applications/*/commands").len();
    let bot = town.next_bot(Desk::new()).await;
    town.discord.wait_for_requests("GET /applications/*/commands", reads + 1).await;
    bot.stops().await;
    assert_eq!(town.discord.requests_to(EVERYWHERE).len(), 1, "nothing has changed");
    let bot = town.next_bot(Desk::with(vec![CommandSpec::new("neuf", "Vient d’arriver")])).await;
    town.discord.wait_for_requests(EVERYWHERE, 2).await;
    assert!(town.discord.commands().iter().any(|command| command["name"] == "neuf"));
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_of_one_server_go_when_they_are_for_all() {
    let town = Town::open().await;
    let bot = Bot::start(town.options().commands_in(town.guild.id().get()), Desk::new());
    town.discord.until_connected().await;
    town.discord.wait_for_requests(IN_ONE, 1).await;
    assert!(!town.guild.commands().is_empty() && town.discord.commands().is_empty());
    bot.stops().await;
    let bot = town.next_bot(Desk::new()).await;
    town.discord.wait_for_requests(EVERYWHERE, 1).await;
    assert_eq!(town.guild.commands(), Vec::<serde_json::Value>::new(), "nobody sees a command twice");
    assert!(!town.discord.commands().is_empty());
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_without_commands_still_talks() {
    let (town, desk) = (Town::open().await, Desk::new());
    town.discord.fault(EVERYWHERE, Fault::Refused { status: 403, code: 50_001, message: "Missing Access" });
    let bot = Bot::start(town.options(), desk.clone());
    town.discord.wait_for_requests(EVERYWHERE, 1).await;
    town.discord.until_connected().await;
    desk.lets_go();
    town.alice.writes(&town.general, "<@bot> bonjour").answered().await.says("Voilà.");
    bot.stops().await;
    assert_eq!(town.discord.requests_to(EVERYWHERE).len(), 1);
}
