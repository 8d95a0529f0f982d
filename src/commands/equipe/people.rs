//! People as the network of this conversation knows them.

use crate::commands::context::{Context, Problem};
use crate::domain::person::PersonKey;
use crate::store::NetworkSpace;
use crate::views;
use crate::views::team::Who;
use vigie_chat::Person;

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

/// The number of somebody whom a command names, who may never have spoken here.
///
/// # Errors
///
/// [`Problem::Refused`] in a direct room, where only those who are known can be named.
pub(in crate::commands) async fn named(context: &Context, person: &Person) -> Result<PersonKey, Problem> {
    let origin = &context.origin;
    if let Some(space) = &origin.space {
        let at = NetworkSpace { connector: &origin.connector, space };
        return Ok(context.store.meet_named(at, person, context.now).await?.person);
    }
    let known = context.scope()?.person_of(&origin.connector, &person.id).await?;
    known.ok_or_else(|| Problem::Refused(views::team::never_met(person)))
}
