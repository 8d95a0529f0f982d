//! What networks demand of definitions. The numbers are in [`crate::limits`].

use super::{CommandSpec, Completion, Need, ParamKind, ParamSpec};
use crate::limits::{MOST_COMMANDS, MOST_OPTIONS, NAME, WHOLE_COMMAND, WORDS};
use std::{collections::HashSet, fmt};

/// A rule that a definition or a message breaks, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The command or parameter, such as `brief publier` or `chercher texte`; in a message, the words of the action.
    pub place: String,
    /// The rule, as a sentence about it.
    pub rule: &'static str,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.place, self.rule)
    }
}

/// All breaches in a set of commands.
pub(super) fn breaches(commands: &[CommandSpec]) -> Vec<Breach> {
    let mut found = Findings::default();
    found.unless(commands.len() <= MOST_COMMANDS, "", "holds more than 100 commands");
    found.distinct("", commands.iter().map(|c| c.name.as_str()));
    for command in commands {
        found.command(&command.name, command, 0);
        found.unless(weight(command) <= WHOLE_COMMAND, &command.name, "has more than 8,000 characters in all");
    }
    found.0
}

/// Characters that count against [`WHOLE_COMMAND`].
fn weight(command: &CommandSpec) -> usize {
    let params = command.params.iter().map(|param| {
        let alternatives = match &param.kind {
            ParamKind::Choice(all) => all.iter().map(|a| count(&a.value) + count(&a.label)).sum(),
            _ => 0,
        };
        count(&param.name) + count(&param.summary) + alternatives
    });
    let within = command.subcommands.iter().map(weight);
    count(&command.name) + count(&command.summary) + params.chain(within).sum::<usize>()
}

fn count(text: &str) -> usize {
    text.chars().count()
}

#[derive(Default)]
struct Findings(Vec<Breach>);

impl Findings {
    fn unless(&mut self, holds: bool, place: &str, rule: &'static str) {
        if !holds {
            self.0.push(Breach { place: place.to_owned(), rule });
        }
    }

