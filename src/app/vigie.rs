//! The dispatcher: every event, whatever the network, ends here and is answered here.

mod making;
mod pressing;
mod running;

use super::answer::{Answer, Outcome, fault, reference};
use super::buttons::{Buttons, Unkept};
use super::clock::Clock;
use super::counts;
use super::pace::{Pace, Verdict};
use super::reminders::Reminders;
use super::scheduling::Scheduling;
use super::shelf::Shelf;
use super::standing;
use crate::commands;
use crate::commands::{Cabinet, Chance, Context, Files, Here, Lasts, Seal, Tried};
use crate::config::Settings;
use crate::domain::accommodation::may_tell_of_health;
use crate::domain::belonging::stands_alone;
use crate::domain::key::TenantKey;
use crate::domain::permission::Deed;
use crate::store::{Arrival, Sealing, Store, StoreError};
use crate::views;
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tracing::Instrument as _;
use vigie_chat::{
    App, CommandSet, CompletionQuery, Connector, ConnectorName, Draft, Event, Handled, Origin, Privacy, Reply, RoomId,
    Sealed, SendError, Space, SpaceId, Suggestion, Token, Value, Visibility,
};

/// The application, as connectors see it.
pub struct Vigie {
    shelf: Arc<Shelf>,
    settings: Arc<Settings>,
    commands: Arc<CommandSet>,
    store: Store,
    cabinet: Cabinet,
    buttons: Arc<Buttons>,
    clock: Clock,
    /// None where one person alone asks.
    pace: Option<Pace>,
    chance: Chance,
    tried: Tried,
    networks: Arc<[Arc<dyn Connector>]>,
    reminders: OnceLock<Arc<Reminders>>,
    scheduling: OnceLock<Arc<Scheduling>>,
}

impl std::fmt::Debug for Vigie {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vigie").field("settings", &self.settings).field("store", &self.store).finish_non_exhaustive()
    }
}

/// How long an answer may take before the person is shown that it is on its way.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long a command may take. Networks take no answer after some minutes (15 on Discord).
const LONGEST: Duration = Duration::from_mins(1);

impl Vigie {
    fn context(&self, origin: Origin, here: Option<Here>, files: Files) -> Context {
        Context {
            library: self.shelf.library(),
            settings: Arc::clone(&self.settings),
            commands: Arc::clone(&self.commands),
            seal: self.seal(origin.clone(), here.as_ref().map(|here| here.tenant)),
            origin,
            here,
            files,
            store: self.store.clone(),
            cabinet: self.cabinet.clone(),
            now: (self.clock)(),
            chance: Arc::clone(&self.chance),
            tried: Arc::clone(&self.tried),
            networks: Arc::clone(&self.networks),
        }
    }

    /// Who asks. What anybody may ask is answered without the store; who asks for what is kept of them isn't met, which would
    /// make them known.
    async fn here(&self, deed: Deed, origin: &Origin) -> Result<Option<Here>, StoreError> {
        if matches!(deed, Deed::Ask | Deed::OwnData) {
            return Ok(None);
        }
        standing::here(origin, &self.store, (&self.settings, &self.networks), (self.clock)()).await
    }

    /// What makes a message fit to be pressed elsewhere than where it was asked for: in the same space, or on another network
    /// that the space spans.
    fn seal(&self, origin: Origin, tenant: Option<TenantKey>) -> Seal {
        let buttons = Arc::clone(&self.buttons);
        Arc::new(move |draft, lasts, network| {
            let (buttons, mut origin) = (Arc::clone(&buttons), origin.clone());
            if network != origin.connector {
                // Which of its spaces the message goes to isn't known: whoever presses is judged by where they press.
                (origin.connector, origin.space) = (network, None);
            }
            Box::pin(async move {
                let sealing = Sealing { tenant, ..Sealing::from(&origin) };
                sealed(&buttons, draft, lasts, sealing).await
            })
        })
    }

    /// Whether the answer to an event is for the person alone, as far as can be told beforehand. In doubt it is: that an
    /// answer is coming can tell already what was asked.
    fn privacy(&self, event: &Event) -> Privacy {
        let private = match event {
            Event::Command { invocation, .. } => {
                let spec = self.commands.find(&invocation.path);
                let of_health = |value: &Value| matches!(value, Value::Text(text) if may_tell_of_health(text));
                spec.is_some_and(|spec| spec.visibility == Visibility::Private)
                    || invocation.args.values().any(of_health)
            }
            Event::Text { text, .. } => may_tell_of_health(text),
            Event::Submit { .. } | Event::Misread { .. } => true,
            Event::Press { .. } => false,
        };
        if private { Privacy::Private } else { Privacy::Public }
    }

