//! Where the store of a test is.

use super::postgres;
use std::collections::BTreeMap;
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

    pub(super) fn postgres() -> Option<Self> {
        postgres::database().map(|url| Self { url, _folder: None })
    }

    pub(super) async fn open(&self) -> Store {
        Store::open(&self.url).await.unwrap_or_else(|error| panic!("{}: {error}", self.url))
    }

    /// Whether several processes may share it.
    pub(super) fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    /// Says something that is put together by the test.
    pub(super) async fn run(&self, sql: String) {
        let pool = sqlx::AnyPool::connect(&self.url).await.expect("a connection");
        let said = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.clone())).execute(&pool).await;
        said.unwrap_or_else(|error| panic!("{sql}: {error}"));
        pool.close().await;
    }

    /// Asks for a number by a question that is put together by the test.
    pub(super) async fn number(&self, sql: String) -> i64 {
        let pool = sqlx::AnyPool::connect(&self.url).await.expect("a connection");
        let number = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&pool).await.expect("a number");
        pool.close().await;
        number
    }

    /// The tables, each with its columns in their order: names and types.
    pub(super) async fn columns(&self) -> BTreeMap<String, Vec<(String, String)>> {
        let sql = if self.is_postgres() {
            "select cast(table_name as text), cast(column_name as text), cast(data_type as text)
             from information_schema.columns
             where table_schema = 'public'
             order by table_name, ordinal_position"
        } else {
            "select tables.name, columns.name, columns.type
             from sqlite_master as tables join pragma_table_info(tables.name) as columns
             where tables.type = 'table'
             order by tables.name, columns.cid"
        };
        let pool = sqlx::AnyPool::connect(&self.url).await.expect("a connection");
        let rows = sqlx::query_as::<_, (String, String, String)>(sql).fetch_all(&pool).await.expect("the columns");
        pool.close().await;
        let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for (table, column, kind) in rows {
            tables.entry(table).or_default().push((column, kind));
        }
        assert!(tables.len() > 5, "the tables were not found");
        tables
    }

    /// The tables that hold what is a tenant's.
    pub(super) async fn tables_of_tenants(&self) -> Vec<String> {
        let tables = self.columns().await.into_iter();
        let of_tenants = tables.filter(|(_, columns)| columns.iter().any(|(name, _)| name == "tenant_id"));
        of_tenants.map(|(table, _)| table).collect()
    }

    /// Every row of every table of tenants, as text: whatever changes, this does.
    pub(super) async fn everything(&self) -> Vec<String> {
        self.rows_where("true").await
    }

    /// Every row of every table of tenants that is, or isn't, a tenant's.
    pub(super) async fn rows_where(&self, condition: &str) -> Vec<String> {
        let columns = self.columns().await;
        let pool = sqlx::AnyPool::connect(&self.url).await.expect("a connection");
        let mut all = Vec::new();
        for (table, columns) in columns {
            if !columns.iter().any(|(name, _)| name == "tenant_id") {
                continue;
            }
            let texts = columns.iter().map(|(name, _)| format!("coalesce(cast({name} as text), '∅')"));
            let texts = texts.collect::<Vec<_>>().join(" || '|' || ");
            let sql = sqlx::AssertSqlSafe(format!("select {texts} from {table} where {condition}"));
            let rows = sqlx::query_scalar::<_, String>(sql).fetch_all(&pool).await.expect("the rows");
            all.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
        pool.close().await;
        all.sort();
        all
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
