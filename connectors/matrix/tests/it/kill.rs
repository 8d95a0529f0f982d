//! The bot is killed at the worst moments, and neither loses an answer nor says one twice.

use crate::{
    meeting::{Meeting, answers, numbers},
    stuck::{Stuck, Where},
    town::Privacy,
};

async fn an_answer_that_was_being_prepared(privacy: Privacy) {
    let Some(mut meeting) = Meeting::open(privacy).await else { return };
    meeting.says("!vigie lent").await;
    meeting.desk.hears("lent").await;
    meeting.kills().await;
    meeting.desk.lets_go();
    meeting.starts();
    meeting.hears("Enfin.").await;
    assert_eq!(meeting.all_said().await, ["Enfin."]);
    assert_eq!(meeting.desk.times("lent"), 2);
}

async fn an_answer_that_was_half_said(privacy: Privacy) {
    let Some(mut meeting) = Meeting::open(privacy).await else { return };
    meeting.says("!vigie suite").await;
    meeting.hears("D’abord.").await;
    meeting.kills().await;
    meeting.desk.lets_go();
    meeting.starts();
    meeting.hears("Ensuite.").await;
    assert_eq!(meeting.all_said().await, ["D’abord.", "Ensuite."]);
}

/// The inbox never learns that the answers were given; the next run finds all of them waiting.
async fn answers_that_were_not_noted(privacy: Privacy) {
    let Some(mut meeting) = Meeting::open(privacy).await else { return };
    meeting.stops().await;
    let stuck = Stuck::at(Where::Done, &meeting.lodging.memory);
    meeting.starts_with(meeting.lodging.options_with(stuck.clone()));
    meeting.asks(numbers(1, 1)).await;
    stuck.is_reached().await;
    meeting.kills().await;
    meeting.starts();
    assert_eq!(meeting.all_said().await, answers(numbers(1, 1)));
    assert_eq!(meeting.desk.times("n1"), 2, "it was answered twice, under the same name");
}

/// The SDK has taken what the homeserver told, and the inbox hasn't: the next run must ask for it again.
async fn what_was_read_and_not_kept(privacy: Privacy) {
    let Some(mut meeting) = Meeting::open(privacy).await else { return };
    meeting.stops().await;
    let stuck = Stuck::at(Where::Take, &meeting.lodging.memory);
    meeting.asks(numbers(1, 3)).await;
    meeting.starts_with(meeting.lodging.options_with(stuck.clone()));
    stuck.is_reached().await;
    meeting.kills().await;
    assert_eq!(meeting.desk.times("n1"), 0);
    meeting.starts();
    assert_eq!(meeting.all_said().await, answers(numbers(1, 3)));
}

async fn again_and_again(privacy: Privacy) {
    let Some(mut meeting) = Meeting::open(privacy).await else { return };
    meeting.asks(numbers(1, 16)).await;
    for word in ["n1", "n2", "n5", "n9", "n14"] {
        meeting.is_answered(word).await;
        meeting.kills().await;
        meeting.starts();
    }
    assert_eq!(meeting.all_said().await, answers(numbers(1, 16)));
}

mod plain {
    use super::Privacy::Plain;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_kill_while_an_answer_is_prepared_does_not_lose_it() {
        super::an_answer_that_was_being_prepared(Plain).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_kill_between_two_parts_of_an_answer_repeats_neither() {
        super::an_answer_that_was_half_said(Plain).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_kill_after_an_answer_was_said_does_not_repeat_it() {
        super::answers_that_were_not_noted(Plain).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_kill_before_what_was_read_is_kept_does_not_lose_it() {
        super::what_was_read_and_not_kept(Plain).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn killed_again_and_again_it_answers_each_once_and_in_order() {
        super::again_and_again(Plain).await;
    }
}

mod encrypted {
    use super::Privacy::Encrypted;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_kill_between_two_parts_of_an_answer_repeats_neither() {
        super::an_answer_that_was_half_said(Encrypted).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_kill_after_an_answer_was_said_does_not_repeat_it() {
        super::answers_that_were_not_noted(Encrypted).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_kill_before_what_was_read_is_kept_does_not_lose_it() {
        super::what_was_read_and_not_kept(Encrypted).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn killed_again_and_again_it_answers_each_once_and_in_order() {
        super::again_and_again(Encrypted).await;
    }
}
