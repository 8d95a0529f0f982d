//! How quick the store is when a school's whole work is in it: `cargo bench --bench mspr`.
//!
//! Generated data: 2,000 teams, 60,000 milestones, 200,000 hand-ins, with the people, hours and coverage that go with them,
//! all of one tenant, which is the hardest case. On a SQLite file, and on a PostgreSQL started for the purpose where its
//! programs are here; both put on the disk what they acknowledge. Each line is one thing that a command does, transactions
//! and all, one after the other. It ends with an error where a limit is passed.

#[path = "../tests/it/store/postgres.rs"]
mod postgres;

use jiff::{SignedDuration, Timestamp};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use vigie::domain::coverage::Mark as Covered;
use vigie::domain::duration::Minutes;
use vigie::domain::handin::Link;
use vigie::domain::key::{BriefKey, DeliverableKey, TeamKey, TenantKey};
use vigie::domain::person::PersonKey;
use vigie::store::{
    Acting, Begun, Covering, DeliverableDraft, HandedIn, HoursEntry, Location, Mark, MilestoneDraft, Revision, Store,
    When, Write,
};

const TENANT: TenantKey = TenantKey(1);
const TEAMS: i64 = 2_000;
const TEAMS_OF_A_BRIEF: i64 = 60;

/// What a command may take of its own.
const COMMAND: Duration = Duration::from_millis(20);
/// What `/suivi` may take.
const OVERVIEW: Duration = Duration::from_millis(100);
/// Durable writes a second.
const WRITES: f64 = 300.0;

/// Says to the throw-away PostgreSQL that what it acknowledges is on the disk.
const ON_DISK: &str = "VIGIE_TEST_FSYNC";

fn main() -> ExitCode {
    // What `cargo test --benches` passes: it only wants to know that it builds.
    if std::env::args().any(|argument| argument == "--test") {
        return ExitCode::SUCCESS;
    }
    if std::env::var_os(ON_DISK).is_none() {
        let program = std::env::current_exe().expect("this program is a file");
        let status = Command::new(program).env(ON_DISK, "on").status().expect("it starts once more");
        return if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("the system gives threads");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = Location::url_of(&folder.path().join("vigie.db"));
    let mut passed = runtime.block_on(on("SQLite", &file));
    match postgres::database() {
        Some(url) => passed &= runtime.block_on(on("PostgreSQL", &url)),
        None => println!("PostgreSQL: its programs are not on this machine"),
    }
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Fills a database, measures everything on it, and says whether every limit is kept.
async fn on(name: &str, url: &str) -> bool {
    let store = Store::open(url).await.expect("the store opens");
    let started = Instant::now();
    fill(url).await;
    println!("\n{name}: filled in {:.1} s", started.elapsed().as_secs_f64());
    let mut bench = Bench { store, limits_kept: true };
    bench.reads().await;
    bench.writes().await;
    bench.overviews().await;
    bench.rate().await;
    bench.limits_kept
}

/// What goes into the database. `n` counts from 0 to the number given; the texts are the same on both.
const DATA: [(i64, &str); 14] = [
    (8_000, "people (tenant_id, id, name, met_at, seen_at) select 1, 1 + n, 'Candidat ' || n, 0, 0"),
    (
        34,
        "briefs (tenant_id, id, number, state, version, title, author_id, made_at)
         select 1, 10001 + n, 1 + n, 'published', 1, 'Sujet ' || n, 1, 0",
    ),
    (
        TEAMS,
        "teams (tenant_id, id, brief_id, number, name, folded, entry, state, made_at)
         select 1, 20001 + n, 10001 + n / 60, 1 + n % 60, 'Équipe ' || n, 'equipe ' || n, 'open', 'active', 0",
    ),
    (
        8_000,
        "seats (tenant_id, id, team_id, brief_id, person_id, rank, joined_at)
         select 1, 30001 + n, 20001 + n / 4, 10001 + n / 4 / 60, 1 + n, 'member', 0",
    ),
    (TEAMS, "team_numbers (tenant_id, team_id, milestones, deliverables) select 1, 20001 + n, 30, 10"),
    (
        60_000,
        "milestones (tenant_id, id, team_id, number, title, due_on_wall, zone, due_at, minutes, state, done_at, done_by,
                     revision, made_at)
         select 1, 100001 + n, 20001 + n / 30, 1 + n % 30, 'Jalon ' || n, '2026-11-27T18:00', 'Europe/Paris',
                1795798800000 + cast(n % 30 as bigint) * 86400000, 120, case when n % 30 < 12 then 'done' else 'open' end,
                case when n % 30 < 12 then 0 else null end, case when n % 30 < 12 then 1 else null end, 1, 0",
    ),
    (60_000, "milestone_people (tenant_id, milestone_id, person_id) select 1, 100001 + n, 1 + n / 30 * 4 + n % 4"),
    (58_000, "milestone_needs (tenant_id, milestone_id, needs_id) select 1, 100002 + n / 29 * 30 + n % 29, 100001 + n / 29 * 30 + n % 29"),
    (60_000, "milestone_criteria (tenant_id, milestone_id, criterion) select 1, 100001 + n, 'A1C' || (n % 20)"),
    (
        20_000,
        "deliverables (tenant_id, id, team_id, number, title, required, due_on_wall, zone, due_at, state, versions,
                       revision, made_at)
         select 1, 200001 + n, 20001 + n / 10, 1 + n % 10, 'Livrable ' || n, 1, '2026-11-27T18:00', 'Europe/Paris',
                1795798800000, 'handed_in', 10, 1, 0",
    ),
    (
        200_000,
        "handins (tenant_id, id, deliverable_id, version, person_id, handed_in_at, kind, name)
         select 1, 300001 + n, 200001 + n / 10, 1 + n % 10, 1 + n / 100 * 4, 0, 'link', 'https://forge.example/' || n",
    ),
    (
        40_000,
        "hours (tenant_id, id, team_id, person_id, minutes, spent_on, milestone, logged_at)
         select 1, 600001 + n, 20001 + n / 20, 1 + n / 20 * 4 + n % 4, 30, '2026-11-23', 1 + n % 30, 0",
    ),
    (
        40_000,
        "coverage (tenant_id, team_id, criterion, state, proofs, revision, person_id, changed_at)
         select 1, 20001 + n / 20, 'A1C' || (n % 20), 'covered', '[{\"deliverable\":1}]', 1, 1, 0",
    ),
    (100_000, "journal (tenant_id, id, at, person_id, deed, about) select 1, 700001 + n, 0, 1, 'milestone.done', 'team:' || (n % 2000)"),
];

