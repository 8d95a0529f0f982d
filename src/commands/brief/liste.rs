//! `/brief liste`: the briefs of the space, those under way first.

use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::permission::Deed;
use crate::store::BriefState;
use crate::views;
use crate::views::brief::Listed;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

const PAGE: &str = "page";

/// The command, with its values.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Liste {
    page: usize,
}

impl Command for Liste {
    const PATH: &'static str = "brief liste";
    const DEED: Deed = Deed::ReadBriefs;

    fn spec() -> CommandSpec {
        CommandSpec::new("liste", "Les sujets publiés, ceux en cours d’abord")
            .param(ParamSpec::new(PAGE, "Page de la liste", ParamKind::Integer { min: 1, max: 100 }))
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let page = invocation.integer(PAGE).and_then(|page| usize::try_from(page).ok()).unwrap_or(1);
        Ok(Self { page: page.max(1) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (here, scope) = (context.here()?, context.scope()?);
        let mut briefs = scope.briefs().await?;
        briefs.sort_by_key(|brief| brief.state == BriefState::Closed);
        let drafts = if here.hats.may(Deed::WriteBriefs) { scope.drafts(here.person).await?.len() } else { 0 };
        Ok(views::brief::list(Listed { briefs: &briefs, page: self.page, drafts }, &here.zone, context.now))
    }
}
