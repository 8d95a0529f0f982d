//! `/soutenance voir`: a team's own slot; all of them for those who plan.

use super::{for_the_team, named, slots};
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, brief, which};
use crate::domain::defence::usual;
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Voir {
    sujet: Option<String>,
    equipe: Option<String>,
}

impl Command for Voir {
    const PATH: &'static str = "soutenance voir";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("voir", "Quand et où votre équipe soutient\u{a0}; pour les formateurs, tout le planning")
            .param(which::equipe())
            .param(which::sujet())
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let text = |name: &str| invocation.text(name).map(str::to_owned);
        Ok(Self { sujet: text(which::SUJET), equipe: text(which::EQUIPE) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let scope = context.scope()?;
        if self.equipe.is_none() && context.here()?.hats.may(Deed::PlanDefences) {
            let found = which::brief(context, self.sujet.as_deref()).await?;
            let says = brief::in_force(context, &found).await?;
            let defences = scope.defences_of(found.key).await?;
            let shown = named(context, found.key, &slots(&defences)).await?;
            let teams = scope.teams(found.key).await?;
            let without = teams.iter().filter(|team| !defences.iter().any(|one| one.team == team.key));
            let without: Vec<&str> = without.map(|team| team.name.as_str()).collect();
            let number = found.number.unwrap_or_default();
            return Ok(views::defence::all((number, &found.title), &shown, &without, usual(&says)));
        }
        let meant = which::team(context, self.equipe.as_deref(), Self::DEED).await?;
        let says = brief::in_force(context, &meant.brief).await?;
        let slot = scope.defence_of(meant.brief.key, meant.team.key).await?.map(|defence| defence.slot);
        let now = context.wall()?;
        let draft = views::defence::own(&meant.team.name, slot.as_ref(), &says, &now);
        Ok(for_the_team(context, &meant.team, draft))
    }
}
