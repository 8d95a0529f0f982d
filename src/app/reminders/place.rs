//! Where a reminder goes: to the person first, then, where it isn't private, to their team's room, then to the trainer.

use crate::store::{Recipient, Whose};
use std::sync::Arc;
use vigie_chat::{Connector, Destination};

/// Whom a message at a place speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Hearer {
    /// The person reminded.
    Person,
    /// Their team, since they can't be written to.
    Team,
    /// The trainer, since the team can't be written to either.
    Trainer,
}

/// A place on a network that runs.
#[derive(Clone)]
pub(super) struct Place {
    /// The network.
    pub(super) network: Arc<dyn Connector>,
    /// Where on it.
    pub(super) to: Destination,
    /// Who reads it there.
    pub(super) hearer: Hearer,
}

impl Place {
    /// As the ledger names it: what goes to one place goes in its order.
    pub(super) fn lane(&self) -> String {
        let network = self.network.name();
        match &self.to {
            Destination::Direct(person) => format!("{network} direct {person}"),
            Destination::Room(room) => format!("{network} room {room}"),
        }
    }
}

fn direct(networks: &[Arc<dyn Connector>], recipient: &Recipient, hearer: Hearer) -> Vec<Place> {
    let accounts = recipient.accounts.iter().filter_map(|account| {
        let network = networks.iter().find(|network| network.name() == account.connector)?;
        Some(Place { network: Arc::clone(network), to: Destination::Direct(account.id.clone()), hearer })
    });
    accounts.collect()
}

/// Every place, in the order in which they are tried. What is somebody's own goes to them alone.
pub(super) fn all(
    networks: &[Arc<dyn Connector>],
    whose: Option<&Whose>,
    recipient: &Recipient,
    trainer: Option<&Recipient>,
) -> Vec<Place> {
    let mut places = direct(networks, recipient, Hearer::Person);
    let Some(Whose::Team(team)) = whose else { return places };
    if let Some((connector, room)) = &team.room
        && let Some(network) = networks.iter().find(|network| network.name() == *connector)
    {
        let to = Destination::Room(room.clone());
        places.push(Place { network: Arc::clone(network), to, hearer: Hearer::Team });
    }
    places.extend(trainer.into_iter().flat_map(|trainer| direct(networks, trainer, Hearer::Trainer)));
    places
}

/// The first place.
pub(super) fn first(networks: &[Arc<dyn Connector>], whose: Option<&Whose>, recipient: &Recipient) -> Option<Place> {
    all(networks, whose, recipient, None).into_iter().next()
}
