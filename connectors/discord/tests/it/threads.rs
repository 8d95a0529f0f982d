//! Rooms that the bot opens: private threads.

use crate::{
    bot::Bot,
    desk::{Desk, words},
    town::Town,
};
use fake_discord::{Channel, Fault, Id, Permissions};
use std::time::Duration;
use vigie_chat::{Connector, Destination, IdempotencyKey, Opened, PersonId, RoomId, SendError};

const CREATE: &str = "POST /channels/*/threads";
const A_WEEK_AND_MORE: Duration = Duration::from_hours(8 * 24);

fn room(channel: &Channel) -> RoomId {
    RoomId::new(channel.id().to_string())
}

fn person(id: Id) -> PersonId {
    PersonId::new(id.to_string())
}

/// The bot opens a room beside a channel for alice.
async fn opens(town: &Town, bot: &Bot, near: &Channel, key: &str) -> Result<Opened, SendError> {
    let (people, key) = ([person(town.alice.id())], IdempotencyKey::new(key));
    bot.connector.open_room(&room(near), "Équipe", &people, &key).await
}

fn thread(town: &Town, opened: &Opened) -> Channel {
    town.discord.channel(Id::parse(opened.room.as_str()).expect("a thread"))
}

fn creations(town: &Town) -> usize {
    town.discord.requests_to(CREATE).len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_is_a_private_thread_to_which_only_the_bot_adds() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk).await;
    let opened = opens(&town, &bot, &town.general, "a").await.expect("it is opened");
    let request = town.discord.requests_to(CREATE).remove(0).body.expect("a body");
    let expected =
        serde_json::json!({ "name": "Équipe", "type": 12, "invitable": false, "auto_archive_duration": 10_080 });
    assert_eq!(request, expected);
    assert_eq!(thread(&town, &opened).thread_members().len(), 2);
    // Beside a thread is in its channel.
    let beside = opens(&town, &bot, &thread(&town, &opened), "b").await.expect("it is opened");
    assert_ne!(opened.room, beside.room);
    let general = format!("/channels/{}/threads", town.general.id());
    assert!(town.discord.requests_to(CREATE).iter().all(|request| request.path == general));
    let direct = opens(&town, &bot, &town.alice.dm(), "c").await;
    assert!(matches!(direct, Err(SendError::Forbidden(_))), "{direct:?}");
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_permission_is_named() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk).await;
    for (denied, name) in [
        (Permissions::CREATE_PRIVATE_THREADS, "CREATE_PRIVATE_THREADS"),
        (Permissions::SEND_MESSAGES_IN_THREADS, "SEND_MESSAGES_IN_THREADS"),
        (Permissions::VIEW_CHANNEL, "VIEW_CHANNEL"),
    ] {
        town.general.set_for_the_bot(Permissions::NONE, denied);
        let refused = opens(&town, &bot, &town.general, name).await;
        assert!(matches!(&refused, Err(SendError::Forbidden(why)) if why.contains(name)), "{refused:?}");
    }
    // Once it may, it goes on with what it had begun.
    town.general.set_for_the_bot(Permissions::NONE, Permissions::NONE);
    let before = creations(&town);
    let opened = opens(&town, &bot, &town.general, "SEND_MESSAGES_IN_THREADS").await.expect("it is opened");
    assert_eq!((creations(&town), opened.absent), (before, Vec::new()));
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_there_is_told_and_nobody_waits_for_them() {
    let (town, desk) = (Town::open().await, Desk::new());
    let (gone, blind) = (town.guild.member("gone"), town.guild.member("blind"));
    let staff = town.guild.channel("staff");
    staff.hidden_from(blind.id());
    town.guild.loses(&gone);
    let bot = town.bot(desk).await;
    let people = [gone.id(), blind.id(), Id::new(7), town.alice.id()].map(person);
    let people = [&people[..], &[PersonId::new("nobody")]].concat();
    let opened = bot.connector.open_room(&room(&staff), "Équipe", &people, &IdempotencyKey::new("a")).await;
    let opened = opened.expect("it is opened");
    assert_eq!(opened.absent, [&people[..3], &people[4..]].concat());
    let mut expected = [town.discord.application_id(), town.alice.id()];
    expected.sort();
    assert_eq!(thread(&town, &opened).thread_members(), expected);
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_creation_of_which_nobody_heard_is_found_again() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let other = opens(&town, &bot, &town.general, "other").await.expect("it is opened");
    town.discord.fault(CREATE, Fault::CutAfter);
    let lost = opens(&town, &bot, &town.general, "a").await;
    assert!(matches!(lost, Err(SendError::Network(_))), "{lost:?}");
    bot.stops().await;
    let bot = town.next_bot(desk).await;
    let before = creations(&town);
    let found = opens(&town, &bot, &town.general, "a").await.expect("it is found");
    assert_ne!(found.room, other.room, "a room of the same name is another team's");
    assert_eq!(creations(&town), before);
    // One that never reached Discord is asked for anew.
    town.discord.fault(CREATE, Fault::Refused { status: 403, code: 50_013, message: "Missing Permissions" });
    assert!(opens(&town, &bot, &town.general, "b").await.is_err());
    let opened = opens(&town, &bot, &town.general, "b").await.expect("it is opened");
    assert!(![&found.room, &other.room].contains(&&opened.room));
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_that_is_gone_is_opened_anew() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk).await;
    let first = opens(&town, &bot, &town.general, "a").await.expect("it is opened");
    thread(&town, &first).vanishes();
    let people = [person(town.alice.id())];
    assert_eq!(bot.connector.let_in(&first.room, &people).await, Err(SendError::Gone));
    let second = opens(&town, &bot, &town.general, "a").await.expect("it is opened");
    assert_ne!(first.room, second.room);
    // The bot was taken out of it.
    thread(&town, &second).loses(town.discord.application_id());
    let third = opens(&town, &bot, &town.general, "a").await.expect("it is opened");
    assert_ne!(second.room, third.room);
    bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_that_was_put_aside_is_taken_out_again() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk).await;
    let bob = town.guild.member("bob");
    let opened = opens(&town, &bot, &town.general, "a").await.expect("it is opened");
    let thread = thread(&town, &opened);
    let to = Destination::Room(opened.room.clone());
    let sent = bot.connector.send(&to, &words("Avant."), &IdempotencyKey::new("one")).await.expect("it is sent");
    for rank in 0..4 {
        town.passes(A_WEEK_AND_MORE);
        assert!(thread.is_put_aside());
        match rank {
            0 => {
                drop(bot.connector.send(&to, &words("Après."), &IdempotencyKey::new("two")).await.expect("it is sent"));
            }
            1 => bot.connector.edit(&sent, &words("Changé.")).await.expect("it is edited"),
            2 => assert_eq!(bot.connector.let_in(&opened.room, &[person(bob.id())]).await, Ok(Vec::new())),
            _ => assert_eq!(bot.connector.take_out(&opened.room, &[person(bob.id())]).await, Ok(())),
        }
        assert!(!thread.is_put_aside());
    }
    let said: Vec<String> = town.alice.reads(&thread).iter().map(fake_discord::Seen::text).collect();
    assert_eq!(said, ["Changé.", "Après."]);
    bot.stops().await;
}
