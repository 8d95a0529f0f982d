//! `/jalon supprimer` and `/jalon retablir`: what is deleted by mistake is there again, for a day.

use super::ground::Ground;
use super::{JALON, find, jalon, number, said};
use crate::commands::context::{Context, Problem};
use crate::commands::plan::tasks;
use crate::commands::which::{self, EQUIPE};
use crate::commands::{Command, params};
use crate::domain::limits;
use crate::domain::permission::Deed;
use crate::domain::plan::cycle_by_adding;
use crate::store::{Change, Milestone, Undoing};
use crate::views;
use crate::views::milestone::Outcome;
use vigie_chat::{CommandSpec, Draft, Invocation};

/// `/jalon supprimer`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Supprimer {
    jalon: String,
    team: Option<String>,
}

/// `/jalon retablir`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Retablir {
    jalon: String,
    team: Option<String>,
}

impl Command for Supprimer {
    const PATH: &'static str = "jalon supprimer";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("supprimer", "Supprime un jalon de l’équipe, rétablissable pendant un jour")
            .param(jalon().required())
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with(JALON, "3"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { jalon: params::text(invocation, JALON)?, team: said(invocation, EQUIPE) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let ground = Ground::of(context, &meant).await?;
        let milestone = find(&ground.milestones, &self.jalon).map_err(Problem::Refused)?;
        let of_brief = || Problem::Refused(views::milestone::of_brief(milestone.number, &milestone.draft.title));
        if milestone.brief_key.is_some() {
            return Err(of_brief());
        }
        let mut write = meant.write(context).await?;
        match write.delete_milestone(milestone.key, milestone.revision).await? {
            Change::Made => {}
            Change::OfBrief => return Err(of_brief()),
            Change::Gone | Change::Missing(_) => return Err(Problem::Refused(views::milestone::gone())),
            Change::Changed => {
                drop(write);
                let ground = ground.renewed(context, &meant).await?;
                let newest = find(&ground.milestones, &self.jalon).map_err(Problem::Refused)?;
                return Ok(views::milestone::overtaken(newest, &ground.board()));
            }
        }
        write.journal("milestone.deleted", &format!("team:{}", meant.team.key.0)).await?;
        write.commit().await?;
        let needs_it = |other: &&Milestone| other.draft.needs.contains(&milestone.key);
        let needed_by: Vec<u32> = ground.milestones.iter().filter(needs_it).map(|other| other.number).collect();
        Ok(meant.among(context, views::milestone::deleted(milestone, &needed_by, &ground.board())))
    }
}

impl Command for Retablir {
    const PATH: &'static str = "jalon retablir";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("retablir", "Rétablit un jalon supprimé depuis moins d’un jour")
            // What is deleted isn't completed: the lists show what is there.
            .param(
                vigie_chat::ParamSpec::new(JALON, "Numéro qu’avait le jalon", vigie_chat::ParamKind::Text).required(),
            )
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with(JALON, "3"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { jalon: params::text(invocation, JALON)?, team: said(invocation, EQUIPE) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let unknown = || Problem::Refused(views::milestone::not_deleted(&self.jalon));
        let number = number(&self.jalon).ok_or_else(unknown)?;
        let deleted = context.scope()?.deleted_milestone(meant.team.key, number).await?;
        let (key, title) = deleted.ok_or_else(unknown)?;
        let mut write = meant.write(context).await?;
        match write.restore_milestone(key).await? {
            Undoing::Undone => {}
            Undoing::TooLate => return Err(Problem::Refused(views::milestone::too_late(number, &title))),
            Undoing::NotDeleted => return Err(unknown()),
            Undoing::Full => {
                let full = limits::MILESTONES.check(limits::MILESTONES.most() + 1).err();
                return Err(Problem::refused(full.map_or_else(String::new, |full| full.to_string())));
            }
        }
        // While it was away, what it needs may have come to need what needs it.
        let tasks = tasks(&write.plan_of(meant.team.key).await?, &[]);
        let needs = tasks.iter().find(|task| task.number == number).map(|task| task.needs.clone()).unwrap_or_default();
        if let Some(cycle) = needs.into_iter().find_map(|needed| cycle_by_adding(&tasks, number, needed)) {
            return Err(Problem::Refused(views::milestone::cycle(&cycle)));
        }
        write.journal("milestone.restored", &format!("team:{}", meant.team.key.0)).await?;
        write.commit().await?;
        let ground = Ground::of(context, &meant).await?;
        let Some(milestone) = ground.milestone(key) else { return Err(Problem::Refused(views::milestone::gone())) };
        Ok(meant.among(context, views::milestone::told(Outcome::Restored, milestone, &ground.board())))
    }
}
