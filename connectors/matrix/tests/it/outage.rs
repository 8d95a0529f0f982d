//! The homeserver goes away in the middle, and comes back.

use crate::{
    meeting::{Meeting, answers, numbers},
    town::{self, Privacy},
};
use homeserver::Settings;

async fn a_crash(privacy: Privacy) {
    let Some(server) = town::own(Settings::default()).await else { return };
    let meeting = Meeting::on(&server, privacy).await;
    meeting.asks(numbers(1, 10)).await;
    meeting.is_answered("n2").await;
    server.kill().await;
    server.start_again().await.expect("it starts again");
    meeting.asks(numbers(11, 14)).await;
    assert_eq!(meeting.all_said().await, answers(numbers(1, 14)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_of_the_homeserver_in_the_middle_neither_loses_nor_repeats_an_answer() {
    a_crash(Privacy::Plain).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_of_the_homeserver_does_no_harm_in_an_encrypted_room_either() {
    a_crash(Privacy::Encrypted).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_ready_while_the_homeserver_is_away_is_said_when_it_is_back() {
    let Some(server) = town::own(Settings::default()).await else { return };
    let mut meeting = Meeting::on(&server, Privacy::Plain).await;
    meeting.says("!vigie lent").await;
    meeting.desk.hears("lent").await;
    server.stop().await;
    meeting.desk.lets_go();
    // However long it is away: what can't be said now stays in the inbox for the next start.
    meeting.kills().await;
    meeting.starts();
    meeting.desk.lets_go();
    server.start_again().await.expect("it starts again");
    meeting.hears("Enfin.").await;
    assert_eq!(meeting.all_said().await, ["Enfin."]);
}
