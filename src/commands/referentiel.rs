//! `/referentiel`: the list of référentiels, or the summary of one.

use super::context::{Context, Problem};
use super::{Command, params};
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(super) struct ReferentielCommand {
    name: Option<String>,
}

impl Command for ReferentielCommand {
    const PATH: &'static str = "referentiel";
    const DEED: Deed = Deed::Ask;

    fn spec() -> CommandSpec {
        CommandSpec::new("referentiel", "Les référentiels, ou le résumé de l’un d’eux\u{a0}: épreuves, règles, blocs")
            .param(
                ParamSpec::new(params::REFERENTIEL, "Nom du référentiel, par exemple projet-ia", ParamKind::Text)
                    .completed(),
            )
            .example(Invocation::new("referentiel"))
            .example(Invocation::new("referentiel").with(params::REFERENTIEL, "projet-ia"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { name: invocation.text(params::REFERENTIEL).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let library = &context.library;
        Ok(match params::read_referentiel(self.name.as_deref(), library)? {
            Some(referentiel) => views::referentiel::summary(referentiel),
            None => views::referentiel::list(library),
        })
    }
}
