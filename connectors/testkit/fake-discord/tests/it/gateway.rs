//! Sessions: how they begin, go on, are refused and suffer.

use std::time::Duration;

use fake_discord::FakeDiscord;
use serde_json::{Value, json};

use crate::bot::{Gateway, INTENTS, Rest, identity, lenient, text};

#[tokio::test]
async fn a_guild_made_before_is_there_at_ready() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let (mut gateway, ready) = Gateway::identify(&discord).await;
    assert_eq!(ready["guilds"][0]["id"], guild.id().to_string());
    let created = gateway.event("GUILD_CREATE").await;
    assert_eq!(created["system_channel_id"], general.id().to_string());
    assert_eq!(created["members"].as_array().map(Vec::len), Some(1), "the bot knows itself only");
}

#[tokio::test]
async fn a_heartbeat_is_acknowledged_until_it_is_not() {
    let discord = lenient().start().await;
    let (mut gateway, _) = Gateway::identify(&discord).await;
    gateway.send(&json!({ "op": 1, "d": gateway.last })).await;
    assert_eq!(gateway.next().await.expect("the socket is open")["op"], 11);
    discord.stop_acking();
    gateway.send(&json!({ "op": 1, "d": gateway.last })).await;
    discord.reconnect();
    assert_eq!(gateway.next().await.expect("the socket is open")["op"], 7, "no acknowledgement comes before");
}

#[tokio::test]
async fn a_dropped_session_resumes_with_what_it_missed() {
    let discord = lenient().start().await;
    let (mut gateway, ready) = Gateway::identify(&discord).await;
    let before = gateway.last;
    discord.drop_socket();
    assert_eq!(gateway.next().await, Err(0));
    let guild = discord.guild("School");
    let mut again = Gateway::connect(&discord).await;
    let resume = json!({ "token": discord.token(), "session_id": ready["session_id"], "seq": before });
    again.send(&json!({ "op": 6, "d": resume })).await;
    assert_eq!(again.event("GUILD_CREATE").await["id"], guild.id().to_string());
    again.event("RESUMED").await;
    assert_eq!(discord.wait_for_frame(6, 0).await.connection, 2);
}

#[tokio::test]
async fn an_unknown_session_is_invalid() {
    let discord = lenient().start().await;
    let mut gateway = Gateway::connect(&discord).await;
    let resume = json!({ "token": discord.token(), "session_id": "gone", "seq": 3 });
    gateway.send(&json!({ "op": 6, "d": resume })).await;
    let frame = gateway.next().await.expect("the socket is open");
    assert_eq!((&frame["op"], &frame["d"]), (&json!(9), &json!(false)));
}

async fn refused(change: impl Fn(&mut Value)) -> (FakeDiscord, u16) {
    let discord = lenient().start().await;
    let mut gateway = Gateway::connect(&discord).await;
    let mut data = identity(&discord);
    change(&mut data);
    gateway.send(&json!({ "op": 2, "d": data })).await;
    let code = gateway.next().await.expect_err("the gateway closes");
    (discord, code)
}

#[tokio::test]
async fn a_wrong_token_is_closed_with_4004() {
    let (discord, code) = refused(|data| data["token"] = json!("a.b.c")).await;
    assert_eq!(code, 4004);
    discord.expect_complaint("wrong token");
}

#[tokio::test]
async fn a_privileged_intent_is_closed_with_4014() {
    let (discord, code) = refused(|data| data["intents"] = json!(INTENTS | 1 << 15)).await;
    assert_eq!(code, 4014);
    discord.expect_complaint("privileged");
}

#[tokio::test]
async fn a_bad_shard_is_closed_with_4010() {
    let (discord, code) = refused(|data| data["shard"] = json!([2, 2])).await;
    assert_eq!(code, 4010);
    discord.expect_complaint("shard");
}

#[tokio::test]
async fn a_second_identify_within_five_seconds_is_too_early() {
    let discord = lenient().start().await;
    let _first = Gateway::identify(&discord).await;
    let mut second = Gateway::connect(&discord).await;
    second.send(&json!({ "op": 2, "d": identity(&discord) })).await;
    assert_eq!(second.next().await.expect("the socket is open")["op"], 9);
    discord.expect_complaint("IDENTIFY only");
    discord.pass(Duration::from_secs(5));
    Gateway::identify(&discord).await;
    assert_eq!(discord.session_starts_left(), 998, "an IDENTIFY too early doesn't count");
}

