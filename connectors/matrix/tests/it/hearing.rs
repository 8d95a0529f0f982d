//! How people talk to it, and how it answers.

use crate::{
    meeting::{Meeting, plain},
    town::{self, Privacy},
};
use homeserver::{File, Message, Text};
use matrix_sdk::room::MessagesOptions;
use serde_json::Value;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_in_a_thread_is_answered_in_it() {
    let Some(meeting) = Meeting::open(Privacy::Plain).await else { return };
    let root = meeting.says("Une discussion.").await;
    let asked = meeting.says(Text::new("!vigie dire fil").in_thread(&root)).await;
    let answer = meeting.is_answered("fil").await;
    assert_eq!((answer.thread.as_ref(), answer.reply_to.as_ref()), (Some(&root), Some(&asked)));
    assert_eq!(answer.kind, "m.notice");
    let asked = meeting.says("!vigie dire dehors").await;
    let answer = meeting.is_answered("dehors").await;
    assert_eq!((answer.thread, answer.reply_to), (None, Some(asked)));
}

async fn a_file(privacy: Privacy) {
    let Some(meeting) = Meeting::open(privacy).await else { return };
    let text: mime::Mime = "text/plain".parse().expect("a media type");
    let file = File::new("plan.txt", text, b"Le plan.".to_vec());
    let sent = meeting.alice.sends_file(&meeting.room, file).await.expect("it is sent");
    meeting.says(Text::new("!vigie lire").in_reply_to(&sent)).await;
    meeting.hears("plan.txt : Le plan.").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_that_answers_a_file_is_given_the_file() {
    a_file(Privacy::Plain).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_that_answers_an_encrypted_file_is_given_it_decrypted() {
    a_file(Privacy::Encrypted).await;
}

async fn choices(privacy: Privacy) {
    let Some(meeting) = Meeting::open(privacy).await else { return };
    let (alice, room) = (&meeting.alice, &meeting.room);
    meeting.says("!vigie choix").await;
    let bot = meeting.lodging.user();
    let offers = |message: &Message| message.sender == bot && message.body.contains("Écrire");
    let offer = alice.sees(room, offers).await.expect("it offers them");
    let offered = |message: &Message| message.reaction_keys() == ["1\u{fe0f}\u{20e3}", "2\u{fe0f}\u{20e3}"];
    let offer = alice.sees_become(room, &offer.id, offered).await.expect("it reacts by itself");
    assert!(offer.reactions.iter().all(|reaction| reaction.sender == bot));

    meeting.says(Text::new("2").quoting(&offer)).await;
    meeting.desk.until("an answer", |state| state.heard.iter().any(|heard| heard.asked == "pressé écrire")).await;
    meeting.says("!vigie 1").await;
    meeting.hears("Entendu : pressé lire").await;
    alice.reacts(room, &offer.id, "1\u{fe0f}\u{20e3}").await.expect("she reacts");
    let twice =
        |state: &crate::desk::State| state.heard.iter().filter(|heard| heard.asked == "pressé lire").count() == 2;
    meeting.desk.until("a press", twice).await;
    meeting.says(Text::new("écrire").in_reply_to(&offer.id)).await;
    let twice =
        |state: &crate::desk::State| state.heard.iter().filter(|heard| heard.asked == "pressé écrire").count() == 2;
    meeting.desk.until("a label", twice).await;
    // What answers nobody's offer, and whatever else people react with, is theirs.
    alice.reacts(room, &offer.id, "👍").await.expect("she reacts");
    meeting.says("3").await;
    meeting.all_said().await;
    assert_eq!(meeting.desk.look().heard.len(), 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_action_is_chosen_by_number_by_reaction_or_by_its_words() {
    choices(Privacy::Plain).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_action_is_chosen_in_an_encrypted_room_too() {
    choices(Privacy::Encrypted).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_offered_before_a_restart_can_still_be_chosen() {
    let Some(mut meeting) = Meeting::open(Privacy::Encrypted).await else { return };
    meeting.says("!vigie choix").await;
    let bot = meeting.lodging.user();
    let offers = |message: &Message| message.sender == bot && message.body.contains("Écrire");
    let offer = meeting.alice.sees(&meeting.room, offers).await.expect("it offers them");
    meeting.stops().await;
    meeting.alice.reacts(&meeting.room, &offer.id, "2\u{fe0f}\u{20e3}").await.expect("she reacts");
    meeting.starts();
    meeting.hears("Entendu : pressé écrire").await;
    meeting.says("!vigie 1").await;
    meeting.hears("Entendu : pressé lire").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_people_edit_is_not_answered_again() {
    let Some(meeting) = Meeting::open(Privacy::Plain).await else { return };
    let asked = meeting.says("!vigie dire une fois").await;
    meeting.is_answered("une fois").await;
    let chatter = meeting.says("Bonjour à tous").await;
    let edits =
        async |event, words: &str| meeting.alice.edits(&meeting.room, event, words).await.expect("it is edited");
    edits(&asked, "!vigie dire deux fois").await;
    edits(&chatter, "!vigie dire trois fois").await;
    assert_eq!(meeting.all_said().await, ["Entendu : une fois"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_seen_typing_while_an_answer_is_prepared() {
    let Some(meeting) = Meeting::open(Privacy::Plain).await else { return };
    let bot = meeting.lodging.user();
    meeting.says("!vigie lent").await;
    let types = meeting.alice.until(&meeting.room, |room| room.typists.contains(&bot).then_some(()));
    types.await.expect("it is seen typing");
    meeting.desk.lets_go();
    meeting.hears("Enfin.").await;
    let rests = meeting.alice.until(&meeting.room, |room| (!room.typists.contains(&bot)).then_some(()));
    rests.await.expect("it has stopped typing");
}

/// The contents of all that the bot said in the room, as they were sent.
async fn contents(meeting: &Meeting) -> Vec<Value> {
    let room = meeting.alice.client().get_room(&meeting.room).expect("she is there");
    let mut options = MessagesOptions::backward();
    options.limit = 100_u32.into();
    let page = room.messages(options).await.expect("it is read");
    let events = page.chunk.iter().map(|event| event.raw().deserialize_as::<Value>().expect("JSON"));
    let bot = meeting.lodging.user();
    let said = events.filter(|event| event["sender"] == bot.as_str() && event["type"] == "m.room.message");
    said.map(|mut event| event["content"].take()).collect()
}

async fn everything_that_is_said(privacy: Privacy) {
    let Some(meeting) = Meeting::open(privacy).await else { return };
    for asked in ["!vigie mieux", "!vigie papiers", "!vigie choix", "!vigie dire @room @alice:ecole.example"] {
        meeting.says(asked).await;
    }
    meeting.all_said().await;
    let contents = contents(&meeting).await;
    let edits = contents.iter().filter(|content| content["m.relates_to"]["rel_type"] == "m.replace").count();
    let files: Vec<&Value> = contents.iter().filter(|content| !content["filename"].is_null()).collect();
    assert_eq!((edits, files.len()), (1, 2), "{contents:#?}");
    for content in &contents {
        let mentions = &content["m.mentions"];
        assert!(mentions.is_object() && mentions["room"] != true, "{content:#}");
        assert!(mentions["user_ids"].as_array().is_none_or(Vec::is_empty), "{content:#}");
    }
    for file in files {
        let lies_open = !file["url"].is_null();
        assert_eq!((lies_open, file["file"].is_object()), (privacy == Privacy::Plain, privacy == Privacy::Encrypted));
    }
    let notes = |message: &Message| message.attachment.as_ref().is_some_and(|file| file.name == "notes.txt");
    let notes = meeting.alice.sees(&meeting.room, notes).await.expect("the file is there");
    assert_eq!(meeting.alice.opens(&notes).await.expect("it opens"), b"Ce que disent les notes.");
    assert_eq!(notes.attachment.and_then(|file| file.caption).as_deref(), Some("Les notes"));
    let better = |message: &Message| plain(message) == "Voici mieux." && message.edits == 1;
    meeting.alice.sees(&meeting.room, better).await.expect("the answer is edited");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_said_tells_whom_it_mentions_and_that_is_nobody() {
    everything_that_is_said(Privacy::Plain).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_encrypted_where_the_room_is() {
    everything_that_is_said(Privacy::Encrypted).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_of_ones_own_calls_it() {
    let Some(server) = town::shared().await else { return };
    let mut meeting = Meeting::on(server, Privacy::Plain).await;
    meeting.stops().await;
    meeting.starts_with(meeting.lodging.options().prefix("?aide"));
    meeting.says("!vigie dire non").await;
    meeting.says("?aide dire oui").await;
    meeting.is_answered("oui").await;
    assert_eq!(meeting.said(), ["Entendu : là", "Entendu : oui"]);
}
