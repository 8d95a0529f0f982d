//! What is kept of a person, read for that person: everything in the tenants that know their account.

use super::sections::{OF_ACCOUNT, SECTIONS, Told};
use crate::domain::key::TenantKey;
use crate::domain::person::PersonKey;
use crate::store::rows::{damaged, instant};
use crate::store::{Account, NetworkSpace, Scope, Store, StoreError};
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _};

/// Rows of a section at most: somebody who did more is told so.
const MOST_ROWS: usize = 5_000;

/// Tenants of an account at most. Anybody can make spaces, and few belong to more than a handful.
const MOST_TENANTS: i64 = 100;

/// An account in one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// The tenant.
    pub tenant: TenantKey,
    /// Who they are in it.
    pub person: PersonKey,
    /// What its spaces are called, where their networks told.
    pub names: Vec<String>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// A text: what people wrote, or a word of ours.
    Text(String),
    /// A number.
    Number(i64),
    /// An instant.
    At(Timestamp),
}

/// One thing that is kept: its values, each under the name of its column. What isn't known isn't there.
pub type HeldOf = Vec<(String, Datum)>;

/// What is kept of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Which kind, as `hours`.
    pub key: &'static str,
    /// What there is.
    pub rows: Vec<HeldOf>,
    /// Whether there is more than is told.
    pub is_cut: bool,
}

impl Store {
    /// The tenants that know an account, those whose spaces the bot has left included; the first 100.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn presences(&self, account: &Account) -> Result<Vec<Presence>, StoreError> {
        let rows = sqlx::query_as::<_, (i64, i64)>(
            "select tenant_id, person_id from accounts
             where connector = $1 and account = $2
             order by tenant_id
             limit $3",
        );
        let rows = rows.bind(account.connector.as_str()).bind(account.id.as_str()).bind(MOST_TENANTS);
        let mut all = Vec::new();
        for (tenant, person) in rows.fetch_all(&self.pool).await? {
            let names = sqlx::query_scalar::<_, String>(
                "select spaces.name from tenant_spaces
                 join spaces on spaces.connector = tenant_spaces.connector and spaces.id = tenant_spaces.space
                 where tenant_spaces.tenant_id = $1
                 order by spaces.joined_at, spaces.id
                 limit 20",
            );
            let names = names.bind(tenant).fetch_all(&self.pool).await?;
            all.push(Presence { tenant: TenantKey(tenant), person: PersonKey(person), names });
        }
        Ok(all)
    }

    /// The tenant of a space, if there is one. Unlike [`Self::meet`], it makes none.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn tenant_at(&self, space: NetworkSpace<'_>) -> Result<Option<TenantKey>, StoreError> {
        let tenant =
            sqlx::query_scalar::<_, i64>("select tenant_id from tenant_spaces where connector = $1 and space = $2");
        let tenant = tenant.bind(space.connector.as_str()).bind(space.space.as_str());
        Ok(tenant.fetch_optional(&self.pool).await?.map(TenantKey))
    }

    /// What is kept of an account, whatever the tenant.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn held_of_account(&self, account: &Account) -> Result<Vec<Section>, StoreError> {
        let mut sections = Vec::new();
        for (key, sql) in OF_ACCOUNT {
            let rows = sqlx::query(sql).bind(account.connector.as_str()).bind(account.id.as_str()).bind(most());
            sections.push(section(key, rows.fetch_all(&self.pool).await?)?);
        }
        Ok(sections)
    }
}

impl Scope<'_> {
    /// Everything that the tenant keeps of a person, kind by kind; kinds of which there is nothing are there too.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn held_of(&self, person: PersonKey) -> Result<Vec<Section>, StoreError> {
        let mut sections = Vec::new();
        for (key, sql) in SECTIONS {
            let rows = sqlx::query(sql).bind(self.tenant.0).bind(person.0).bind(most());
            sections.push(section(key, rows.fetch_all(&self.store.pool).await?)?);
        }
        Ok(sections)
    }

    /// The names of the sections of [`Self::held_of`] and of [`Store::held_of_account`].
    pub fn sections() -> impl Iterator<Item = &'static str> {
        SECTIONS.iter().chain(&OF_ACCOUNT).map(|told: &Told| told.0)
    }
}

/// One row more than is told, to know whether there is more.
fn most() -> i64 {
    i64::try_from(MOST_ROWS).unwrap_or(i64::MAX - 1) + 1
}

fn section(key: &'static str, mut rows: Vec<AnyRow>) -> Result<Section, sqlx::Error> {
    let is_cut = rows.len() > MOST_ROWS;
    rows.truncate(MOST_ROWS);
    let rows = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Section { key, rows, is_cut })
}

fn read(row: &AnyRow) -> Result<HeldOf, sqlx::Error> {
    let mut held = HeldOf::new();
    for (rank, column) in row.columns().iter().enumerate() {
        let raw = row.try_get_raw(rank)?;
        if raw.is_null() {
            continue;
        }
        let name = column.name();
        let datum = match raw.type_info().name() {
            "BIGINT" | "INTEGER" => {
                let number = row.try_get::<i64, _>(rank)?;
                if name.ends_with("_at") { Datum::At(instant(number)?) } else { Datum::Number(number) }
            }
            "TEXT" => Datum::Text(row.try_get(rank)?),
            _ => return Err(damaged("a column that is told")),
        };
        held.push((name.to_owned(), datum));
    }
    Ok(held)
}
