//! Changing something of a tenant: one transaction, which does everything that one person asked for, or nothing.
//!
//! The transaction begins by counting itself on the tenant's row. So the writers of one tenant come one after the other, on
//! SQLite and on PostgreSQL alike, and what a writer read is still true when it writes: the last seat of a team is given
//! once without a word about it anywhere else. It also notes the event that caused it: told twice, an event does its work
//! once.
//!
//! SQLite has one connection, which an open transaction holds: whoever has a [`Write`] asks it alone, never the store or a
//! [`Scope`](super::Scope), which would wait for its end.

use super::changes::Changed;
use super::{Store, StoreError};
use crate::domain::key::TenantKey;
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use sqlx::{Any, Transaction};
use std::collections::BTreeSet;
use vigie_chat::{ConnectorName, EventId};

/// SQLite leaves to the system when a write reaches the disk; what people are told is done is on the disk.
/// It holds until [`RELAXED`] is said, so it is said in the same breath as the beginning.
const DURABLE: &str = "pragma synchronous = full; begin immediate";

/// What holds for everything else: buttons and marks, which a power cut may take.
const RELAXED: &str = "pragma synchronous = normal";

/// Who changes something, when, and because of what.
#[derive(Debug, Clone)]
pub struct Acting {
    /// The tenant whose things change.
    pub tenant: TenantKey,
    /// Who does it.
    pub person: PersonKey,
    /// When.
    pub now: Timestamp,
    /// The event that asks for it; none where no network tells of one.
    pub cause: Option<(ConnectorName, EventId)>,
}

/// A transaction, begun.
#[derive(Debug)]
pub enum Begun<'a> {
    /// To be filled and committed; dropped, it changes nothing.
    New(Write<'a>),
    /// The same event did its work already.
    Repeated,
}

/// Everything that one person asked for at once. Dropped before [`commit`](Self::commit), it changes nothing.
#[derive(Debug)]
pub struct Write<'a> {
    pub(super) tx: Transaction<'static, Any>,
    pub(super) tenant: TenantKey,
    pub(super) person: PersonKey,
    pub(super) now: Timestamp,
    /// What people may be reminded of, and changed.
    pub(super) touched: BTreeSet<Changed>,
    last_id: i64,
    /// The last number that was given when it began.
    given: i64,
    store: &'a Store,
}

impl Store {
    /// Begins a transaction.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing has changed then. A tenant that isn't there is one.
    pub async fn write(&self, acting: &Acting) -> Result<Begun<'_>, StoreError> {
        let mut tx = self.begin().await?;
        let counted = sqlx::query_scalar::<_, i64>(
            "update tenants set writes = writes + 1
             where id = $1
             returning last_id",
        );
        let given = counted.bind(acting.tenant.0).fetch_one(&mut *tx).await?;
        if let Some((connector, event)) = &acting.cause {
            let noted = sqlx::query(
                "insert into effects (connector, event, done_at)
                 values ($1, $2, $3)
                 on conflict (connector, event) do nothing",
            );
            let noted = noted.bind(connector.as_str()).bind(event.as_str()).bind(acting.now.as_millisecond());
            if noted.execute(&mut *tx).await?.rows_affected() == 0 {
                return Ok(Begun::Repeated);
            }
        }
        let (tenant, person, now) = (acting.tenant, acting.person, acting.now);
        let touched = BTreeSet::new();
        Ok(Begun::New(Write { tx, tenant, person, now, touched, last_id: given, given, store: self }))
    }

    /// Begins a transaction whose commit, by [`finish`](Self::finish), reaches the disk.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(match self.lock {
            Some(_) => self.pool.begin_with(DURABLE).await?,
            None => self.pool.begin().await?,
        })
    }

    /// Commits a transaction begun by [`begin`](Self::begin).
    pub(super) async fn finish(&self, tx: Transaction<'static, Any>) -> Result<(), StoreError> {
        tx.commit().await?;
        if self.lock.is_some() {
            // Left as it is, later writes would only be slower.
            let _ = sqlx::raw_sql(RELAXED).execute(&self.pool).await;
        }
        Ok(())
    }

    /// Forgets the events that did their work before an instant, and says how many there were.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn erase_effects_before(&self, instant: Timestamp) -> Result<u64, StoreError> {
        let erased = sqlx::query("delete from effects where done_at < $1");
        Ok(erased.bind(instant.as_millisecond()).execute(&self.pool).await?.rows_affected())
    }
}

