//! `/amenagement`: the candidate's right to accommodation, its procedure, the person to contact, extra time.
//!
//! Always answered in private. Nothing of what is asked here is kept: the fact that somebody asked is itself health data.
//! Whoever wants to be reminded has a reminder without words, as any other (see [`rappel`]).

mod rappel;

pub(super) use rappel::{Oublier, Rappel};

use super::context::{Context, Problem};
use super::{Command, params};
use crate::domain::accommodation::extra_time_limit;
use crate::domain::duration::{Minutes, read_several};
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};
use vigie_referentiels::Referentiel;

/// `/amenagement procedure`.
#[derive(Debug, Clone)]
pub(super) struct Procedure {
    referentiel: Option<String>,
}

/// `/amenagement temps`.
#[derive(Debug, Clone)]
pub(super) struct Temps {
    normal: Vec<Minutes>,
    referentiel: Option<String>,
}

/// `/amenagement contact`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contact;

impl Command for Procedure {
    const PATH: &'static str = "amenagement procedure";
    const DEED: Deed = Deed::Ask;

    fn spec() -> CommandSpec {
        CommandSpec::new("procedure", "Vos droits et la démarche à suivre, dans les mots du référentiel")
            .private()
            .param(params::referentiel())
            .example(Invocation::new(Self::PATH).with(params::REFERENTIEL, "projet-ia"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { referentiel: invocation.text(params::REFERENTIEL).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let library = &context.library;
        let contact = context.settings.referent_handicap.as_ref();
        let draft = match params::read_referentiel(self.referentiel.as_deref(), library)? {
            Some(referentiel) => views::amenagement::procedure(referentiel, library, contact),
            None => match library.referentiels.as_slice() {
                [only] => views::amenagement::procedure(only, library, contact),
                _ => views::amenagement::choose(library, Self::PATH),
            },
        };
        Ok(draft.private())
    }
}

impl Command for Temps {
    const PATH: &'static str = "amenagement temps";
    const DEED: Deed = Deed::Ask;

    fn spec() -> CommandSpec {
        CommandSpec::new(
            "temps",
            "Le temps majoré pour une ou plusieurs épreuves, là où le référentiel fixe une limite",
        )
        .details("Plusieurs épreuves à la fois, séparées par des virgules\u{a0}: 30\u{a0}min, 45\u{a0}min, 4\u{a0}h.")
        .private()
        .param(
            ParamSpec::new(
                "duree",
                "Durée normale, par exemple 30 min\u{a0}; ou plusieurs, avec des virgules",
                ParamKind::Duration,
            )
            .required(),
        )
        .param(params::referentiel())
        .example(Invocation::new(Self::PATH).with("duree", "30 min"))
        .example(Invocation::new(Self::PATH).with("duree", "30 min, 45 min, 4 h"))
        .example(Invocation::new(Self::PATH).with("duree", "1h30").with(params::REFERENTIEL, "projet-ia"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let (mut durations, mut referentiel) =
            (params::text(invocation, "duree")?, invocation.text(params::REFERENTIEL).map(str::to_owned));
        // Durations without commas between them: no référentiel is called by one.
        if let Some(more) = referentiel.take_if(|said| read_several(said).is_ok()) {
            durations = format!("{durations}, {more}");
        }
        let normal = read_several(&durations).map_err(|e| Problem::misread(e.to_string()))?;
        Ok(Self { normal, referentiel })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let library = &context.library;
        let scope = params::read_referentiel(self.referentiel.as_deref(), library)?;
        let asked: Vec<&Referentiel> = scope.map_or_else(|| library.referentiels.iter().collect(), |only| vec![only]);
        let limits: Vec<_> = asked.into_iter().map(|r| (r, extra_time_limit(r))).collect();
        Ok(views::amenagement::extra_time(&self.normal, &limits).private())
    }
}

impl Command for Contact {
    const PATH: &'static str = "amenagement contact";
    const DEED: Deed = Deed::Ask;

    fn spec() -> CommandSpec {
        CommandSpec::new("contact", "La personne à contacter pour un aménagement")
            .private()
            .example(Invocation::new(Self::PATH))
    }

    fn read(_: &Invocation) -> Result<Self, Problem> {
        Ok(Self)
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        Ok(views::amenagement::contact(context.settings.referent_handicap.as_ref()).private())
    }
}
