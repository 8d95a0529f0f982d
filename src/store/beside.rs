//! Looking at a store from beside the program that runs on it, for `vigie doctor`: nothing is written, nor brought up to date.

use super::deliveries::OLDEST;
use super::open::PATIENCE;
use super::rows::instant;
use super::{Location, StoreError};
use jiff::Timestamp;
use sqlx::{AnyConnection, Connection as _};

/// A store that somebody else may be writing.
#[derive(Debug)]
pub struct Beside(AnyConnection);

impl Beside {
    /// The store at an address; none where it isn't there, or doesn't answer.
    pub async fn at(url: &str) -> Option<Self> {
        sqlx::any::install_default_drivers();
        let location = Location::read(url).ok()?;
        match &location {
            Location::Memory => return None,
            Location::File(file) if !file.exists() => return None,
            Location::File(_) | Location::Postgres(_) => {}
        }
        let url = location.driver_url().ok()?;
        tokio::time::timeout(PATIENCE, AnyConnection::connect(&url)).await.ok()?.ok().map(Self)
    }

    /// Since when the oldest of what should have been said by now has been due, as
    /// [`overdue_since`](super::Store::overdue_since) tells it.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; also where the store is of another version.
    pub async fn overdue_since(&mut self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let oldest = sqlx::query_scalar::<_, Option<i64>>(OLDEST).bind(now.as_millisecond());
        Ok(oldest.fetch_one(&mut self.0).await?.map(instant).transpose()?)
    }

    /// In how many spaces a network last refused to show a defence in its calendar.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; also where the store is of another version.
    pub async fn spaces_without_events(&mut self) -> Result<u64, StoreError> {
        let spaces = sqlx::query_scalar::<_, i64>(
            "select count(*) from (
                 select distinct connector, space from scheduled where tenant_id > 0 and why = 'forbidden'
             ) as refused",
        );
        Ok(spaces.fetch_one(&mut self.0).await?.unsigned_abs())
    }

    /// Lets go of it.
    pub async fn close(self) {
        // Nothing was asked that could be lost.
        let _ = self.0.close().await;
    }
}
