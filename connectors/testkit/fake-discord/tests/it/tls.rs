//! The fake as discord.com, over TLS.

use std::time::Duration;

use fake_discord::Fault;

use crate::bot::{Rest, lenient};

#[tokio::test]
async fn a_client_can_take_it_for_discord_com() {
    let discord = lenient().start_tls().await;
    let certificate = reqwest::Certificate::from_pem(discord.certificate_pem().as_bytes()).expect("a certificate");
    let client = reqwest::Client::builder()
        .add_root_certificate(certificate)
        .resolve("discord.com", discord.tls_address())
        .build()
        .expect("a client");
    let rest = Rest::with(client.clone(), "https://discord.com", &discord.token());
    let said = rest.get("/users/@me").await;
    assert_eq!(said.json["id"], discord.application_id().to_string());
    assert_eq!(rest.get("/gateway").await.json["url"], discord.gateway_url());

    // The way of production: the library's own addresses, its rate limiter on, a refusal that it obeys.
    let general = discord.guild("School").channel("general");
    let retry_after = Duration::from_millis(50);
    discord.fault("POST /channels/*/messages", Fault::RateLimited { retry_after });
    let http = serenity::http::HttpBuilder::new(discord.token()).client(client).build();
    let sent = serenity::all::ChannelId::new(general.id().get()).say(&http, "hello").await;
    assert_eq!(sent.expect("it is sent again").content, "hello");
    let statuses = discord.requests_to("POST /channels/*/messages");
    assert_eq!(statuses.iter().filter_map(|request| request.status).collect::<Vec<_>>(), [429, 200]);
}
