//! Answers to commands and buttons: in time, once, and told when they can't be given any more.

use crate::{desk::Desk, log, town::Town};
use fake_discord::{Fault, Matcher, Pending};
use std::time::Duration;
use vigie_chat::SendError;

const CALLBACK: &str = "POST /interactions/*/*/callback";

/// How Discord was answered, as the numbers of the kinds, with their flags.
fn callbacks(town: &Town) -> Vec<(u64, u64)> {
    let number = |value: &serde_json::Value| value.as_u64().unwrap_or_default();
    let requests = town.discord.requests_to(CALLBACK).into_iter().filter_map(|request| request.body);
    requests.map(|body| (number(&body["type"]), number(&body["data"]["flags"]))).collect()
}

async fn announced(pending: &Pending) {
    let after = pending.acknowledged().await.expect("it is answered in time");
    assert!(after < Duration::from_millis(2_500), "announced after {after:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_takes_long_announces_itself() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let pending = town.alice.sends(&town.general, "/lent");
    announced(&pending).await;
    // The next one of the same person waits for the first, and is announced all the same.
    let next = town.alice.sends(&town.general, "/discret");
    announced(&next).await;
    assert_eq!(desk.look().heard, ["lent"]);
    desk.lets_go();
    desk.lets_go();
    pending.answered().await.says("Voilà.");
    let shown = next.answered().await;
    shown.says("Pour vous.");
    assert!(shown.is_ephemeral());
    assert_eq!(callbacks(&town), [(5, 0), (5, 64)]);
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_press_leaves_its_message_until_there_is_another() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let shown = town.alice.types(&town.general, "/bouton").await;
    let pending = shown.presses(&town.alice, 1);
    announced(&pending).await;
    shown.says("Encore ?");
    desk.lets_go();
    shown.comes_to_say("Encore une fois.").await;
    assert_eq!(town.general.messages().len(), 1);
    assert_eq!(callbacks(&town), [(4, 0), (6, 0)]);
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_to_take_the_place_of_a_deleted_message_is_said() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let shown = town.alice.types(&town.general, "/bouton").await;
    let pending = shown.presses(&town.alice, 1);
    town.general.delete(&shown.last());
    desk.lets_go();
    pending.answered().await.says("Encore une fois.");
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_whose_announcement_was_deleted_is_said() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let pending = town.alice.sends(&town.general, "/lent");
    announced(&pending).await;
    town.general.delete(&town.general.messages()[0]);
    desk.lets_go();
    pending.answered().await.says("Voilà.");
    bot.stops().await;
}

/// The answer comes too late; Discord is asked once and the log tells once.
async fn dies(town: &Town, desk: &Desk, pending: &Pending) {
    desk.until("the answer is given up", |state| !state.said.is_empty()).await;
    assert_eq!(desk.look().said, [Err(SendError::Expired)]);
    assert_eq!(callbacks(town).len(), 1);
    let told = log::lines("can no longer be answered");
    let id = pending.id().to_string();
    assert_eq!(told.iter().filter(|line| line.contains(&id)).count(), 1, "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_too_late_is_given_up() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let pending = town.alice.sends(&town.general, "/lent");
    desk.until("the command is heard", |state| state.heard.len() == 1).await;
    town.discord.pass(Duration::from_secs(4));
    desk.lets_go();
    dies(&town, &desk, &pending).await;
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_else_answered_is_given_up() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let message = "Interaction has already been acknowledged.";
    town.discord.fault(CALLBACK, Fault::Refused { status: 400, code: 40_060, message });
    let pending = town.alice.sends(&town.general, "/vite");
    dies(&town, &desk, &pending).await;
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_whose_connection_broke_counts_once() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    town.discord.fault(CALLBACK, Fault::CutAfter);
    town.alice.types(&town.general, "/apart").await.comes_to_say("Rien que pour vous.").await;
    assert!(desk.look().said.iter().all(Result::is_ok), "{:?}", desk.look().said);
    let seen: Vec<String> = town.alice.reads(&town.general).iter().map(fake_discord::Seen::text).collect();
    assert_eq!(seen, ["Pour tous.", "Rien que pour vous."]);
    assert_eq!(town.general.messages().len(), 1, "others see the first only");
    // The bot can't know that it was heard, so it asks again.
    town.discord.expect_complaint("40060");
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_follows_after_a_quarter_of_an_hour() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    town.alice.types(&town.general, "/suite").await.says("D’abord.");
    town.discord.pass(Duration::from_mins(16));
    desk.lets_go();
    desk.until("the second is refused", |state| state.said.len() == 2).await;
    assert_eq!(desk.look().said[1], Err(SendError::Expired));
    assert_eq!(town.discord.requests_to("POST /webhooks/*/*").len(), 1);
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_broke_off_can_be_followed() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let refused = Fault::Refused { status: 403, code: 50_013, message: "Missing Permissions" };
    town.discord.fault(Matcher::on("POST /webhooks/*/*"), refused);
    let shown = town.alice.types(&town.general, "/long").await;
    shown.comes_to_say("Une erreur.").await;
    desk.until("both are told", |state| state.said.len() == 2).await;
    let said = desk.look().said.clone();
    assert!(matches!(said[..], [Err(SendError::Forbidden(_)), Ok(_)]), "{said:?}");
    bot.stops().await;
}
