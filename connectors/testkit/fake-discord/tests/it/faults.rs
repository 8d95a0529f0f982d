//! Faults and limits.

use std::time::Duration;

use fake_discord::{FakeDiscord, Fault, Matcher};
use serde_json::json;

use crate::bot::{Rest, lenient};

async fn channel() -> (FakeDiscord, Rest, String) {
    let discord = lenient().start().await;
    let general = discord.guild("School").channel("general");
    let rest = Rest::new(&discord);
    (discord, rest, format!("/channels/{}/messages", general.id()))
}

#[tokio::test]
async fn a_bucket_that_is_full_says_how_long_to_wait() {
    let (discord, rest, path) = channel().await;
    discord.limit("POST /channels/*/messages", 2, Duration::from_millis(1500));
    let body = json!({ "content": "a" });
    let first = rest.post(&path, &body).await;
    assert_eq!((first.status, &first.headers["x-ratelimit-remaining"]), (200, &"1".parse().expect("a header")));
    rest.post(&path, &body).await;
    let beyond = rest.post(&path, &body).await;
    assert_eq!((beyond.status, beyond.headers["retry-after"].to_str().ok()), (429, Some("2")));
    assert_eq!(beyond.json["global"], false);
    rest.post(&path, &body).await;
    discord.expect_complaint("before the end of its rate limit");
    discord.pass(Duration::from_secs(3));
    assert_eq!(rest.post(&path, &body).await.status, 200);
}

#[tokio::test]
async fn a_global_limit_is_for_everything() {
    let (discord, rest, path) = channel().await;
    let retry_after = Duration::from_millis(500);
    discord.fault("POST /channels/*/messages", Fault::RateLimitedGlobally { retry_after });
    let said = rest.post(&path, &json!({ "content": "a" })).await;
    assert_eq!((said.status, &said.headers["x-ratelimit-global"]), (429, &"true".parse().expect("a header")));
    assert_eq!((&said.json["retry_after"], &said.json["global"]), (&json!(0.5), &json!(true)));
    tokio::time::sleep(Duration::from_millis(60)).await;
    rest.get("/users/@me").await;
    discord.expect_complaint("before the end");
}

#[tokio::test]
async fn scripted_faults_come_in_turn() {
    let (discord, rest, path) = channel().await;
    let body = json!({ "content": "a" });
    discord.fault(Matcher::on("POST /channels/*/messages").times(2), Fault::Status(503));
    discord.fault("POST /channels/*/messages", Fault::CutBefore);
    discord.fault("POST /channels/*/messages", Fault::CutAfter);
    assert_eq!(rest.post(&path, &body).await.status, 503);
    assert_eq!(rest.post(&path, &body).await.status, 503);
    assert!(rest.try_ask("POST", &path, Some(&body)).await.is_err());
    assert!(rest.get(&path).await.json.as_array().is_some_and(Vec::is_empty), "nothing was done");
    assert!(rest.try_ask("POST", &path, Some(&body)).await.is_err());
    assert_eq!(rest.get(&path).await.json.as_array().map(Vec::len), Some(1), "it was done");
    let statuses = discord.requests_to("POST /channels/*/messages");
    let statuses = statuses.iter().map(|request| request.status).collect::<Vec<_>>();
    assert_eq!(statuses, [Some(503), Some(503), None, None]);
}

#[tokio::test]
async fn a_late_answer_is_done_at_once() {
    let (discord, rest, path) = channel().await;
    discord.fault("POST /channels/*/messages", Fault::AnsweredLate(Duration::from_mins(1)));
    let body = json!({ "content": "a" });
    let (late, poster) = (path.clone(), rest.clone());
    let waiting = tokio::spawn(async move { poster.try_ask("POST", &late, Some(&body)).await.is_ok() });
    discord.wait_for_requests("POST /channels/*/messages", 1).await;
    assert_eq!(rest.get(&path).await.json.as_array().map(Vec::len), Some(1));
    assert!(!waiting.is_finished());
    waiting.abort();
}