async fn fill(url: &str) {
    let pool = sqlx::AnyPool::connect(url).await.expect("a connection");
    let tenant = "insert into tenants (id, writes, last_id, made_at) values (1, 0, 1000000, 0)";
    sqlx::query(tenant).execute(&pool).await.expect("a tenant");
    for (rows, what) in DATA {
        let (into, select) =
            what.split_once(" select ").or_else(|| what.split_once("\n         select ")).expect("both");
        let counting =
            format!("with recursive count (n) as (select 0 union all select n + 1 from count where n < {rows} - 1)");
        let sql = format!("insert into {into} {counting} select {select} from count");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&pool).await.unwrap_or_else(|error| panic!("{what}: {error}"));
    }
    if url.starts_with("postgres") {
        sqlx::query("analyze").execute(&pool).await.expect("counted");
    }
    pool.close().await;
}

struct Bench {
    store: Store,
    limits_kept: bool,
}

/// A team that hasn't to do with the one before: the data is larger than what is at hand.
fn team(round: i64) -> TeamKey {
    TeamKey(20_001 + round * 733 % TEAMS)
}

fn brief(round: i64) -> BriefKey {
    // The last one has fewer teams.
    BriefKey(10_001 + round % (TEAMS / TEAMS_OF_A_BRIEF))
}

fn deliverable(round: i64) -> DeliverableKey {
    DeliverableKey(200_001 + round * 7_333 % (TEAMS * 10))
}

fn captain(team: TeamKey) -> PersonKey {
    PersonKey(1 + (team.0 - 20_001) * 4)
}

fn now() -> Timestamp {
    "2026-12-05T08:00:00Z".parse().expect("an instant")
}

fn draft(round: i64) -> MilestoneDraft {
    let at = now() + SignedDuration::from_hours(round % 100);
    let wall = at.in_tz("Europe/Paris").expect("a zone").datetime();
    let due = Some(When { wall, zone: "Europe/Paris".to_owned(), at });
    MilestoneDraft {
        title: format!("Nouveau jalon {round}"),
        due,
        people: vec![captain(team(round))],
        criteria: vec!["A1C1".to_owned(), "A1C2".to_owned()],
        ..MilestoneDraft::default()
    }
}

async fn begin(store: &Store, team: TeamKey) -> Write<'_> {
    let acting = Acting { tenant: TENANT, person: captain(team), now: now(), cause: None };
    match store.write(&acting).await.expect("begun") {
        Begun::New(write) => write,
        Begun::Repeated => unreachable!("no event caused it"),
    }
}

