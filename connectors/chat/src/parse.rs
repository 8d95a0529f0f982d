//! Reading what people type, forgivingly.
//!
//! Connectors of networks where commands are typed call [`read`]. The rules:
//!
//! - A line that starts with `/`, `!` or `!vigie` is a command, or a mistake worth a hint. Accents and case make no
//!   difference; `chercher: rgpd` is `chercher rgpd`.
//! - A value may be given by name (`referentiel:data-engineer`, `referentiel = cil`) or by its place. Values by place fill
//!   the parameters in order, each taking as many words as it can read; the last free text takes all that is left, so
//!   that it needs no quotes. Quotes (`"…"`, `« … »`, `“…”`) make several words one value; inside `"…"`, `\"` and `\\`
//!   stand for themselves without the backslash.
//! - A line of more than [`LONGEST_LINE`] characters is no command.
//! - A line without a mark is a command only if its first word is the exact name of one and all the rest can be read. A
//!   linking word after the name ("bloc **de** compétences", "rappel **du** sujet") shows that a phrase is meant, unless a
//!   colon follows the name. Everything else is free text, for which no hint is ever given: it is likely a question.

mod fill;
mod misread;
mod pieces;
mod submit;
mod suggest;
mod typed;
mod value;

pub use misread::{Misread, Problem};

use crate::{
    command::{CommandSet, CommandSpec, named},
    event::{Attachment, Event, Origin, Room},
    fold::folded,
    id::Person,
    invocation::{CommandPath, Invocation},
};

/// Longest line that can be a command and longest value of a field, in characters. Longer texts come as files.
pub const LONGEST_LINE: usize = 4_000;

/// The name, folded, by which people may call the bot after a mark, as in `!Vigie chercher rgpd`.
const BOT: &str = "vigie";

/// Words that link what follows to the word before, and so show that this word isn't a command.
const LINKING: [&str; 20] = [
    "de", "du", "des", "d", "et", "ou", "a", "au", "aux", "en", "pour", "par", "sur", "dans", "avec", "sans", "qui",
    "que", "est", "sont",
];

/// Who and what a typed value can name. Each network has its own writing of people and rooms.
pub trait Directory {
    /// The person meant by a word, for instance `@alice`.
    fn person(&self, typed: &str) -> Option<Person>;

    /// The room meant by a word, for instance `#general`.
    fn room(&self, typed: &str) -> Option<Room>;
}

/// A directory that knows nobody and no room, for values that can't name any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Nobody;

impl Directory for Nobody {
    fn person(&self, _typed: &str) -> Option<Person> {
        None
    }

    fn room(&self, _typed: &str) -> Option<Room> {
        None
    }
}

/// What a typed line turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A command.
    Command(Invocation),
    /// A command that can't be read.
    Misread(Misread),
    /// Free text.
    NotACommand(String),
}

impl Reading {
    /// The event to hand to the application.
    #[must_use]
    pub fn into_event(self, origin: Origin) -> Event {
        match self {
            Self::Command(invocation) => Event::Command { invocation, origin },
            Self::Misread(misread) => Event::Misread { misread, origin },
            Self::NotACommand(text) => Event::Text { text, origin },
        }
    }
}

/// Reads a typed line.
///
/// `attachments` came with the line; they fill the parameters that take files, in order.
#[must_use]
pub fn read(commands: &CommandSet, line: &str, directory: &dyn Directory, attachments: &[Attachment]) -> Reading {
    let line = line.trim();
    if is_too_long(line) {
        return match after_mark(line) {
            Some(_) => Reading::Misread(Misread::alone(Problem::TooLong)),
            None => Reading::NotACommand(line.to_owned()),
        };
    }
    let Some(marked) = after_mark(line) else {
        return read_unmarked(commands, line, directory, attachments)
            .map_or_else(|| Reading::NotACommand(line.to_owned()), Reading::Command);
    };
    let marked = match head(marked) {
        (word, rest, _) if folded(word) == BOT => rest,
        _ => marked,
    };
    let outcome = locate(commands, marked).and_then(|(path, spec, rest)| {
        let reader = value::Values { commands, directory, attachments };
        fill::fill(&reader, spec, rest)
            .map(|args| Invocation { path: path.clone(), args })
            .map_err(|problem| Box::new(Misread::in_command(problem, commands, path, spec)))
    });
    match outcome {
        Ok(invocation) => Reading::Command(invocation),
        Err(misread) => Reading::Misread(*misread),
    }
}

/// Whether a line or a value has more than [`LONGEST_LINE`] characters.
fn is_too_long(text: &str) -> bool {
    text.chars().nth(LONGEST_LINE).is_some()
}

fn read_unmarked(
    commands: &CommandSet,
    line: &str,
    directory: &dyn Directory,
    attachments: &[Attachment],
) -> Option<Invocation> {
    let (_, rest, joint) = head(line);
    let (path, spec, values) = locate(commands, line).ok()?;
    let first: String = folded(rest).chars().take_while(|c| c.is_alphanumeric()).collect();
    if joint == Joint::Space && LINKING.contains(&first.as_str()) {
        return None;
    }
    let reader = value::Values { commands, directory, attachments };
    let args = fill::fill_strictly(&reader, spec, values)?;
    Some(Invocation { path, args })
}

/// What follows the mark, if the line has one. A mark that no letter follows is only punctuation.
fn after_mark(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['/', '!'])?.trim_start();
    (rest.is_empty() || rest.starts_with(char::is_alphabetic)).then_some(rest)
}

/// How a word is joined to what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    Space,
    Colon,
}

/// The first word, what follows it, and how the two are joined.
fn head(line: &str) -> (&str, &str, Joint) {
    let end = line.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let rest = rest.trim_start();
    let word = word.trim_end_matches(['?', '!', '.', ',', '…']);
    match rest.strip_prefix(':') {
        Some(rest) => (word, rest.trim_start(), Joint::Colon),
        None => (word, rest, Joint::Space),
    }
}

/// The command that the line names, and what is left of the line.
fn locate<'c, 'l>(
    commands: &'c CommandSet,
    line: &'l str,
) -> Result<(CommandPath, &'c CommandSpec, &'l str), Box<Misread>> {
    let (word, mut rest, _) = head(line);
    if word.is_empty() {
        return Err(Box::new(Misread::alone(Problem::Nothing)));
    }
    let Some(mut spec) = named(commands.all(), word) else {
        let nearest = suggest::command(commands, word);
        return Err(Box::new(Misread::alone(Problem::UnknownCommand { typed: word.to_owned(), nearest })));
    };
    let mut path = CommandPath::new(&spec.name);
    while !spec.subcommands.is_empty() {
        let (word, after, _) = head(rest);
        let known = || spec.subcommands.iter().map(|sub| sub.name.clone()).collect();
        let problem = if word.is_empty() {
            Problem::MissingSubcommand { known: known() }
        } else if let Some(sub) = named(&spec.subcommands, word) {
            path = path.sub(&sub.name);
            spec = sub;
            rest = after;
            continue;
        } else {
            let nearest = suggest::subcommand(spec, word).map(|name| path.sub(name));
            Problem::UnknownSubcommand { typed: word.to_owned(), nearest, known: known() }
        };
        return Err(Box::new(Misread::in_command(problem, commands, path, spec)));
    }
    let punctuation = |c: char| matches!(c, '?' | '!' | '.' | '…') || c.is_whitespace();
    Ok((path, spec, if rest.chars().all(punctuation) { "" } else { rest }))
}

#[cfg(test)]
mod tests;
