//! `/brief abandonner`: throws a draft away.

use super::publier::{BROUILLON, number};
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::key::BriefKey;
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation};

/// The command, with its values.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Abandonner {
    brouillon: i64,
}

impl Command for Abandonner {
    const PATH: &'static str = "brief abandonner";
    const DEED: Deed = Deed::WriteBriefs;

    fn spec() -> CommandSpec {
        CommandSpec::new("abandonner", "Abandonne un de vos brouillons\u{a0}; rien de publié ne change")
            .private()
            .param(number(BROUILLON, "Numéro du brouillon").required())
            .example(Invocation::new(Self::PATH).with(BROUILLON, 12))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let brouillon = invocation.integer(BROUILLON);
        Ok(Self { brouillon: brouillon.ok_or_else(|| Problem::Misread(views::brief::no_such_draft()))? })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let mut write = context.write().await?;
        if !write.discard(BriefKey(self.brouillon)).await? {
            return Err(Problem::Refused(views::brief::no_such_draft()));
        }
        write.commit().await?;
        Ok(views::brief::discarded(self.brouillon))
    }
}
