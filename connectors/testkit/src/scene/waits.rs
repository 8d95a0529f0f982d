//! Waiting for what must be seen or heard.

use super::Scene;
use crate::{Actor, Ending, Entry, Shown, Trouble, ending::ensure};
use vigie_chat::Handled;

/// Each returns [`Trouble::Failed`](crate::Trouble::Failed) when what is waited for doesn't come in time ([`crate::Bell::patience`]).
#[allow(clippy::missing_errors_doc, reason = "said once, above")]
impl Scene {
    /// Waits until somebody sees what is looked for among all that they see.
    pub async fn awaits<T>(&self, who: Actor, what: &str, mut look: impl FnMut(&[Shown]) -> Option<T>) -> Ending<T> {
        let mut rings = self.stage.bell().rings();
        loop {
            if let Some(found) = look(&self.stage.sees(who).await) {
                return Ok(found);
            }
            if !rings.again().await {
                return Err(Trouble::Failed(format!("{} never sees {what}", who.name())));
            }
        }
    }

    /// Waits until somebody sees a message that says these words: the last one, if there are several.
    pub async fn hears(&self, who: Actor, words: &str) -> Ending<Shown> {
        let find = |seen: &[Shown]| seen.iter().rfind(|shown| shown.says(words)).cloned();
        self.awaits(who, &format!("{words:?}"), find).await
    }

    /// Waits until the application has heard, and answered to the end, this many events.
    pub async fn answered(&self, events: usize) -> Ending<Vec<Entry>> {
        let all_ended = |entries: &Vec<Entry>| entries.iter().filter(|entry| entry.ended.is_some()).count() >= events;
        let found = self
            .app
            .bell()
            .until_within(self.stage.bell().patience(), || Some(self.app.heard()).filter(all_ended))
            .await;
        found.ok_or_else(|| Trouble::Failed(format!("the application never answers {events} events")))
    }

    /// Waits until the application has heard this many events, answered or not.
    pub async fn reached(&self, events: usize) -> Ending {
        let found = self
            .app
            .bell()
            .until_within(self.stage.bell().patience(), || (self.app.heard().len() >= events).then_some(()))
            .await;
        found.ok_or_else(|| Trouble::Failed(format!("the application never hears {events} events")))
    }

    /// How the last event of the application ended.
    pub async fn ended(&self, events: usize, handled: Handled) -> Ending {
        let entries = self.answered(events).await?;
        let last = entries.last().and_then(|entry| entry.ended.clone());
        ensure!(last == Some(Ok(handled)), "the last event ended as {last:?} and not as {handled:?}");
        Ok(())
    }

    /// Gives whatever could go on now the time to do so. It proves nothing by itself: a fault that shows later isn't seen.
    pub async fn lets_others_go_on(&self) {
        for _ in 0..200 {
            // A task of the runtime stands behind those that were ready before it; it doesn't panic.
            let _ = tokio::spawn(tokio::task::yield_now()).await;
        }
    }

    /// How many messages that somebody sees say these words.
    pub async fn count(&self, who: Actor, words: &str) -> usize {
        self.stage.sees(who).await.iter().filter(|shown| shown.says(words)).count()
    }
}
