//! Discord as a network of the port: from logging in to taking leave.

use crate::{
    NAME, again,
    crew::Crew,
    events,
    gateway::{Ear, Ended, Gate, Heard, Next, Plan, Session, Watch},
    options::Options,
    registering,
    rest::{Call, Failure, Rest},
    send::{self, Post},
    threads,
    wire::{Me, Wire},
};
use async_trait::async_trait;
use jiff::Timestamp;
use serde::Deserialize;
use serenity::all::{ApplicationId, ChannelId, Event, GuildId, UserId};
use serenity::http::Route;
use std::{num::NonZeroU32, sync::Arc, time::Duration};
use tokio::sync::mpsc::UnboundedReceiver;
use vigie_chat::{
    App, Connector, ConnectorError, ConnectorName, Destination, IdempotencyKey, MessageRef, Opened, PersonId, RoomId,
    Scheduled, ScheduledId, Sealed, SendError, Shutdown, SpaceId, WebLink,
};

/// How long what is being answered may take once the process was asked to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// A session of such a length was a good one: what comes next starts anew.
const GOOD: Duration = Duration::from_mins(1);

/// Messages a second that nobody asked for just now: of the 50 requests that Discord takes, the others are for answers.
const BY_ITSELF: NonZeroU32 = NonZeroU32::new(40).expect("not zero");

/// The bot on Discord.
pub struct Discord {
    wire: Arc<Wire>,
    options: Options,
}

#[derive(Deserialize)]
struct CurrentUser {
    id: UserId,
}

#[derive(Deserialize)]
struct CurrentApplication {
    id: ApplicationId,
}

/// Why a session is over.
enum Left {
    /// The process was asked to stop.
    Asked,
    /// It was lost, or left for a while.
    Over,
    /// There can be no other.
    For(ConnectorError),
}

/// What listening needs.
struct Ears {
    gate: Gate,
    plan: Plan,
    heard: UnboundedReceiver<Heard>,
    crew: Crew,
}

impl Discord {
    /// A bot that isn't connected yet.
    ///
    /// # Errors
    ///
    /// [`ConnectorError::Refused`] when no HTTP client can be made.
    pub fn new(options: Options) -> Result<Self, ConnectorError> {
        let rest = Rest::new(&options).map_err(|error| ConnectorError::Refused(error.to_string()))?;
        let wire = Wire::new(rest, Arc::clone(&options.notebook), Arc::clone(&options.clock));
        Ok(Self { wire: Arc::new(wire), options })
    }

    /// Learns who the bot is, however long Discord can't be reached.
    async fn log_in(&self) -> Result<Me, ConnectorError> {
        let mut waits = self.options.patience.endless();
        loop {
            let failure = match self.who_am_i().await {
                Ok(me) => return Ok(me),
                Err(failure) => failure,
            };
            if failure.is_unauthorized() {
                return Err(revoked());
            }
            if let Failure::Unsendable(why) = &failure {
                return Err(ConnectorError::Refused(format!(
                    "the token (DISCORD_TOKEN) or the address (VIGIE_DISCORD_API_BASE) can't be used: {why}"
                )));
            }
            let wait = waits.wait();
            tracing::warn!(%failure, seconds = wait.as_secs(), "Discord can't be reached; trying again");
            tokio::time::sleep(wait).await;
        }
    }

    /// Asks Discord once whether it takes the token.
    ///
    /// # Errors
    ///
    /// [`ConnectorError::Refused`] when it doesn't, [`ConnectorError::Lost`] when it can't be told.
    pub async fn check(&self) -> Result<(), ConnectorError> {
        match self.who_am_i().await {
            Ok(_) => Ok(()),
            Err(failure) if failure.is_unauthorized() => Err(revoked()),
            Err(failure) => Err(ConnectorError::Lost(failure.to_string())),
        }
    }

    async fn who_am_i(&self) -> Result<Me, Failure> {
        let user: CurrentUser = self.wire.rest.ask(Call::get(Route::UserMe)).await?;
        let application: CurrentApplication = self.wire.rest.ask(Call::get(Route::Oauth2ApplicationCurrent)).await?;
        Ok(Me { application: application.id, user: user.id })
    }

