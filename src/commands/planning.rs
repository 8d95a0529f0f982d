//! `/planning`: a team's plan in words, with what its check finds.

use super::Command;
use super::calendars;
use super::context::{Context, Problem};
use super::plan::{names, plan_of};
use super::which::{self, EQUIPE};
use crate::domain::permission::Deed;
use crate::domain::plan::{check, schedule};
use crate::views;
use crate::views::plan::Planning as Told;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// `/planning`.
#[derive(Debug, Clone)]
pub(super) struct Planning {
    team: Option<String>,
    page: usize,
}

impl Command for Planning {
    const PATH: &'static str = "planning";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("planning", "Le planning de l’équipe en mots, et ce qui ne va pas")
            .details(
                "Le tableau des jalons, la suite de jalons qui décide de la date, ce qui est ou sera en retard, la charge de \
                 chacun, les livrables oubliés et les heures par rapport au sujet.",
            )
            .param(ParamSpec::new("page", "Page du tableau", ParamKind::Integer { min: 1, max: 1_000 }))
            .param(which::equipe())
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let page = invocation.integer("page").and_then(|page| usize::try_from(page).ok()).unwrap_or(1);
        Ok(Self { team: invocation.text(EQUIPE).map(str::to_owned), page })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let scope = context.scope()?;
        let plan = plan_of(context, &meant).await?;
        let milestones = scope.milestones_of(meant.team.key).await?;
        let spent = scope.minutes_by_person(meant.team.key).await?;
        let told = Told {
            team: &meant.value(),
            name: &meant.team.name,
            findings: &check(&plan, context.now),
            schedule: &schedule(&plan, context.now),
            plan: &plan,
            milestones: &milestones,
            people: &names(context, &meant.team).await?,
            spent: spent.iter().map(|(_, minutes)| u64::from(*minutes)).sum(),
            now: &context.wall()?,
        };
        let mut draft = views::plan::planning(&told, self.page);
        // The other pages come in the place of the first, which has the file.
        if self.page == 1 {
            draft = calendars::with_team(context, &meant, draft).await?;
        }
        Ok(meant.among(context, draft))
    }
}
