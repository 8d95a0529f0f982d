//! How quick reminders are when a million of them wait: `cargo bench --bench reminders`.
//!
//! Generated data: 20 spaces, 5,000 teams of 4, 250,000 milestones, 1,000,000 pending alarms, of which 20,000 fall due in one
//! minute, and a ledger with 200,000 rows of what was sent before. On a SQLite file, and on a PostgreSQL started for the
//! purpose where its programs are here, with two engines; both put on the disk what they acknowledge. The network takes every
//! message at once and keeps what it is told: it isn't what is measured. It ends with an error where a limit is passed.

#[path = "../tests/it/store/postgres.rs"]
mod postgres;
#[path = "../tests/it/store/recorder.rs"]
mod recorder;

use jiff::{SignedDuration, Timestamp};
use recorder::Recorder;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};
use vigie::app::reminders::{self, Means, Reminders};
use vigie::store::{Claim, Location, Store};
use vigie_chat::Connector;

/// Opening and the first round.
const START: Duration = Duration::from_secs(2);
/// Memory of the whole process, in MiB.
const MEMORY: u64 = 150;
/// Choosing what is due.
const CHOICE: Duration = Duration::from_millis(20);
/// Handing 20,000 to the network: one engine on SQLite, two on PostgreSQL.
const BURST: [Duration; 2] = [Duration::from_secs(10), Duration::from_secs(5)];
/// How late one reminder in a hundred may be.
const LATENESS: Duration = Duration::from_secs(1);

/// Alarms in all.
const PENDING: i64 = 1_000_000;
/// Alarms of one minute.
const DUE: usize = 20_000;
/// Alarms that come one after the other, [`APART`] milliseconds apart.
const STREAM: usize = 1_500;
const APART: i64 = 10;

/// Says to the throw-away PostgreSQL that what it acknowledges is on the disk.
const ON_DISK: &str = "VIGIE_TEST_FSYNC";
/// Says to a second start that it fills this database, so that the memory of doing it isn't counted.
const FILL: &str = "VIGIE_BENCH_FILL";

