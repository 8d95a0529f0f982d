//! `/equipe membre`: a trainer places somebody, takes them out, or names the captain.

use super::people::{named, who};
use super::sizes::{By, content, most, size};
use super::{PERSONNE, announce, now, refused};
use crate::commands::context::{Context, Problem};
use crate::commands::which::{self, Meant};
use crate::commands::{Command, params};
use crate::domain::permission::Deed;
use crate::domain::person::PersonKey;
use crate::store::{Leaving, Naming, Remaining, Replacing, Seating};
use crate::views;
use crate::views::team::{Before, Left, Who};
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Person, Text};

const ACTION: &str = "action";
/// The parameter that names whose place is taken.
const REMPLACE: &str = "remplace";

/// `/equipe membre`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Membre {
    equipe: String,
    person: Person,
    action: Action,
    replaced: Option<Person>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Place,
    TakeOut,
    MakeCaptain,
}

impl Command for Membre {
    const PATH: &'static str = "equipe membre";
    const DEED: Deed = Deed::PlacePeople;

    fn spec() -> CommandSpec {
        let actions = vec![
            Alternative::new("placer", "Lui donner une place"),
            Alternative::new("retirer", "La retirer de l’équipe"),
            Alternative::new("capitaine", "En faire le capitaine"),
        ];
        let team = ParamSpec::new(which::EQUIPE, "Numéro ou nom de l’équipe", ParamKind::Text).required().completed();
        CommandSpec::new("membre", "Placer une personne dans une équipe, l’en retirer, ou en faire le capitaine")
            .details(
                "Un formateur va jusqu’à la tolérance du sujet, quand il en a une pour une promotion impaire. Avec \
                 remplace, la personne prend la place d’une autre.",
            )
            .param(team)
            .param(ParamSpec::new(PERSONNE, "Qui", ParamKind::Person).required())
            .param(ParamSpec::new(ACTION, "Que faire", ParamKind::Choice(actions)).required())
            .param(ParamSpec::new(REMPLACE, "La personne dont elle prend la place", ParamKind::Person))
            .example(
                Invocation::new(Self::PATH)
                    .with(which::EQUIPE, "2")
                    .with(PERSONNE, Person::new("camille", "camille"))
                    .with(ACTION, "placer"),
            )
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let person = invocation.person(PERSONNE).cloned();
        Ok(Self {
            equipe: params::text(invocation, which::EQUIPE)?,
            person: person.ok_or_else(|| Problem::misread(Text::from("Il manque ").code(PERSONNE).plain(".")))?,
            action: match invocation.text(ACTION) {
                Some("retirer") => Action::TakeOut,
                Some("capitaine") => Action::MakeCaptain,
                _ => Action::Place,
            },
            replaced: invocation.person(REMPLACE).cloned(),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, Some(&self.equipe), Deed::PlacePeople).await?;
        let person = named(context, &self.person).await?;
        let they = who(context, person).await?;
        let said = match (self.action, &self.replaced) {
            (Action::Place, Some(other)) => {
                let other = named(context, other).await?;
                replace(context, &meant, (other, &who(context, other).await?), (person, &they)).await?
            }
            (Action::Place, None) => Said::alike(place(context, &meant, person, &they).await?),
            (Action::TakeOut, _) => take_out(context, &meant, person, &they).await?,
            (Action::MakeCaptain, _) => Said::alike(make_captain(context, &meant, person, &they).await?),
        };
        announce(context, &meant.team, said.to_team).await;
        Ok(said.here)
    }
}

/// What is said of a change where it was asked for, and in the team's room.
struct Said {
    here: Draft,
    to_team: Draft,
}

impl Said {
    fn alike(draft: Draft) -> Self {
        Self { here: draft.clone(), to_team: draft }
    }
}

async fn place(context: &Context, meant: &Meant, person: PersonKey, they: &Who) -> Result<Draft, Problem> {
    let size = size(&content(context, &meant.brief).await?);
    let mut write = meant.write(context).await?;
    match write.place_member(meant.team.key, person, most(size, By::Trainer)).await? {
        Seating::Joined { rank } => {
            write.commit().await?;
            Ok(views::team::joined(&now(context, meant).await?.team, &meant.brief, size, rank, they))
        }
        Seating::No(refusal) => {
            Err(Problem::Refused(views::team::their_refusal(refusal, &meant.brief, &meant.team, they)))
        }
        Seating::MustAsk { .. } => Err(Problem::Fault("whoever is placed doesn't ask".to_owned())),
    }
}

async fn take_out(context: &Context, meant: &Meant, person: PersonKey, they: &Who) -> Result<Said, Problem> {
    let mut write = meant.write(context).await?;
    let remaining = match write.leave(meant.team.key, person).await? {
        Leaving::Left(remaining) => remaining,
        Leaving::NotIn => return Err(Problem::Refused(views::team::they_are_not_in(&meant.team, they))),
        Leaving::No(refusal) => return Err(refused(refusal, meant)),
    };
    let released = write.release_milestones(meant.team.key, person).await?;
    write.commit().await?;
    let captain = match remaining {
        Remaining::NewCaptain(captain) => Some(who(context, captain).await?),
        _ => None,
    };
    let now = now(context, meant).await?;
    let said = |before| {
        let left = Left { remaining, captain: captain.as_ref(), released: &released, before };
        views::team::left(&now.team, &meant.brief, they, left)
    };
    Ok(Said { here: now.told(said(meant.before(context))), to_team: said(Before::Team) })
}

async fn replace(
    context: &Context,
    meant: &Meant,
    (gone, gone_who): (PersonKey, &Who),
    (person, they): (PersonKey, &Who),
) -> Result<Said, Problem> {
    let mut write = meant.write(context).await?;
    let captain = match write.replace(meant.team.key, gone, person).await? {
        Replacing::Replaced { captain } => captain,
        Replacing::NotIn => return Err(Problem::Refused(views::team::they_are_not_in(&meant.team, gone_who))),
        Replacing::No(refusal) => {
            return Err(Problem::Refused(views::team::their_refusal(refusal, &meant.brief, &meant.team, they)));
        }
    };
    let released = write.release_milestones(meant.team.key, gone).await?;
    write.commit().await?;
    let captain = match captain {
        Some(captain) => Some(who(context, captain).await?),
        None => None,
    };
    let now = now(context, meant).await?;
    let said = |before| {
        let left = Left { remaining: Remaining::Others, captain: captain.as_ref(), released: &released, before };
        views::team::replaced(&now.team, &meant.brief, gone_who, they, left)
    };
    Ok(Said { here: now.told(said(meant.before(context))), to_team: said(Before::Team) })
}

async fn make_captain(context: &Context, meant: &Meant, person: PersonKey, they: &Who) -> Result<Draft, Problem> {
    let mut write = meant.write(context).await?;
    match write.name_captain(meant.team.key, person).await? {
        Naming::Named => {
            write.commit().await?;
            Ok(views::team::captain(&meant.team, they))
        }
        Naming::NotIn => Err(Problem::Refused(views::team::they_are_not_in(&meant.team, they))),
        Naming::No(refusal) => Err(refused(refusal, meant)),
    }
}
