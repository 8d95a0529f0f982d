//! What is said when a typed command can't be read.

use crate::invocation::CommandPath;

/// A typed command that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// What is wrong.
    pub problem: Problem,
    /// The command that was recognised, if any.
    pub command: Option<CommandPath>,
    /// How to write it, for instance `/chercher texte [referentiel]`.
    pub usage: Option<String>,
    /// A way to write it that works.
    pub example: Option<String>,
}

/// What is wrong with a typed command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is a mark and nothing after it.
    Nothing,
    /// There is no such command.
    UnknownCommand {
        /// What was typed.
        typed: String,
        /// The nearest command, if one is near.
        nearest: Option<CommandPath>,
    },
    /// The group needs one of its commands.
    MissingSubcommand {
        /// Those that it has.
        known: Vec<String>,
    },
    /// The group has no such command.
    UnknownSubcommand {
        /// What was typed.
        typed: String,
        /// The nearest one, if one is near.
        nearest: Option<CommandPath>,
        /// Those that it has.
        known: Vec<String>,
    },
    /// A required parameter is missing.
    MissingParam {
        /// Its name.
        param: String,
        /// What it means.
        summary: String,
    },
    /// A parameter was given twice.
    Twice {
        /// Its name.
        param: String,
    },
    /// A value isn't one that the parameter takes.
    BadValue {
        /// Name of the parameter.
        param: String,
        /// What was typed.
        typed: String,
        /// What it takes, as a phrase: "un nombre entre 1 et 5".
        expected: String,
    },
    /// Words are left that no parameter takes.
    TooMuch {
        /// The words left.
        left: String,
    },
}
