//! A homeserver with a trainer, a candidate and the account of the bot, whose program the tests start.

use crate::program::{self, Program};
use homeserver::{Account, Homeserver, Message, Person, Room, StartError};
use ruma::{EventId, OwnedRoomId};
use std::path::PathBuf;
use std::process::Output;
use tempfile::TempDir;

/// The people, their room, and the bot's account with all that it keeps.
pub(crate) struct School {
    pub(crate) server: &'static Homeserver,
    pub(crate) account: Account,
    pub(crate) data: TempDir,
    pub(crate) trainer: Person,
    pub(crate) candidate: Person,
}

impl School {
    /// A school on the shared Synapse; none where there can be no Synapse.
    pub(crate) async fn open() -> Option<Self> {
        let server = match Homeserver::shared().await {
            Ok(server) => server,
            Err(StartError::Missing(missing)) => {
                assert!(std::env::var_os("VIGIE_REQUIRE_ALL").is_none(), "{missing}");
                eprintln!("skipped: a real Synapse, because {missing}");
                return None;
            }
            Err(error) => panic!("{error}"),
        };
        let account = server.register_unique("vigie").await.expect("registered");
        let trainer = server.person("prof").await.expect("the trainer logs in");
        let candidate = server.person("candidat").await.expect("the candidate logs in");
        let data = tempfile::tempdir().expect("a temporary folder");
        Some(Self { server, account, data, trainer, candidate })
    }

    /// What the operator sets.
    fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("VIGIE_MATRIX_HOMESERVER", self.server.address()),
            ("VIGIE_MATRIX_USER", self.account.user_id.to_string()),
            ("VIGIE_MATRIX_PASSWORD", self.account.password.clone()),
            ("VIGIE_MATRIX_ALLOWED", format!("*:{}", self.server.server_name())),
            // Everything that may be logged at all.
            ("VIGIE_LOG", "debug".to_owned()),
        ]
    }

    /// Starts the program, with these settings over the usual ones.
    pub(crate) fn program(&self, other: &[(&str, &str)]) -> Program {
        let usual = self.settings();
        let usual: Vec<(&str, &str)> = usual.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Program::start(self.data.path(), &[&usual, other].concat())
    }

    /// Where the program leaves the recovery key, since it has no terminal.
    pub(crate) fn recovery_key(&self) -> PathBuf {
        self.data.path().join("matrix").join("recovery-key.txt")
    }

    /// What `vigie doctor` says.
    pub(crate) fn doctor(&self) -> Output {
        let usual = self.settings();
        let usual: Vec<(&str, &str)> = usual.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut command = program::command(self.data.path(), &usual);
        command.args(["doctor", "--json"]).output().expect("the program starts")
    }

    /// An encrypted room of everybody, once the program is in it.
    pub(crate) async fn room(&self) -> OwnedRoomId {
        let (bot, candidate) = (&self.account.user_id, self.candidate.id());
        let room = Room::encrypted().named("Promotion").inviting(bot).inviting(candidate);
        let room = self.trainer.creates_room(room).await.expect("a room is made");
        self.candidate.accepts(&room).await.expect("the candidate joins");
        for person in [&self.trainer, &self.candidate] {
            person.until_member(&room, bot).await.expect("the bot joins");
            person.until_member(&room, candidate).await.expect("the candidate joins");
        }
        room
    }

    /// What the bot said that answers a message.
    pub(crate) fn answers(&self, person: &Person, room: &ruma::RoomId, question: &EventId) -> Vec<Message> {
        let all = person.view(room).map(|view| view.messages).unwrap_or_default();
        all.into_iter().filter(|message| self.is_answer(message, question)).collect()
    }

    /// Waits for the answer to a message, and checks that it says these words.
    pub(crate) async fn answered(&self, room: &ruma::RoomId, question: &EventId, words: &str) -> Message {
        let seen = self.candidate.sees(room, |message| self.is_answer(message, question)).await;
        let answer = seen.expect("it is answered");
        assert!(answer.body.contains(words), "{words:?} is missing in {}", answer.body);
        answer
    }

    fn is_answer(&self, message: &Message, question: &EventId) -> bool {
        message.sender == self.account.user_id && message.reply_to.as_deref() == Some(question)
    }
}