fn main() -> ExitCode {
    // What `cargo test --benches` passes: it only wants to know that it builds.
    if std::env::args().any(|argument| argument == "--test") {
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("the system gives threads");
    if let Ok(url) = std::env::var(FILL) {
        runtime.block_on(fill(&url));
        return ExitCode::SUCCESS;
    }
    if std::env::var_os(ON_DISK).is_none() {
        return if again(ON_DISK, "on") { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = Location::url_of(&folder.path().join("vigie.db"));
    let mut passed = runtime.block_on(on("SQLite", &file, 1));
    match postgres::database() {
        Some(url) => passed &= runtime.block_on(on("PostgreSQL, two engines", &url, 2)),
        None => println!("PostgreSQL: its programs are not on this machine"),
    }
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Starts this program once more, and says whether it went well.
fn again(name: &str, value: &str) -> bool {
    let program = std::env::current_exe().expect("this program is a file");
    Command::new(program).env(name, value).status().expect("it starts once more").success()
}

/// When the 20,000 are due: on a Monday at eleven in Paris.
fn due() -> Timestamp {
    "2026-12-07T10:00:00Z".parse().expect("an instant")
}

/// When the stream begins.
fn stream() -> Timestamp {
    due() + SignedDuration::from_mins(30)
}

/// What goes into the database. `n` counts from 0 to the number given; the texts are the same on both. Team `n` is of the
/// space `1 + n / 250`; milestone 0 of each team is due two hours after the instant at which its four members are reminded.
const DATA: [(i64, &str); 9] = [
    (20, "tenants (id, writes, last_id, made_at) select 1 + n, 0, 100000000, 0"),
    (
        20_000,
        "people (tenant_id, id, name, met_at, seen_at) select 1 + n / 1000, 1 + n, 'Candidat ' || n, 0, 0",
    ),
    (20_000, "accounts (tenant_id, connector, account, person_id) select 1 + n / 1000, 'test', 'p' || n, 1 + n"),
    (
        20,
        "briefs (tenant_id, id, number, state, version, title, author_id, made_at)
         select 1 + n, 50001 + n, 1, 'published', 1, 'Sujet ' || n, 1 + n * 1000, 0",
    ),
    (
        5_000,
        "teams (tenant_id, id, brief_id, number, name, folded, entry, state, made_at)
         select 1 + n / 250, 60001 + n, 50001 + n / 250, 1 + n % 250, 'Équipe ' || n, 'equipe ' || n, 'open', 'active', 0",
    ),
    (
        20_000,
        "seats (tenant_id, id, team_id, brief_id, person_id, rank, joined_at)
         select 1 + n / 1000, 70001 + n, 60001 + n / 4, 50001 + n / 1000, 1 + n, 'member', 0",
    ),
    (
        250_000,
        "milestones (tenant_id, id, team_id, number, title, due_on_wall, zone, due_at, state, revision, made_at)
         select 1 + n / 12500, 100001 + n, 60001 + n / 50, 1 + n % 50, 'Jalon ' || n, '2026-12-07T13:00', 'Europe/Paris',
                DUE + 7200000 + (n % 50) * 1000000000, 'open', 1, 0",
    ),
    (
        PENDING,
        "alarms (tenant_id, kind, subject_id, person_id, team_id, step_at, look_at)
         select 1 + n / 50000, 'milestone', 100001 + n / 4, 1 + n / 200 * 4 + n % 4, 60001 + n / 200,
                DUE + (n / 4 % 50) * 100000000, DUE + (n / 4 % 50) * 100000000",
    ),
    (
        200_000,
        "deliveries (tenant_id, id, kind, subject_id, person_id, step_at, steps, token, lane, state, stage, failures,
                     urgent_at, try_at, connector, room, message, made_at, ended_at)
         select 1 + n / 10000, 1000001 + n, 'milestone', 100001 + n, 1 + n / 10, DUE - 600000000, 1, 'former' || n,
                'test direct p' || (n / 10), 'sent', 0, 1, DUE, DUE - 600000000, 'test', 'p' || (n / 10), 'm' || n,
                DUE - 600000000, DUE - 600000000",
    ),
];

async fn fill(url: &str) {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(url).await.expect("a connection");
    for (rows, what) in DATA {
        let what = what.replace("DUE", &due().as_millisecond().to_string());
        let (into, select) =
            what.split_once(" select ").or_else(|| what.split_once("\n         select ")).expect("both");
        let counting = format!(
            "with recursive count (n) as (select cast(0 as bigint) union all select n + 1 from count where n < {rows} - 1)"
        );
        let sql = format!("insert into {into} {counting} select {select} from count");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&pool).await.unwrap_or_else(|error| panic!("{what}: {error}"));
    }
    // The alarms of the second milestone of the first teams come one after the other.
    let (from, apart) = (stream().as_millisecond(), APART);
    let at = format!("{from} + {apart} * (4 * ((subject_id - 100001) / 50) + person_id % 4)");
    let stream = format!(
        "update alarms set step_at = {at}, look_at = {at}
         where kind = 'milestone' and (subject_id - 100001) % 50 = 1 and (subject_id - 100001) / 50 < {STREAM} / 4"
    );
    sqlx::query(sqlx::AssertSqlSafe(stream)).execute(&pool).await.expect("one after the other");
    if url.starts_with("postgres") {
        sqlx::query("analyze").execute(&pool).await.expect("counted");
    }
    pool.close().await;
}

/// The memory of this process, in MiB, as the system counts it.
fn memory() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = statm.split_whitespace().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or_default();
    pages * 4 / 1_024
}

/// Whether a limit is kept, with a line that says it.
fn told(what: &str, took: Duration, most: Duration) -> bool {
    let verdict = if took <= most { "" } else { "  PAST ITS LIMIT" };
    println!("{what:<58} {:>9.2} ms of {:>6.0}{verdict}", took.as_secs_f64() * 1_000.0, most.as_secs_f64() * 1_000.0);
    took <= most
}

fn engine(store: &Store, network: &Arc<Recorder>) -> Arc<Reminders> {
    let clock = Arc::clone(network);
    Arc::new(Reminders::new(Means {
        store: store.clone(),
        networks: Arc::new([Arc::clone(network) as Arc<dyn Connector>]),
        clock: Arc::new(move || clock.now()),
        zone: jiff::tz::TimeZone::get("Europe/Paris").expect("a zone"),
        contact: None,
    }))
}

/// Fills a database, measures everything on it, and says whether every limit is kept.
async fn on(name: &str, url: &str, engines: usize) -> bool {
    Store::open(url).await.expect("the store opens").close().await;
    let started = Instant::now();
    assert!(again(FILL, url), "the database could not be filled");
    println!("\n{name}: {PENDING} pending, filled in {:.1} s", started.elapsed().as_secs_f64());
    let network = Arc::new(Recorder::at(due() - SignedDuration::from_hours(1)));

    let before = memory();
    let started = Instant::now();
    let store = Store::open(url).await.expect("the store opens");
    let first = engine(&store, &network);
    let round = first.settle().await.expect("settled");
    let mut kept = told("opening, and the first round", started.elapsed(), START);
    assert_eq!((round.rung, round.settled), (0, 0), "nothing was due yet");
    let used = memory();
    kept &= used <= MEMORY;
    println!("{:<58} {used:>9} MiB of {MEMORY}, {before} before", "memory of the process");

    kept &= choice("choosing what is due, where nothing is", &store, due() - SignedDuration::from_hours(1), 0).await;
    network.turn_to(due());
    let mut all = vec![first];
    while all.len() < engines {
        all.push(engine(&Store::open(url).await.expect("the store opens"), &network));
    }
    let started = Instant::now();
    let rounds = all.iter().map(|one| one.settle());
    let rounds = futures::future::join_all(rounds.map(Box::pin)).await;
    let took = started.elapsed();
    drop(rounds);
    assert_eq!(network.taken().len(), DUE, "all that was due was sent, once");
    kept &= told("20,000 due in one minute, handed to the network", took, BURST[engines - 1]);
    kept &= memory() <= MEMORY;
    println!("{:<58} {:>9} MiB of {MEMORY}", "memory of the process after it", memory());
    kept & lateness(&all, &network).await
}

/// Chooses so often what is due: the next alarm, the next delivery, and what may be claimed.
async fn choice(what: &str, store: &Store, now: Timestamp, due: usize) -> bool {
    let mut took = Vec::new();
    for _ in 0..200 {
        let started = Instant::now();
        store.next_alarm().await.expect("read");
        store.next_delivery().await.expect("read");
        let claim = Claim { owner: "bench", now, lease_until: now + SignedDuration::from_secs(150), most: 250 };
        assert_eq!(store.claim(claim).await.expect("claimed").len(), due);
        took.push(started.elapsed());
    }
    took.sort_unstable();
    told(what, took[took.len() * 99 / 100], CHOICE)
}

/// Runs as the program does while one falls due every few milliseconds.
async fn lateness(engines: &[Arc<Reminders>], network: &Arc<Recorder>) -> bool {
    let before = network.taken().len();
    network.run_from(stream() - SignedDuration::from_millis(500));
    let stop = Arc::new(tokio::sync::Notify::new());
    let running: Vec<_> = engines
        .iter()
        .map(|one| {
            let stop = Arc::clone(&stop);
            let one = Arc::clone(one);
            tokio::spawn(async move { reminders::run(one, async move { stop.notified().await }).await })
        })
        .collect();
    let patience = Instant::now();
    while network.taken().len() < before + STREAM && patience.elapsed() < Duration::from_mins(1) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stop.notify_waiters();
    for one in running {
        one.await.expect("it ends");
    }
    let sent = network.taken();
    assert_eq!(sent.len(), before + STREAM, "all of the stream was sent, once");
    // They fall due in an order that is known, each to be sent after the one before.
    let mut at: Vec<Timestamp> = sent[before..].iter().map(|taken| taken.at).collect();
    at.sort_unstable();
    let due = (0..).map(|rank| stream() + SignedDuration::from_millis(rank * APART));
    let mut late: Vec<Duration> = at
        .into_iter()
        .zip(due)
        .map(|(at, due)| Duration::try_from(at.duration_since(due)).unwrap_or_default())
        .collect();
    late.sort_unstable();
    println!("{:<58} {:>9.2} ms", "lateness, one every 10 ms: p50", late[late.len() / 2].as_secs_f64() * 1_000.0);
    told("lateness, one every 10 ms: p99", late[late.len() * 99 / 100], LATENESS)
}
