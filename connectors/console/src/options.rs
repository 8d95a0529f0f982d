//! How the console is set up.

use crate::SPACE;
use crate::{
    dial::Dial,
    look::{Ink, Look},
    output::Output,
};
use jiff::{Timestamp, tz::TimeZone};
use std::{
    io::{self, BufRead, BufReader, IsTerminal, Write},
    path::PathBuf,
    sync::Arc,
};
use vigie_chat::{Room, RoomKind, SpaceId};

/// Tells the present instant.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How the console is set up.
pub struct Options {
    settings: Settings,
    files: Option<PathBuf>,
    script: Option<Box<dyn BufRead + Send>>,
    output: Box<dyn Write + Send>,
}

/// What stays the same during a conversation.
pub(crate) struct Settings {
    pub(crate) format: Format,
    pub(crate) dial: Arc<Dial>,
    pub(crate) zone: TimeZone,
    pub(crate) history: Option<PathBuf>,
    rooms: Rooms,
    width: Option<usize>,
    colour: Colour,
    target: Target,
}

/// What the output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// A terminal, which has a width and may have colours.
    Terminal,
    /// A file, a pipe or a buffer.
    Stream,
}

/// How messages are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One line of JSON a message.
    Json,
}

/// How rooms belong together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rooms {
    /// All are of one space, which a direct room belongs to as well: a server of Discord.
    #[default]
    Together,
    /// Each is a space of its own, and a direct room is of none: rooms of Matrix that are in no space.
    Apart,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Colour {
    /// On a terminal, unless the variable `NO_COLOR` is set to something.
    #[default]
    Auto,
    /// Never.
    Never,
    /// Always.
    Always,
}

/// Where lines come from.
pub(crate) enum Input {
    /// A person at a terminal.
    Terminal,
    /// A script.
    Script(Box<dyn BufRead + Send>),
}

impl Options {
    /// Standard input and output, the clock given, Europe/Paris.
    ///
    /// # Panics
    ///
    /// Never: the zone travels with the program.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        let settings = Settings {
            format: Format::Text,
            dial: Arc::new(Dial::new(clock)),
            zone: TimeZone::get("Europe/Paris").expect("the time zones are bundled"),
            history: None,
            rooms: Rooms::Together,
            width: None,
            colour: Colour::Auto,
            target: if io::stdout().is_terminal() { Target::Terminal } else { Target::Stream },
        };
        Self { settings, files: None, script: None, output: Box::new(io::stdout()) }
    }

    /// The clock that a script moves, which starts at the one given.
    #[must_use]
    pub fn dial(&self) -> Arc<Dial> {
        Arc::clone(&self.settings.dial)
    }

    /// Chooses how messages are written.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.settings.format = format;
        self
    }

    /// Wraps lines at this many columns, rather than at the terminal's width.
    #[must_use]
    pub fn width(mut self, columns: usize) -> Self {
        self.settings.width = Some(columns);
        self
    }

    /// Chooses when colours are used.
    #[must_use]
    pub fn colour(mut self, colour: Colour) -> Self {
        self.settings.colour = colour;
        self
    }

    /// Chooses how rooms belong together.
    #[must_use]
    pub fn rooms(mut self, rooms: Rooms) -> Self {
        self.settings.rooms = rooms;
        self
    }

    /// Writes instants in this zone.
    #[must_use]
    pub fn zone(mut self, zone: TimeZone) -> Self {
        self.settings.zone = zone;
        self
    }

    /// Writes the files that the bot sends under this folder, rather than under a temporary one.
    #[must_use]
    pub fn files_in(mut self, folder: impl Into<PathBuf>) -> Self {
        self.files = Some(folder.into());
        self
    }

    /// Keeps what is typed at a terminal in this file.
    #[must_use]
    pub fn history_in(mut self, file: impl Into<PathBuf>) -> Self {
        self.settings.history = Some(file.into());
        self
    }

    /// Reads lines from here rather than from standard input.
    #[must_use]
    pub fn script(mut self, lines: impl BufRead + Send + 'static) -> Self {
        self.script = Some(Box::new(lines));
        self
    }

    /// Writes messages here rather than to standard output.
    #[must_use]
    pub fn output(mut self, output: impl Write + Send + 'static) -> Self {
        self.output = Box::new(output);
        self.settings.target = Target::Stream;
        self
    }

    /// Takes the options apart: settings, where lines come from, where messages and their files go.
    pub(crate) fn open(self) -> (Settings, Input, Output) {
        let Self { settings, files, script, output } = self;
        // A line editor needs a terminal on both sides.
        let by_hand =
            settings.target == Target::Terminal && io::stdin().is_terminal() && settings.format == Format::Text;
        let input = match script {
            Some(script) => Input::Script(script),
            None if by_hand => Input::Terminal,
            None => Input::Script(Box::new(BufReader::new(io::stdin()))),
        };
        (settings, input, Output::new(output, files))
    }
}

impl Settings {
    /// The space of a room.
    pub(crate) fn space(&self, room: &Room) -> Option<SpaceId> {
        match (self.rooms, room.kind) {
            (Rooms::Together, _) => Some(SpaceId::new(SPACE)),
            (Rooms::Apart, RoomKind::Shared) => Some(SpaceId::new(room.id.as_str())),
            (Rooms::Apart, RoomKind::Direct) => None,
        }
    }

    /// What the output can show just now; a terminal may have been resized.
    pub(crate) fn look(&self) -> Look {
        let on_terminal = self.target == Target::Terminal;
        let allowed = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let coloured = match self.colour {
            Colour::Auto => on_terminal && allowed,
            Colour::Never => false,
            Colour::Always => true,
        };
        let ink = if coloured { Ink::Coloured } else { Ink::Plain };
        Look { ink, width: self.width.or_else(|| on_terminal.then(textwrap::termwidth)) }
    }
}
