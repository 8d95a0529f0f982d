//! `/equipe creer`.

use super::sizes::{content, size};
use super::{NOM, name};
use crate::commands::context::{Context, Problem};
use crate::commands::equip::equip;
use crate::commands::{Command, params, which};
use crate::domain::permission::Deed;
use crate::store::{Entry, Founding};
use crate::views;
use crate::views::team::Made;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter that says how others come in.
const ENTREE: &str = "entree";

/// `/equipe creer`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Creer {
    name: String,
    sujet: Option<String>,
    entry: Entry,
}

impl Command for Creer {
    const PATH: &'static str = "equipe creer";
    const DEED: Deed = Deed::FoundTeam;

    fn spec() -> CommandSpec {
        let ways = vec![
            Alternative::new("ouverte", "Ouverte\u{a0}: qui veut prend une place"),
            Alternative::new("accord", "Sur accord du capitaine"),
        ];
        CommandSpec::new("creer", "Créer une équipe pour un sujet, dont vous serez capitaine")
            .details(
                "L’équipe reçoit les jalons et les livrables du sujet. Le nombre de places vient du sujet. Sans précision, \
                 l’équipe est ouverte.",
            )
            .param(ParamSpec::new(NOM, "Nom de l’équipe, 60 caractères au plus", ParamKind::Text).required())
            .param(which::sujet())
            .param(ParamSpec::new(ENTREE, "Comment on y entre", ParamKind::Choice(ways)))
            .example(Invocation::new(Self::PATH).with(NOM, "Les Éclaireurs"))
            .example(Invocation::new(Self::PATH).with(NOM, "Les Éclaireurs").with(ENTREE, "accord"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self {
            name: params::text(invocation, NOM)?,
            sujet: invocation.text(which::SUJET).map(str::to_owned),
            entry: if invocation.text(ENTREE) == Some("accord") { Entry::Asked } else { Entry::Open },
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let name = name(&self.name)?;
        let brief = which::brief(context, self.sujet.as_deref()).await?;
        let says = content(context, &brief).await?;
        let me = context.here()?.person;
        let mut write = context.write().await?;
        let refused = match write.found_team(brief.key, me, name.as_str(), self.entry).await? {
            Founding::Founded { team, .. } => {
                let equipped = equip(&mut write, team, &says).await?;
                write.commit().await?;
                let made = Made {
                    milestones: equipped.milestones.added.len(),
                    deliverables: equipped.deliverables.added.len(),
                };
                let team = context.scope()?.team(team).await?;
                let team = team.ok_or_else(|| Problem::Fault("a new team isn't there".to_owned()))?;
                return Ok(views::team::founded(&team, &brief, size(&says), made, &context.origin.person));
            }
            Founding::NameTaken { number } => views::team::name_taken(number),
            Founding::TooMany { most } => views::team::too_many(most),
            Founding::No(refusal) => views::team::refusal(refusal, &brief, None),
        };
        Err(Problem::Refused(refused))
    }
}
