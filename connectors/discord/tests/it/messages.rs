//! Messages: whom the bot hears, and how its own arrive once and in order.

use crate::{
    bot::Bot,
    counts,
    desk::{Desk, words},
    town::Town,
};
use fake_discord::{Fault, Matcher, Seen};
use futures::future::join_all;
use std::time::Duration;
use vigie_chat::{Connector, Destination, IdempotencyKey, MessageRef, PersonId, RoomId, SendError};

const CREATE: &str = "POST /channels/*/messages";

fn room(town: &Town) -> Destination {
    Destination::Room(RoomId::new(town.general.id().to_string()))
}

async fn send(bot: &Bot, to: &Destination, text: &str) -> Result<MessageRef, SendError> {
    bot.connector.send(to, &words(text), &IdempotencyKey::new(text)).await
}

fn said(town: &Town) -> Vec<String> {
    town.general.messages().iter().map(Seen::text).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_words_to_the_bot_are_heard() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let other = town.guild.other_bot("autre");
    let _ = town.alice.writes(&town.general, "bonjour à tous");
    let _ = other.writes(&town.general, "<@bot> bonjour");
    desk.lets_go();
    town.alice.writes(&town.general, "<@bot> bonjour").answered().await.says("Voilà.");
    desk.lets_go();
    town.alice.writes(&town.alice.dm(), "rgpd ?").answered().await.says("Voilà.");
    assert_eq!(desk.look().heard, ["bonjour", "rgpd ?"]);
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_private_answer_to_a_mention_goes_to_the_direct_room() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let carla = town.guild.member("carla").closes_direct_messages();
    let _ = town.alice.writes(&town.general, "<@bot> secret");
    let _ = town.guild.member("bob").writes(&town.general, "<@bot> secret");
    let _ = town.alice.writes(&town.general, "<@bot> secret");
    desk.until("three are answered", |state| state.said.len() == 3).await;
    assert_eq!(said(&town).len(), 3, "nothing is said before others");
    assert_eq!(town.alice.reads(&town.alice.dm()).len(), 2);
    assert_eq!(town.discord.requests_to("POST /users/@me/channels").len(), 2, "each room is opened once");
    carla.writes(&town.general, "<@bot> secret").answered().await.says("Ouvrez vos messages privés.");
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_arrives_once_whatever_breaks() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk).await;
    let faults =
        [Fault::Status(502), Fault::CutBefore, Fault::CutAfter, Fault::AnsweredLate(Duration::from_millis(10))];
    for (fault, rank) in faults.into_iter().zip(0..) {
        town.discord.fault(CREATE, fault);
        let sent = send(&bot, &room(&town), &format!("numéro {rank}")).await;
        assert!(sent.is_ok(), "{sent:?}");
    }
    assert_eq!(said(&town), ["numéro 0", "numéro 1", "numéro 2", "numéro 3"]);
    for request in town.discord.requests_to(CREATE) {
        let body = request.body.expect("a message has a body");
        let nonce = body["nonce"].as_str().expect("a nonce is a text");
        assert!(nonce.len() <= 25 && body["enforce_nonce"] == true, "{nonce}");
        assert!(body["allowed_mentions"].is_object());
    }
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_are_obeyed_and_order_is_kept() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk).await;
    town.discord.limit(CREATE, 2, Duration::from_millis(200));
    town.discord.fault(Matcher::on(CREATE).after(1), Fault::RateLimited { retry_after: Duration::from_millis(150) });
    let globally = Fault::RateLimitedGlobally { retry_after: Duration::from_millis(150) };
    town.discord.fault(Matcher::on(CREATE).after(4), globally);
    let all: Vec<String> = (0..6).map(|rank| format!("numéro {rank}")).collect();
    let place = room(&town);
    let limited = counts::limited();
    let sent = join_all(all.iter().map(|text| send(&bot, &place, text))).await;
    assert!(sent.iter().all(Result::is_ok), "{sent:?}");
    assert_eq!(said(&town), all);
    // Asking again too early would be a complaint.
    let refused = town.discord.requests_to(CREATE).iter().filter(|request| request.status == Some(429)).count();
    assert!(refused >= 2);
    // Other tests count too.
    assert!(counts::limited() - limited >= refused as u64);
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discord_that_fails_is_tried_again_then_told() {
    let (town, desk) = (Town::open().await, Desk::new());
    let patient = town.options().patience(Duration::from_millis(50), Duration::from_millis(100));
    let bot = Bot::start(patient, desk);
    town.discord.until_connected().await;
    let before = town.discord.requests_to(CREATE).len();
    town.discord.fault(Matcher::on(CREATE).times(3), Fault::Status(503));
    assert!(send(&bot, &room(&town), "un").await.is_ok());
    town.discord.fault(Matcher::on(CREATE).always(), Fault::Status(500));
    let sent = send(&bot, &room(&town), "deux").await;
    assert!(matches!(sent, Err(SendError::Network(_))), "{sent:?}");
    assert_eq!(town.discord.requests_to(CREATE).len() - before, 4 + 6);
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_are_told_as_what_they_are() {
    let (town, desk) = (Town::open().await, Desk::new());
    let closed = town.guild.channel("fermé").closed_to_the_bot();
    let hidden = town.guild.channel("caché").hidden_from_the_bot();
    let bot = town.bot(desk).await;
    for channel in [closed, hidden] {
        let place = Destination::Room(RoomId::new(channel.id().to_string()));
        let sent = send(&bot, &place, "non").await;
        assert!(matches!(sent, Err(SendError::Forbidden(_))), "{sent:?}");
    }
    let gone = town.guild.channel("disparu");
    gone.vanishes();
    let place = Destination::Room(RoomId::new(gone.id().to_string()));
    assert_eq!(send(&bot, &place, "non").await, Err(SendError::Gone));
    let carla = town.guild.member("carla").closes_direct_messages();
    let direct = Destination::Direct(PersonId::new(carla.id().to_string()));
    assert_eq!(send(&bot, &direct, "non").await, Err(SendError::DirectClosed));
    let sent = send(&bot, &room(&town), "oui").await.expect("it is sent");
    town.general.delete(&town.general.messages()[0]);
    assert_eq!(bot.connector.edit(&sent, &words("oui !")).await, Err(SendError::Gone));
    bot.stops().await;
}
