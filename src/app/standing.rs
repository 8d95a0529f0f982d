//! As whom somebody acts: what the network says of them, and what their space chose.
//!
//! What a network says of somebody holds in its own rooms alone. In a direct room the store tells in which space they were
//! met last, and the network is asked what they are in it; where it can't tell, only who was chosen by name is a trainer.

use crate::commands::{Here, ZONE};
use crate::config::Settings;
use crate::domain::key::TenantKey;
use crate::domain::permission::{Deed, Hat, Hats};
use crate::domain::person::PersonKey;
use crate::store::{MetDirectly, NetworkSpace, Store, StoreError, Trainer};
use crate::views;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;
use std::time::Duration;
use vigie_chat::{Connector, Origin, Role, Standing, Text, folded};

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
    let (tenant, person) = if let Some(space) = &origin.space {
        let met = store.meet(NetworkSpace { connector: &origin.connector, space }, &origin.person, now).await?;
        (met.tenant, met.person)
    } else {
        let known = store.meet_direct(&origin.connector, &origin.person.id).await?;
        match in_private(&mut origin, known, networks).await {
            Some(met) => met,
            None => return Ok(None),
        }
    };
    let scope = store.of(tenant);
    let zone = match scope.person(person).await?.and_then(|known| known.zone) {
        Some(own) => Some(own),
        None => scope.chosen(ZONE).await?,
    };
    let zone = zone.and_then(|name| TimeZone::get(&name).ok()).or_else(|| settings.zone()).unwrap_or(TimeZone::UTC);
    let hats = hats(&origin, &scope.trainers().await?, person);
    Ok(Some(Here { tenant, person, hats, zone }))
}

/// The space meant in a direct room: the one in which somebody was met last and still is, with what they are in it. Where the
/// network can't tell, they are taken to be in it, and for nothing more than a member.
async fn in_private(
    origin: &mut Origin,
    known: Vec<MetDirectly>,
    networks: &[Arc<dyn Connector>],
) -> Option<(TenantKey, PersonKey)> {
    let network = networks.iter().find(|network| network.name() == origin.connector);
    for met in known {
        if let (Some(network), Some(space)) = (network, &met.space) {
            let asked = tokio::time::timeout(PATIENCE, network.membership(space, &origin.person.id)).await;
            match asked {
                Ok(Ok(Some(membership))) => (origin.standing, origin.roles) = (membership.standing, membership.roles),
                // They left, or were put out: nothing of it is theirs to read any more.
                Ok(Ok(None)) => continue,
                Ok(Err(_)) | Err(_) => {}
            }
        }
        return Some((met.tenant, met.person));
    }
    None
}

/// What somebody is in their space.
fn hats(origin: &Origin, chosen: &[Trainer], person: PersonKey) -> Hats {
    let by_role = |worn: &Role| {
        chosen.iter().any(|trainer| match trainer {
            Trainer::Role { connector, role, .. } => *connector == origin.connector && *role == worn.id,
            Trainer::Person { .. } => false,
        })
    };
    let any_role = chosen.iter().any(|trainer| matches!(trainer, Trainer::Role { .. }));
    let by_name = || !any_role && origin.roles.iter().any(|role| folded(&role.name) == BY_NAME);
    let by_person =
        chosen.iter().any(|trainer| matches!(trainer, Trainer::Person { person: known, .. } if *known == person));
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
