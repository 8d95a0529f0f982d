//! A homeserver with a room, its people, and what outlives the bot there.

use super::{bot::Bot, line::Line};
use homeserver::{Account, Homeserver, Missing, Person, Room, Settings, StartError};
use jiff::Timestamp;
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, RoomId};
use std::{path::PathBuf, sync::Arc, time::Duration};
use tempfile::TempDir;
use vigie_chat::{App, Inbox};
use vigie_matrix::{Clock, Login, Options, Pattern};
use vigie_testkit::Memory;

/// How long a bot may take to log in.
const PATIENCE: Duration = Duration::from_secs(45);

/// Who can read the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Privacy {
    /// Everybody in between.
    Plain,
    /// Its members.
    Encrypted,
}

/// The server that the tests share; none where there can be none.
pub(crate) async fn shared() -> Option<&'static Homeserver> {
    match Homeserver::shared().await {
        Ok(server) => Some(server),
        Err(StartError::Missing(missing)) => skip(missing),
        Err(error) => panic!("{error}"),
    }
}

/// A server of one's own; none where there can be none.
pub(crate) async fn own(settings: Settings) -> Option<Homeserver> {
    match Homeserver::start(settings).await {
        Ok(server) => Some(server),
        Err(StartError::Missing(missing)) => skip(&missing),
        Err(error) => panic!("{error}"),
    }
}

fn skip<T>(missing: &Missing) -> Option<T> {
    assert!(std::env::var_os("VIGIE_REQUIRE_ALL").is_none(), "{missing}");
    eprintln!("skipped: a real Synapse, because {missing}");
    None
}

/// The bot's account and everything of it that outlives a run.
pub(crate) struct Lodging {
    pub(crate) account: Account,
    /// Where the bot looks for its homeserver.
    pub(crate) homeserver: String,
    pub(crate) line: Line,
    pub(crate) folder: TempDir,
    pub(crate) memory: Arc<Memory>,
}

impl Lodging {
    /// A new account for a bot.
    pub(crate) async fn on(server: &Homeserver) -> Self {
        let account = server.register_unique("vigie").await.expect("registered");
        let line = Line::to(&server.address()).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { account, homeserver: line.address(), line, folder, memory: Arc::default() }
    }

    /// Options of a bot that anybody may invite, and that doesn't wait long.
    pub(crate) fn options(&self) -> Options {
        self.options_with(Arc::clone(&self.memory) as _)
    }

    /// The same with an inbox of its own kind.
    pub(crate) fn options_with(&self, inbox: Arc<dyn Inbox>) -> Options {
        self.options_of(self.password(), inbox, Arc::new(Timestamp::now))
    }

    /// The same with another way to log in.
    pub(crate) fn options_by(&self, login: Login) -> Options {
        self.options_of(login, Arc::clone(&self.memory) as _, Arc::new(Timestamp::now))
    }

    /// The same at another pace of time.
    pub(crate) fn options_at(&self, clock: Clock) -> Options {
        self.options_of(self.password(), Arc::clone(&self.memory) as _, clock)
    }

    fn options_of(&self, login: Login, inbox: Arc<dyn Inbox>, clock: Clock) -> Options {
        let memory = (Arc::clone(&self.memory) as _, inbox);
        Options::new(&*self.homeserver, login, self.matrix(), memory, clock)
            .allowed([Pattern::Everybody])
            .patience(Duration::from_millis(50), Duration::from_secs(1))
    }

    fn password(&self) -> Login {
        Login::Password { user: self.account.user_id.to_string(), password: self.account.password.clone().into() }
    }

    /// The folder of the connector.
    pub(crate) fn matrix(&self) -> PathBuf {
        self.folder.path().join("matrix")
    }

    /// Waits until the bot has logged in.
    pub(crate) async fn is_logged_in(&self, server: &Homeserver) {
        let listed = async {
            while server.devices(&self.account.user_id).await.is_ok_and(|devices| devices.is_empty()) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, listed).await.expect("it logs in");
    }

    pub(crate) fn user(&self) -> OwnedUserId {
        self.account.user_id.clone()
    }

    /// A bot that runs.
    pub(crate) fn bot(&self, app: Arc<dyn App>) -> Bot {
        Bot::start(self.options(), app)
    }
}

/// A room to which somebody invites the bot, which is there when this returns.
pub(crate) async fn room_with(owner: &Person, lodging: &Lodging, others: &[&Person], privacy: Privacy) -> OwnedRoomId {
    let room = match privacy {
        Privacy::Plain => Room::plain(),
        Privacy::Encrypted => Room::encrypted(),
    };
    let bot = lodging.user();
    let room = others.iter().fold(room.named("Promotion").inviting(&bot), |room, other| room.inviting(other.id()));
    let room = owner.creates_room(room).await.expect("a room is made");
    for other in others {
        other.accepts(&room).await.expect("it is joined");
    }
    everybody_sees(&room, owner, others, lodging).await;
    room
}

/// Waits until everybody sees everybody in the room: what is said in an encrypted one then reaches all.
async fn everybody_sees(room: &RoomId, owner: &Person, others: &[&Person], lodging: &Lodging) {
    let (all, bot) = (others.iter().copied().chain([owner]), lodging.user());
    for person in all.clone() {
        person.until_member(room, &bot).await.expect("the bot joins");
        for other in all.clone() {
            person.until_member(room, other.id()).await.expect("they join");
        }
    }
}
