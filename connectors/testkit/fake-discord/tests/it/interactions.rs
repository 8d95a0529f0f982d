//! Answers to interactions: in time, once, of the right type, to the right eyes.

use std::time::Duration;

use fake_discord::Unanswered;
use serde_json::json;

use crate::bot::{commands, lenient, register, run, text};

#[tokio::test]
async fn a_command_is_answered() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice").speaks("fr");
    let rest = run(&discord, |rest, it| async move {
        assert_eq!((&it["locale"], &it["context"]), (&json!("fr"), &json!(0)));
        let content = format!("You typed {}", it["data"]["options"][0]["value"]);
        let said = rest.answer(&it, &json!({ "type": 4, "data": { "content": content } })).await;
        assert_eq!(said.status, 204);
    })
    .await;
    register(&rest, &discord, &commands()).await;
    let shown = alice.types(&general, "/search text:high tides page:2").await;
    shown.says("You typed \"high tides\"");
    assert!(!shown.is_ephemeral() && !shown.was_deferred());
    assert!(shown.first_answer_after().expect("it was answered") < Duration::from_secs(3));
    assert_eq!(discord.messages_in(&general).len(), 1);
}

#[tokio::test]
async fn a_deferred_answer_is_awaited_and_private() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let (alice, bob) = (guild.member("alice"), guild.member("bob"));
    let rest = run(&discord, |rest, it| async move {
        rest.answer(&it, &json!({ "type": 5, "data": { "flags": 64 } })).await;
        let original = format!("/webhooks/{}/{}/messages/@original", text(&it, "application_id"), text(&it, "token"));
        let said = rest.ask("PATCH", &original, Some(&json!({ "content": "Here" }))).await;
        let by_channel = format!("/channels/{}/messages/{}", text(&it, "channel_id"), text(&said.json, "id"));
        assert_eq!(rest.get(&by_channel).await.status, 404, "ephemeral messages aren't in the channel");
    })
    .await;
    register(&rest, &discord, &commands()).await;
    let shown = alice.types(&general, "/search text:x").await;
    assert!(shown.is_ephemeral() && shown.was_deferred());
    assert!(bob.sees(&shown.last()).is_none());
    assert!(bob.reads(&general).is_empty());
    assert!(shown.seen_by(&bob).messages().is_empty());
}

#[tokio::test]
async fn a_followup_takes_the_place_of_thinking() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let rest = run(&discord, |rest, it| async move {
        rest.answer(&it, &json!({ "type": 5 })).await;
        let hook = format!("/webhooks/{}/{}", text(&it, "application_id"), text(&it, "token"));
        if it["data"]["options"][0]["value"] == "private" {
            rest.ask("DELETE", &format!("{hook}/messages/@original"), None).await;
        }
        rest.post(&hook, &json!({ "content": "one", "flags": 64 })).await;
        rest.post(&hook, &json!({ "content": "two" })).await;
    })
    .await;
    register(&rest, &discord, &commands()).await;
    let public = alice.types(&general, "/search text:public").await.until_messages(2).await;
    assert!(!public[0].is_ephemeral(), "it is as public as the deferral");
    let private = alice.types(&general, "/search text:private").await.until_messages(2).await;
    assert!(private[0].is_ephemeral() && !private[1].is_ephemeral());
}

#[tokio::test]
async fn a_burst_is_answered_in_any_order() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let rest = run(&discord, |rest, it| async move {
        let content = &it["data"]["options"][0]["value"];
        rest.answer(&it, &json!({ "type": 4, "data": { "content": content } })).await;
    })
    .await;
    register(&rest, &discord, &commands()).await;
    let pending = (0..50).map(|n| alice.sends(&general, &format!("/search text:number {n}")));
    for (n, pending) in pending.collect::<Vec<_>>().into_iter().enumerate() {
        pending.answered().await.says(&format!("number {n}"));
    }
}

#[tokio::test]
async fn a_press_that_is_deferred_awaits_its_update() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let rest = run(&discord, |rest, it| async move {
        assert_eq!(rest.answer(&it, &json!({ "type": 6 })).await.status, 204);
        let hook = format!("/webhooks/{}/{}/messages/@original", text(&it, "application_id"), text(&it, "token"));
        let body = json!({ "content": "pressed" });
        match text(&it["data"], "custom_id") {
            "edit" => drop(rest.ask("PATCH", &hook, Some(&body)).await),
            _ => drop(rest.ask("DELETE", &hook, None).await),
        }
    })
    .await;
    let button = |id: &str| json!({ "type": 2, "style": 2, "label": id, "custom_id": id });
    let row = json!([{ "type": 1, "components": [button("edit"), button("drop")] }]);
    let body = json!({ "content": "before", "components": row });
    rest.post(&format!("/channels/{}/messages", general.id()), &body).await;
    let shown = general.messages()[0].for_person(&alice);
    shown.clicks_label(&alice, "edit").await.says("pressed");
    shown.clicks_label(&alice, "drop").await;
    assert!(general.messages().is_empty());
}

