//! `/equipe`: the teams of a brief, from the first seat to the last.
//!
//! Seats are the store's to count: a command asks for one and says what came of it. How many there are is the brief's to
//! say (`sizes`), and what a new team has from its brief is made in [`super::equip`].

mod found;
mod join;
mod leave;
mod people;
mod place;
mod room;
mod run;
mod show;
mod sizes;

pub(super) use found::Creer;
pub(super) use join::{Accepter, Rejoindre};
pub(super) use leave::Quitter;
pub(super) use people::{named, who};
pub(super) use place::Membre;
pub(super) use room::Salon;
pub(super) use run::{Dissoudre, Renommer};
pub(super) use show::Voir;

use room::Followed;

use super::context::{Context, Problem};
use super::which::Meant;
use crate::domain::permission::Deed;
use crate::domain::team::TeamName;
use crate::store::{Rank, Refusal, Team, Write};
use crate::views;
use vigie_chat::Draft;

/// The parameter that names a team's name to be.
const NOM: &str = "nom";
/// The parameter that names somebody.
const PERSONNE: &str = "personne";

/// A name that a team can have.
fn name(typed: &str) -> Result<TeamName, Problem> {
    TeamName::read(typed).map_err(|wrong| Problem::misread(wrong.to_string()))
}

/// Says the same in the team's own room, where it has one on this network and the command was given elsewhere.
async fn announce(context: &Context, team: &Team, draft: Draft) {
    let Some((connector, room)) = &team.room else { return };
    if *connector == context.origin.connector && *room != context.origin.room.id {
        let key = format!("equipe {}", context.origin.event.as_str());
        context.tell(room.clone(), draft, &key).await;
    }
}

/// Lets the captain go on, and those who place people.
fn allow_captain(context: &Context, meant: &Meant) -> Result<(), Problem> {
    let me = context.here()?.person;
    let captain = meant.team.members.iter().any(|member| member.person == me && member.rank == Rank::Captain);
    if captain || meant.hats.may(Deed::PlacePeople) {
        Ok(())
    } else {
        Err(Problem::Refused(views::team::captain_only(&meant.team)))
    }
}

/// Begins to change what the captain decides, by whoever is captain then, or places people.
async fn write_as_captain<'a>(context: &'a Context, meant: &Meant) -> Result<Write<'a>, Problem> {
    let (write, rank) = meant.begin(context).await?;
    if rank == Some(Rank::Captain) || meant.hats.may(Deed::PlacePeople) {
        Ok(write)
    } else {
        Err(Problem::Refused(views::team::captain_only(&meant.team)))
    }
}

/// Why a team doesn't change.
fn refused(refusal: Refusal, meant: &Meant) -> Problem {
    Problem::Refused(views::team::refusal(refusal, &meant.brief, Some(&meant.team)))
}

/// A team as it is now that it has changed.
struct Now {
    team: Team,
    /// How far its room followed.
    followed: Followed,
}

impl Now {
    /// The answer, which tells of whoever may still read the room without a seat.
    fn told(&self, answer: Draft) -> Draft {
        match self.followed {
            Followed::Entirely => answer,
            Followed::SomebodyStays => answer.note(views::team::still_in_its_room()),
        }
    }
}

/// A team as it is now that it has changed; its room follows.
async fn now(context: &Context, meant: &Meant) -> Result<Now, Problem> {
    let team = context.scope()?.team(meant.team.key).await?;
    let team = team.ok_or_else(|| Problem::Fault("a team that was just changed isn't there".to_owned()))?;
    let followed = room::follow(context, &meant.team, &team).await;
    Ok(Now { team, followed })
}
