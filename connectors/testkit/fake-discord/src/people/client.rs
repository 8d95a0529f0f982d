//! Sending an interaction, and waiting for what comes of it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::Shown;
use crate::{
    gateway::intents,
    hub::{Hub, State},
    id::Id,
    interaction::{First, InteractionData},
    payload::{self, Invocation},
};

/// How long a deferred answer may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// An interaction that was sent and whose answer isn't awaited yet.
#[derive(Clone, Debug)]
pub struct Pending {
    hub: Arc<Hub>,
    id: Id,
    person: Id,
    label: String,
}

/// Why an interaction got no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// No session of the bot hears of it, connected or to be resumed.
    #[error("no session of the bot hears of it")]
    NobodyListens,
    /// Three seconds went by on the fake's clock: "The application did not respond".
    #[error("the application did not respond within 3 s")]
    TooLate,
    /// It was deferred, and nothing came within ten seconds.
    #[error("the application is still thinking after 10 s")]
    StillThinking,
}

/// Sends what a person did to the bot.
pub(super) fn send(hub: &Arc<Hub>, invocation: Invocation) -> Pending {
    let id = hub.change(|state| {
        let id = state.new_id();
        let token = BASE64_URL_SAFE_NO_PAD.encode(format!("interaction:{id}:{:032x}", u128::from(id.get()) * 0x9e37));
        let value = payload::interaction(state, id, &token, &invocation);
        let place = state.place(invocation.channel).expect("people act in channels that exist");
        let interaction = InteractionData {
            id,
            token,
            kind: invocation.kind,
            user: invocation.user,
            channel: invocation.channel,
            guild: place.guild(),
            created_ms: state.now_ms(),
            sent_at: Instant::now(),
            first: None,
            first_after: None,
            done_after: None,
            original: None,
            shown: Vec::new(),
            heard: 0,
        };
        state.interactions.add(interaction);
        let heard = state.emit("INTERACTION_CREATE", place.into(), intents::NONE, &value);
        if let Some(interaction) = state.interactions.get_mut(id) {
            interaction.heard = heard;
        }
        id
    });
    Pending { hub: Arc::clone(hub), id, person: invocation.user, label: invocation.label }
}

impl Pending {
    /// The interaction's id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Waits until there is something to see: a message, a form, completions. A deferred answer awaits its content.
    ///
    /// # Panics
    ///
    /// When the bot doesn't answer in time.
    pub async fn answered(self) -> Shown {
        let label = self.label.clone();
        let outcome = self.outcome().await;
        outcome.unwrap_or_else(|why| panic!("{label}: {why}"))
    }

    /// Waits as [`Self::answered`] does, without failing the test.
    ///
    /// # Errors
    ///
    /// When no answer came.
    pub async fn outcome(self) -> Result<Shown, Unanswered> {
        let judged = self.hub.until(PATIENCE, |state| judge(state, self.id)).await;
        let verdict = judged.unwrap_or_else(|| self.hub.look(|state| impatient(state, self.id)));
        verdict.map(|()| Shown::of_interaction(&self.hub, self.person, self.id))
    }

    /// Waits for the first answer only, be it "thinking".
    ///
    /// # Errors
    ///
    /// When no answer came.
    pub async fn acknowledged(&self) -> Result<Duration, Unanswered> {
        let judged = self.hub.until(PATIENCE, |state| {
            let interaction = state.interactions.get(self.id)?;
            match interaction.first_after {
                Some(after) => Some(Ok(after)),
                None => judge(state, self.id).map(|verdict| verdict.map(|()| Duration::ZERO)),
            }
        });
        judged.await.unwrap_or(Err(Unanswered::TooLate))
    }

    /// What is to be seen now, without waiting.
    #[must_use]
    pub fn now(&self) -> Shown {
        Shown::of_interaction(&self.hub, self.person, self.id)
    }
}

/// Whether an interaction has come to its end, and how.
fn judge(state: &State, id: Id) -> Option<Result<(), Unanswered>> {
    let interaction = state.interactions.get(id)?;
    if interaction.heard == 0 {
        Some(Err(Unanswered::NobodyListens))
    } else if interaction.done_after.is_some() {
        Some(Ok(()))
    } else if interaction.is_dead(state.now_ms()) {
        Some(Err(Unanswered::TooLate))
    } else {
        None
    }
}

fn impatient(state: &State, id: Id) -> Result<(), Unanswered> {
    match state.interactions.get(id).and_then(|interaction| interaction.first.as_ref()) {
        Some(First::Deferred | First::DeferredUpdate) => Err(Unanswered::StillThinking),
        _ => Err(Unanswered::TooLate),
    }
}
