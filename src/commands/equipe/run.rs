//! `/equipe renommer`, `/equipe dissoudre`.

use super::{NOM, allow_captain, announce, name, refused, write_as_captain};
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, params, which};
use crate::domain::permission::Deed;
use crate::store::{Dissolving, Renaming};
use crate::views;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter by which what can't be undone is said twice.
const CONFIRMATION: &str = "confirmation";

/// `/equipe renommer`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Renommer {
    name: String,
    equipe: Option<String>,
}

/// `/equipe dissoudre`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Dissoudre {
    equipe: Option<String>,
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ask,
    Do,
}

impl Command for Renommer {
    const PATH: &'static str = "equipe renommer";
    const DEED: Deed = Deed::RunTeam;

    fn spec() -> CommandSpec {
        CommandSpec::new("renommer", "Donner un autre nom à votre équipe")
            .param(ParamSpec::new(NOM, "Le nouveau nom, 60 caractères au plus", ParamKind::Text).required())
            .param(which::equipe())
            .example(Invocation::new(Self::PATH).with(NOM, "Les Vigies"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let equipe = invocation.text(which::EQUIPE).map(str::to_owned);
        Ok(Self { name: params::text(invocation, NOM)?, equipe })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let name = name(&self.name)?;
        let meant = which::team(context, self.equipe.as_deref(), Deed::RunTeam).await?;
        let mut write = meant.write(context).await?;
        match write.rename(meant.team.key, name.as_str()).await? {
            Renaming::Renamed { former } => {
                write.commit().await?;
                let said = views::team::renamed(&meant.team, &former, name.as_str());
                announce(context, &meant.team, said.clone()).await;
                Ok(said)
            }
            Renaming::NameTaken { number } => Err(Problem::Refused(views::team::name_taken(number))),
            Renaming::No(refusal) => Err(refused(refusal, &meant)),
        }
    }
}

impl Command for Dissoudre {
    const PATH: &'static str = "equipe dissoudre";
    const DEED: Deed = Deed::RunTeam;

    fn spec() -> CommandSpec {
        let yes = vec![Alternative::new("oui", "Dissoudre l’équipe")];
        CommandSpec::new("dissoudre", "Dissoudre une équipe\u{a0}: son travail est gardé, ses membres sont libres")
            .details("Le capitaine ou un formateur le fait. Une confirmation est demandée.")
            .param(which::equipe())
            .param(ParamSpec::new(CONFIRMATION, "Sans elle, rien n’est fait", ParamKind::Choice(yes)))
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let step = if invocation.text(CONFIRMATION).is_some() { Step::Do } else { Step::Ask };
        Ok(Self { equipe: invocation.text(which::EQUIPE).map(str::to_owned), step })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.equipe.as_deref(), Deed::RunTeam).await?;
        allow_captain(context, &meant)?;
        if self.step == Step::Ask {
            let confirmed =
                Invocation::new(Self::PATH).with(which::EQUIPE, views::team::value(&meant.team, &meant.brief));
            return Ok(views::team::confirm_dissolution(&meant.team, confirmed.with(CONFIRMATION, "oui")));
        }
        let mut write = write_as_captain(context, &meant).await?;
        match write.dissolve(meant.team.key).await? {
            Dissolving::Dissolved { .. } => {
                write.commit().await?;
                let said = views::team::dissolved(&meant.team, &meant.brief);
                announce(context, &meant.team, said.clone()).await;
                Ok(said)
            }
            Dissolving::No(refusal) => Err(refused(refusal, &meant)),
        }
    }
}
