//! Where the store of a test is.

use super::postgres;
use vigie::store::{Location, Store};

/// An empty database of the test's own.
pub(super) struct Home {
    pub(super) url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Home {
    pub(super) fn memory() -> Self {
        Self { url: "sqlite::memory:".to_owned(), _folder: None }
    }

    pub(super) fn file() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = Location::url_of(&folder.path().join("données 100%/vigie.db"));
        Self { url, _folder: Some(folder) }
    }

    fn postgres() -> Option<Self> {
        postgres::database().map(|url| Self { url, _folder: None })
    }

    pub(super) async fn open(&self) -> Store {
        Store::open(&self.url).await.unwrap_or_else(|error| panic!("{}: {error}", self.url))
    }

    /// Counts what no function of the store counts.
    pub(super) async fn count(&self, sql: &'static str) -> i64 {
        let pool = sqlx::AnyPool::connect(&self.url).await.expect("a connection");
        let count = sqlx::query_scalar(sql).fetch_one(&pool).await.expect("a count");
        pool.close().await;
        count
    }

    /// Says something to the database that no function of the store says.
    pub(super) async fn say(&self, sql: &'static str) {
        let pool = sqlx::AnyPool::connect(&self.url).await.expect("a connection");
        sqlx::raw_sql(sql).execute(&pool).await.expect("the database does it");
        pool.close().await;
    }
}

/// Runs a test on every kind of database.
pub(super) fn everywhere(test: impl AsyncFn(Store)) {
    on(std::iter::once(Home::memory()).chain(lasting()), &async |home: &Home| {
        let store = home.open().await;
        test(store.clone()).await;
        store.close().await;
    });
}

/// Runs a test on every kind that outlives its connections.
#[expect(clippy::needless_pass_by_value, reason = "a test hands its body over")]
pub(super) fn where_it_lasts(test: impl AsyncFn(&Home)) {
    on(lasting(), &test);
}

fn lasting() -> impl Iterator<Item = Home> {
    std::iter::once(Home::file()).chain(Home::postgres())
}

fn on(homes: impl Iterator<Item = Home>, test: &impl AsyncFn(&Home)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for home in homes {
        runtime.block_on(test(&home));
    }
}