    /// Registers the commands, however long Discord fails. Whoever has them already can use them meanwhile.
    async fn register(wire: Arc<Wire>, me: Me, app: Arc<dyn App>, options: Options) {
        let mut waits = options.patience.endless();
        loop {
            let wait = waits.wait();
            match registering::register(&wire, me, app.commands(), options.commands_in).await {
                Ok(ids) => return wire.registered(ids),
                Err(failure @ Failure::Refused { .. }) => {
                    return tracing::error!(
                        %failure,
                        "Discord refuses the commands; was the bot invited with the scope applications.commands?"
                    );
                }
                Err(failure) => {
                    tracing::warn!(%failure, seconds = wait.as_secs(), "the commands aren't registered yet");
                }
            }
            tokio::time::sleep(wait).await;
        }
    }

    /// When and where to connect, however long Discord can't be reached.
    async fn plan(&self, gate: &mut Gate) -> Result<Plan, ConnectorError> {
        let mut waits = self.options.patience.endless();
        loop {
            let wait = match gate.next().await {
                Ok(Next::Connect(plan)) => return Ok(plan),
                Ok(Next::Wait(wait)) => wait,
                Err(failure) if failure.is_unauthorized() => return Err(revoked()),
                Err(failure) => {
                    tracing::warn!(%failure, "Discord's gateway isn't known");
                    waits.wait()
                }
            };
            tokio::time::sleep(wait).await;
        }
    }

    /// Listens to one session until it ends or `shutdown` resolves; what is heard is taken up by `crew`.
    async fn listen(&self, mut session: Session, ears: &mut Ears, shutdown: &mut Shutdown) -> Left {
        let Ears { gate, plan, heard, crew } = ears;
        let mut watch = Watch::new(plan.connections());
        let mut looks = tokio::time::interval(Watch::EVERY);
        loop {
            let identified = tokio::select! {
                () = &mut *shutdown => {
                    session.stop().await;
                    return Left::Asked;
                }
                Some(Heard { event, at }) = heard.recv() => {
                    let again = matches!(*event, Event::Ready(_)) && watch.ready();
                    crew.take(*event, plan, at);
                    usize::from(again)
                }
                _ = looks.tick() => watch.look(session.health().await),
                ended = session.ended() => return match ended {
                    Ended::Over => Left::Over,
                    Ended::Refused(why) => Left::For(ConnectorError::Refused(why)),
                },
                () = self.wire.rest.revoked() => {
                    session.stop().await;
                    return Left::For(revoked());
                }
            };
            let too_fast = if identified > 0 { gate.identified(identified).await } else { None };
            if let Some(wait) = too_fast {
                tracing::error!(
                    seconds = wait.as_secs(),
                    "Discord ends each session as soon as it begins; staying away for a while"
                );
            } else if watch.is_lost() {
                tracing::warn!("a connection to Discord doesn't come back; opening all anew");
            } else {
                continue;
            }
            session.stop().await;
            return Left::Over;
        }
    }
}

fn revoked() -> ConnectorError {
    ConnectorError::Refused(
        "Discord does not accept the token (DISCORD_TOKEN); copy it anew from the developer portal (Bot, Reset Token)"
            .to_owned(),
    )
}

#[async_trait]
impl Connector for Discord {
    fn name(&self) -> ConnectorName {
        ConnectorName::new(NAME)
    }

    async fn run(&self, app: Arc<dyn App>, mut shutdown: Shutdown) -> Result<(), ConnectorError> {
        tracing::info!(shards = %self.options.shards, "connecting to Discord");
        let me = tokio::select! {
            me = self.log_in() => me?,
            () = &mut shutdown => return Ok(()),
        };
        self.wire.logged_in(me);
        let registering =
            tokio::spawn(Self::register(Arc::clone(&self.wire), me, Arc::clone(&app), self.options.clone()));
        let (ear, heard) = Ear::new(Arc::clone(&self.wire.clock));
        let mut ears = Ears {
            gate: Gate::new(Arc::clone(&self.wire), self.options.shards),
            plan: Plan::default(),
            heard,
            crew: Crew::new(Arc::clone(&self.wire), app),
        };
        let mut waits = self.options.patience.endless();
        let end = loop {
            ears.plan = tokio::select! {
                plan = self.plan(&mut ears.gate) => match plan {
                    Ok(plan) => plan,
                    Err(error) => break Err(error),
                },
                () = &mut shutdown => break Ok(()),
            };
            let session = match Session::start(Arc::clone(&self.wire.rest.http), &ears.plan, Arc::clone(&ear)).await {
                Ok(session) => session,
                Err(error) => break Err(ConnectorError::Lost(error.to_string())),
            };
            let since = tokio::time::Instant::now();
            match self.listen(session, &mut ears, &mut shutdown).await {
                Left::Asked => break Ok(()),
                Left::For(error) => break Err(error),
                Left::Over if since.elapsed() > GOOD => waits = self.options.patience.endless(),
                Left::Over => {}
            }
            tokio::select! {
                () = tokio::time::sleep(waits.wait()) => {}
                () = &mut shutdown => break Ok(()),
            }
        };
        registering.abort();
        let Ears { plan, mut heard, mut crew, .. } = ears;
        // What arrived before the stop is still answered.
        while let Ok(Heard { event, at }) = heard.try_recv() {
            crew.take(*event, &plan, at);
        }
        if tokio::time::timeout(DRAIN, crew.drain()).await.is_err() {
            tracing::warn!("some answers were not ready in time for the stop");
        }
        end
    }

