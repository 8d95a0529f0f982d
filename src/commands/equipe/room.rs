//! `/equipe salon`: a room of the team's own, and who is let in and out of it.
//!
//! The store has said already who is in the team: a network that fails takes nobody's seat away, and the command can be
//! given again. The key of the room is the team's, so that there is one however often it is asked for.

use super::announce;
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, which};
use crate::domain::permission::Deed;
use crate::domain::person::PersonKey;
use crate::store::{Brief, Team};
use crate::views;
use std::sync::Arc;
use std::time::Duration;
use vigie_chat::{
    CommandSpec, Connector, ConnectorName, Draft, IdempotencyKey, Invocation, Opened, PersonId, RoomId, RoomKind,
    SendError,
};

/// How long a network may take to make a room.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long it may take to let people in and out, while somebody waits for another answer.
const FOLLOWING: Duration = Duration::from_secs(5);

/// `/equipe salon`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Salon {
    equipe: Option<String>,
}

impl Command for Salon {
    const PATH: &'static str = "equipe salon";
    const DEED: Deed = Deed::RunTeam;

    fn spec() -> CommandSpec {
        CommandSpec::new("salon", "Ouvrir un salon pour l’équipe seule, à côté de celui-ci")
            .details(
                "Un fil privé sur Discord, un salon sur Matrix. Qui rejoint l’équipe y entre ensuite, qui la quitte en sort.",
            )
            .param(which::equipe())
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { equipe: invocation.text(which::EQUIPE).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.equipe.as_deref(), Deed::RunTeam).await?;
        let near = near(context, &meant.brief).ok_or_else(|| Problem::Refused(views::team::room_from_a_room()))?;
        let people = people(context, &meant.team, &context.origin.connector).await?;
        let accounts: Vec<PersonId> = people.iter().map(|(_, account)| account.clone()).collect();
        let name = views::team::room_name(&meant.team);
        let key = IdempotencyKey::new(format!("team room {} {}", context.here()?.tenant.0, meant.team.key.0));
        let network =
            context.network(&context.origin.connector).map_err(|_| Problem::Refused(views::team::no_room()))?;
        let opening = tokio::time::timeout(PATIENCE, network.open_room(&near, &name, &accounts, &key)).await;
        let Opened { room, absent } = match opening {
            Ok(Ok(opened)) => opened,
            Ok(Err(SendError::Forbidden(why))) => {
                tracing::info!(why, "a team has no room of its own");
                return Err(Problem::Refused(views::team::no_room()));
            }
            Ok(Err(error)) => return Err(Problem::Fault(error.to_string())),
            Err(_) => return Err(Problem::Fault("the network takes too long to make a room".to_owned())),
        };
        let mut write = meant.write(context).await?;
        write.set_room(meant.team.key, Some(&(context.origin.connector.clone(), room))).await?;
        write.commit().await?;
        let super::Now { team, .. } = super::now(context, &meant).await?;
        announce(context, &team, views::team::in_their_room(&team)).await;
        let absent: Vec<PersonKey> =
            people.iter().filter(|(_, account)| absent.contains(account)).map(|(person, _)| *person).collect();
        Ok(views::team::room_opened(&team, &absent))
    }
}

/// How far a team's room followed its seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Followed {
    /// Nobody who left is in it.
    Entirely,
    /// Somebody who left may still be in it.
    SomebodyStays,
}

/// Has the team's room follow its seats, on whichever network it is: who came in is let in, then who left is taken out. A
/// seat doesn't depend on it: what fails is in the log, and whoever asked is told who may still read the room.
pub(super) async fn follow(context: &Context, before: &Team, after: &Team) -> Followed {
    let Some((connector, room)) = &after.room else { return Followed::Entirely };
    let coming = async {
        let came = not_in(context, after, before, connector).await?;
        if !came.is_empty() {
            network(context, connector)?.let_in(room, &came).await.map_err(failed)?;
        }
        Ok::<(), Problem>(())
    };
    let entered = in_time(coming).await;
    let going = async {
        let left = not_in(context, before, after, connector).await?;
        if !left.is_empty() {
            network(context, connector)?.take_out(room, &left).await.map_err(failed)?;
        }
        Ok::<(), Problem>(())
    };
    let gone = in_time(going).await;
    for error in [&entered, &gone].into_iter().filter_map(|done| done.as_ref().err()) {
        tracing::warn!(?error, "the room of a team could not follow its seats");
    }
    if gone.is_err() { Followed::SomebodyStays } else { Followed::Entirely }
}

async fn in_time(following: impl Future<Output = Result<(), Problem>>) -> Result<(), Problem> {
    let done = tokio::time::timeout(FOLLOWING, following).await;
    done.unwrap_or_else(|_| Err(Problem::Fault("the network takes too long".to_owned())))
}

fn network<'a>(context: &'a Context, connector: &ConnectorName) -> Result<&'a Arc<dyn Connector>, Problem> {
    context.network(connector).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> Problem {
    Problem::Fault(error.to_string())
}

/// The accounts, on a network, of those who have a seat in one team and none in the other.
async fn not_in(context: &Context, one: &Team, other: &Team, on: &ConnectorName) -> Result<Vec<PersonId>, Problem> {
    let mut people = one.clone();
    people.members.retain(|member| other.members.iter().all(|known| known.person != member.person));
    Ok(self::people(context, &people, on).await?.into_iter().map(|(_, account)| account).collect())
}

/// Where the room is made: beside this one or, in a direct room, beside the one in which the brief was published.
fn near(context: &Context, brief: &Brief) -> Option<RoomId> {
    let origin = &context.origin;
    if origin.room.kind == RoomKind::Shared {
        return Some(origin.room.id.clone());
    }
    let published = brief.room.as_ref().filter(|(connector, _)| *connector == origin.connector);
    published.map(|(_, room)| room.clone())
}

/// The members who have an account on a network.
async fn people(context: &Context, team: &Team, on: &ConnectorName) -> Result<Vec<(PersonKey, PersonId)>, Problem> {
    let mut people = Vec::new();
    for member in &team.members {
        people.extend(account(context, member.person, on).await?.map(|account| (member.person, account)));
    }
    Ok(people)
}

async fn account(context: &Context, person: PersonKey, on: &ConnectorName) -> Result<Option<PersonId>, Problem> {
    let accounts = context.scope()?.accounts_of(person).await?;
    Ok(accounts.into_iter().find(|account| account.connector == *on).map(|account| account.id))
}
