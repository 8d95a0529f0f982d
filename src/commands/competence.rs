//! `/competence`: the sheet of one competency.

use super::context::{Context, Problem};
use super::resolve::{self, Meant};
use super::{Command, params};
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(super) struct Competence {
    code: String,
    referentiel: Option<String>,
}

impl Command for Competence {
    const PATH: &'static str = "competence";
    const DEED: Deed = Deed::Ask;

    fn spec() -> CommandSpec {
        CommandSpec::new("competence", "La fiche d’une compétence\u{a0}: énoncé, évaluation, critères")
            .details("Un code s’écrit comme vous voulez\u{a0}: C1.5, c1 5, a2c4, 3.2.1. Des mots conviennent aussi.")
            .param(
                ParamSpec::new(params::CODE, "Code de la compétence, ou des mots de son énoncé", ParamKind::Code)
                    .required()
                    .completed(),
            )
            .param(params::referentiel())
            .example(Invocation::new("competence").with(params::CODE, "C1.5"))
            .example(Invocation::new("competence").with(params::CODE, "audit de sécurité"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let code = params::text(invocation, params::CODE)?;
        Ok(Self { code, referentiel: invocation.text(params::REFERENTIEL).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let library = &context.library;
        let (text, scope) = params::text_within(&self.code, self.referentiel.as_deref(), library)?;
        Ok(match resolve::competency(&text, scope, library)? {
            Meant::One(place) => views::sheet::sheet(place),
            Meant::Several(places) => resolve::ask(&places, Self::PATH),
        })
    }
}
