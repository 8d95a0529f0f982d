//! The fake as discord.com, over TLS.

use fake_discord::FakeDiscord;

use crate::bot::Rest;

#[tokio::test]
async fn a_client_can_take_it_for_discord_com() {
    let discord = FakeDiscord::start_tls().await;
    let certificate = reqwest::Certificate::from_pem(discord.certificate_pem().as_bytes()).expect("a certificate");
    let client = reqwest::Client::builder()
        .add_root_certificate(certificate)
        .resolve("discord.com", discord.tls_address())
        .build()
        .expect("a client");
    let base = format!("https://discord.com:{}", discord.tls_address().port());
    let rest = Rest::with(client, &base, &discord.token());
    let said = rest.get("/users/@me").await;
    assert_eq!(said.json["id"], discord.application_id().to_string());
    assert_eq!(rest.get("/gateway").await.json["url"], discord.gateway_url());
}
