//! `/config`: what the administrators of a space set.
//!
//! Each thing that can be set has its own words (`/config rattacher`, `/config fuseau` and others), since what is
//! asked differs; `/config voir` shows all of it, as it is in force.

mod rooms;
mod trainers;
mod zone;

pub(super) use rooms::{Code, Detacher, Rattacher};
pub(super) use trainers::Formateur;
pub(super) use zone::{Fuseau, ZONE_PARAM, read_zone, zones_like};

use super::Command;
use super::context::{Context, Problem};
use super::here::ZONE;
use crate::domain::belonging::{Belonging, belonging};
use crate::domain::permission::Deed;
use crate::store::NetworkSpace;
use crate::views;
use crate::views::config::{InForce, Room};
use vigie_chat::{CommandSpec, Draft, Invocation, SpaceId};

/// `/config voir`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voir;

impl Command for Voir {
    const PATH: &'static str = "config voir";
    const DEED: Deed = Deed::Configure;

    fn spec() -> CommandSpec {
        CommandSpec::new("voir", "Les salons de cet espace et ses réglages")
            .private()
            .example(Invocation::new(Self::PATH))
    }

    fn read(_: &Invocation) -> Result<Self, Problem> {
        Ok(Self)
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (belonging, space) = place(context).await?;
        let settings = &context.settings;
        let chosen = context.scope()?.chosen(ZONE).await?;
        let trainers = context.scope()?.trainers().await?;
        let in_force = InForce {
            referent: settings.referent_handicap.as_ref(),
            time_zone: chosen.as_deref().unwrap_or(&settings.time_zone),
            trainers: &trainers,
        };
        let tenant = NetworkSpace { connector: &context.origin.connector, space: &space };
        let here = context.origin.room.id.as_str();
        // A space that is a room counts itself among its rooms; of the others the network knows which they are.
        let first = match belonging {
            Belonging::Alone | Belonging::Joined => {
                let name = context.store.name_of(tenant).await?;
                Some(Room { is_here: space.as_str() == here, name, id: space.to_string() })
            }
            Belonging::OfNetwork | Belonging::Direct => None,
        };
        let joined = context.store.rooms_of(tenant).await?;
        let joined =
            joined.into_iter().map(|r| Room { is_here: r.id.as_str() == here, name: r.name, id: r.id.to_string() });
        let rooms: Vec<Room> = first.into_iter().chain(joined).collect();
        Ok(views::config::space(belonging, &rooms, &in_force))
    }
}

/// How the room belongs to its space, and which that is.
async fn place(context: &Context) -> Result<(Belonging, SpaceId), Problem> {
    let origin = &context.origin;
    let joined = context.store.space_of(&origin.connector, &origin.room.id).await?;
    match (belonging(origin, joined.as_ref()), origin.space.clone()) {
        (Belonging::Direct, _) | (_, None) => Err(Problem::Refused(views::config::in_a_room())),
        (belonging, Some(space)) => Ok((belonging, space)),
    }
}
