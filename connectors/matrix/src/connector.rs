//! Matrix as a network of the port: from logging in to taking leave.

use crate::{
    NAME,
    account::{self, Account, Awake, DeviceAge, LastEnd, Lock},
    crew::{Crew, Occasion},
    failure::{Failure, Soft},
    hear,
    options::Options,
    render::Limits,
    rooms::{self, Tenants},
    send::{self, Post},
    sync::{self, Known, News, Reader},
    wire::{Online, Wire},
};
use async_trait::async_trait;
use futures::{StreamExt as _, stream::BoxStream};
use matrix_sdk::Client;
use ruma::{TransactionId, UserId, events::room::member::MembershipState};
use std::{num::NonZeroU32, sync::Arc, time::Duration};
use vigie_chat::{
    App, Connector, ConnectorError, ConnectorName, Destination, IdempotencyKey, Membership, MessageRef, Opened,
    PersonId, RoomId, Sealed, SendError, Shutdown, SpaceId, WebLink,
};

/// How long what is being answered may take once the process was asked to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// How often what can't be decrypted is looked at.
const LOOK: Duration = Duration::from_secs(5);
/// Largest file when the homeserver doesn't tell: what the specification's servers take at least, in bytes.
const UPLOAD: usize = 10 << 20;

/// The bot on Matrix.
pub struct Matrix {
    wire: Arc<Wire>,
}

/// What listening needs.
struct Ears {
    online: Arc<Online>,
    app: Arc<dyn App>,
    tenants: Arc<Tenants>,
    crew: Crew,
    /// Rings when keys came that could open what couldn't be read.
    keys: BoxStream<'static, ()>,
}

/// What is held for as long as the bot runs.
struct Held {
    lock: Lock,
    awake: Awake,
}

