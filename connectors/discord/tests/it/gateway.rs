//! The gateway: what breaks, and how the bot comes back.

use crate::{bot::Bot, counts, desk::Desk, town::Town};
use fake_discord::FakeDiscord;
use serde_json::json;
use std::time::Duration;

/// Somebody speaks, and is answered once.
async fn answers(town: &Town, desk: &Desk) {
    desk.lets_go();
    let shown = town.alice.writes(&town.general, "<@bot> bonjour").answered().await;
    assert_eq!(shown.text(), "Voilà.");
}

fn count(town: &Town, op: u64) -> usize {
    town.discord.frames().iter().filter(|frame| frame.op == op).count()
}

const IDENTIFY: u64 = 2;
const RESUME: u64 = 6;

/// Breaks the connection; what is said meanwhile is answered once, in the session that there was.
async fn resumes(breaks: impl Fn(&FakeDiscord)) {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    answers(&town, &desk).await;
    breaks(&town.discord);
    answers(&town, &desk).await;
    town.discord.wait_for_frame(RESUME, 0).await;
    answers(&town, &desk).await;
    bot.stops().await;
    assert_eq!(desk.look().heard, ["bonjour"; 3]);
    assert_eq!((count(&town, IDENTIFY), count(&town, RESUME)), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_socket_loses_and_repeats_nothing() {
    resumes(FakeDiscord::drop_socket).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reconnection_that_discord_asks_for_loses_nothing() {
    resumes(FakeDiscord::reconnect).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invalid_session_that_can_be_resumed_is() {
    resumes(FakeDiscord::invalid_session_resumable).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_session_begins_anew_five_seconds_later() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    town.discord.invalid_session();
    town.discord.wait_for_frame(IDENTIFY, 1).await;
    town.discord.until_connected().await;
    answers(&town, &desk).await;
    bot.stops().await;
    assert_eq!(count(&town, IDENTIFY), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_no_longer_answers_is_left() {
    let town = Town::of(FakeDiscord::builder().heartbeat(Duration::from_millis(400))).await;
    let desk = Desk::new();
    let bot = town.bot(desk.clone()).await;
    town.discord.stop_acking();
    town.discord.wait_for_frame(IDENTIFY, 1).await;
    town.discord.until_connected().await;
    answers(&town, &desk).await;
    bot.stops().await;
    assert_eq!(count(&town, IDENTIFY), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_cannot_be_read_is_counted_and_passed_over() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    town.discord.emit(counts::STRANGE, &json!({ "stage": 1 }));
    answers(&town, &desk).await;
    bot.stops().await;
    assert_eq!(counts::unreadable(true), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_being_answered_at_a_stop_is_delivered() {
    let (town, desk) = (Town::open().await, Desk::new());
    let mut bot = town.bot(desk.clone()).await;
    let pending = town.alice.sends(&town.general, "/lent");
    desk.until("the command is heard", |state| state.heard.len() == 1).await;
    bot.asks_to_stop();
    town.discord.until_disconnected().await;
    desk.lets_go();
    pending.answered().await.says("Voilà.");
    assert_eq!(bot.ended().await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_processes_share_the_servers() {
    let town = Town::of(FakeDiscord::builder().max_concurrency(2)).await;
    let desks = [Desk::new(), Desk::new()];
    let bots = [0, 1].map(|shard| {
        let shards = vigie_discord::Shards::Range { first: shard, last: shard, total: 2 };
        Bot::start(town.options().shards(shards), desks[shard as usize].clone())
    });
    town.discord.until_shards_connected(2).await;
    let mut known = [0, 0];
    for rank in 0..6 {
        let guild = town.discord.guild(&format!("École {rank}"));
        known[usize::try_from((guild.id().get() >> 22) % 2).expect("0 or 1")] += 1;
    }
    known[usize::try_from((town.guild.id().get() >> 22) % 2).expect("0 or 1")] += 1;
    for (desk, known) in desks.iter().zip(known) {
        desk.until("its servers are known", |state| state.spaces.len() == known).await;
    }
    for bot in bots {
        bot.stops().await;
    }
    assert!(desks[0].look().spaces.is_disjoint(&desks[1].look().spaces));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_closes_its_door_is_knocked_at_again() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    town.discord.gateway_refuses();
    town.discord.until_refused(2).await;
    town.discord.gateway_comes_back();
    town.discord.wait_for_frame(IDENTIFY, 1).await;
    town.discord.until_connected().await;
    answers(&town, &desk).await;
    bot.stops().await;
}
