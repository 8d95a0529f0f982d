//! A homeserver that asks for patience is obeyed.

use crate::{
    meeting::{Meeting, answers, numbers},
    town::{self, Privacy},
};
use homeserver::{Rate, Settings};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_is_answered_whole_and_in_order_where_little_may_be_said_at_once() {
    let tight = Rate { burst: 3, per_second: 2.0 };
    let Some(server) = town::own(Settings::default().messages(tight)).await else { return };
    let meeting = Meeting::on(&server, Privacy::Plain).await;
    // She may write as she likes.
    server.limit(meeting.alice.id(), Rate::UNLIMITED).await.expect("it is set");
    meeting.asks(numbers(1, 12)).await;
    assert_eq!(meeting.all_said().await, answers(numbers(1, 12)));
    assert_eq!(meeting.desk.look().heard.len(), 14, "each was handled once");
}
