//! How reminders are wanted: by the space, by a cohort, by a team, by a person. The nearest to the person wins.
//!
//! What a value means is for `domain::reminder` to say; here it is a word under a key.

use super::changes::Changed;
use super::rows::keys;
use super::{Scope, Store, StoreError, Write};
use crate::domain::key::{CohortKey, TeamKey, TenantKey};
use crate::domain::person::PersonKey;
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::{BTreeMap, BTreeSet};
use vigie_chat::{ConnectorName, PersonId};

use super::people::Account;

/// Who wants it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WishLevel {
    /// The whole space.
    Space,
    /// A cohort.
    Cohort(CohortKey),
    /// A team.
    Team(TeamKey),
    /// A person.
    Person(PersonKey),
}

impl WishLevel {
    fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Space => ("space", 0),
            Self::Cohort(key) => ("cohort", key.0),
            Self::Team(key) => ("team", key.0),
            Self::Person(key) => ("person", key.0),
        }
    }

    fn read(level: &str, id: i64) -> Option<Self> {
        Some(match level {
            "space" => Self::Space,
            "cohort" => Self::Cohort(CohortKey(id)),
            "team" => Self::Team(TeamKey(id)),
            "person" => Self::Person(PersonKey(id)),
            _ => return None,
        })
    }

    /// Whom it changes something for.
    fn changed(self) -> Changed {
        match self {
            Self::Space | Self::Cohort(_) => Changed::Space,
            Self::Team(team) => Changed::Team(team),
            Self::Person(person) => Changed::Person(person),
        }
    }
}

/// What is wanted, by tenant, level and key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    values: BTreeMap<(TenantKey, WishLevel, String), String>,
    zones: BTreeMap<TenantKey, String>,
}

impl Wishes {
    /// What is wanted at one level.
    #[must_use]
    pub fn at(&self, tenant: TenantKey, level: WishLevel, key: &str) -> Option<&str> {
        self.values.get(&(tenant, level, key.to_owned())).map(String::as_str)
    }

    /// What holds where several levels may say: the first of them that does.
    #[must_use]
    pub fn nearest(&self, tenant: TenantKey, levels: &[WishLevel], key: &str) -> Option<&str> {
        levels.iter().find_map(|level| self.at(tenant, *level, key))
    }

    /// The zone of a space (IANA), where it chose one.
    #[must_use]
    pub fn zone(&self, tenant: TenantKey) -> Option<&str> {
        self.zones.get(&tenant).map(String::as_str)
    }
}

/// Somebody who may be reminded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recipient {
    /// As their network shows them; none once they asked to be erased.
    pub name: Option<String>,
    /// Their time zone (IANA), where it isn't the space's.
    pub zone: Option<String>,
    /// Where they can be written to, the account used first first.
    pub accounts: Vec<Account>,
}

/// A person of a tenant.
pub type Someone = (TenantKey, PersonKey);

async fn recipients(
    connection: &mut AnyConnection,
    people: &BTreeSet<Someone>,
) -> Result<BTreeMap<Someone, Recipient>, sqlx::Error> {
    let mut found: BTreeMap<Someone, Recipient> = BTreeMap::new();
    if people.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "select people.tenant_id, people.id, people.name, people.zone, accounts.connector, accounts.account from people
         left join accounts on accounts.tenant_id = people.tenant_id and accounts.person_id = people.id
         where (people.tenant_id, people.id) in ({})
         order by people.tenant_id, people.id, accounts.connector, accounts.account",
        keys(people.len(), 0, 2)
    );
    let mut rows = sqlx::query_as::<_, (i64, i64, Option<String>, Option<String>, Option<String>, Option<String>)>(
        AssertSqlSafe(sql),
    );
    for (tenant, person) in people {
        rows = rows.bind(tenant.0).bind(person.0);
    }
    for (tenant, person, name, zone, connector, account) in rows.fetch_all(connection).await? {
        let one = found.entry((TenantKey(tenant), PersonKey(person))).or_default();
        (one.name, one.zone) = (name, zone);
        if let (Some(connector), Some(account)) = (connector, account) {
            one.accounts.push(Account { connector: ConnectorName::new(connector), id: PersonId::new(account) });
        }
    }
    Ok(found)
}

/// A wish, as it is kept: whose, at which level, under which key, what.
type WishRow = (i64, String, i64, String, String);

