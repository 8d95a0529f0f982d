//! `/livrable liste`: what a team has to hand in, and how far each is.

use crate::commands::context::{Context, Problem};
use crate::commands::{Command, params, which};
use crate::domain::permission::{Deed, Hat};
use crate::views;
use crate::views::deliverable::For;
use std::collections::{BTreeMap, BTreeSet};
use vigie_chat::{CommandSpec, Draft, Invocation};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Liste {
    team: Option<String>,
    page: usize,
}

impl Command for Liste {
    const PATH: &'static str = "livrable liste";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("liste", "Les livrables d’une équipe\u{a0}: attendus, déposés, validés, à reprendre")
            .param(which::equipe())
            .param(params::page())
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { team: invocation.text(which::EQUIPE).map(str::to_owned), page: params::page_of(invocation) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let whose = meant.whose(context)?;
        let all = context.scope()?.deliverables_of(meant.team.key).await?;
        if all.is_empty() {
            return Err(Problem::Refused(views::deliverable::none(&whose)));
        }
        let judges = all.iter().filter_map(|one| Some(one.latest.as_ref()?.verdict.as_ref()?.by));
        let mut people = BTreeMap::new();
        for judge in judges.collect::<BTreeSet<_>>() {
            people.insert(judge, super::name_of(context, judge).await?);
        }
        let reader = if meant.hats.wears(Hat::Teammate) {
            For::Teammate
        } else if meant.hats.may(Deed::JudgeWork) {
            For::Judge
        } else {
            For::Reader
        };
        Ok(meant.among(context, views::deliverable::list(&whose, &all, &people, reader, self.page)))
    }
}
