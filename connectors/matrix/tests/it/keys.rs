//! The keys with which the bot speaks in encrypted rooms: given up after a sudden end, kept over a stop.

use crate::{
    meeting::{Meeting, answers, numbers, plain},
    town::{self, Privacy},
};
use homeserver::{Message, Person};
use matrix_sdk::ruma::{EventId, OwnedRoomId, RoomId as MatrixRoomId};
use std::{collections::HashSet, fs, path::Path, time::Duration};
use tokio::time::timeout;
use vigie_chat::{Connector as _, Destination, Draft, IdempotencyKey, PersonId, RoomId, Token};

/// How long the stores may take to be closed. A busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(45);

/// Alice asks the bot to say a word in a room; the Megolm session with which the answer was encrypted.
async fn session(meeting: &Meeting, room: &MatrixRoomId, word: &str) -> String {
    let (alice, bot) = (&meeting.alice, meeting.lodging.user());
    alice.says(room, format!("!vigie dire {word}").as_str()).await.expect("it is said");
    let says = |message: &Message| message.sender == bot && plain(message) == format!("Entendu : {word}");
    let answer = alice.sees(room, says).await.expect("the bot says it, and she can read it");
    session_of(meeting, room, &answer.id).await
}

/// The Megolm session of a message. Alice's client shows it decrypted; the homeserver has it as it was sent.
async fn session_of(meeting: &Meeting, room: &MatrixRoomId, message: &EventId) -> String {
    let path = format!("/_matrix/client/v3/rooms/{room}/event/{message}");
    let sent = meeting.alice.request("GET", &path, None).await.expect("it is there");
    sent["content"]["session_id"].as_str().expect("it is encrypted").to_owned()
}

/// The sessions of two rooms, as [`session`] finds them.
async fn sessions(meeting: &Meeting, rooms: [&MatrixRoomId; 2], word: &str) -> [String; 2] {
    [session(meeting, rooms[0], word).await, session(meeting, rooms[1], word).await]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_kill_each_room_gets_a_new_key_and_after_a_stop_none_does() {
    let Some(mut meeting) = Meeting::open(Privacy::Encrypted).await else { return };
    let other = town::room_with(&meeting.alice, &meeting.lodging, &[], Privacy::Encrypted).await;
    let one = meeting.room.clone();
    let rooms: [&MatrixRoomId; 2] = [&one, &other];
    let first = sessions(&meeting, rooms, "un").await;
    assert_eq!(sessions(&meeting, rooms, "deux").await, first, "a key is good for more than one message");
    meeting.stops().await;
    meeting.starts();
    assert_eq!(sessions(&meeting, rooms, "trois").await, first, "a stop costs no keys");
    meeting.kills().await;
    meeting.starts();
    let second = sessions(&meeting, rooms, "quatre").await;
    let different: HashSet<&String> = first.iter().chain(&second).collect();
    assert_eq!(different.len(), 4, "after a kill no key is used again");
    assert_eq!(sessions(&meeting, rooms, "cinq").await, second, "they are given up once");
    meeting.stops().await;
    meeting.starts();
    assert_eq!(sessions(&meeting, rooms, "six").await, second, "a stop after a kill costs no keys either");
}

/// The SDK's stores are older than what was said; our own mark and inbox aren't.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_power_cut_no_key_is_used_twice_and_whoever_came_before_reads_on() {
    let Some(server) = town::shared().await else { return };
    let mut meeting = Meeting::on(server, Privacy::Encrypted).await;
    let room = meeting.room.clone();
    meeting.stops().await;
    let (store, kept) = (meeting.lodging.matrix().join("store"), meeting.lodging.folder.path().join("kept"));
    is_closed(&store).await;
    copy(&store, &kept);
    meeting.starts();
    // The kept store knows nothing of Bob, nor of how often the key was used.
    let bob = server.person("bob").await.expect("he logs in");
    meeting.alice.invites(&room, bob.id()).await.expect("he is invited");
    bob.accepts(&room).await.expect("he comes in");
    meeting.alice.until_member(&room, bob.id()).await.expect("she sees him");
    let before = session(&meeting, &room, "n1").await;
    is_read_by(&meeting, &bob, "n1").await;
    meeting.kills().await;
    is_closed(&store).await;
    fs::remove_dir_all(&store).expect("removed");
    copy(&kept, &store);
    meeting.starts();
    assert_ne!(session(&meeting, &room, "n2").await, before);
    is_read_by(&meeting, &bob, "n2").await;
    assert_eq!(meeting.all_said().await, answers(numbers(1, 2)));
}

/// Waits until somebody besides Alice has read what the bot was asked to say.
async fn is_read_by(meeting: &Meeting, who: &Person, word: &str) {
    let (bot, words) = (meeting.lodging.user(), format!("Entendu : {word}"));
    let says = |message: &Message| message.sender == bot && plain(message) == words;
    who.sees(&meeting.room, says).await.expect("they can read it");
}

/// Whoever was taken out gets no key, also when the bot speaks before it is told that they went.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_taken_out_gets_no_key_of_what_is_said_next() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Encrypted).await;
    let bob = server.person("bob").await.expect("he logs in");
    let connector = &meeting.bot.as_ref().expect("it runs").connector;
    let (near, people) = (RoomId::new(meeting.room.as_str()), [&meeting.alice, &bob].map(Person::id));
    let people = people.map(|user| PersonId::new(user.as_str()));
    let opened = connector.open_room(&near, "Équipe", &people, &IdempotencyKey::new("lions")).await;
    let room = OwnedRoomId::try_from(opened.expect("it is opened").room.as_str()).expect("a room id");
    for person in [&meeting.alice, &bob] {
        person.accepts(&room).await.expect("they come in");
    }
    meeting.alice.until_member(&room, bob.id()).await.expect("she sees him");
    let with_bob = session(&meeting, &room, "ensemble").await;
    let to = Destination::Room(RoomId::new(room.as_str()));
    let message = Draft::notice().paragraph("Bob est parti.").seal(|_| Token::new(""));
    let out = connector.take_out(&RoomId::new(room.as_str()), &people[1..]).await;
    let said = connector.send(&to, &message, &IdempotencyKey::new("parti")).await;
    assert_eq!(out, Ok(()));
    let said = EventId::parse(said.expect("it is said").id.as_str()).expect("an event id");
    assert_ne!(session_of(&meeting, &room, &said).await, with_bob);
}

/// Waits until this process has no file of a folder open: the SDK closes its stores in the background.
async fn is_closed(folder: &Path) {
    let is_in = |fd: std::io::Result<fs::DirEntry>| {
        let file = fd.and_then(|fd| fs::read_link(fd.path()));
        file.is_ok_and(|file| file.starts_with(folder))
    };
    let closed = async {
        while fs::read_dir("/proc/self/fd").expect("a system that tells").any(is_in) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, closed).await.expect("it is closed");
}

/// Copies a folder of files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("made");
    for file in fs::read_dir(from).expect("it is there") {
        let file = file.expect("it can be read");
        fs::copy(file.path(), to.join(file.file_name())).expect("copied");
    }
}
