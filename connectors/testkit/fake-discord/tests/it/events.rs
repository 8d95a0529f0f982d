//! Scheduled events of a guild: in the future, by whoever may, a hundred at most.

use std::time::Duration;

use fake_discord::{FakeDiscord, Guild, Permissions};
use serde_json::{Value, json};

use crate::bot::{Gateway, Rest, text};

struct School {
    discord: FakeDiscord,
    guild: Guild,
    rest: Rest,
}

async fn school(permissions: Permissions) -> School {
    let discord = FakeDiscord::start().await;
    let guild = discord.guild_without_the_bot("School");
    guild.invite_bot_with(Permissions::of_everyone() | permissions);
    let rest = Rest::new(&discord);
    School { discord, guild, rest }
}

/// An instant, so many minutes from now.
fn in_minutes(minutes: u64) -> String {
    (jiff::Timestamp::now() + Duration::from_mins(minutes)).to_string()
}

fn event(name: &str, minutes: u64) -> Value {
    json!({
        "name": name,
        "description": "all of it",
        "scheduled_start_time": in_minutes(minutes),
        "scheduled_end_time": in_minutes(minutes + 50),
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": { "location": "B12" },
    })
}

impl School {
    fn path(&self) -> String {
        format!("/guilds/{}/scheduled-events", self.guild.id())
    }

    async fn makes(&self, name: &str, minutes: u64) -> Value {
        let said = self.rest.post(&self.path(), &event(name, minutes)).await;
        assert_eq!(said.status, 200, "{}", said.json);
        said.json
    }

    async fn refused(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, u64) {
        let said = self.rest.ask(method, path, body).await;
        (said.status, said.json["code"].as_u64().unwrap_or_default())
    }
}

#[tokio::test]
async fn an_event_is_made_changed_and_deleted() {
    let school = school(Permissions::CREATE_EVENTS).await;
    let made = school.makes("defence", 60).await;
    let one = format!("{}/{}", school.path(), text(&made, "id"));
    assert_eq!((&made["status"], &made["creator_id"]), (&json!(1), &json!(school.discord.application_id())));
    let moved = json!({ "scheduled_start_time": in_minutes(90), "scheduled_end_time": in_minutes(140) });
    assert_eq!(school.rest.ask("PATCH", &one, Some(&moved)).await.status, 200);
    assert_eq!(school.rest.get(&one).await.json["name"], "defence");
    let (_, ready) = Gateway::identify(&school.discord).await;
    assert_eq!(ready["guilds"][0]["id"], json!(school.guild.id()));
    assert_eq!(school.rest.get(&school.path()).await.json.as_array().map(Vec::len), Some(1));
    assert_eq!(school.rest.ask("DELETE", &one, None).await.status, 204);
    for method in ["GET", "PATCH", "DELETE"] {
        let body = json!({ "name": "again" });
        let body = (method == "PATCH").then_some(&body);
        assert_eq!(school.refused(method, &one, body).await, (404, 10_070));
    }
    assert!(school.guild.events().is_empty());
}

#[tokio::test]
async fn whoever_may_not_makes_none_and_others_are_not_theirs() {
    let school = school(Permissions::NONE).await;
    assert_eq!(school.refused("POST", &school.path(), Some(&event("a", 60))).await, (403, 50_013));
    school.guild.invite_bot_with(Permissions::of_everyone() | Permissions::CREATE_EVENTS);
    let own = school.makes("a", 60).await;
    let start = jiff::Timestamp::now() + Duration::from_hours(5);
    let other = school.guild.owner_schedules("b", start.as_millisecond());
    let other = format!("{}/{other}", school.path());
    assert_eq!(school.refused("DELETE", &other, None).await, (403, 50_013));
    school.guild.invite_bot_with(Permissions::of_everyone() | Permissions::MANAGE_EVENTS);
    for path in [other, format!("{}/{}", school.path(), text(&own, "id"))] {
        assert_eq!(school.rest.ask("DELETE", &path, None).await.status, 204);
    }
    assert_eq!(school.refused("POST", &school.path(), Some(&event("a", 60))).await, (403, 50_013));
    school.guild.remove_bot();
    assert_eq!(school.refused("GET", &school.path(), None).await, (403, 50_001));
}

#[tokio::test]
async fn what_has_passed_can_be_neither_made_nor_changed() {
    let school = school(Permissions::CREATE_EVENTS).await;
    let made = school.makes("a", 60).await;
    let one = format!("{}/{}", school.path(), text(&made, "id"));
    school.discord.pass(Duration::from_mins(61));
    assert_eq!(school.rest.get(&one).await.json["status"], 2, "it begins by itself");
    assert_eq!(school.refused("POST", &school.path(), Some(&event("b", 30))).await, (400, 50_035));
    assert_eq!(school.rest.ask("PATCH", &one, Some(&json!({ "name": "c" }))).await.status, 200);
    school.discord.pass(Duration::from_hours(1));
    assert_eq!(school.refused("PATCH", &one, Some(&json!({ "name": "d" }))).await, (400, 180_000));
    assert!(school.guild.events().is_empty(), "what is over isn't listed");
    assert_eq!(school.discord.take_complaints().len(), 2);
}

#[tokio::test]
async fn a_hundred_are_enough() {
    let school = school(Permissions::CREATE_EVENTS).await;
    for rank in 0..100 {
        school.makes(&rank.to_string(), 60 + rank).await;
    }
    assert_eq!(school.refused("POST", &school.path(), Some(&event("more", 60))).await, (400, 30_038));
    school.discord.limit("GET /guilds/*/scheduled-events", 1, Duration::from_secs(5));
    assert_eq!(school.rest.get(&school.path()).await.status, 200);
    assert_eq!(school.rest.get(&school.path()).await.status, 429);
}
