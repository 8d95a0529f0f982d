//! `/brief voir`: a published brief, as it is in force.

use super::{announcing, drafts};
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, calendars, which};
use crate::domain::permission::Deed;
use crate::store::BriefState;
use vigie_chat::{CommandSpec, Draft, Invocation};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Voir {
    sujet: Option<String>,
}

impl Command for Voir {
    const PATH: &'static str = "brief voir";
    const DEED: Deed = Deed::ReadBriefs;

    fn spec() -> CommandSpec {
        CommandSpec::new("voir", "Un sujet publié\u{a0}: dates, livrables, équipe, compétences évaluées")
            .param(which::sujet())
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(which::SUJET, "2"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { sujet: invocation.text(which::SUJET).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let brief = which::brief(context, self.sujet.as_deref()).await?;
        let says = drafts::in_force(context, &brief).await?;
        let number = brief.number.unwrap_or_default();
        let draft = match brief.state {
            BriefState::Closed => announcing::ended(context, &says, number),
            BriefState::Draft | BriefState::Published => announcing::announcement(context, &says, number),
        };
        calendars::with_brief(context, &brief, draft).await
    }
}
