//! Servers that the bot joins and leaves.

use crate::{bot::Bot, desk::Desk, town::Town};
use fake_discord::{Channel, Seen};

fn welcomes(channel: &Channel) -> usize {
    channel.messages().iter().filter(|seen| seen.text().contains("Bienvenue.")).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_is_welcomed_once_where_it_greets_people() {
    let (town, desk) = (Town::open().await, Desk::polite());
    let bot = town.bot(desk.clone()).await;
    town.discord.wait_for_message(&town.general, |seen| seen.text() == "Bienvenue.").await;
    // The first channel is the server's own place for greetings.
    let greetings = town.guild.channel("autre");
    bot.stops().await;
    let bot = town.next_bot(desk.clone()).await;
    desk.lets_go();
    // Whatever the start does is done before this.
    town.alice.writes(&town.general, "<@bot> bonjour").answered().await;
    bot.stops().await;
    assert_eq!((welcomes(&town.general), welcomes(&greetings)), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_welcome_goes_where_the_bot_may_write_or_nowhere() {
    let (town, desk) = (Town::open().await, Desk::polite());
    let bot = town.bot(desk.clone()).await;
    let school = town.discord.guild_without_the_bot("Lycée");
    let closed = school.channel("annonces").closed_to_the_bot();
    let open = school.channel("discussion");
    school.invite_bot();
    town.discord.wait_for_message(&open, |seen| seen.text() == "Bienvenue.").await;
    let mute = town.discord.guild_without_the_bot("Collège");
    let channel = mute.channel("annonces").closed_to_the_bot();
    mute.invite_bot();
    desk.until("three servers are known", |state| state.spaces.len() == 3).await;
    bot.stops().await;
    assert_eq!((closed.messages().len(), channel.messages().len()), (0, 0));
    let refused: Vec<_> = town.discord.requests().into_iter().filter(|it| it.status == Some(403)).collect();
    assert!(refused.is_empty(), "the bot knows where it may write: {refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_departure_is_told_and_an_outage_is_none() {
    let (town, desk) = (Town::open().await, Desk::polite());
    let bot = town.bot(desk.clone()).await;
    let school = town.discord.guild("Lycée");
    desk.until("two servers are known", |state| state.spaces.len() == 2).await;
    town.guild.goes_unavailable();
    town.guild.comes_back();
    school.remove_bot();
    desk.until("one is left", |state| !state.left.is_empty()).await;
    assert_eq!(desk.look().left, [school.id().to_string()]);
    bot.stops().await;
    assert_eq!(town.general.messages().iter().map(Seen::text).collect::<Vec<_>>(), ["Bienvenue."]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_left_while_away_is_told_at_the_next_start() {
    let (town, desk) = (Town::open().await, Desk::polite());
    let school = town.discord.guild("Lycée");
    let bot = town.bot(desk.clone()).await;
    desk.until("two servers are known", |state| state.spaces.len() == 2).await;
    bot.stops().await;
    school.remove_bot();
    // An outage at the start isn't a departure either.
    town.guild.goes_unavailable();
    let bot = town.next_bot(desk.clone()).await;
    desk.until("one is left", |state| !state.left.is_empty()).await;
    assert_eq!(desk.look().left, [school.id().to_string()]);
    assert_eq!(desk.look().spaces.len(), 1);
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_is_told_before_the_bot_is_asked_there() {
    let (town, desk) = (Town::open().await, Desk::polite());
    let bot = Bot::start(town.options(), desk.clone());
    town.discord.until_connected().await;
    desk.lets_go();
    town.alice.writes(&town.general, "<@bot> bonjour").answered().await;
    assert_eq!(desk.look().spaces.len(), 1);
    bot.stops().await;
}
