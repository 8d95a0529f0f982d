//! `/soutenance repetition`: criteria that the jury may ask about, drawn by chance, what isn't covered yet more often.

use super::for_the_team;
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, brief, which};
use crate::domain::brief::ReferentielChoice;
use crate::domain::coverage::{Coverage, Mark, asked};
use crate::domain::defence::rehearsed;
use crate::domain::permission::Deed;
use crate::views;
use crate::views::defence::Question;
use std::collections::HashMap;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec};
use vigie_referentiels::CompetencyCode;

const NOMBRE: &str = "nombre";

/// Criteria that are drawn where nobody says how many.
const USUAL: i64 = 3;
/// Most criteria at once.
const MOST: i64 = 8;

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Repetition {
    equipe: Option<String>,
    nombre: i64,
}

impl Command for Repetition {
    const PATH: &'static str = "soutenance repetition";
    const DEED: Deed = Deed::ReadWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("repetition", "Tire au sort des critères sur lesquels le jury peut interroger, pour répéter")
            .param(ParamSpec::new(
                NOMBRE,
                "Combien de critères\u{a0}; 3 à défaut",
                ParamKind::Integer { min: 1, max: MOST },
            ))
            .param(which::equipe())
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(NOMBRE, 5))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let nombre = invocation.integer(NOMBRE).unwrap_or(USUAL).clamp(1, MOST);
        Ok(Self { equipe: invocation.text(which::EQUIPE).map(str::to_owned), nombre })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.equipe.as_deref(), Self::DEED).await?;
        let says = brief::in_force(context, &meant.brief).await?;
        let referentiel = match &says.referentiel {
            Some(ReferentielChoice::Known(slug)) => context.library.referentiel(slug),
            _ => None,
        };
        let Some(referentiel) = referentiel else {
            return Err(Problem::Refused(views::defence::no_criteria()));
        };
        let codes: Vec<CompetencyCode> =
            says.competencies.iter().filter_map(|one| one.code.as_deref()?.parse().ok()).collect();
        let asked = asked(referentiel, &codes);
        if asked.is_empty() {
            return Err(Problem::Refused(views::defence::no_criteria()));
        }
        let marks = context.scope()?.coverage_of(meant.team.key).await?;
        let marks: HashMap<&str, &Mark> = marks.iter().map(|one| (one.criterion.as_str(), &one.mark)).collect();
        let coverage: Vec<Coverage> =
            asked.iter().map(|one| marks.get(one.id).map_or(Coverage::Todo, |mark| mark.coverage())).collect();
        let seed = (context.chance)().ok_or_else(|| Problem::Fault("no randomness".to_owned()))?;
        let picked = rehearsed(&coverage, usize::try_from(self.nombre).unwrap_or(1), seed);
        let questions: Vec<Question<'_>> =
            picked.into_iter().map(|rank| Question { asked: &asked[rank], coverage: coverage[rank] }).collect();
        let again = Invocation::new(Self::PATH)
            .with(NOMBRE, self.nombre)
            .with(which::EQUIPE, format!("{}.{}", meant.brief.number.unwrap_or_default(), meant.team.number));
        let draft = views::defence::rehearsal(&meant.team.name, &questions, asked.len(), again);
        Ok(for_the_team(context, &meant.team, draft))
    }
}
