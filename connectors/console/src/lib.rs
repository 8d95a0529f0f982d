//! The console: a chat in a terminal, and a whole class played from a script.
//!
//! It is a network like the others, without the network: everything that the bot ever does can be played here. On a
//! terminal it edits lines, completes and colours; otherwise it reads a line at a time and answers each completely before
//! the next. Its lines and its JSON are a contract that scripts rely on (formats, section 3).
//!
//! It knows the port and nothing of the school. No text can reach the terminal with a control character of its own.

mod completion;
mod console;
mod dial;
mod discreet;
mod editor;
mod input;
mod line;
mod look;
mod options;
mod output;
mod play;
mod record;
mod reply;
mod rooms;
mod screen;
mod stage;

pub use console::{Console, Outcome};
pub use dial::Dial;
pub use options::{Clock, Colour, Format, Options, Rooms};

/// The connector's name.
const NAME: &str = "console";

/// The one space that the console plays, unless rooms are apart.
const SPACE: &str = "console";