/// What is wanted where these people are: their own wishes, those of every team and cohort, and their spaces'.
async fn wishes(connection: &mut AnyConnection, people: &BTreeSet<Someone>) -> Result<Wishes, sqlx::Error> {
    let mut found = Wishes::default();
    let tenants: BTreeSet<TenantKey> = people.iter().map(|(tenant, _)| *tenant).collect();
    if tenants.is_empty() {
        return Ok(found);
    }
    let some = keys(tenants.len(), 0, 1);
    let zones = format!("select tenant_id, value from tenant_settings where key = 'zone' and tenant_id in ({some})");
    let mut rows = sqlx::query_as::<_, (i64, String)>(AssertSqlSafe(zones));
    for tenant in &tenants {
        rows = rows.bind(tenant.0);
    }
    for (tenant, zone) in rows.fetch_all(&mut *connection).await? {
        found.zones.insert(TenantKey(tenant), zone);
    }
    let shared = format!(
        "select tenant_id, level, level_id, key, value from reminder_settings
         where tenant_id in ({some}) and level in ('space', 'cohort', 'team')"
    );
    let own = format!(
        "select tenant_id, level, level_id, key, value from reminder_settings
         where level = 'person' and (tenant_id, level_id) in ({})",
        keys(people.len(), 0, 2)
    );
    let mut rows = sqlx::query_as::<_, WishRow>(AssertSqlSafe(shared));
    for tenant in &tenants {
        rows = rows.bind(tenant.0);
    }
    let mut all = rows.fetch_all(&mut *connection).await?;
    let mut rows = sqlx::query_as::<_, WishRow>(AssertSqlSafe(own));
    for (tenant, person) in people {
        rows = rows.bind(tenant.0).bind(person.0);
    }
    all.extend(rows.fetch_all(&mut *connection).await?);
    for (tenant, level, id, key, value) in all {
        if let Some(level) = WishLevel::read(&level, id) {
            found.values.insert((TenantKey(tenant), level, key), value);
        }
    }
    Ok(found)
}

impl Store {
    /// Who these people are, and how they want to be reminded; a few hundred at most, of any tenant.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn reminded(
        &self,
        people: &BTreeSet<Someone>,
    ) -> Result<(BTreeMap<Someone, Recipient>, Wishes), StoreError> {
        let mut connection = self.pool.acquire().await?;
        Ok((recipients(&mut connection, people).await?, wishes(&mut connection, people).await?))
    }
}

impl Scope<'_> {
    /// How these people of the space want to be reminded.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn wishes(&self, people: &[PersonKey]) -> Result<Wishes, StoreError> {
        let people = people.iter().map(|person| (self.tenant, *person)).collect();
        Ok(wishes(&mut *self.store.pool.acquire().await?, &people).await?)
    }
}

impl Write<'_> {
    /// Who these people are, and how they want to be reminded.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn reminded(
        &mut self,
        people: &BTreeSet<PersonKey>,
    ) -> Result<(BTreeMap<Someone, Recipient>, Wishes), StoreError> {
        let people: BTreeSet<Someone> = people.iter().map(|person| (self.tenant, *person)).collect();
        let mut found = BTreeMap::new();
        // Asked for in parts: a change of the space is about all of its people.
        let mut wanted = wishes(&mut self.tx, &BTreeSet::new()).await?;
        let all: Vec<Someone> = people.into_iter().collect();
        for some in all.chunks(super::rows::AT_ONCE) {
            let some: BTreeSet<Someone> = some.iter().copied().collect();
            found.extend(recipients(&mut self.tx, &some).await?);
            let more = wishes(&mut self.tx, &some).await?;
            wanted.values.extend(more.values);
            wanted.zones.extend(more.zones);
        }
        Ok((found, wanted))
    }

    /// Notes how reminders are wanted, in the place of what was; none: as the level above says.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn wish(&mut self, level: WishLevel, key: &'static str, value: Option<&str>) -> Result<(), StoreError> {
        let (name, id) = level.columns();
        let former = sqlx::query(
            "delete from reminder_settings
             where tenant_id = $1 and level = $2 and level_id = $3 and key = $4",
        );
        former.bind(self.tenant.0).bind(name).bind(id).bind(key).execute(&mut *self.tx).await?;
        if let Some(value) = value {
            let new = sqlx::query(
                "insert into reminder_settings (tenant_id, level, level_id, key, value, changed_at)
                 values ($1, $2, $3, $4, $5, $6)",
            );
            let new = new.bind(self.tenant.0).bind(name).bind(id).bind(key).bind(value);
            new.bind(self.now.as_millisecond()).execute(&mut *self.tx).await?;
        }
        self.touch(level.changed());
        Ok(())
    }
}
