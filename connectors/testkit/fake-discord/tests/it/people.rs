//! What people can type, and what the bot gets of it.

use fake_discord::{CannotType, Unanswered};
use serde_json::json;

use crate::bot::{Rest, commands, lenient, register, run};

#[tokio::test]
async fn a_command_is_checked_as_the_application_does() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice");
    let rest = Rest::new(&discord);
    register(&rest, &discord, &commands()).await;
    let missing = |name: &str| CannotType::MissingOption(name.to_owned());
    let bad = |option: &str, why: &str| CannotType::BadValue { option: option.to_owned(), why: why.to_owned() };
    for (typed, expected) in [
        ("search", CannotType::NoCommand),
        ("/nothing", CannotType::UnknownCommand("nothing".to_owned())),
        ("/search", missing("text")),
        ("/search tides", CannotType::UnknownOption("tides".to_owned())),
        ("/search text:a page:0", bad("page", "0 is too small")),
        ("/search text:a page:b", bad("page", "it isn't a whole number")),
        ("/team remove who:alice", CannotType::UnknownSubcommand("remove".to_owned())),
        ("/team add who:zoe", bad("who", "there is no such member")),
        ("/team add who:alice as:Boss", bad("as", "\"Boss\" isn't a choice")),
        ("/secret", CannotType::NotAllowed),
    ] {
        let why = alice.tries(&general, typed).await.expect_err("the application refuses");
        assert_eq!(why, expected, "{typed}");
    }
    let nobody = alice.sends(&general, "/team list").outcome().await.err();
    assert_eq!(nobody, Some(Unanswered::NobodyListens));
}

#[tokio::test]
async fn values_arrive_resolved() {
    let discord = lenient().start().await;
    let guild = discord.guild("School");
    let general = guild.channel("general");
    let alice = guild.member("alice").administrator();
    let bob = guild.member("bob");
    let rest = run(&discord, |rest, it| async move {
        let answer = json!({ "type": 4, "data": { "content": format!("```{}```", it["data"]) } });
        rest.answer(&it, &answer).await;
    })
    .await;
    register(&rest, &discord, &commands()).await;
    let shown = alice.types(&general, "/team add as:Lead who:@bob").await;
    shown.says("\"value\":\"lead\"").says(&format!("\"users\":{{\"{}\"", bob.id())).says("\"permissions\":");
    alice.attaches("notes.txt", "hello");
    alice.types(&general, "/read file:notes.txt").await.says("\"filename\":\"notes.txt\"");
    alice.types(&general, "/secret").await.says("secret");
}

#[tokio::test]
async fn in_direct_messages_the_person_is_a_user() {
    let discord = lenient().start().await;
    let alice = discord.guild("School").member("alice");
    let rest = run(&discord, |rest, it| async move {
        let who = format!("{} {}", it["user"]["username"], it.get("member").is_none());
        rest.answer(&it, &json!({ "type": 4, "data": { "content": who } })).await;
    })
    .await;
    register(&rest, &discord, &commands()).await;
    alice.types(&alice.dm(), "/search text:x").await.says("\"alice\" true");
}

#[tokio::test]
async fn commands_come_back_as_discord_keeps_them() {
    let discord = lenient().start().await;
    let rest = Rest::new(&discord);
    let path = format!("/applications/{}/commands", discord.application_id());
    let mut list = commands();
    list[0]["name_localizations"] = json!({ "fr": "chercher" });
    register(&rest, &discord, &list).await;
    let before = rest.get(&format!("{path}?with_localizations=true")).await.json;
    assert_eq!(before[0]["name_localizations"]["fr"], "chercher");
    assert!(rest.get(&path).await.json[0].get("name_localizations").is_none());
    register(&rest, &discord, &list).await;
    let after = rest.get(&format!("{path}?with_localizations=true")).await.json;
    assert_eq!(before, after, "the same registration changes neither id nor version");
}
