//! The way of production: TLS, Discord's own address, and serenity's rate limiter.

use crate::{
    bot::Bot,
    counts,
    desk::{Desk, words},
    log,
    town::Town,
};
use fake_discord::{FakeDiscord, Fault, Seen};
use std::time::Duration;
use vigie_chat::{Connector, Destination, IdempotencyKey, RoomId};

/// How the token of each interaction of the fake begins.
const TOKEN: &str = "aW50ZXJhY3Rpb246";
const CREATE: &str = "POST /channels/*/messages";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discord_com_is_answered_over_tls_within_its_limits() {
    let (town, desk) = (Town::on(FakeDiscord::start_tls().await), Desk::new());
    let certificate = town.discord.certificate_pem();
    let certificate = reqwest::Certificate::from_pem(certificate.as_bytes()).expect("a certificate");
    let client = reqwest::Client::builder()
        .add_root_certificate(certificate)
        .resolve("discord.com", town.discord.tls_address())
        .build()
        .expect("a client");
    let bot = Bot::start(town.settings().http_client(client), desk);
    town.discord.until_connected().await;
    town.discord.until_commands_registered().await;
    town.alice.types(&town.general, "/vite").await.says("Voilà.");
    town.discord.fault(CREATE, Fault::RateLimited { retry_after: Duration::from_millis(200) });
    let room = Destination::Room(RoomId::new(town.general.id().to_string()));
    let limited = counts::limited();
    let sent = bot.connector.send(&room, &words("Annonce."), &IdempotencyKey::new("annonce")).await;
    assert!(sent.is_ok(), "{sent:?}");
    let statuses: Vec<_> = town.discord.requests_to(CREATE).iter().filter_map(|request| request.status).collect();
    assert_eq!(statuses, [429, 200]);
    assert!(counts::limited() > limited);
    assert_eq!(town.general.messages().iter().map(Seen::text).collect::<Vec<_>>(), ["Voilà.", "Annonce."]);
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_people_say_is_in_no_log() {
    let (town, desk) = (Town::open().await, Desk::new());
    let eve = town.guild.member("ève-marie");
    let bot = town.bot(desk.clone()).await;
    for text in ["<@bot> xylocope-violet", "<@bot> secret"] {
        desk.lets_go();
        let _ = eve.writes(&town.general, text);
    }
    town.discord.fault("POST /interactions/*/*/callback", Fault::Status(500));
    let _ = eve.completes(&town.general, "/cherche mot:xylocope-violet").await;
    desk.lets_go();
    eve.types(&town.general, "/cherche mot:xylocope-violet").await.says("Voilà.");
    bot.stops().await;
    assert!(!log::lines("vigie_discord").is_empty(), "it logs something");
    for word in ["xylocope", "ève-marie", &town.discord.token(), TOKEN] {
        assert_eq!(log::lines(word), Vec::<String>::new());
    }
}