impl Matrix {
    /// A bot that isn't logged in yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { wire: Arc::new(Wire::new(options)) }
    }

    /// Everything until the bot can answer: logged in, the state of its rooms known, its keys settled.
    async fn start(&self, app: &Arc<dyn App>) -> Result<(Reader, Ears, Held), ConnectorError> {
        let Account { client, cipher, device, lock } = account::open(&self.wire.options).await?;
        let folder = &self.wire.options.folder;
        let begun = Awake::begin(folder);
        let (awake, last_end) = begun
            .map_err(|error| ConnectorError::Refused(format!("{} can't be written: {error}", folder.display())))?;
        let Some(me) = client.user_id().map(ToOwned::to_owned) else {
            return Err(ConnectorError::Lost("the session has no account".to_owned()));
        };
        let limits = Limits::with_uploads_of(upload_limit(&client).await);
        let online = Arc::new(Online { client, me, cipher, limits });
        let inbox = &self.wire.options.inbox;
        let mark = inbox.mark().await.map_err(|error| ConnectorError::Lost(error.to_string()))?;
        if device == DeviceAge::New && mark.is_some() {
            tracing::info!(
                "a new device takes over: what was said since the last one stopped is answered where it can be read"
            );
        }
        // After a power cut the SDK's store may be older than the mark, and what is between is told no more.
        let state = match (device, last_end) {
            (DeviceAge::Known, LastEnd::Clean) => Known::Yes,
            (DeviceAge::New, _) | (_, LastEnd::Sudden) => Known::No,
        };
        let mut reader =
            Reader::new(Arc::clone(&self.wire), Arc::clone(&online), Arc::clone(app), mark.as_deref(), state);
        let news = self.patiently(&mut reader).await?;
        account::settle(&self.wire.options, &online.client).await?;
        if last_end == LastEnd::Sudden {
            let given_up = account::give_up_keys(&online.client).await;
            given_up.map_err(|failure| ConnectorError::Lost(failure.to_string()))?;
        }
        self.wire.is_online(Some(Arc::clone(&online)));
        let tenants = Arc::new(Tenants::default());
        let crew = Crew::new(Arc::clone(&self.wire), Arc::clone(&online), Arc::clone(app), Arc::clone(&tenants));
        let keys = keys(&online.client).await;
        let mut ears = Ears { online, app: Arc::clone(app), tenants, crew, keys };
        // What was said before the last stop comes first; the inbox has what was just read too.
        let waiting = inbox.waiting().await.map_err(|error| ConnectorError::Lost(error.to_string()))?;
        for arrival in waiting {
            ears.crew.take(arrival);
        }
        self.look_around(&ears, News { arrivals: Vec::new(), ..news });
        Ok((reader, ears, Held { lock, awake }))
    }

    /// Nothing is said any more, and nothing goes on with the session.
    async fn ends(&self) {
        self.wire.is_online(None);
        self.wire.nothing_aside().await;
    }

    /// The first reading, however long the homeserver can't be reached.
    async fn patiently(&self, reader: &mut Reader) -> Result<News, ConnectorError> {
        let mut waits = self.wire.options.patience.endless();
        loop {
            let failure = match reader.first().await {
                Ok(news) => return Ok(news),
                Err(failure) => failure,
            };
            if let Some(error) = final_word(&failure) {
                return Err(error);
            }
            let wait = waits.next().unwrap_or(self.wire.options.patience.longest());
            tracing::warn!(%failure, seconds = wait.as_secs(), "the homeserver can't be read from; trying again");
            tokio::time::sleep(wait).await;
        }
    }

    /// What is done once at each start, in the background.
    fn look_around(&self, ears: &Ears, mut news: News) {
        let client = &ears.online.client;
        for room in client.joined_rooms() {
            if room.is_tombstoned() {
                news.changed.insert(room.room_id().to_owned());
            }
            news.deserted.insert(room.room_id().to_owned());
        }
        news.invited = sync::invitations(client);
        let (wire, profile_of) = (Arc::clone(&self.wire), client.clone());
        self.wire.aside(async move { account::show(&profile_of, &wire.options.profile).await });
        self.rooms_changed(ears, news, Presence::AtStart);
    }

    /// Acts on what happened in rooms besides words. Nobody's answer waits for it.
    fn rooms_changed(&self, ears: &Ears, mut news: News, presence: Presence) {
        let nothing =
            [news.changed.is_empty(), news.deserted.is_empty(), news.invited.is_empty(), news.left.is_empty()];
        if nothing == [true; 4] && presence == Presence::Since {
            return;
        }
        for room in news.changed.iter().chain(&news.left) {
            ears.tenants.forget(&ears.online.client, room);
        }
        // One invitation that takes its time keeps nothing else waiting; what is joined is looked at with its state.
        for id in std::mem::take(&mut news.invited) {
            let wire = Arc::clone(&self.wire);
            self.wire.aside(async move { rooms::answer(&wire, &id).await });
        }
        let (wire, online) = (Arc::clone(&self.wire), Arc::clone(&ears.online));
        let (app, tenants) = (Arc::clone(&ears.app), Arc::clone(&ears.tenants));
        self.wire.aside(async move {
            // One after the other: who comes must not be told apart from who left at the same time.
            let _turn = wire.rooms.lock().await;
            for id in &news.changed {
                let Some(room) = online.room(id.as_str()) else { continue };
                if room.is_tombstoned() {
                    rooms::follow(&wire, &online, app.as_ref(), &room).await;
                } else if let Some(old) = room.predecessor_room().and_then(|old| online.room(old.room_id.as_str())) {
                    // Just joined, since its predecessor ended.
                    rooms::follow(&wire, &online, app.as_ref(), &old).await;
                }
            }
            for room in news.deserted.iter().filter_map(|id| online.room(id.as_str())) {
                rooms::leave_if_empty(&room).await;
            }
            // Losing precision past 2^52 rooms does no harm.
            #[allow(clippy::cast_precision_loss)]
            metrics::gauge!("vigie_matrix_rooms").set(online.client.joined_rooms().len() as f64);
            for (room, welcome) in tenants.tell(&online.client, app.as_ref()).await {
                let key = format!("welcome {}", room.room_id());
                let said = send::post(&wire, &welcome, &Post { room: &room, key: &key, relation: None }).await;
                if let Err(error) = said {
                    tracing::warn!(%error, "a room could not be greeted");
                }
            }
        });
    }

    /// Listens until `shutdown` resolves or the session is over.
    async fn listen(
        &self,
        reader: &mut Reader,
        ears: &mut Ears,
        shutdown: &mut Shutdown,
    ) -> Result<(), ConnectorError> {
        let mut waits = self.wire.options.patience.endless();
        let mut looks = tokio::time::interval(LOOK);
        loop {
            let read = {
                let mut reading = std::pin::pin!(reader.next());
                loop {
                    tokio::select! {
                        read = &mut reading => break read,
                        () = &mut *shutdown => return Ok(()),
                        Some(()) = ears.keys.next() => ears.crew.look_at_unreadable(Occasion::KeysCame),
                        _ = looks.tick() => ears.crew.look_at_unreadable(Occasion::TimePassed),
                    }
                }
            };
            match read {
                Ok(mut news) => {
                    waits = self.wire.options.patience.endless();
                    let arrivals = std::mem::take(&mut news.arrivals);
                    // First, since it forgets which tenants the rooms belonged to.
                    self.rooms_changed(ears, news, Presence::Since);
                    for arrival in arrivals {
                        ears.crew.take(arrival);
                    }
                }
                Err(failure) => {
                    if let Some(error) = final_word(&failure) {
                        return Err(error);
                    }
                    let wait = waits.next().unwrap_or(self.wire.options.patience.longest());
                    tracing::warn!(%failure, milliseconds = wait.as_millis(), "the homeserver can't be read from; trying again");
                    tokio::select! {
                        () = tokio::time::sleep(wait) => {}
                        () = &mut *shutdown => return Ok(()),
                    }
                }
            }
        }
    }
}

/// When rooms are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    /// At the start: all of them.
    AtStart,
    /// Since something changed.
    Since,
}

