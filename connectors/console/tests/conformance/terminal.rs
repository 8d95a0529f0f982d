//! A terminal as a stage: lines go in through a pipe, and JSON comes out.

use async_trait::async_trait;
use jiff::Timestamp;
use std::{
    fs,
    io::{self, BufReader, Cursor, Read, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};
use vigie_chat::{App, Connector, ConnectorError, Invocation, Person, RoomId};
use vigie_console::{Console, Format, Options};
use vigie_testkit::{Actor, Bell, HandedFile, Place, Shown, ShownFile, Skill, Stage};

const ROOM: &str = "general";

/// One terminal, at which everybody types in turn.
pub(crate) struct Terminal {
    app: Arc<dyn App>,
    console: Arc<Console>,
    keyboard: mpsc::Sender<String>,
    screen: Screen,
    stop: Mutex<Option<oneshot::Sender<()>>>,
    running: Mutex<Option<JoinHandle<Result<(), ConnectorError>>>>,
    folder: TempDir,
    /// The rooms that the application opened.
    opened: Mutex<Vec<String>>,
}

/// What was written.
#[derive(Clone, Default)]
struct Screen {
    bytes: Arc<Mutex<Vec<u8>>>,
    bell: Bell,
}

/// What is typed, as it is typed. It has no end before the stage has.
struct Pipe {
    typed: mpsc::Receiver<String>,
    /// What was typed and not read yet.
    rest: Cursor<Vec<u8>>,
}

impl Terminal {
    /// A console that runs against `app`.
    pub(crate) fn open(app: Arc<dyn App>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let screen = Screen::default();
        let (keyboard, typed) = mpsc::channel();
        let now: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a valid instant");
        let options = Options::new(Arc::new(move || now))
            .format(Format::Json)
            .files_in(folder.path())
            .script(BufReader::new(Pipe { typed, rest: Cursor::default() }))
            .output(screen.clone());
        let console = Arc::new(Console::new(options));
        let (stop, stopping) = oneshot::channel();
        let run = {
            let (console, app) = (Arc::clone(&console), Arc::clone(&app));
            async move { console.run(app, Box::pin(async { drop(stopping.await) })).await }
        };
        let running = Mutex::new(Some(tokio::spawn(run)));
        Self { app, console, keyboard, screen, stop: Mutex::new(Some(stop)), running, folder, opened: Mutex::default() }
    }

    fn types(&self, lines: &[String]) {
        // In one piece, so that nobody types between two lines of another.
        let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        // Once the console has stopped, nobody reads.
        let _ = self.keyboard.send(text);
    }

    fn acts(&self, who: Actor, place: Place, lines: impl IntoIterator<Item = String>) {
        let place = match place {
            Place::Room => format!(":salon {ROOM}"),
            Place::Direct => ":prive".to_owned(),
            Place::Aside => format!(":salon {}", held(&self.opened).last().expect("a room was opened")),
        };
        self.types(&[format!(":moi {}", who.name()), place].into_iter().chain(lines).collect::<Vec<_>>());
    }

    fn command(&self, command: &Invocation) -> String {
        format!("/{}", command.to_typed(self.app.commands()))
    }
}

#[async_trait]
impl Stage for Terminal {
    fn network(&self) -> &'static str {
        "console"
    }

    fn cannot(&self) -> &'static [(Skill, &'static str)] {
        &[
            (Skill::OtherBots, "because only people type at a terminal"),
            (Skill::Reconnecting, "because a terminal that is lost doesn't come back"),
            (Skill::Restarting, "because a console runs once, and the next knows nothing of what it showed"),
            (Skill::Backlog, "because nobody can type while no console runs"),
            (Skill::Deleting, "because nothing can be taken off a terminal"),
            (Skill::ClosedDirect, "because whoever sits at the terminal reads all of it"),
            (Skill::TakingBack, "because nothing can be taken off a terminal"),
            (Skill::PressingOlder, "because `:N` is for the last message that the person saw"),
            (Skill::Completing, "because only the line editor of a real terminal completes"),
            (Skill::Notifying, "because a terminal is looked at already"),
            (Skill::ClosedRooms, "because whoever sits at the terminal reads all of it"),
            (Skill::StayingOut, "because whoever is named in a script is there"),
            (Skill::AnsweringAtOnce, "because each line is answered before the next is read"),
        ]
    }

    fn bell(&self) -> &Bell {
        &self.screen.bell
    }

    fn connector(&self) -> Arc<dyn Connector> {
        Arc::clone(&self.console) as Arc<dyn Connector>
    }

    fn person(&self, who: Actor) -> Person {
        Person::new(who.name(), who.name())
    }

    fn room(&self) -> RoomId {
        RoomId::new(ROOM)
    }

    async fn sees(&self, who: Actor) -> Vec<Shown> {
        let bytes = held(&self.screen.bytes).clone();
        let text = String::from_utf8(bytes).expect("the console writes UTF-8");
        let own = format!("prive:{}", who.name());
        let opened = held(&self.opened).clone();
        let rooms: Vec<String> = opened.iter().map(|room| format!("salon:{room}")).collect();
        text.lines().zip(0..).filter_map(|(line, rank)| shown(line, rank, &own, &rooms)).collect()
    }

    async fn says(&self, who: Actor, place: Place, words: &str) {
        self.acts(who, place, [words.to_owned()]);
    }

    async fn gives(&self, who: Actor, place: Place, command: &Invocation) {
        self.acts(who, place, [self.command(command)]);
    }

    async fn hands(&self, who: Actor, place: Place, command: &Invocation, file: HandedFile) {
        let path = self.folder.path().join(&file.name);
        fs::write(&path, &file.bytes).expect("the file is written");
        self.acts(who, place, [format!(":fichier {}", path.display()), self.command(command)]);
    }

    async fn presses(&self, who: Actor, shown: &Shown, number: usize) {
        let seen = self.sees(who).await;
        let last = seen.iter().rfind(|shown| !shown.actions.is_empty());
        assert_eq!(last.map(|last| &last.id), Some(&shown.id), "only the last message can be pressed at a terminal");
        // What is pressed is done where the person is: in the room that was opened, if it was shown there.
        let bytes = held(&self.screen.bytes).clone();
        let text = String::from_utf8(bytes).expect("the console writes UTF-8");
        let line = shown.id.parse().ok().and_then(|rank| text.lines().nth(rank)).unwrap_or_default();
        let last = held(&self.opened).last().cloned();
        let is_aside = last.is_some_and(|room| line.contains(&format!(r#""to":"salon:{room}""#)));
        let place = if is_aside { Place::Aside } else { Place::Room };
        self.acts(who, place, [format!(":{number}")]);
    }

    /// Whoever pressed still speaks: another `:moi` would leave the form.
    async fn fills(&self, _who: Actor, fields: &[(&str, &str)]) {
        let lines = fields.iter().map(|(param, value)| format!("{param}: {value}"));
        self.types(&lines.chain([".".to_owned()]).collect::<Vec<_>>());
    }

    async fn cancels(&self, _who: Actor) {
        self.types(&[":annuler".to_owned()]);
    }

    async fn opened(&self, room: &RoomId) {
        held(&self.opened).push(room.as_str().to_owned());
    }

    async fn asks_to_stop(&self) {
        if let Some(stop) = held(&self.stop).take() {
            // It may have stopped by itself, which `stopped` tells.
            let _ = stop.send(());
        }
    }

    async fn stopped(&self) -> Result<(), ConnectorError> {
        let running = held(&self.running).take().expect("the console is waited for once");
        running.await.expect("the console doesn't panic")
    }
}

/// A line of JSON as the person whose direct room this is sees it, if they do; all see the rooms that were opened.
fn shown(line: &str, rank: usize, own: &str, opened: &[String]) -> Option<Shown> {
    let record: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = |key: &str| record[key].as_array().cloned().unwrap_or_default();
    let to = text(&record["to"]);
    (to == own || to == format!("salon:{ROOM}") || opened.contains(&to)).then(|| Shown {
        id: rank.to_string(),
        words: text(&record["text"]),
        private: to == own,
        actions: list("actions").iter().map(text).collect(),
        files: list("files")
            .iter()
            .map(|file| ShownFile { name: text(&file["name"]), alt: text(&file["alt"]) })
            .collect(),
        edited: record["kind"] == "edit",
        notified: Vec::new(),
    })
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        held(&self.bytes).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// The console does so after each whole line.
    fn flush(&mut self) -> io::Result<()> {
        self.bell.ring();
        Ok(())
    }
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.rest.read(buffer)? {
                0 => match self.typed.recv() {
                    Ok(text) => self.rest = Cursor::new(text.into_bytes()),
                    Err(_) => return Ok(0),
                },
                read => return Ok(read),
            }
        }
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
