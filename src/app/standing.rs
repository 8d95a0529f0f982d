//! As whom somebody acts: what the network says of them, and what their space chose.
//!
//! What a network says of somebody holds in its own rooms alone. In a direct room the store tells in which space they were
//! met last, and the network is asked what they are in it; where it can't tell, the other networks
//! on which they have an account are. Whom none of them says to be there is no trainer, though they were chosen by name.

use crate::commands::{Here, ZONE};
use crate::config::Settings;
use crate::domain::key::TenantKey;
use crate::domain::permission::{Deed, Hat, Hats};
use crate::domain::person::PersonKey;
use crate::store::{FeedOf, MetDirectly, NetworkSpace, Store, StoreError, Trainer};
use crate::views;
use futures::future::join_all;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;
use std::time::Duration;
use vigie_chat::{Connector, ConnectorName, Membership, Origin, PersonId, Role, SpaceId, Standing, Text, folded};

/// How long a network may take to say what somebody is.
const PATIENCE: Duration = Duration::from_secs(1);

/// The role that makes trainers where a space chose no other.
const BY_NAME: &str = "formateur";

/// Who asks. None where no space is known.
///
/// # Errors
///
/// [`StoreError`].
pub(super) async fn here(
    origin: &Origin,
    store: &Store,
    (settings, networks): (&Settings, &[Arc<dyn Connector>]),
    now: Timestamp,
) -> Result<Option<Here>, StoreError> {
    let mut origin = origin.clone();
    let (tenant, person, belongs) = if let Some(space) = &origin.space {
        let met = store.meet(NetworkSpace { connector: &origin.connector, space }, &origin.person, now).await?;
        (met.tenant, met.person, Belongs::Told)
    } else {
        let known = store.meet_direct(&origin.connector, &origin.person.id).await?;
        match in_private(&mut origin, known, (store, networks)).await? {
            Some(met) => met,
            None => return Ok(None),
        }
    };
    let scope = store.of(tenant);
    let known = scope.person(person).await?;
    let display = known.as_ref().map(|known| known.display).unwrap_or_default();
    let zone = match known.and_then(|known| known.zone) {
        Some(own) => Some(own),
        None => scope.chosen(ZONE).await?,
    };
    let zone = zone.and_then(|name| TimeZone::get(&name).ok()).or_else(|| settings.zone()).unwrap_or(TimeZone::UTC);
    let hats = hats(&origin, &scope.trainers().await?, (person, belongs));
    Ok(Some(Here { tenant, person, hats, zone, display }))
}

/// Whether a network says that somebody belongs to the space of which they are taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Belongs {
    /// One does.
    Told,
    /// None can tell.
    Untold,
}

/// The space meant in a direct room: the one in which somebody was met last and still is, with what they are in it. The
/// network of the room is asked, then every other on which they have an account there. Where none can tell, they are taken
/// to be in it, and for nothing more than a member.
async fn in_private(
    origin: &mut Origin,
    known: Vec<MetDirectly>,
    (store, networks): (&Store, &[Arc<dyn Connector>]),
) -> Result<Option<(TenantKey, PersonKey, Belongs)>, StoreError> {
    for met in known {
        let own = match &met.space {
            Some(space) => asked(networks, &origin.connector, space, &origin.person.id).await,
            None => None,
        };
        let belongs = match own {
            Some(Some(membership)) => {
                (origin.standing, origin.roles) = (membership.standing, membership.roles);
                Belongs::Told
            }
            // They left, or were put out: nothing of it is theirs to read any more.
            Some(None) => continue,
            None => match elsewhere(&origin.connector, &met, (store, networks)).await? {
                Some(true) => Belongs::Told,
                Some(false) => continue,
                None => Belongs::Untold,
            },
        };
        return Ok(Some((met.tenant, met.person, belongs)));
    }
    Ok(None)
}

/// Whether somebody belongs to a tenant by what other networks than this one say of their accounts there; none where none of
/// them can tell.
async fn elsewhere(
    here: &ConnectorName,
    met: &MetDirectly,
    (store, networks): (&Store, &[Arc<dyn Connector>]),
) -> Result<Option<bool>, StoreError> {
    let places = store.of(met.tenant).whereabouts_of(met.person).await?;
    let others = places.iter().filter(|place| place.connector != *here);
    let asking = others.map(|place| asked(networks, &place.connector, &place.space, &place.account));
    let told: Vec<bool> = join_all(asking).await.into_iter().flatten().map(|member| member.is_some()).collect();
    Ok((!told.is_empty()).then(|| told.contains(&true)))
}

/// Whether somebody still belongs to their space, as far as the networks on which they have an account tell. Where none can
/// tell, they do; whoever has no account left in a space of theirs doesn't.
///
/// # Errors
///
/// [`StoreError`].
pub(super) async fn belongs(of: FeedOf, store: &Store, networks: &[Arc<dyn Connector>]) -> Result<bool, StoreError> {
    let places = store.of(of.tenant).whereabouts_of(of.person).await?;
    let asking = places.iter().map(|place| asked(networks, &place.connector, &place.space, &place.account));
    let told: Vec<bool> = join_all(asking).await.into_iter().flatten().map(|member| member.is_some()).collect();
    Ok(!places.is_empty() && (told.is_empty() || told.contains(&true)))
}

/// What a network says of somebody in a space: what they are in it, or that they aren't in it. None where it can't tell.
async fn asked(
    networks: &[Arc<dyn Connector>],
    on: &ConnectorName,
    space: &SpaceId,
    account: &PersonId,
) -> Option<Option<Membership>> {
    let network = networks.iter().find(|network| network.name() == *on)?;
    tokio::time::timeout(PATIENCE, network.membership(space, account)).await.ok()?.ok()
}

/// What somebody is in their space.
fn hats(origin: &Origin, chosen: &[Trainer], (person, belongs): (PersonKey, Belongs)) -> Hats {
    let by_role = |worn: &Role| {
        chosen.iter().any(|trainer| match trainer {
            Trainer::Role { connector, role, .. } => *connector == origin.connector && *role == worn.id,
            Trainer::Person { .. } => false,
        })
    };
    let any_role = chosen.iter().any(|trainer| matches!(trainer, Trainer::Role { .. }));
    let by_name = || !any_role && origin.roles.iter().any(|role| folded(&role.name) == BY_NAME);
    // Whoever was chosen by name may have been put out since: without a word of it, they are a member like others.
    let by_person = belongs == Belongs::Told
        && chosen.iter().any(|trainer| matches!(trainer, Trainer::Person { person: known, .. } if *known == person));
    let trainer = by_person || origin.roles.iter().any(by_role) || by_name();
    let administrator = origin.standing == Standing::Administrator;
    let worn = [(administrator, Hat::Administrator), (trainer, Hat::Trainer), (true, Hat::Member)];
    Hats::new(worn.into_iter().filter(|(wears, _)| *wears).map(|(_, hat)| hat))
}

/// Lets somebody go on who may do it, or might, if it is about a team of theirs.
///
/// # Errors
///
/// What to say to whoever may not.
pub(super) fn allow(deed: Deed, here: Option<&Here>) -> Result<(), Text> {
    let stranger = Hats::new([]);
    let hats = here.map_or(&stranger, |here| &here.hats);
    if hats.might(deed) {
        Ok(())
    } else if hats.wears(Hat::Stranger) {
        Err(views::problem::no_space())
    } else {
        Err(views::problem::may_not(deed))
    }
}