/// Why there is no going on after a failure, if there isn't.
fn final_word(failure: &Failure) -> Option<ConnectorError> {
    match failure {
        Failure::LoggedOut { soft } => Some(ConnectorError::Refused(match soft {
            Soft::Yes => {
                "the homeserver asks this device to log in again: give a new access token for the same device, or \
                          remove the Matrix folder in the data folder and start with the password and the recovery key"
                    .to_owned()
            }
            Soft::No => {
                "the homeserver no longer knows this session (the device was signed out or deleted): remove the \
                         Matrix folder in the data folder, then start again with the password (or a new token) and the \
                         recovery key (VIGIE_MATRIX_RECOVERY_KEY)"
                    .to_owned()
            }
        })),
        failure if failure.passes() => None,
        // Something of this one answer: the next start reads it again.
        failure => Some(ConnectorError::Lost(failure.to_string())),
    }
}

async fn upload_limit(client: &Client) -> usize {
    match client.load_or_fetch_max_upload_size().await {
        Ok(limit) => usize::try_from(u64::from(limit)).unwrap_or(UPLOAD),
        Err(_) => UPLOAD,
    }
}

/// Rings whenever keys come.
async fn keys(client: &Client) -> BoxStream<'static, ()> {
    match client.encryption().room_keys_received_stream().await {
        Some(keys) => keys.map(drop).boxed(),
        None => futures::stream::pending().boxed(),
    }
}

#[async_trait]
impl Connector for Matrix {
    fn name(&self) -> ConnectorName {
        ConnectorName::new(NAME)
    }

    async fn run(&self, app: Arc<dyn App>, mut shutdown: Shutdown) -> Result<(), ConnectorError> {
        tracing::info!("connecting to Matrix");
        let started = tokio::select! {
            started = self.start(&app) => started,
            () = &mut shutdown => {
                self.ends().await;
                return Ok(());
            }
        };
        let (mut reader, mut ears, held) = match started {
            Ok(started) => started,
            Err(error) => {
                self.ends().await;
                return Err(error);
            }
        };
        tracing::info!(rooms = ears.online.client.joined_rooms().len(), "connected to Matrix");
        let end = self.listen(&mut reader, &mut ears, &mut shutdown).await;
        if tokio::time::timeout(DRAIN, ears.crew.drain()).await.is_err() {
            tracing::warn!("some answers were not ready in time for the stop; the next start says them");
        }
        self.ends().await;
        // The store of keys is closed before another process may open it.
        drop((reader, ears.online, ears.keys));
        held.awake.end();
        drop(held.lock);
        end
    }

    async fn send(&self, to: &Destination, message: &Sealed, key: &IdempotencyKey) -> Result<MessageRef, SendError> {
        match to {
            Destination::Room(room) => {
                let room = self.wire.online()?.room(room.as_str()).ok_or(SendError::Gone)?;
                send::post(&self.wire, message, &Post { room: &room, key: key.as_str(), relation: None }).await
            }
            Destination::Direct(person) => {
                let person = UserId::parse(person.as_str()).map_err(|_| SendError::Gone)?;
                send::direct(&self.wire, &person, message, key.as_str()).await
            }
        }
    }

    fn sends_per_second(&self) -> Option<NonZeroU32> {
        Some(self.wire.options.sends_per_second)
    }

    fn can_send(&self) -> bool {
        self.wire.online().is_ok()
    }

    async fn membership(&self, space: &SpaceId, person: &PersonId) -> Result<Option<Membership>, SendError> {
        let room = self.wire.online()?.room(space.as_str()).ok_or(SendError::Gone)?;
        let user = UserId::parse(person.as_str()).map_err(|_| SendError::Gone)?;
        let member = room.get_member(&user).await.map_err(Failure::from)?;
        if member.is_none_or(|member| *member.membership() != MembershipState::Join) {
            return Ok(None);
        }
        let level = room.get_user_power_level(&user).await.map_err(Failure::from)?;
        let (standing, roles) = hear::standing(level, self.wire.options.levels);
        Ok(Some(Membership { standing, roles }))
    }

    async fn edit(&self, sent: &MessageRef, message: &Sealed) -> Result<(), SendError> {
        // The same words may come back after others: each edit is one of its own.
        let key = format!("edit {}", TransactionId::new());
        send::edit(&self.wire, sent, message, &key).await.map(drop)
    }

    async fn open_room(
        &self,
        near: &RoomId,
        name: &str,
        people: &[PersonId],
        key: &IdempotencyKey,
    ) -> Result<Opened, SendError> {
        rooms::open(&self.wire, near, name, people, key).await
    }

    async fn let_in(&self, room: &RoomId, people: &[PersonId]) -> Result<Vec<PersonId>, SendError> {
        let room = self.wire.online()?.room(room.as_str()).ok_or(SendError::Gone)?;
        rooms::let_in(&room, people).await
    }

    async fn take_out(&self, room: &RoomId, people: &[PersonId]) -> Result<(), SendError> {
        let room = self.wire.online()?.room(room.as_str()).ok_or(SendError::Gone)?;
        rooms::take_out(&room, people).await
    }

    fn link_to(&self, _space: Option<&SpaceId>, message: &MessageRef) -> Option<WebLink> {
        let online = self.wire.online().ok();
        send::link(message, online.as_ref().map(|online| online.me().server_name()))
    }
}
