//! `/livrable retirer` and `/livrable retablir`: the newest version is taken back, and brought back within a day.

use super::{VERSION, named};
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, params, which};
use crate::domain::permission::Deed;
use crate::store::{Change, DeliverableState, Undoing};
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation};

/// `/livrable retirer`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Retirer {
    deliverable: String,
    team: Option<String>,
}

/// `/livrable retablir`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Retablir {
    deliverable: String,
    version: Option<i64>,
    team: Option<String>,
}

impl Command for Retirer {
    const PATH: &'static str = "livrable retirer";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("retirer", "Retire la dernière version d’un livrable\u{a0}; c’est annulable pendant un jour")
            .param(named::livrable())
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with(named::LIVRABLE, "L2"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let deliverable = params::text(invocation, named::LIVRABLE)?;
        Ok(Self { deliverable, team: invocation.text(which::EQUIPE).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let deliverable = super::deliverable(context, &meant, &self.deliverable).await?;
        let Some(handin) = &deliverable.latest else {
            return Err(Problem::Refused(views::deliverable::nothing_handed_in(&deliverable)));
        };
        if deliverable.state == DeliverableState::Accepted {
            return Err(Problem::Refused(views::deliverable::validated(&deliverable)));
        }
        let mut write = meant.write(context).await?;
        let withdrawn = write.withdraw(handin.key, deliverable.revision).await?;
        if withdrawn != Change::Made {
            drop(write);
            let now = super::again(context, &deliverable).await?;
            return Err(Problem::Refused(views::deliverable::changed(&meant.whose(context)?, &now)));
        }
        write.journal("deliverable.withdrawn", &super::about(&deliverable)).await?;
        write.commit().await?;
        let now = super::again(context, &deliverable).await?;
        Ok(meant.among(context, views::deliverable::withdrawn(&meant.whose(context)?, &now, handin.version)))
    }
}

impl Command for Retablir {
    const PATH: &'static str = "livrable retablir";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("retablir", "Rétablit une version retirée depuis moins d’un jour")
            .param(named::livrable())
            .param(super::version())
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with(named::LIVRABLE, "L2"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self {
            deliverable: params::text(invocation, named::LIVRABLE)?,
            version: invocation.integer(VERSION),
            team: invocation.text(which::EQUIPE).map(str::to_owned),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let deliverable = super::deliverable(context, &meant, &self.deliverable).await?;
        let withdrawn = context.scope()?.withdrawn_of(deliverable.key).await?;
        let wanted = |version: u32| self.version.is_none_or(|wanted| wanted == i64::from(version));
        let Some((handin, _)) = withdrawn.into_iter().find(|(handin, _)| wanted(handin.version)) else {
            return Err(Problem::Refused(views::deliverable::nothing_withdrawn(&deliverable)));
        };
        let mut write = meant.write(context).await?;
        match write.restore_handin(handin.key).await? {
            Undoing::Undone => {}
            Undoing::TooLate => return Err(Problem::Refused(views::deliverable::too_late())),
            Undoing::NotDeleted | Undoing::Full => {
                return Err(Problem::Refused(views::deliverable::nothing_withdrawn(&deliverable)));
            }
        }
        write.journal("deliverable.restored", &super::about(&deliverable)).await?;
        write.commit().await?;
        let now = super::again(context, &deliverable).await?;
        Ok(meant.among(context, views::deliverable::restored(&meant.whose(context)?, &now, handin.version)))
    }
}
