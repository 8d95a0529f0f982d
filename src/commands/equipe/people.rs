//! People as the network of this conversation knows them.

use crate::commands::context::{Context, Problem};
use crate::domain::person::PersonKey;
use crate::store::NetworkSpace;
use crate::views;
use crate::views::team::Who;
use std::time::Duration;
use vigie_chat::{Person, SpaceId};

/// How long a network may take to say whether somebody belongs to a space.
const PATIENCE: Duration = Duration::from_secs(2);

/// Somebody, by their account on this network where they have one, else by their name.
///
/// # Errors
///
/// Those of the store.
pub(in crate::commands) async fn who(context: &Context, person: PersonKey) -> Result<Who, Problem> {
    let scope = context.scope()?;
    let name = scope.person(person).await?.and_then(|known| known.name);
    let accounts = scope.accounts_of(person).await?;
    let account = accounts.into_iter().find(|account| account.connector == context.origin.connector);
    Ok(match (account, name) {
        (Some(account), Some(name)) => Who::Here(Person { id: account.id, name }),
        (_, Some(name)) => Who::Elsewhere(name),
        (_, None) => Who::Nameless,
    })
}

/// The number of somebody whom a command names. Whoever never spoke here must be told by their network to belong to the
/// space: what is typed may name anybody of any server.
///
/// # Errors
///
/// [`Problem::Refused`] for whom the space doesn't know, and for whom it would be met in a direct room.
pub(in crate::commands) async fn named(context: &Context, person: &Person) -> Result<PersonKey, Problem> {
    let origin = &context.origin;
    if let Some(known) = context.scope()?.person_of(&origin.connector, &person.id).await? {
        return Ok(known);
    }
    match &origin.space {
        Some(space) if belongs(context, space, person).await => {
            let at = NetworkSpace { connector: &origin.connector, space };
            Ok(context.store.meet_named(at, person, context.now).await?.person)
        }
        _ => Err(Problem::Refused(views::team::never_met(person))),
    }
}

/// Whether the network says that somebody belongs to a space; one that can't tell, or takes long, says no.
async fn belongs(context: &Context, space: &SpaceId, person: &Person) -> bool {
    let Ok(network) = context.network(&context.origin.connector) else { return false };
    let told = tokio::time::timeout(PATIENCE, network.membership(space, &person.id)).await;
    matches!(told, Ok(Ok(Some(_))))
}
