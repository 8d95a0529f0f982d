//! `/criteres`: the criteria of one competency, each quotable by its own id.

use super::context::{Context, Problem};
use super::resolve::{self, Meant};
use super::{Command, params};
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(super) struct Criteres {
    code: String,
    referentiel: Option<String>,
}

impl Command for Criteres {
    const PATH: &'static str = "criteres";
    const DEED: Deed = Deed::Ask;

    fn spec() -> CommandSpec {
        CommandSpec::new("criteres", "Les critères que le jury applique, numérotés")
            .param(
                ParamSpec::new(params::CODE, "Code de la compétence, ou des mots de son énoncé", ParamKind::Code)
                    .required()
                    .completed(),
            )
            .param(params::referentiel())
            .example(Invocation::new("criteres").with(params::CODE, "A2C4"))
            .example(Invocation::new("criteres").with(params::CODE, "CE17.1"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let code = params::text(invocation, params::CODE)?;
        Ok(Self { code, referentiel: invocation.text(params::REFERENTIEL).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let library = &context.library;
        let (text, scope) = params::text_within(&self.code, self.referentiel.as_deref(), library)?;
        if let Some((place, criterion)) = resolve::criterion(&text, scope, library) {
            return Ok(views::sheet::one_criterion(place, criterion));
        }
        Ok(match resolve::competency(&text, scope, library)? {
            Meant::One(place) => views::sheet::criteria(place),
            Meant::Several(places) => resolve::ask(&places, Self::PATH),
        })
    }
}