    async fn answer(&self, event: Event, reply: &Arc<dyn Reply>) -> Result<Outcome, SendError> {
        Ok(Outcome::Say(match event {
            Event::Command { invocation, origin } => self.run(invocation, origin, reply).await,
            Event::Misread { misread, .. } => Answer::new(views::problem::misread(&misread), Handled::Misread),
            Event::Text { text, origin } => self.text(text, origin, reply).await,
            Event::Press { token, origin } => return self.press(token, origin, reply).await,
            Event::Submit { token, fields, origin } => self.submit(&token, fields, origin, reply).await,
        }))
    }

    /// Sends an answer; one that can't be delivered in private is announced where it was asked.
    async fn say(&self, answer: Answer, origin: &Origin, reply: &dyn Reply) -> Handled {
        debug_assert_eq!(answer.draft.check(), Vec::new(), "a view breaks a rule of the networks");
        let private = answer.draft.privacy == Privacy::Private;
        let sealing = Sealing { tenant: answer.made_in, ..Sealing::from(origin) };
        let sealed = sealed(&self.buttons, answer.draft, Lasts::AsUsual, sealing).await;
        let sent = if answer.replaces { reply.update(&sealed).await } else { reply.send(&sealed).await };
        let sent = match sent {
            Err(SendError::DirectClosed) if private => {
                let told = views::problem::direct_closed().seal(|_| Token::new(""));
                reply.send(&told).await
            }
            Err(SendError::TooLarge(_)) => reply.send(&views::problem::without_files(sealed)).await,
            sent => sent,
        };
        match sent {
            Ok(_) => answer.handled,
            // The connector has noted it.
            Err(SendError::Expired) => Handled::Fault,
            Err(error) => {
                tracing::warn!(%error, "an answer could not be sent");
                Handled::Fault
            }
        }
    }

    /// What to do with what somebody asks. A form is always taken: who filled it in was answered when it was opened.
    fn verdict(&self, event: &Event) -> Verdict {
        match &self.pace {
            Some(pace) if !matches!(event, Event::Submit { .. }) => pace.asks(event.origin(), (self.clock)()),
            _ => Verdict::Answer,
        }
    }

    /// Answers an event, or not, where its person asks too fast.
    async fn paced(&self, event: Event, reply: Arc<dyn Reply>) -> Handled {
        match self.verdict(&event) {
            Verdict::Answer => self.answered(event, reply).await,
            Verdict::Tell(wait) => {
                let told = Answer::new(views::problem::too_fast(wait.as_secs()), Handled::Refused);
                self.say(told, event.origin(), reply.as_ref()).await
            }
            Verdict::Leave => Handled::Refused,
        }
    }

    /// What the network reports, in the space that the room joined, where it joined one.
    async fn at_home(&self, mut origin: Origin) -> Origin {
        if !stands_alone(&origin) {
            return origin;
        }
        match self.store.joined_space(&origin.connector, &origin.room.id, (self.clock)()).await {
            Ok(Some(space)) => origin.space = Some(space),
            Ok(None) => {}
            // In its own space the room has nothing of anybody else's, and is answered.
            Err(error) => tracing::error!(%error, "the space that a room joined is not known"),
        }
        origin
    }

    /// Answers an event, and shows that the answer is on its way when it takes long.
    async fn answered(&self, mut event: Event, reply: Arc<dyn Reply>) -> Handled {
        let shelf_now = Arc::clone(&self.shelf);
        let refreshed = tokio::task::spawn_blocking(move || shelf_now.refresh());
        // A long reload doesn't keep anybody waiting: what is in force answers.
        let _ = tokio::time::timeout(PATIENCE / 4, refreshed).await;
        let reported = event.origin().clone();
        *event.origin_mut() = self.at_home(reported.clone()).await;
        let privacy = self.privacy(&event);
        let mut answering = std::pin::pin!(self.answer(event, &reply));
        let outcome = tokio::select! {
            outcome = &mut answering => outcome,
            () = tokio::time::sleep(PATIENCE) => {
                if let Err(error) = reply.progress(privacy).await {
                    tracing::debug!(%error, "progress could not be shown");
                }
                answering.await
            }
        };
        // Once more: the command may have moved its own room, and what can be pressed under the answer is there.
        let origin = self.at_home(reported).await;
        match outcome {
            Ok(Outcome::Say(answer)) => self.say(answer, &origin, reply.as_ref()).await,
            Ok(Outcome::FormOpened) => Handled::Done,
            Err(error) => self.say(fault("form", &error.to_string()), &origin, reply.as_ref()).await,
        }
    }
}

