//! Definitions of commands: one value feeds the parser, the networks' registrations, help and documentation.

mod check;
mod set;
mod usage;

pub use check::Breach;
pub(crate) use set::named;
pub use set::{CommandSet, Reader};

use crate::invocation::Invocation;
use serde::{Deserialize, Serialize};

/// A command, a group of commands, or a command within a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandSpec {
    /// Name: 1 to 32 lower-case letters, digits, `-` or `_`.
    pub name: String,
    /// What it does, in one French sentence without a full stop, 100 characters at most.
    pub summary: String,
    /// More, for help.
    pub details: Option<String>,
    /// Who may use it. The application checks; a network may also hide it from others.
    pub who: Audience,
    /// Whether its answers are for the person alone.
    pub visibility: Visibility,
    /// Parameters, required ones first. A group has none.
    pub params: Vec<ParamSpec>,
    /// Commands within; a command that has some can't be run itself. Two levels at most.
    pub subcommands: Vec<CommandSpec>,
    /// Ways to use it, for help and hints.
    pub examples: Vec<Invocation>,
}

/// Who may use a command.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Everybody.
    #[default]
    Everyone,
    /// Those who run the training.
    Staff,
    /// Those who administer the space.
    Administrators,
}

/// Whether the answers of a command are for the person alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Everybody in the room may see them.
    #[default]
    Public,
    /// Only the person who asked sees them.
    Private,
}

/// A parameter of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamSpec {
    /// Name: 1 to 32 lower-case letters, digits, `-` or `_`.
    pub name: String,
    /// What it means, in French, 100 characters at most.
    pub summary: String,
    /// What values it takes.
    pub kind: ParamKind,
    /// Whether it may be left out.
    pub need: Need,
    /// Whether the application completes it.
    pub completion: Completion,
}

/// What values a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamKind {
    /// Free text.
    Text,
    /// A whole number between two bounds, both included.
    Integer {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// One of a few alternatives, 25 at most.
    Choice(Vec<Alternative>),
    /// A code such as `C1.5`, however it is written; or, failing that, words.
    Code,
    /// A person.
    Person,
    /// A room.
    Room,
    /// A file that comes with the command.
    Attachment,
    /// A date in French, read by the application.
    Date,
    /// A duration in French, read by the application.
    Duration,
}

/// One value that a [`ParamKind::Choice`] can take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The value itself, 100 characters at most.
    pub value: String,
    /// Words to show, 100 characters at most.
    pub label: String,
    /// Other words that people type for it, where they type. Networks that show a list don't need them.
    pub synonyms: Vec<String>,
}

/// Whether something may be left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// It may be left out.
    #[default]
    Optional,
    /// It must be given.
    Required,
}

/// Whether the application completes a parameter while it is typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Completion {
    /// Only what the definition itself tells.
    #[default]
    FromDefinition,
    /// By [`crate::App::complete`].
    FromApp,
}

impl CommandSpec {
    /// A command for everyone, answered publicly, without parameters.
    #[must_use]
    pub fn new(name: impl Into<String>, summary: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            summary: summary.into(),
            details: None,
            who: Audience::Everyone,
            visibility: Visibility::Public,
            params: Vec::new(),
            subcommands: Vec::new(),
            examples: Vec::new(),
        }
    }

    /// Says more, for help.
    #[must_use]
    pub fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into());
        self
    }

    /// Restricts it.
    #[must_use]
    pub fn who(mut self, who: Audience) -> Self {
        self.who = who;
        self
    }

    /// Has it answered in private.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.visibility = Visibility::Private;
        self
    }

    /// Adds a parameter.
    #[must_use]
    pub fn param(mut self, param: ParamSpec) -> Self {
        self.params.push(param);
        self
    }

    /// Adds a command within.
    #[must_use]
    pub fn subcommand(mut self, subcommand: Self) -> Self {
        self.subcommands.push(subcommand);
        self
    }

    /// Adds a way to use it.
    #[must_use]
    pub fn example(mut self, invocation: Invocation) -> Self {
        self.examples.push(invocation);
        self
    }
}

impl ParamSpec {
    /// An optional parameter that the application doesn't complete.
    #[must_use]
    pub fn new(name: impl Into<String>, summary: impl Into<String>, kind: ParamKind) -> Self {
        Self {
            name: name.into(),
            summary: summary.into(),
            kind,
            need: Need::Optional,
            completion: Completion::FromDefinition,
        }
    }

    /// The same, which must be given.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.need = Need::Required;
        self
    }

    /// The same, which the application completes.
    #[must_use]
    pub fn completed(mut self) -> Self {
        self.completion = Completion::FromApp;
        self
    }
}

impl Alternative {
    /// A value and the words to show for it.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), synonyms: Vec::new() }
    }

    /// The same, also meant by this word.
    #[must_use]
    pub fn also(mut self, synonym: impl Into<String>) -> Self {
        self.synonyms.push(synonym.into());
        self
    }
}
