//! Feeds: the secret addresses at which people read their own calendar without their account.
//!
//! Only the hash of an address is kept. It is looked up by that hash, so that how long the answer takes tells nothing of
//! the address. Whoever is erased has none any more; of two people who turn out to be one, the address leads to the one who
//! stays (see `personal` and `merging`).

use super::rows::{damaged, instant};
use super::{Scope, Store, StoreError, Write};
use crate::domain::key::TenantKey;
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use jiff::civil::Date;

/// An address that somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feed {
    /// When it was made.
    pub made_at: Timestamp,
    /// The day (UTC) on which it was last read; none: never.
    pub read_on: Option<Date>,
}

/// Whose calendar an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedOf {
    /// The tenant.
    pub tenant: TenantKey,
    /// The person.
    pub person: PersonKey,
}

impl Scope<'_> {
    /// The address that somebody has, as far as it is known.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn feed(&self, person: PersonKey) -> Result<Option<Feed>, StoreError> {
        let row = sqlx::query_as::<_, (i64, Option<String>)>(
            "select made_at, read_on from feeds
             where tenant_id = $1 and person_id = $2",
        );
        let row = row.bind(self.tenant.0).bind(person.0).fetch_optional(&self.store.pool).await?;
        let Some((made_at, read_on)) = row else { return Ok(None) };
        let read_on = read_on.map(|day| day.parse().map_err(|_| damaged("read_on"))).transpose()?;
        Ok(Some(Feed { made_at: instant(made_at)?, read_on }))
    }
}

impl Store {
    /// Whose calendar the address of this hash leads to.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn feed_of(&self, hash: &str) -> Result<Option<FeedOf>, StoreError> {
        let row = sqlx::query_as::<_, (i64, i64)>("select tenant_id, person_id from feeds where hash = $1");
        let row = row.bind(hash).fetch_optional(&self.pool).await?;
        Ok(row.map(|(tenant, person)| FeedOf { tenant: TenantKey(tenant), person: PersonKey(person) }))
    }

    /// Notes that somebody's calendar was read on a day, once a day.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn feed_was_read(&self, of: FeedOf, on: Date) -> Result<(), StoreError> {
        let noted = sqlx::query(
            "update feeds set read_on = $3
             where tenant_id = $1 and person_id = $2 and (read_on is null or read_on <> $3)",
        );
        noted.bind(of.tenant.0).bind(of.person.0).bind(on.to_string()).execute(&self.pool).await?;
        Ok(())
    }

    /// Whether the store answers.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn answers(&self) -> Result<(), StoreError> {
        sqlx::query_scalar::<_, i64>("select last_id from tenants where id = 0").fetch_optional(&self.pool).await?;
        Ok(())
    }
}

impl Write<'_> {
    /// Gives whoever acts the address of this hash, in the place of the former one, which leads nowhere from then on.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn make_feed(&mut self, hash: &str) -> Result<(), StoreError> {
        let made = sqlx::query(
            "insert into feeds (tenant_id, person_id, hash, made_at)
             values ($1, $2, $3, $4)
             on conflict (tenant_id, person_id) do update
                 set hash = excluded.hash, made_at = excluded.made_at, read_on = null",
        );
        let made = made.bind(self.tenant.0).bind(self.person.0).bind(hash).bind(self.now.as_millisecond());
        made.execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Takes away the address of whoever acts, and says whether they had one.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn withdraw_feed(&mut self) -> Result<bool, StoreError> {
        let gone = sqlx::query("delete from feeds where tenant_id = $1 and person_id = $2");
        let gone = gone.bind(self.tenant.0).bind(self.person.0).execute(&mut *self.tx).await?;
        Ok(gone.rows_affected() > 0)
    }
}
