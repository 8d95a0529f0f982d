//! Two schools at work, for the tests of what teams keep.
//!
//! They are put into the database as it is: how people, briefs and teams come to be is told by other tests. The second
//! school has the same numbers for other things, or none at all.

use super::homes::Home;
use jiff::{SignedDuration, Timestamp};
use vigie::domain::duration::Minutes;
use vigie::domain::key::{BriefKey, TeamKey, TenantKey};
use vigie::domain::person::PersonKey;
use vigie::store::{Acting, Begun, DeliverableDraft, MilestoneDraft, Store, When, Write};

/// Who acts, of which school.
pub(super) type Who = (TenantKey, PersonKey);

pub(super) const ALICE: Who = (TenantKey(1), PersonKey(1));
pub(super) const BOB: Who = (TenantKey(1), PersonKey(2));
/// Of another team of the same school.
pub(super) const CAROL: Who = (TenantKey(1), PersonKey(3));
/// Of another school.
pub(super) const DAVE: Who = (TenantKey(2), PersonKey(4));

pub(super) const BRIEF: BriefKey = BriefKey(10);
/// Alice's and Bob's.
pub(super) const TEAM: TeamKey = TeamKey(20);
/// Carol's.
pub(super) const OTHER: TeamKey = TeamKey(21);
/// Dave's, in his school.
pub(super) const FAR: TeamKey = TeamKey(30);

const SEED: &str = "
    insert into tenants (id, writes, last_id, made_at) values (1, 0, 1000, 0), (2, 0, 5000, 0);
    insert into people (tenant_id, id, name, met_at, seen_at)
        values (1, 1, 'Alice', 0, 0), (1, 2, 'Bob', 0, 0), (1, 3, 'Carol', 0, 0), (2, 4, 'Dave', 0, 0);
    insert into briefs (tenant_id, id, number, state, version, title, author_id, made_at)
        values (1, 10, 1, 'published', 1, 'Sujet', 3, 0), (2, 11, 1, 'published', 1, 'Autre', 4, 0);
    insert into teams (tenant_id, id, brief_id, number, name, folded, entry, state, made_at)
        values (1, 20, 10, 1, 'Les Aigles', 'les aigles', 'open', 'active', 0),
               (1, 21, 10, 2, 'Les Loups', 'les loups', 'open', 'active', 0),
               (1, 22, 10, 3, 'Les Anciens', 'les anciens', 'open', 'dissolved', 0),
               (2, 30, 11, 1, 'Les Ours', 'les ours', 'open', 'active', 0);
    insert into seats (tenant_id, id, team_id, brief_id, person_id, rank, joined_at, left_at)
        values (1, 40, 20, 10, 1, 'captain', 0, null), (1, 41, 20, 10, 2, 'member', 0, null),
               (1, 42, 21, 10, 3, 'captain', 0, null), (1, 43, 20, 10, 3, 'member', 0, 1),
               (2, 44, 30, 11, 4, 'captain', 0, null);
";

/// Opens an empty home and puts the schools in it.
pub(super) async fn schools(home: &Home) -> Store {
    let store = home.open().await;
    home.say(SEED).await;
    store
}

/// Two ways to the same database: two pools where two processes may share it, one otherwise.
pub(super) async fn two_ways(home: &Home) -> (Store, Store) {
    let one = schools(home).await;
    let other = if home.url.starts_with("postgres") { home.open().await } else { one.clone() };
    (one, other)
}

pub(super) fn at(hours: i64) -> Timestamp {
    let start: Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_hours(hours)
}

/// Begins a transaction at an hour.
pub(super) async fn begin(store: &Store, (tenant, person): Who, hour: i64) -> Write<'_> {
    let acting = Acting { tenant, person, now: at(hour), cause: None };
    match store.write(&acting).await.expect("begun") {
        Begun::New(write) => write,
        Begun::Repeated => panic!("no event caused it"),
    }
}

/// Does one thing in a transaction of its own, at an hour, and commits it.
macro_rules! does {
    ($store:expr, $who:expr, $hour:expr, $what:ident($($with:expr),* $(,)?)) => {{
        let mut write = $crate::store::work::begin(&$store, $who, $hour).await;
        let outcome = write.$what($($with),*).await.expect("the store answers");
        write.commit().await.expect("committed");
        outcome
    }};
}
pub(super) use does;

pub(super) fn minutes(minutes: u32) -> Minutes {
    Minutes::new(minutes).expect("a duration")
}

/// A date so many hours after the start, on Paris's walls.
pub(super) fn when(hours: i64) -> When {
    let at = at(hours);
    let wall = at.in_tz("Europe/Paris").expect("a zone").datetime();
    When { wall, zone: "Europe/Paris".to_owned(), at }
}

pub(super) fn milestone(title: &str) -> MilestoneDraft {
    MilestoneDraft { title: title.to_owned(), ..MilestoneDraft::default() }
}

pub(super) fn due(title: &str, hours: i64) -> MilestoneDraft {
    MilestoneDraft { due: Some(when(hours)), ..milestone(title) }
}

pub(super) fn required(title: &str, hours: i64) -> DeliverableDraft {
    DeliverableDraft { title: title.to_owned(), is_required: true, due: Some(when(hours)) }
}

/// How many rows a table has.
pub(super) async fn rows(home: &Home, table: &str) -> i64 {
    let pool = sqlx::AnyPool::connect(&home.url).await.expect("a connection");
    let sql = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
    let rows = sqlx::query_scalar(sql).fetch_one(&pool).await.expect("a count");
    pool.close().await;
    rows
}