#[tokio::test]
async fn too_many_frames_are_closed_with_4008() {
    let discord = lenient().start().await;
    let (mut gateway, _) = Gateway::identify(&discord).await;
    for _ in 0..120 {
        gateway.send(&json!({ "op": 1, "d": null })).await;
    }
    let code = loop {
        if let Err(code) = gateway.next().await {
            break code;
        }
    };
    assert_eq!(code, 4008);
    discord.expect_complaint("120 frames");
}

#[tokio::test]
async fn an_unknown_opcode_is_complained_about() {
    let discord = lenient().start().await;
    let (mut gateway, _) = Gateway::identify(&discord).await;
    gateway.send(&json!({ "op": 77, "d": null })).await;
    assert_eq!(gateway.next().await, Err(4001));
    discord.expect_complaint("opcode 77");
}

#[tokio::test]
async fn a_revoked_token_closes_everything() {
    let discord = lenient().start().await;
    let (mut gateway, _) = Gateway::identify(&discord).await;
    discord.revoke_token();
    assert_eq!(gateway.next().await, Err(4004));
    assert_eq!(Rest::new(&discord).get("/users/@me").await.status, 401);
}

#[tokio::test]
async fn an_invalid_session_cannot_be_resumed() {
    let discord = lenient().start().await;
    let (mut gateway, ready) = Gateway::identify(&discord).await;
    discord.invalid_session();
    assert_eq!(gateway.next().await.expect("the socket is open")["d"], false);
    let resume = json!({ "token": discord.token(), "session_id": ready["session_id"], "seq": 1 });
    gateway.send(&json!({ "op": 6, "d": resume })).await;
    assert_eq!(gateway.next().await.expect("the socket is open")["op"], 9);
}

#[tokio::test]
async fn a_silent_socket_keeps_what_it_does_not_say() {
    let discord = lenient().start().await;
    let (gateway, ready) = Gateway::identify(&discord).await;
    discord.silence();
    let guild = discord.guild("School");
    assert_eq!(discord.open_sockets(), 1);
    let mut again = Gateway::connect(&discord).await;
    let resume = json!({ "token": discord.token(), "session_id": ready["session_id"], "seq": gateway.last });
    again.send(&json!({ "op": 6, "d": resume })).await;
    assert_eq!(again.event("GUILD_CREATE").await["id"], guild.id().to_string());
}

#[tokio::test]
async fn a_session_that_timed_out_is_forgotten() {
    let discord = lenient().start().await;
    let (mut gateway, ready) = Gateway::identify(&discord).await;
    discord.close(4009);
    assert_eq!(gateway.next().await, Err(4009));
    let mut again = Gateway::connect(&discord).await;
    let resume = json!({ "token": discord.token(), "session_id": ready["session_id"], "seq": 1 });
    again.send(&json!({ "op": 6, "d": resume })).await;
    assert_eq!(again.next().await.expect("the socket is open")["d"], false);
}

#[tokio::test]
async fn the_bot_comes_and_goes() {
    let discord = lenient().start().await;
    let (mut gateway, _) = Gateway::identify(&discord).await;
    let guild = discord.guild_without_the_bot("School");
    let general = guild.channel("general");
    guild.invite_bot();
    let created = gateway.event("GUILD_CREATE").await;
    assert_eq!(text(&created["channels"][0], "id"), general.id().to_string());
    guild.remove_bot();
    assert_eq!(gateway.event("GUILD_DELETE").await, json!({ "id": guild.id() }));
    let said = Rest::new(&discord).get(&format!("/channels/{}", general.id())).await;
    assert_eq!((said.status, &said.json["code"]), (403, &json!(50001)));
}

#[tokio::test]
async fn each_shard_hears_of_its_guilds() {
    let discord = lenient().shards(2).max_concurrency(2).start().await;
    let mut shards = Vec::new();
    for shard in 0..2 {
        let mut gateway = Gateway::connect(&discord).await;
        let mut data = identity(&discord);
        data["shard"] = json!([shard, 2]);
        gateway.send(&json!({ "op": 2, "d": data })).await;
        gateway.event("READY").await;
        shards.push(gateway);
    }
    discord.until_shards_connected(2).await;
    let guild = discord.guild("School");
    let heard = shards[usize::from((guild.id().get() >> 22) % 2 == 1)].event("GUILD_CREATE").await;
    assert_eq!(heard["id"], guild.id().to_string());
}