/// The message with tokens. A store that fails, or keeps the person waiting, takes the buttons away, not the answer.
async fn sealed(buttons: &Buttons, draft: Draft, lasts: Lasts, sealing: Sealing<'_>) -> Sealed {
    match buttons.seal_for(draft, lasts, sealing).await {
        Ok(sealed) => sealed,
        Err(Unkept { message, why }) => {
            let reference = reference();
            tracing::error!(reference, %why, "an answer goes without its buttons");
            views::problem::without_buttons(*message, &reference)
        }
    }
}

#[async_trait]
impl App for Vigie {
    fn commands(&self) -> &CommandSet {
        &self.commands
    }

    async fn handle(&self, event: Event, reply: Arc<dyn Reply>) -> Handled {
        let (kind, connector) = (counts::kind(&event), event.origin().connector.clone());
        let span = tracing::info_span!("event", %connector, id = counts::hashed(&event.origin().event), kind);
        let since = tokio::time::Instant::now();
        let handled = self.paced(event, reply).instrument(span.clone()).await;
        let took = since.elapsed();
        span.in_scope(|| {
            tracing::debug!(outcome = counts::outcome(handled), milliseconds = took.as_millis(), "answered");
        });
        counts::answered(&connector, kind, handled, took);
        // What was asked for may change what people are reminded of, and what calendars show.
        self.reminders().stir();
        self.scheduling().stir();
        handled
    }

    async fn say_what_is_due(&self) {
        if let Err(error) = self.reminders().settle().await {
            tracing::error!(%error, "reminders could not be looked at");
        }
    }

    async fn next_due(&self) -> Option<Timestamp> {
        self.reminders().next().await.unwrap_or_else(|error| {
            tracing::error!(%error, "reminders could not be looked at");
            None
        })
    }

    async fn complete(&self, query: CompletionQuery) -> Vec<Suggestion> {
        counts::completed(&query.origin.connector);
        if self.pace.as_ref().is_some_and(|pace| !pace.types(&query.origin, (self.clock)())) {
            return Vec::new();
        }
        // Who may not do it is suggested nothing of it.
        let Some(deed) = commands::deed(&query.invocation.path) else { return Vec::new() };
        let origin = self.at_home(query.origin.clone()).await;
        let here = self.here(deed, &origin).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a completion goes without the store");
            None
        });
        if standing::allow(deed, here.as_ref()).is_err() {
            return Vec::new();
        }
        commands::complete(&query, &self.shelf.library(), here.map(|here| (here, self.store.clone()))).await
    }

    async fn joined(&self, connector: &ConnectorName, space: &Space) -> Option<Sealed> {
        match self.store.joined(connector, space, (self.clock)()).await {
            Ok(Arrival::Newcomer | Arrival::Returned) => {
                counts::space(connector, "joined");
                Some(views::welcome::welcome().seal(|_| Token::new("")))
            }
            Ok(Arrival::Known) => None,
            Err(error) => {
                // Silence rather than a welcome at each start.
                tracing::error!(%error, "a space that was joined could not be noted");
                None
            }
        }
    }

    async fn left(&self, connector: &ConnectorName, space: &SpaceId) {
        counts::space(connector, "left");
        if let Err(error) = self.store.left(connector, space, (self.clock)()).await {
            tracing::error!(%error, "a space that was left could not be noted; the next start asks again");
        }
    }

    async fn moved(&self, connector: &ConnectorName, from: &RoomId, to: &RoomId) -> bool {
        let moved = self.store.move_room(connector, from, to).await;
        if let Err(error) = &moved {
            tracing::error!(%error, "a room that continues as another could not be followed");
        }
        moved.is_ok()
    }

    async fn spaces(&self, connector: &ConnectorName) -> Vec<SpaceId> {
        self.store.present(connector).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the spaces could not be read");
            Vec::new()
        })
    }
}