impl Bench {
    /// Does something so many times, and prints how long it took.
    async fn measure(&mut self, what: &str, most: Duration, times: i64, once: impl AsyncFn(&Store, i64)) {
        for round in 0..times / 10 {
            once(&self.store, round).await;
        }
        let mut took = Vec::new();
        for round in times / 10..times {
            let started = Instant::now();
            once(&self.store, round).await;
            took.push(started.elapsed());
        }
        took.sort_unstable();
        let at = |hundredths: usize| took[(took.len() * hundredths / 100).min(took.len() - 1)];
        let kept = at(99) <= most;
        self.limits_kept &= kept;
        let verdict = if kept { "" } else { "  PAST ITS LIMIT" };
        let shown = |took: Duration| took.as_secs_f64() * 1_000.0;
        let (middle, late) = (shown(at(50)), shown(at(99)));
        println!("{what:<58} {:>5} times  p50 {middle:>7.2} ms  p99 {late:>7.2} ms{verdict}", took.len());
    }

    async fn reads(&mut self) {
        self.measure("milestones of a team", COMMAND, 1_000, async |store, round| {
            let all = store.of(TENANT).milestones_of(team(round)).await.expect("read");
            assert_eq!(all.len(), 30);
        })
        .await;
        self.measure("a milestone by its number", COMMAND, 1_000, async |store, round| {
            store.of(TENANT).milestone_numbered(team(round), 7).await.expect("read").expect("there");
        })
        .await;
        self.measure("what a member is responsible for", COMMAND, 1_000, async |store, round| {
            let open = store.of(TENANT).open_milestones_of(team(round), captain(team(round))).await.expect("read");
            assert!(!open.is_empty());
        })
        .await;
        self.measure("deliverables of a team, with their newest hand-ins", COMMAND, 1_000, async |store, round| {
            let all = store.of(TENANT).deliverables_of(team(round)).await.expect("read");
            assert!(all.len() == 10 && all.iter().all(|one| one.latest.is_some()));
        })
        .await;
        self.measure("history of a deliverable", COMMAND, 1_000, async |store, round| {
            let all = store.of(TENANT).handins_of(deliverable(round)).await.expect("read");
            assert_eq!(all.len(), 10);
        })
        .await;
        self.measure("hours of a team, with their sums", COMMAND, 1_000, async |store, round| {
            let scope = store.of(TENANT);
            assert_eq!(scope.hours_of(team(round)).await.expect("read").len(), 20);
            assert_eq!(scope.minutes_by_person(team(round)).await.expect("read").len(), 4);
            scope.minutes_by_milestone(team(round)).await.expect("read");
        })
        .await;
        self.measure("coverage of a team", COMMAND, 1_000, async |store, round| {
            assert_eq!(store.of(TENANT).coverage_of(team(round)).await.expect("read").len(), 20);
        })
        .await;
        self.measure("a page of the journal", COMMAND, 1_000, async |store, round| {
            let deeds = store.of(TENANT).deeds(&format!("team:{}", round % TEAMS), None, 20).await.expect("read");
            assert_eq!(deeds.len(), 20);
        })
        .await;
    }

