//! Messages of channels: once for a nonce, refused where the bot may not, edited by their author.

use serde_json::json;

use crate::bot::{Gateway, Rest, lenient, text};

#[tokio::test]
async fn a_nonce_stands_for_one_message() {
    let discord = lenient().start().await;
    let general = discord.guild("School").channel("general");
    let rest = Rest::new(&discord);
    let path = format!("/channels/{}/messages", general.id());
    let body = json!({ "content": "once", "nonce": "n1", "enforce_nonce": true });
    let (first, second) = (rest.post(&path, &body).await, rest.post(&path, &body).await);
    assert_eq!((first.status, &first.json["id"]), (second.status, &second.json["id"]));
    assert_eq!(general.messages().len(), 1);
    discord.pass(std::time::Duration::from_mins(10));
    rest.post(&path, &body).await;
    assert_eq!(general.messages().len(), 2, "a nonce is forgotten after some minutes");
}

#[tokio::test]
async fn the_bot_is_refused_what_it_may_not() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let closed = guild.channel("closed").closed_to_the_bot();
    let hidden = guild.channel("hidden").hidden_from_the_bot();
    let gone = guild.channel("gone");
    gone.vanishes();
    let shut = guild.member("shut").closes_direct_messages();
    let rest = Rest::new(&discord);
    for (channel, status, code) in
        [(closed.id(), 403, 50013), (hidden.id(), 403, 50001), (gone.id(), 404, 10003), (shut.dm().id(), 403, 50007)]
    {
        let said = rest.post(&format!("/channels/{channel}/messages"), &json!({ "content": "hello" })).await;
        assert_eq!((said.status, &said.json["code"]), (status, &json!(code)));
    }
}

#[tokio::test]
async fn only_the_author_edits() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let rest = Rest::new(&discord);
    let written = alice.writes(&general, "mine");
    let edit = json!({ "content": "ours" });
    let path = format!("/channels/{}/messages", general.id());
    let said = rest.ask("PATCH", &format!("{path}/{}", written.id()), Some(&edit)).await;
    assert_eq!(said.json["code"], 50005);
    let own = rest.post(&path, &json!({ "content": "before" })).await;
    let said = rest.ask("PATCH", &format!("{path}/{}", text(&own.json, "id")), Some(&edit)).await;
    assert_eq!(said.json["content"], "ours");
    written.so_far().says("ours");
    let empty = rest.ask("PATCH", &format!("{path}/{}", text(&own.json, "id")), Some(&json!({ "content": "" }))).await;
    assert_eq!(empty.json["code"], 50006);
    assert!(!discord.take_complaints().is_empty());
}

#[tokio::test]
async fn a_file_keeps_its_alternative_text() {
    let discord = lenient().start().await;
    let general = discord.guild("School").channel("general");
    let rest = Rest::new(&discord);
    let body = json!({
        "embeds": [{ "title": "A picture", "image": { "url": "attachment://a.png" } }],
        "attachments": [{ "id": 0, "filename": "a.png", "description": "A tide table" }],
    });
    let said = rest.upload(&format!("/channels/{}/messages", general.id()), &body, "a.png", b"png").await;
    assert_eq!(said.status, 200, "{}", said.json);
    let file = general.messages()[0].files()[0].clone();
    assert_eq!(file.description.as_deref(), Some("A tide table"));
    let downloaded = reqwest::get(&file.url).await.expect("the fake serves it").bytes().await;
    assert_eq!(&*downloaded.expect("its bytes"), b"png");
    let sent = discord.requests_to("POST /channels/*/messages").remove(0);
    assert_eq!(sent.files[0].bytes, b"png");
}

#[tokio::test]
async fn mentions_ring_as_far_as_they_are_allowed() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let rest = Rest::new(&discord);
    let path = format!("/channels/{}/messages", general.id());
    let mut body = json!({ "content": alice.mention() });
    rest.post(&path, &body).await;
    body["allowed_mentions"] = json!({ "parse": [] });
    rest.post(&path, &body).await;
    let messages = general.messages();
    assert!(messages[0].pings(alice.id()) && !messages[1].pings_anybody());
}

#[tokio::test]
async fn the_bot_reads_only_what_is_for_it() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let (mut gateway, _) = Gateway::identify(&discord).await;
    alice.writes(&general, "not for the bot");
    assert_eq!(gateway.event("MESSAGE_CREATE").await["content"], "");
    alice.writes(&general, "<@bot> tides");
    let content = format!("{} tides", discord.bot_mention());
    assert_eq!(gateway.event("MESSAGE_CREATE").await["content"], content);
    alice.writes(&alice.dm(), "tides");
    let direct = gateway.event("MESSAGE_CREATE").await;
    assert_eq!((&direct["content"], direct.get("guild_id")), (&json!("tides"), None));
}

#[tokio::test]
async fn an_unknown_route_fails_the_test() {
    let discord = lenient().start().await;
    let rest = Rest::new(&discord);
    assert_eq!(rest.get("/voice/regions").await.status, 404);
    discord.expect_complaint("no such route");
    let wrong = Rest::with(reqwest::Client::new(), &discord.base_url(), "a.b.c");
    assert_eq!(wrong.get("/users/@me").await.status, 401);
    discord.expect_complaint("wrong or missing token");
}
