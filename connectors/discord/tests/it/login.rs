//! Getting in: what lets the bot try again, what makes it wait, and what ends it.

use crate::{bot::Bot, desk::Desk, log, town::Town};
use fake_discord::{FakeDiscord, Fault, Matcher};
use std::time::Duration;
use vigie_chat::{ConnectorError, Notebook};

const IDENTIFY: u64 = 2;

fn identifies(town: &Town) -> usize {
    town.discord.frames().iter().filter(|frame| frame.op == IDENTIFY).count()
}

async fn is_refused(bot: Bot) {
    let ended = bot.ended().await;
    let Err(ConnectorError::Refused(why)) = ended else { panic!("it ended as {ended:?}") };
    assert!(why.contains("does not accept the token"), "{why}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_refused_from_the_start_ends_it() {
    let town = Town::open().await;
    town.discord.revoke_token();
    is_refused(Bot::start(town.options(), Desk::new())).await;
    assert_eq!((identifies(&town), town.discord.requests().len()), (0, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_revoked_ends_it_without_a_loop() {
    let town = Town::open().await;
    let bot = town.bot(Desk::new()).await;
    town.discord.revoke_token();
    is_refused(bot).await;
    assert_eq!(identifies(&town), 1);
    let refused = town.discord.requests().iter().filter(|request| request.status == Some(401)).count();
    assert!(refused <= 1, "{refused} requests were refused");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_rest_refuses_midway_ends_it() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk).await;
    let unauthorized = Fault::Refused { status: 401, code: 0, message: "401: Unauthorized" };
    town.discord.fault(Matcher::on("POST /channels/*/messages"), unauthorized);
    let _ = town.alice.writes(&town.alice.dm(), "vite");
    is_refused(bot).await;
    assert_eq!(identifies(&town), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refused_intents_end_it() {
    let town = Town::open().await;
    let bot = town.bot(Desk::new()).await;
    town.discord.close(4014);
    let ended = bot.ended().await;
    let Err(ConnectorError::Refused(why)) = ended else { panic!("it ended as {ended:?}") };
    assert!(why.contains("intents"), "{why}");
    assert_eq!(identifies(&town), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn starts_in_a_row_are_five_seconds_apart() {
    let town = Town::open().await;
    town.bot(Desk::new()).await.stops().await;
    let bot = Bot::start(town.options(), Desk::new());
    // Sooner would be a complaint.
    town.discord.wait_for_frame(IDENTIFY, 1).await;
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_reaches_nobody_can_be_stopped() {
    let town = Town::open().await;
    town.discord.fault(Matcher::any().always(), Fault::CutBefore);
    let bot = Bot::start(town.options().patience(Duration::from_millis(20), Duration::from_mins(1)), Desk::new());
    town.discord.wait_for_requests("GET /users/@me", 2).await;
    bot.stops().await;
    assert_eq!(identifies(&town), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_of_many_sessions_makes_it_wait() {
    let town = Town::open().await;
    let now = town.clock()().as_millisecond();
    let day: Vec<String> = (0..900).map(|rank| (now - 3_600_000 * 10 + rank * 1_000).to_string()).collect();
    town.memory.write("identified", &day.join(" ")).await.expect("it is noted");
    let bot = Bot::start(town.options(), Desk::new());
    town.discord.until_commands_registered().await;
    town.discord.wait_for_requests("GET /gateway/bot", 1).await;
    bot.stops().await;
    assert_eq!(identifies(&town), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discord_that_grants_no_session_makes_it_wait() {
    let town = Town::of(FakeDiscord::builder().session_starts(0, 1_000)).await;
    let bot = Bot::start(town.options(), Desk::new());
    log::until("grants no more sessions").await;
    town.discord.until_commands_registered().await;
    bot.stops().await;
    assert_eq!(identifies(&town), 0);
    assert_eq!(town.discord.requests_to("GET /gateway/bot").len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_is_not_known_is_asked_for_again() {
    let (town, desk) = (Town::open().await, Desk::new());
    // More often than one request is tried.
    town.discord.fault(Matcher::on("GET /gateway/bot").times(8), Fault::Status(503));
    town.discord.fault(Matcher::on("GET /users/@me").times(8), Fault::Status(502));
    let patient = town.options().patience(Duration::from_millis(50), Duration::from_millis(100));
    let bot = Bot::start(patient, desk.clone());
    town.discord.until_connected().await;
    desk.lets_go();
    town.alice.writes(&town.general, "<@bot> bonjour").answered().await.says("Voilà.");
    bot.stops().await;
    assert!(town.discord.requests_to("GET /gateway").is_empty());
}
