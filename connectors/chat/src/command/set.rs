//! All commands of the application, found however they are typed.

use super::{Breach, CommandSpec, check};
use crate::{folded, invocation::CommandPath};

/// Whether a text, taken whole, reads as a value of some kind. It must be quick: parsing calls it often.
pub type Reader = fn(&str) -> bool;

/// All commands of the application.
#[derive(Debug, Clone)]
pub struct CommandSet {
    commands: Vec<CommandSpec>,
    pub(crate) date: Reader,
    pub(crate) duration: Reader,
    personal: Reader,
}

impl CommandSet {
    /// These commands, in the order in which help shows them.
    ///
    /// Without [`reading_dates`](Self::reading_dates), one word counts as a date; likewise for durations.
    #[must_use]
    pub fn new(commands: Vec<CommandSpec>) -> Self {
        let one_word: Reader = |text| !text.contains(char::is_whitespace);
        Self { commands, date: one_word, duration: one_word, personal: |_| false }
    }

    /// Tells what reads as a date, so that `rappel ajouter vendredi 18h rendre le dossier` needs no quotes.
    #[must_use]
    pub fn reading_dates(mut self, reader: Reader) -> Self {
        self.date = reader;
        self
    }

    /// Tells what reads as a duration.
    #[must_use]
    pub fn reading_durations(mut self, reader: Reader) -> Self {
        self.duration = reader;
        self
    }

    /// Tells which texts are their author's alone, whatever the command.
    #[must_use]
    pub fn keeping_personal(mut self, reader: Reader) -> Self {
        self.personal = reader;
        self
    }

    /// Whether a text is its author's alone: nothing that was typed so is to be kept.
    #[must_use]
    pub fn is_personal(&self, text: &str) -> bool {
        (self.personal)(text)
    }

    /// The commands, in the order in which help shows them.
    #[must_use]
    pub fn all(&self) -> &[CommandSpec] {
        &self.commands
    }

    /// Everything that can be run, with its path, groups left out.
    #[must_use]
    pub fn runnable(&self) -> Vec<(CommandPath, &CommandSpec)> {
        fn walk<'a>(path: &CommandPath, spec: &'a CommandSpec, found: &mut Vec<(CommandPath, &'a CommandSpec)>) {
            if spec.subcommands.is_empty() {
                found.push((path.clone(), spec));
            }
            for sub in &spec.subcommands {
                walk(&path.sub(&sub.name), sub, found);
            }
        }
        let mut found = Vec::new();
        for spec in &self.commands {
            walk(&CommandPath::new(&spec.name), spec, &mut found);
        }
        found
    }

    /// The command or group of this path. Accents, case, `-` and `_` make no difference.
    #[must_use]
    pub fn find(&self, path: &CommandPath) -> Option<&CommandSpec> {
        let mut words = path.words();
        let mut spec = named(&self.commands, words.next()?)?;
        for word in words {
            spec = named(&spec.subcommands, word)?;
        }
        Some(spec)
    }

    /// All rules of the networks that the definitions break. A test of the application asserts that there are none.
    #[must_use]
    pub fn check(&self) -> Vec<Breach> {
        check::breaches(&self.commands)
    }
}

/// The definition of this name, accents and case aside.
pub(crate) fn named<'a>(specs: &'a [CommandSpec], name: &str) -> Option<&'a CommandSpec> {
    let name = folded(name);
    specs.iter().find(|spec| folded(&spec.name) == name)
}
