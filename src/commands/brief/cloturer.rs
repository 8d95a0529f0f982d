//! `/brief cloturer`: ends a brief. Everything stays readable, and nothing changes any more.

use super::{announcing, drafts};
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, which};
use crate::domain::permission::Deed;
use crate::store::{BriefState, Closing};
use crate::views;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

const CONFIRMATION: &str = "confirmation";

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Cloturer {
    sujet: Option<String>,
    confirmed: Confirmed,
}

/// Whether they said that they want it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Confirmed {
    Yes,
    NotYet,
}

impl Command for Cloturer {
    const PATH: &'static str = "brief cloturer";
    const DEED: Deed = Deed::WriteBriefs;

    fn spec() -> CommandSpec {
        let yes = vec![Alternative::new("oui", "Oui, clôturer")];
        CommandSpec::new("cloturer", "Clôture un sujet\u{a0}: tout reste lisible et rien ne change plus")
            .private()
            .param(which::sujet())
            .param(ParamSpec::new(CONFIRMATION, "Pour clôturer sans autre question", ParamKind::Choice(yes)))
            .example(Invocation::new(Self::PATH).with(which::SUJET, "2"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let confirmed = invocation.text(CONFIRMATION).map_or(Confirmed::NotYet, |_| Confirmed::Yes);
        Ok(Self { sujet: invocation.text(which::SUJET).map(str::to_owned), confirmed })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let brief = which::brief(context, self.sujet.as_deref()).await?;
        let number = brief.number.unwrap_or_default();
        if brief.state == BriefState::Closed {
            return Ok(views::brief::closed_already(number, &brief.title));
        }
        if self.confirmed == Confirmed::NotYet {
            let teams = context.scope()?.teams(brief.key).await?.len();
            return Ok(views::brief::ask_to_close(number, &brief.title, teams));
        }
        let says = drafts::in_force(context, &brief).await?;
        let mut write = context.write().await?;
        match write.close_brief(brief.key).await? {
            Closing::Closed => write.commit().await?,
            Closing::Already => return Ok(views::brief::closed_already(number, &brief.title)),
            Closing::NotThere => return Err(Problem::Refused(views::which::no_brief())),
        }
        announcing::renew(context, &brief, announcing::ended(context, &says, number)).await;
        Ok(views::brief::closed(number, &brief.title))
    }
}
