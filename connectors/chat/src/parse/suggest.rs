//! The nearest name to a misspelt one.

use crate::{
    command::{CommandSet, CommandSpec},
    fold::folded,
    invocation::CommandPath,
};
use strsim::damerau_levenshtein;

/// The command that a word was meant to be; a word that is a subcommand's name leads to it.
pub(super) fn command(commands: &CommandSet, typed: &str) -> Option<CommandPath> {
    let top = commands.all().iter().map(|spec| CommandPath::new(&spec.name));
    let within = commands.runnable().into_iter().map(|(path, _)| path).filter(|path| path.words().count() > 1);
    let near = top.chain(within).filter_map(|path| {
        let distance = distance(typed, path.words().last()?)?;
        Some((distance, path.words().count(), path))
    });
    near.min_by_key(|(distance, depth, _)| (*distance, *depth)).map(|(_, _, path)| path)
}

/// The command within a group that a word was meant to be.
pub(super) fn subcommand<'a>(group: &'a CommandSpec, typed: &str) -> Option<&'a str> {
    let near = group.subcommands.iter().filter_map(|sub| Some((distance(typed, &sub.name)?, sub.name.as_str())));
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// How far a word is from a name, if it is near: a letter in three may be wrong, three at most, or the end missing.
fn distance(typed: &str, name: &str) -> Option<usize> {
    let (typed, name) = (folded(typed), folded(name));
    let length = typed.chars().count();
    // A longer word is no misspelling, and comparing it would cost.
    if length > 40 {
        return None;
    }
    let begun = length >= 3 && name.starts_with(&typed);
    let distance = damerau_levenshtein(&typed, &name);
    (begun || distance <= (length / 3).clamp(1, 3)).then_some(if begun { 1 } else { distance })
}
