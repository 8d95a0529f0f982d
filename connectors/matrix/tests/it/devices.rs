//! The devices of the people: several, signed or not.

use crate::{
    meeting::{Meeting, plain},
    town::{self, Privacy},
};
use homeserver::{Device, Message, Person};
use jiff::Timestamp;
use matrix_sdk::ruma::RoomId;
use std::{sync::Arc, time::Instant};
use vigie_matrix::Clock;

/// What it says where it can't read.
const HELP: &str = "Je ne peux pas lire ce message";

async fn sees(who: &Person, meeting: &Meeting, word: &str) -> Message {
    let (bot, words) = (meeting.lodging.user(), format!("Entendu : {word}"));
    let says = |message: &Message| message.sender == bot && plain(message) == words;
    who.sees(&meeting.room, says).await.expect("the bot says it")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_device_that_is_signed_asks_and_reads_as_the_first() {
    let Some(meeting) = Meeting::open(Privacy::Encrypted).await else { return };
    let second = meeting.alice.at_second_device().await.expect("she logs in again");
    second.until_member(&meeting.room, &meeting.lodging.user()).await.expect("it sees the bot");
    meeting.asks(["du premier".to_owned()]).await;
    sees(&second, &meeting, "du premier").await;
    second.says(&meeting.room, "!vigie dire du second").await.expect("it is said");
    sees(&second, &meeting, "du second").await;
    meeting.is_answered("du second").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_who_deals_with_signed_devices_only_can_talk_to_it() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Encrypted).await;
    let account = server.register_unique("prudente").await.expect("registered");
    let careful = server.log_in(&account, Device::cautious()).await.expect("she logs in");
    meeting.alice.invites(&meeting.room, careful.id()).await.expect("she is invited");
    careful.accepts(&meeting.room).await.expect("she joins");
    careful.until_member(&meeting.room, &meeting.lodging.user()).await.expect("she sees the bot");
    careful.says(&meeting.room, "!vigie dire prudence").await.expect("it is said");
    sees(&careful, &meeting, "prudence").await;
}

/// Time flies: nobody waits a quarter of a minute for a key that doesn't come.
fn hurried() -> Clock {
    let (begin, from) = (Instant::now(), Timestamp::now());
    Arc::new(move || from + begin.elapsed() * 60)
}

fn help(who: &Person, room: &RoomId) -> usize {
    let view = who.view(room).unwrap_or_default();
    view.messages.iter().filter(|message| plain(message).starts_with(HELP)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unsigned_device_is_told_what_helps_once_in_each_room() {
    let Some(server) = town::shared().await else { return };
    let mut meeting = Meeting::on(server, Privacy::Encrypted).await;
    let other = town::room_with(&meeting.alice, &meeting.lodging, &[], Privacy::Encrypted).await;
    meeting.stops().await;
    meeting.starts_with(meeting.lodging.options_at(hurried()));
    let unsigned = meeting.alice.at_another(Device::unsigned()).await.expect("she logs in again");
    for room in [&meeting.room, &other] {
        unsigned.until_member(room, &meeting.lodging.user()).await.expect("it sees the bot");
    }
    for word in ["un", "deux"] {
        let asked = format!("!vigie dire {word}");
        unsigned.says(&meeting.room, asked.as_str()).await.expect("it is said");
    }
    let tells = |message: &Message| plain(message).starts_with(HELP);
    let told = meeting.alice.sees(&meeting.room, tells).await.expect("it says what helps");
    assert!(plain(&told).contains("pas vérifié"), "{told:?}");
    unsigned.says(&meeting.room, "!vigie dire trois").await.expect("it is said");
    unsigned.says(&other, "!vigie dire quatre").await.expect("it is said");
    meeting.alice.sees(&other, tells).await.expect("it says it there too");
    // The signed device is answered as before.
    meeting.asks(["signé".to_owned()]).await;
    meeting.is_answered("signé").await;
    meeting.stops().await;
    meeting.starts();
    assert_eq!(meeting.all_said().await.len(), 2, "{:?}", meeting.said());
    assert_eq!((help(&meeting.alice, &meeting.room), help(&meeting.alice, &other)), (1, 1));
    assert_eq!(meeting.desk.times("un"), 0);
}