impl Write<'_> {
    /// Whose things change.
    #[must_use]
    pub fn tenant(&self) -> TenantKey {
        self.tenant
    }

    /// A number that nothing else of the tenant has.
    pub(super) fn draw(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    /// Notes who did what to what. Neither holds a text that anybody wrote: `deed` is one of ours, as `team.joined`, and
    /// `about` a kind and a number, as `team:12`.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn journal(&mut self, deed: &'static str, about: &str) -> Result<(), StoreError> {
        let id = self.draw();
        let noted = sqlx::query(
            "insert into journal (tenant_id, id, at, person_id, deed, about)
             values ($1, $2, $3, $4, $5, $6)",
        );
        let noted = noted.bind(self.tenant.0).bind(id).bind(self.now.as_millisecond()).bind(self.person.0);
        noted.bind(deed).bind(about).execute(&mut *self.tx).await?;
        self.touched.extend(Changed::about(about));
        Ok(())
    }

    /// Makes it so. Once it returns, it survives the end of the process, however it ends, and a power cut as far as the
    /// disk keeps its word.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; then nothing has changed, or everything has where a connection broke in the very moment.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.keep_touched().await?;
        let Self { mut tx, tenant, last_id, given, store, .. } = self;
        if last_id > given {
            let drawn = sqlx::query("update tenants set last_id = $2 where id = $1");
            drawn.bind(tenant.0).bind(last_id).execute(&mut *tx).await?;
        }
        store.finish(tx).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Location, NetworkSpace};
    use vigie_chat::{Person, SpaceId};

    /// What SQLite says of how it writes: 1 is `normal`, 2 is `full` (<https://sqlite.org/pragma.html#pragma_synchronous>).
    const HOW: &str = "pragma synchronous";

    #[tokio::test]
    async fn what_is_committed_reaches_the_disk_and_the_rest_may_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&Location::url_of(&folder.path().join("vigie.db"))).await.expect("opened");
        let (connector, space) = (ConnectorName::new("test"), SpaceId::new("a"));
        let now = Timestamp::UNIX_EPOCH;
        let place = NetworkSpace { connector: &connector, space: &space };
        let met = store.meet(place, &Person::new("alice", "alice"), now).await.expect("met");
        let acting = Acting { tenant: met.tenant, person: met.person, now, cause: None };
        let relaxed = async || sqlx::query_scalar::<_, i64>(HOW).fetch_one(&store.pool).await.expect("told");
        assert_eq!(relaxed().await, 1);
        for _ in 0..2 {
            let Begun::New(mut write) = store.write(&acting).await.expect("begun") else { panic!("it has no cause") };
            let durable = sqlx::query_scalar::<_, i64>(HOW).fetch_one(&mut *write.tx).await.expect("told");
            assert_eq!(durable, 2);
            write.journal("test", "test:1").await.expect("written");
            write.commit().await.expect("committed");
            assert_eq!(relaxed().await, 1);
        }
        // Dropped, it leaves the next one as durable.
        drop(store.write(&acting).await.expect("begun"));
        let Begun::New(mut write) = store.write(&acting).await.expect("begun") else { panic!("it has no cause") };
        let durable = sqlx::query_scalar::<_, i64>(HOW).fetch_one(&mut *write.tx).await.expect("told");
        assert_eq!(durable, 2);
        let kept = sqlx::query_scalar::<_, i64>("select count(*) from journal where tenant_id = $1");
        assert_eq!(kept.bind(met.tenant.0).fetch_one(&mut *write.tx).await.expect("told"), 2);
    }
}
