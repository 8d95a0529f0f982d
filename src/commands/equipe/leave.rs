//! `/equipe quitter`: giving up one's seat, and offering the others what one was responsible for.

use super::people::who;
use super::{announce, now, refused};
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, which};
use crate::domain::permission::Deed;
use crate::store::{Leaving, Remaining};
use crate::views;
use crate::views::team::{Before, Left, Who};
use vigie_chat::{CommandSpec, Draft, Invocation};

/// `/equipe quitter`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Quitter {
    equipe: Option<String>,
}

impl Command for Quitter {
    const PATH: &'static str = "equipe quitter";
    const DEED: Deed = Deed::FoundTeam;

    fn spec() -> CommandSpec {
        CommandSpec::new("quitter", "Quitter votre équipe, ou retirer votre demande d’en rejoindre une")
            .details(
                "Vos jalons qui ne sont pas faits sont proposés aux autres membres. Ce que vous avez fait reste dans \
                 l’historique de l’équipe.",
            )
            .param(which::equipe())
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { equipe: invocation.text(which::EQUIPE).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.equipe.as_deref(), Deed::FoundTeam).await?;
        let me = context.here()?.person;
        let mut write = context.write().await?;
        let remaining = match write.leave(meant.team.key, me).await? {
            Leaving::Left(remaining) => remaining,
            Leaving::NotIn if write.decline(meant.team.key, me).await? => {
                write.commit().await?;
                return Ok(views::team::withdrawn(&meant.team));
            }
            Leaving::NotIn => return Err(Problem::Refused(views::team::not_in(&meant.team))),
            Leaving::No(refusal) => return Err(refused(refusal, &meant)),
        };
        let released = write.release_milestones(meant.team.key, me).await?;
        write.commit().await?;
        let captain = match remaining {
            Remaining::NewCaptain(captain) => Some(who(context, captain).await?),
            _ => None,
        };
        let now = now(context, &meant).await?;
        let me = Who::Here(context.origin.person.clone());
        let said = |before| {
            let left = Left { remaining, captain: captain.as_ref(), released: &released, before };
            views::team::left(&now.team, &meant.brief, &me, left)
        };
        announce(context, &now.team, said(Before::Team)).await;
        Ok(now.told(said(meant.before(context))))
    }
}