    async fn send(&self, to: &Destination, message: &Sealed, key: &IdempotencyKey) -> Result<MessageRef, SendError> {
        match to {
            Destination::Room(room) => {
                let channel = channel(room)?;
                send::post(&self.wire, message, &Post { channel, key: key.as_str(), answers: None }).await
            }
            Destination::Direct(person) => {
                let person = person.as_str().parse().map_err(|_| SendError::Gone)?;
                send::direct(&self.wire, person, message, key.as_str()).await
            }
        }
    }

    fn sends_per_second(&self) -> Option<NonZeroU32> {
        Some(BY_ITSELF)
    }

    fn can_send(&self) -> bool {
        self.wire.me().is_some()
    }

    async fn send_again(
        &self,
        to: &Destination,
        message: &Sealed,
        key: &IdempotencyKey,
        since: Timestamp,
    ) -> Result<MessageRef, SendError> {
        if again::is_still_known(since, (self.wire.clock)()) {
            return self.send(to, message, key).await;
        }
        match to {
            Destination::Room(room) => again::post(&self.wire, channel(room)?, message, (key.as_str(), since)).await,
            Destination::Direct(person) => {
                let person = person.as_str().parse().map_err(|_| SendError::Gone)?;
                again::direct(&self.wire, person, message, (key.as_str(), since)).await
            }
        }
    }

    async fn edit(&self, sent: &MessageRef, message: &Sealed) -> Result<(), SendError> {
        send::edit(&self.wire, sent, message).await.map(|_| ())
    }

    async fn open_room(
        &self,
        near: &RoomId,
        name: &str,
        people: &[PersonId],
        key: &IdempotencyKey,
    ) -> Result<Opened, SendError> {
        threads::open(&self.wire, channel(near)?, name, people, key).await
    }

    async fn let_in(&self, room: &RoomId, people: &[PersonId]) -> Result<Vec<PersonId>, SendError> {
        threads::let_in(&self.wire, channel(room)?, people).await
    }

    async fn take_out(&self, room: &RoomId, people: &[PersonId]) -> Result<(), SendError> {
        threads::take_out(&self.wire, channel(room)?, people).await
    }

    fn has_events(&self) -> bool {
        true
    }

    async fn schedule(
        &self,
        space: &SpaceId,
        event: &Scheduled,
        known: Option<&ScheduledId>,
    ) -> Result<ScheduledId, SendError> {
        events::schedule(&self.wire, server(space)?, event, known).await
    }

    async fn find_event(
        &self,
        space: &SpaceId,
        event: &Scheduled,
        others: &[ScheduledId],
    ) -> Result<Option<ScheduledId>, SendError> {
        events::find(&self.wire, server(space)?, event, others).await
    }

    async fn unschedule(&self, space: &SpaceId, event: &ScheduledId) -> Result<(), SendError> {
        events::unschedule(&self.wire, server(space)?, event).await
    }

    fn link_to(&self, space: Option<&SpaceId>, message: &MessageRef) -> Option<WebLink> {
        send::link(space, message)
    }
}

fn server(space: &SpaceId) -> Result<GuildId, SendError> {
    space.as_str().parse().map_err(|_| SendError::Gone)
}

fn channel(room: &RoomId) -> Result<ChannelId, SendError> {
    room.as_str().parse().map_err(|_| SendError::Gone)
}