    async fn writes(&mut self) {
        self.measure("add three milestones, plan read again", COMMAND, 500, async |store, round| {
            let mut write = begin(store, team(round)).await;
            let drafts = [draft(round), draft(round), draft(round)];
            write.add_milestones(team(round), &drafts).await.expect("added");
            write.plan_of(team(round)).await.expect("read");
            write.journal("milestone.added", "team:1").await.expect("noted");
            write.commit().await.expect("committed");
        })
        .await;
        self.measure("change a milestone", COMMAND, 500, async |store, round| {
            let mut write = begin(store, team(round)).await;
            let seen = write.milestone_numbered(team(round), 20).await.expect("read").expect("there");
            write.change_milestone(seen.key, seen.revision, &draft(round)).await.expect("changed");
            write.commit().await.expect("committed");
        })
        .await;
        self.measure("say that a milestone is done", COMMAND, 500, async |store, round| {
            let mut write = begin(store, team(round)).await;
            let seen = write.milestone_numbered(team(round), 21).await.expect("read").expect("there");
            write.mark_milestone(seen.key, seen.revision, Mark::Done).await.expect("marked");
            write.commit().await.expect("committed");
        })
        .await;
        self.measure("hand a link in", COMMAND, 500, async |store, round| {
            let link = HandedIn::Link(Link::read("https://forge.example/equipe").expect("a link"));
            let mut write = begin(store, team(round)).await;
            write.hand_in(deliverable(round), &link).await.expect("handed in");
            write.commit().await.expect("committed");
        })
        .await;
        self.measure("log hours", COMMAND, 500, async |store, round| {
            let spent_on = now().in_tz("UTC").expect("a zone").date();
            let minutes = Minutes::new(5).expect("a duration");
            let entry = HoursEntry { minutes, spent_on, what: None, milestone: Some(3) };
            let mut write = begin(store, team(round)).await;
            write.log_hours(team(round), captain(team(round)), &entry).await.expect("logged");
            write.commit().await.expect("committed");
        })
        .await;
        self.measure("cover a criterion", COMMAND, 500, async |store, round| {
            let mut write = begin(store, team(round)).await;
            let criterion = format!("B1C{round}");
            let mark = Covered::in_progress();
            write.cover(team(round), &criterion, Covering::NEVER, &mark).await.expect("covered");
            write.commit().await.expect("committed");
        })
        .await;
        self.measure("a new version of a brief, for its 60 teams", OVERVIEW * 10, 10, async |store, round| {
            let mut write = begin(store, team(round)).await;
            let teams =
                (0..TEAMS_OF_A_BRIEF).map(|rank| TeamKey(20_001 + (brief(round).0 - 10_001) * TEAMS_OF_A_BRIEF + rank));
            let due = draft(round).due;
            let deliverable = DeliverableDraft { title: format!("Dossier {round}"), is_required: true, due };
            for team in teams {
                let (key, draft) = (format!("k{round}"), draft(round));
                write
                    .follow_milestones(team, &[vigie::store::BriefMilestone { key: key.clone(), draft }])
                    .await
                    .expect("moved");
                let draft = deliverable.clone();
                write.follow_deliverables(team, &[vigie::store::BriefDeliverable { key, draft }]).await.expect("moved");
            }
            write.commit().await.expect("committed");
        })
        .await;
    }

    async fn overviews(&mut self) {
        self.measure("overview of a brief with 60 teams", OVERVIEW, 200, async |store, round| {
            let all = store.of(TENANT).overview(brief(round), now()).await.expect("read");
            assert!(all.len() == 60 && all.iter().all(|team| team.members.len() == 4 && team.milestones.all >= 30));
        })
        .await;
        self.measure("the whole plans of 60 teams", OVERVIEW, 100, async |store, round| {
            let all = store.of(TENANT).milestones_of_brief(brief(round)).await.expect("read");
            assert!(all.len() >= 1_800);
        })
        .await;
        self.measure("the deliverables of 60 teams", OVERVIEW, 100, async |store, round| {
            assert!(store.of(TENANT).deliverables_of_brief(brief(round)).await.expect("read").len() >= 600);
        })
        .await;
        self.measure("all that is read to follow 60 teams", OVERVIEW, 100, async |store, round| {
            let (scope, brief) = (store.of(TENANT), brief(round));
            scope.coverage_of_brief(brief).await.expect("read");
            scope.milestones_of_brief(brief).await.expect("read");
            scope.deliverables_of_brief(brief).await.expect("read");
            assert_eq!(scope.overview(brief, now()).await.expect("read").len(), 60);
        })
        .await;
        self.measure("all that is read to follow one of them", COMMAND, 1_000, async |store, round| {
            let (scope, team) = (store.of(TENANT), team(round));
            scope.coverage_of(team).await.expect("read");
            scope.milestones_of(team).await.expect("read");
            scope.deliverables_of(team).await.expect("read");
            assert!(scope.team_overview(team, now()).await.expect("read").is_some());
        })
        .await;
        self.measure("the 2,000 teams that a trainer completes", COMMAND, 200, async |store, _| {
            assert_eq!(store.of(TENANT).open_teams().await.expect("read").len(), 2_000);
        })
        .await;
    }

    /// How many writes a second are acknowledged, eight people at a time.
    async fn rate(&mut self) {
        const PEOPLE: i64 = 8;
        const EACH: i64 = 250;
        let started = Instant::now();
        let mut writing = tokio::task::JoinSet::new();
        for person in 0..PEOPLE {
            let store = self.store.clone();
            writing.spawn(async move {
                for round in 0..EACH {
                    let team = team(person * EACH + round);
                    let mut write = begin(&store, team).await;
                    let criterion = format!("R{person}C{round}");
                    write.cover(team, &criterion, Revision(0), &Covered::in_progress()).await.expect("covered");
                    write.commit().await.expect("committed");
                }
            });
        }
        writing.join_all().await;
        let seconds = started.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
        let rate = (PEOPLE * EACH) as f64 / seconds;
        self.limits_kept &= rate >= WRITES;
        let verdict = if rate >= WRITES { "" } else { "  BELOW ITS LIMIT" };
        println!("{:<58} {rate:>5.0} a second{verdict}", "durable writes acknowledged");
    }
}
