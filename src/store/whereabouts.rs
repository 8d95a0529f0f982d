//! Where a person of a tenant can be asked about: their accounts, and the spaces of the same networks.

use super::{Scope, StoreError};
use crate::domain::person::PersonKey;
use vigie_chat::{ConnectorName, PersonId, SpaceId};

/// Most places that are told: each is asked of its network, while somebody waits.
const MOST: i64 = 12;

/// An account of a person, and a space of the tenant on its network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    /// The network.
    pub connector: ConnectorName,
    /// Who they are there.
    pub account: PersonId,
    /// The space.
    pub space: SpaceId,
}

impl Scope<'_> {
    /// Each account of a person with each space of the tenant on its network, but those that the bot has left.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn whereabouts_of(&self, person: PersonKey) -> Result<Vec<Whereabouts>, StoreError> {
        let rows = sqlx::query_as::<_, (String, String, String)>(
            "select accounts.connector, accounts.account, tenant_spaces.space from accounts
             join tenant_spaces
                 on tenant_spaces.tenant_id = accounts.tenant_id
                 and tenant_spaces.connector = accounts.connector
             left join spaces
                 on spaces.connector = tenant_spaces.connector
                 and spaces.id = tenant_spaces.space
             where accounts.tenant_id = $1 and accounts.person_id = $2 and spaces.left_at is null
             order by accounts.connector, spaces.joined_at, tenant_spaces.space
             limit $3",
        );
        let rows = rows.bind(self.tenant.0).bind(person.0).bind(MOST).fetch_all(&self.store.pool).await?;
        let place = |(connector, account, space): (String, String, String)| Whereabouts {
            connector: ConnectorName::new(connector),
            account: PersonId::new(account),
            space: SpaceId::new(space),
        };
        Ok(rows.into_iter().map(place).collect())
    }
}
