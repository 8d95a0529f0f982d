//! `/aide`: all commands, or one in detail, from their definitions.

use super::Command;
use super::context::{Context, Problem};
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{CommandPath, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Text};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(super) struct Aide {
    command: Option<String>,
}

impl Command for Aide {
    const PATH: &'static str = "aide";
    const DEED: Deed = Deed::Ask;

    fn spec() -> CommandSpec {
        CommandSpec::new("aide", "Ce que je sais faire")
            .param(
                ParamSpec::new("commande", "Commande à expliquer, par exemple chercher", ParamKind::Text).completed(),
            )
            .example(Invocation::new("aide"))
            .example(Invocation::new("aide").with("commande", "chercher"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { command: invocation.text("commande").map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let commands = &context.commands;
        let Some(wanted) = self.command else { return Ok(views::aide::all(commands)) };
        let path = CommandPath::new(wanted.trim_start_matches(['/', '!']));
        match commands.find(&path) {
            Some(spec) => Ok(views::aide::one(&path, spec, commands)),
            None => Err(Problem::Refused(
                Text::from("Je ne connais pas la commande ")
                    .code(views::words::shortened(&wanted, 40))
                    .plain(". Voici toutes les commandes\u{a0}: ")
                    .command("aide")
                    .plain("."),
            )),
        }
    }
}
