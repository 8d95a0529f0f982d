//! Completion: at once, and no more than Discord takes.

use crate::{desk::Desk, town::Town};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn completion_waits_for_nobody_and_fits() {
    let (town, desk) = (Town::open().await, Desk::new());
    let bot = town.bot(desk.clone()).await;
    let slow = town.alice.sends(&town.general, "/lent");
    desk.until("the slow command is heard", |state| state.heard.len() == 1).await;
    let offered = town.alice.completes(&town.general, "/cherche mot:rgpd").await;
    assert!(offered.after < Duration::from_secs(1), "{:?}", offered.after);
    assert_eq!(offered.suggestions.len(), 25);
    for suggestion in &offered.suggestions {
        assert_eq!(suggestion.name.chars().count(), 100);
        assert_eq!(suggestion.value, "rgpd");
    }
    assert_eq!(desk.look().heard, ["lent"]);
    desk.lets_go();
    slow.answered().await.says("Voilà.");
    bot.stops().await;
}
