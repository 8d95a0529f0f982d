//! `/grille manque`: the criteria that aren't covered, what is missing most first.

use super::Sheet;
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, params, which};
use crate::domain::permission::{Deed, Hat};
use crate::views;
use crate::views::coverage::Marking;
use vigie_chat::{CommandSpec, Draft, Invocation};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Manque {
    team: Option<String>,
    page: usize,
}

impl Command for Manque {
    const PATH: &'static str = "grille manque";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("manque", "Les critères qui ne sont pas encore couverts, ceux à faire d’abord")
            .param(which::equipe())
            .param(params::page())
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { team: invocation.text(which::EQUIPE).map(str::to_owned), page: params::page_of(invocation) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let sheet = Sheet::read(context, &meant).await?;
        if sheet.grid.rows.is_empty() {
            return Err(Problem::Refused(views::coverage::nothing_asked()));
        }
        let marking = if meant.hats.wears(Hat::Teammate) { Marking::Offered } else { Marking::NotTheirs };
        let draft = views::coverage::missing(&meant.whose(context)?, &sheet.grid, sheet.source(), marking, self.page);
        Ok(meant.among(context, draft))
    }
}
