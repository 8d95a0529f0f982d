//! What is said when a typed command can't be read.

use crate::{
    command::{CommandSet, CommandSpec},
    invocation::CommandPath,
    text::Text,
};

/// A typed command that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// What is wrong.
    pub problem: Problem,
    /// The command that was recognised, if any.
    pub command: Option<CommandPath>,
    /// How to write it, without its mark, for instance `chercher texte [referentiel]`.
    pub usage: Option<String>,
    /// A way to write it that works, without its mark.
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
        /// What it takes, as a phrase: "un nombre entier de 1 à 5".
        expected: String,
    },
    /// The form has no such field.
    UnknownField {
        /// The name that came.
        name: String,
    },
    /// The line or the value has more than [`crate::LONGEST_LINE`] characters.
    TooLong,
    /// Words are left that no parameter takes.
    TooMuch {
        /// The words left.
        left: String,
    },
}

impl Misread {
    /// A mistake made before any command was recognised.
    pub(super) fn alone(problem: Problem) -> Self {
        Self { problem, command: None, usage: None, example: None }
    }

    /// A mistake made in a command.
    pub(super) fn in_command(problem: Problem, commands: &CommandSet, path: CommandPath, spec: &CommandSpec) -> Self {
        let examples = |spec: &CommandSpec| spec.examples.first().map(|example| example.to_typed(commands));
        let example = examples(spec).or_else(|| spec.subcommands.iter().find_map(examples));
        Self { problem, usage: Some(spec.usage(&path)), example, command: Some(path) }
    }

    /// The command that was likely meant, for a hint that can be pressed.
    #[must_use]
    pub fn nearest(&self) -> Option<&CommandPath> {
        match &self.problem {
            Problem::UnknownCommand { nearest, .. } | Problem::UnknownSubcommand { nearest, .. } => nearest.as_ref(),
            _ => None,
        }
    }

    /// What is wrong and what to do, in French, without usage and example.
    #[must_use]
    pub fn explanation(&self) -> Text {
        let name = |param: &str| Text::new().code(param);
        match &self.problem {
            Problem::Nothing => {
                Text::from("Que voulez-vous faire\u{202f}? Tapez ").command("aide").plain(" pour voir les commandes.")
            }
            Problem::UnknownCommand { typed, nearest } => {
                hint(Text::from("La commande ").code(shortened(typed)).plain(" n’existe pas."), nearest.as_ref(), &[])
            }
            Problem::MissingSubcommand { known } => {
                Text::from("Précisez ce que vous voulez faire\u{a0}: ").then(among(known)).plain(".")
            }
            Problem::UnknownSubcommand { typed, nearest, known } => {
                hint(Text::from("Je ne connais pas ").code(shortened(typed)).plain(" ici."), nearest.as_ref(), known)
            }
            Problem::MissingParam { param, summary } => {
                Text::from("Il manque ").then(name(param)).plain(format!("\u{a0}: {}.", uncapitalised(summary)))
            }
            Problem::Twice { param } => name(param).plain(" est donné deux fois\u{a0}: gardez une seule valeur."),
            Problem::BadValue { param, typed, expected } => Text::from("Pour ")
                .then(name(param))
                .plain(", je n’ai pas compris «\u{a0}")
                .plain(shortened(typed))
                .plain(format!("\u{a0}»\u{a0}: il faut {expected}.")),
            Problem::UnknownField { name } => {
                Text::from("Ce formulaire n’a pas de champ ").code(shortened(name)).plain(" à remplir.")
            }
            Problem::TooLong => Text::from(
                "C’est trop long\u{a0}: écrivez 4\u{202f}000 caractères au plus, ou envoyez le texte dans un fichier.",
            ),
            Problem::TooMuch { left } => {
                Text::from("Je ne sais pas quoi faire de «\u{a0}").plain(shortened(left)).plain("\u{a0}».")
            }
        }
    }
}

/// Adds the way out of an unknown name.
fn hint(text: Text, nearest: Option<&CommandPath>, known: &[String]) -> Text {
    match nearest {
        Some(path) => text.plain(" Voulez-vous dire ").command(path.as_str()).plain("\u{202f}?"),
        None if known.is_empty() => text.plain(" Tapez ").command("aide").plain(" pour voir celles qui existent."),
        None => text.plain(" Choisissez parmi\u{a0}: ").then(among(known)).plain("."),
    }
}

fn among(known: &[String]) -> Text {
    known.iter().enumerate().fold(Text::new(), |text, (rank, name)| {
        let text = if rank == 0 { text } else { text.plain(", ") };
        text.code(name)
    })
}

/// What was typed, short enough to be said back.
fn shortened(typed: &str) -> String {
    const LONGEST: usize = 60;
    if typed.chars().count() <= LONGEST {
        return typed.to_owned();
    }
    typed.chars().take(LONGEST).chain(['…']).collect()
}

/// A summary as the continuation of a sentence.
fn uncapitalised(summary: &str) -> String {
    let mut chars = summary.chars();
    match (chars.next(), chars.clone().next()) {
        // An acronym keeps its capitals.
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => summary.to_owned(),
    }
}
