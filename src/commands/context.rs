//! What a command has at hand, and how it ends badly.

use crate::config::Settings;
use crate::library::Library;
use std::sync::Arc;
use vigie_chat::{CommandSet, Origin, Text};

/// What a command has at hand. It owns what it holds, so that each command can run in its own task.
#[derive(Debug, Clone)]
pub struct Context {
    /// The référentiels in force when the command began.
    pub library: Arc<Library>,
    /// Settings.
    pub settings: Arc<Settings>,
    /// All commands, for help.
    pub commands: Arc<CommandSet>,
    /// Who asks, where and when.
    pub origin: Origin,
}

/// How a command ends when it doesn't do what was asked. The third kind, our fault, is a panic that the dispatcher catches.
#[derive(Debug)]
pub enum Problem {
    /// A value can't be read. Usage and an example are shown with it.
    Misread(Text),
    /// It is refused, with a sentence that says what to do next.
    Refused(Text),
}

impl Problem {
    /// A refusal.
    #[must_use]
    pub fn refused(sentence: impl Into<Text>) -> Self {
        Self::Refused(sentence.into())
    }

    /// A value that can't be read.
    #[must_use]
    pub fn misread(sentence: impl Into<Text>) -> Self {
        Self::Misread(sentence.into())
    }
}