#[tokio::test]
async fn a_second_answer_is_refused() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let rest = run(&discord, |rest, it| async move {
        let answer = json!({ "type": 4, "data": { "content": "hello" } });
        rest.answer(&it, &answer).await;
        let said = rest.answer(&it, &answer).await;
        assert_eq!((said.status, &said.json["code"]), (400, &json!(40060)));
    })
    .await;
    register(&rest, &discord, &commands()).await;
    let _ = alice.types(&general, "/search text:x").await;
    discord.wait_for(|request| request.status == Some(400)).await;
    discord.expect_complaint("already been acknowledged");
}

#[tokio::test]
async fn a_late_answer_finds_nobody() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let (sender, mut interactions) = tokio::sync::mpsc::unbounded_channel();
    let rest = run(&discord, move |_, it| {
        sender.send(it).expect("the test listens");
        async {}
    })
    .await;
    register(&rest, &discord, &commands()).await;
    let pending = alice.sends(&general, "/search text:x");
    let it = interactions.recv().await.expect("the bot hears of it");
    discord.pass(Duration::from_secs(4));
    assert_eq!(pending.outcome().await.err(), Some(Unanswered::TooLate));
    let said = rest.answer(&it, &json!({ "type": 5 })).await;
    assert_eq!((said.status, &said.json["code"]), (404, &json!(10062)));
}

#[tokio::test]
async fn a_token_ends_after_fifteen_minutes() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let (sender, mut interactions) = tokio::sync::mpsc::unbounded_channel();
    let rest = run(&discord, move |rest, it| {
        sender.send(it.clone()).expect("the test listens");
        async move { drop(rest.answer(&it, &json!({ "type": 4, "data": { "content": "a" } })).await) }
    })
    .await;
    register(&rest, &discord, &commands()).await;
    let _ = alice.types(&general, "/search text:x").await;
    let it = interactions.recv().await.expect("the bot hears of it");
    let original = format!("/webhooks/{}/{}/messages/@original", text(&it, "application_id"), text(&it, "token"));
    assert_eq!(rest.get(&original).await.status, 200);
    discord.pass(Duration::from_mins(16));
    assert_eq!(rest.get(&original).await.json["code"], 50027);
}

#[tokio::test]
async fn completions_are_answered_by_completions() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let rest = run(&discord, |rest, it| async move {
        assert_eq!((&it["type"], &it["data"]["options"][0]["focused"]), (&json!(4), &json!(true)));
        assert_eq!(rest.answer(&it, &json!({ "type": 5 })).await.status, 400, "they can't be deferred");
        let choices = json!([{ "name": "Tides", "value": "tides" }]);
        rest.answer(&it, &json!({ "type": 8, "data": { "choices": choices } })).await;
    })
    .await;
    register(&rest, &discord, &commands()).await;
    let completions = alice.completes(&general, "/search text:ti").await;
    assert_eq!(completions.names(), ["Tides"]);
    discord.expect_complaint("5 doesn't answer");
}

#[tokio::test]
async fn buttons_selects_and_forms_follow_each_other() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let (alice, bob) = (guild.member("alice"), guild.member("bob"));
    let rest = run(&discord, |rest, it| async move {
        let row = |components| json!([{ "type": 1, "components": components }]);
        let input = json!([{ "type": 4, "custom_id": "name", "label": "Your name", "style": 1 }]);
        let answer = match it["data"]["custom_id"].as_str() {
            None => json!({ "type": 4, "data": { "content": "start", "components": row(json!([
                { "type": 2, "style": 1, "label": "No", "custom_id": "no", "disabled": true },
                { "type": 2, "style": 5, "label": "Read", "url": "https://example.org" },
                { "type": 2, "style": 1, "label": "Next", "custom_id": "next" },
            ])) } }),
            Some("next") => json!({ "type": 7, "data": { "content": "choose", "components": row(json!([
                { "type": 3, "custom_id": "pick", "options": [
                    { "label": "One", "value": "1" }, { "label": "Two", "value": "2" },
                ] },
            ])) } }),
            Some("pick") => {
                assert_eq!(it["data"]["values"], json!(["2"]));
                json!({ "type": 9, "data": { "custom_id": "form", "title": "Who", "components": row(input) } })
            }
            Some("form") => {
                let name = &it["data"]["components"][0]["components"][0]["value"];
                json!({ "type": 7, "data": { "content": format!("Hello {name}"), "components": [] } })
            }
            Some(other) => panic!("{other}"),
        };
        let said = rest.answer(&it, &answer).await;
        assert_eq!(said.status, 204, "{}", said.json);
    })
    .await;
    register(&rest, &discord, &commands()).await;
    let start = alice.types(&general, "/search text:x").await;
    assert_eq!(start.labels(), ["Next"]);
    let choose = start.clicks(&alice, 1).await;
    choose.says("choose");
    let form = choose.chooses(&alice, "Two").await.form();
    assert_eq!((form.title(), form.fields()[0].label.as_str()), ("Who", "Your name"));
    let done = alice.fills(&form, [("Your name", "Alice")]).await;
    done.says("Hello \"Alice\"");
    assert!(bob.reads(&general)[0].text().starts_with("Hello"), "one message all along, for everybody");
}
