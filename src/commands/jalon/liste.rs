//! `/jalon liste`: a team's milestones, late ones first, then by date.

use super::ground::Ground;
use super::said;
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::commands::which::{self, EQUIPE};
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// `/jalon liste`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Liste {
    team: Option<String>,
    page: usize,
}

impl Command for Liste {
    const PATH: &'static str = "jalon liste";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("liste", "Montre les jalons de l’équipe, par date")
            .param(ParamSpec::new("page", "Numéro de la page", ParamKind::Integer { min: 1, max: 1_000 }))
            .param(which::equipe())
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let page = invocation.integer("page").and_then(|page| usize::try_from(page).ok()).unwrap_or(1);
        Ok(Self { team: said(invocation, EQUIPE), page })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let ground = Ground::of(context, &meant).await?;
        let list = views::milestone::list(None, &ground.milestones, self.page, &ground.board());
        Ok(meant.among(context, list))
    }
}
