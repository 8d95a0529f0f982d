//! `/heures voir`: hours in all and by person, and what was noted.

use super::Sheet;
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::commands::jalon;
use crate::commands::which::{self, EQUIPE};
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// `/heures voir`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Voir {
    team: Option<String>,
    page: usize,
}

impl Command for Voir {
    const PATH: &'static str = "heures voir";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("voir", "Montre les heures passées, par personne et en tout")
            .param(ParamSpec::new("page", "Page des saisies", ParamKind::Integer { min: 1, max: 1_000 }))
            .param(which::equipe())
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let page = invocation.integer("page").and_then(|page| usize::try_from(page).ok()).unwrap_or(1);
        Ok(Self { team: jalon::said(invocation, EQUIPE), page })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let sheet = Sheet::of(context, &meant).await?;
        Ok(meant.among(context, views::hours::log(&sheet.log(), self.page)))
    }
}