    fn distinct<'a>(&mut self, place: &str, names: impl Iterator<Item = &'a str>) {
        let mut seen = HashSet::new();
        for name in names {
            self.unless(seen.insert(crate::folded(name)), place, "has two parts of one name");
        }
    }

    fn named(&mut self, place: &str, name: &str, summary: &str) {
        let allowed = |c: char| (c.is_alphanumeric() && c.to_lowercase().eq([c])) || matches!(c, '-' | '_');
        let fits = (1..=NAME).contains(&count(name)) && name.chars().all(allowed);
        self.unless(fits, place, "must be named by 1 to 32 lower-case letters, digits, - or _");
        self.unless((1..=WORDS).contains(&count(summary)), place, "needs a summary of 1 to 100 characters");
    }

    fn command(&mut self, place: &str, command: &CommandSpec, depth: usize) {
        self.named(place, &command.name, &command.summary);
        self.unless(command.subcommands.is_empty() || depth < 2, place, "is more than two levels deep");
        self.unless(
            command.subcommands.is_empty() || command.params.is_empty(),
            place,
            "has both parameters and subcommands",
        );
        self.unless(command.subcommands.len() <= MOST_OPTIONS, place, "has more than 25 subcommands");
        self.unless(command.params.len() <= MOST_OPTIONS, place, "has more than 25 parameters");
        let names = command.params.iter().map(|p| &p.name).chain(command.subcommands.iter().map(|c| &c.name));
        self.distinct(place, names.map(String::as_str));
        let optional = command.params.iter().position(|p| p.need == Need::Optional).unwrap_or(command.params.len());
        let sorted = command.params[optional..].iter().all(|p| p.need == Need::Optional);
        self.unless(sorted, place, "has a required parameter after an optional one");
        for param in &command.params {
            self.param(&format!("{place} {}", param.name), param);
        }
        for example in &command.examples {
            let known = example.args.keys().all(|name| command.params.iter().any(|p| p.name == *name));
            let whole = command.params.iter().all(|p| p.need == Need::Optional || example.args.contains_key(&p.name));
            self.unless(example.path.as_str() == place && known && whole, place, "has an example that can't be run");
        }
        for subcommand in &command.subcommands {
            self.command(&format!("{place} {}", subcommand.name), subcommand, depth + 1);
        }
    }

    fn param(&mut self, place: &str, param: &ParamSpec) {
        self.named(place, &param.name, &param.summary);
        match &param.kind {
            ParamKind::Integer { min, max } => self.unless(min <= max, place, "has bounds that admit no number"),
            ParamKind::Choice(all) => {
                self.unless((1..=MOST_OPTIONS).contains(&all.len()), place, "must have 1 to 25 alternatives");
                let fits = |text: &str| (1..=WORDS).contains(&count(text));
                let short = all.iter().all(|a| fits(&a.value) && fits(&a.label));
                self.unless(short, place, "has an alternative that isn't of 1 to 100 characters");
                self.distinct(place, all.iter().map(|a| a.value.as_str()));
                let own = param.completion == Completion::FromDefinition;
                self.unless(own, place, "has both alternatives and completion");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::{Alternative, CommandSet},
        invocation::Invocation,
    };
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(command: CommandSpec, expected: &Expect) {
        let found = CommandSet::new(vec![command]).check();
        expected.assert_eq(&found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }

    fn text(name: &str) -> ParamSpec {
        ParamSpec::new(name, "Du texte", ParamKind::Text)
    }

    #[test]
    fn a_sound_definition_has_no_breach() {
        let search = CommandSpec::new("créer-équipe_2", "Crée une équipe")
            .param(text("texte").required())
            .param(text("page"))
            .example(Invocation::new("créer-équipe_2").with("texte", "x"));
        check(search, &expect![""]);
    }

    #[test]
    fn names_and_summaries_fit_every_network() {
        check(
            CommandSpec::new("Chercher", "x"),
            &expect!["`Chercher` must be named by 1 to 32 lower-case letters, digits, - or _"],
        );
        check(
            CommandSpec::new("a b", ""),
            &expect![[r"
            `a b` must be named by 1 to 32 lower-case letters, digits, - or _
            `a b` needs a summary of 1 to 100 characters"]],
        );
        check(
            CommandSpec::new("a".repeat(33), "x".repeat(101)),
            &expect![[r"
            `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa` must be named by 1 to 32 lower-case letters, digits, - or _
            `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa` needs a summary of 1 to 100 characters"]],
        );
    }

    #[test]
    fn parameters_are_in_order_and_distinct() {
        check(
            CommandSpec::new("a", "x").param(text("b")).param(text("c").required()),
            &expect!["`a` has a required parameter after an optional one"],
        );
        check(CommandSpec::new("a", "x").param(text("é")).param(text("e")), &expect!["`a` has two parts of one name"]);
        let many = (0..26).fold(CommandSpec::new("a", "x"), |a, n| a.param(text(&format!("p{n}"))));
        check(many, &expect!["`a` has more than 25 parameters"]);
        let none = ParamSpec::new("b", "x", ParamKind::Choice(Vec::new())).completed();
        let bounds = ParamSpec::new("c", "x", ParamKind::Integer { min: 2, max: 1 });
        check(
            CommandSpec::new("a", "x").param(none).param(bounds),
            &expect![[r"
            `a b` must have 1 to 25 alternatives
            `a b` has both alternatives and completion
            `a c` has bounds that admit no number"]],
        );
        let long = ParamSpec::new("b", "x", ParamKind::Choice(vec![Alternative::new("", "x".repeat(101))]));
        check(
            CommandSpec::new("a", "x").param(long),
            &expect!["`a b` has an alternative that isn't of 1 to 100 characters"],
        );
    }

    #[test]
    fn groups_have_two_levels_and_no_parameters() {
        let deep = ["d", "c", "b", "a"]
            .into_iter()
            .fold(CommandSpec::new("e", "x"), |inner, name| CommandSpec::new(name, "x").subcommand(inner));
        check(
            deep,
            &expect![[r"
            `a b c` is more than two levels deep
            `a b c d` is more than two levels deep"]],
        );
        check(
            CommandSpec::new("a", "x").param(text("b")).subcommand(CommandSpec::new("c", "x")),
            &expect!["`a` has both parameters and subcommands"],
        );
        check(
            CommandSpec::new("a", "x").example(Invocation::new("b")),
            &expect!["`a` has an example that can't be run"],
        );
    }
}
