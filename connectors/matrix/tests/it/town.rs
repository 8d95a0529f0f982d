//! A homeserver with a room, its people, and what outlives the bot there.

use super::{bot::Bot, line::Line};
use homeserver::{Account, Homeserver, Missing, Person, Room, Settings, StartError};
use jiff::Timestamp;
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, RoomId};
use std::{sync::Arc, time::Duration};
use tempfile::TempDir;
use vigie_chat::App;
use vigie_matrix::{Login, Options, Pattern};
use vigie_testkit::Memory;

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
    pub(crate) line: Line,
    pub(crate) folder: TempDir,
    pub(crate) memory: Arc<Memory>,
}

impl Lodging {
    /// A new account for a bot.
    pub(crate) async fn on(server: &Homeserver) -> Self {
        let account = server.register_unique("vigie").await.expect("registered");
        let line = Line::to(&server.address()).await;
        Self { account, line, folder: tempfile::tempdir().expect("a temporary folder"), memory: Arc::default() }
    }

    /// Options of a bot that anybody may invite, and that doesn't wait long.
    pub(crate) fn options(&self) -> Options {
        let login =
            Login::Password { user: self.account.user_id.to_string(), password: self.account.password.clone().into() };
        let memory = (Arc::clone(&self.memory) as _, Arc::clone(&self.memory) as _);
        let folder = self.folder.path().join("matrix");
        Options::new(self.line.address(), login, folder, memory, Arc::new(Timestamp::now))
            .allowed([Pattern::Everybody])
            .patience(Duration::from_millis(50), Duration::from_secs(1))
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
