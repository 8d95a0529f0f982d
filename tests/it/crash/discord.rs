//! On the fake Discord, which loses connections, refuses and stalls.

use super::dice::Dice;
use super::plan::{ABSENCE, NONCES, Plan};
use super::report::{Expected, Heard, Report, number};
use super::seed::{Cast, Window, seed};
use super::stall;
use crate::program::Program;
use fake_discord::{Channel, FakeDiscord, Fault, Guild, Matcher, Person};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use vigie::app::run::database_in;
use vigie::store::Store;
use vigie_chat::{ConnectorName, RoomId, SpaceId};

const CREATE: &str = "POST /channels/*/messages";
const READ: &str = "GET /channels/*/messages";

/// The run that every `cargo test` makes.
const SHORT: Plan =
    Plan { kills: 10, reminders: 300, span: Duration::from_secs(35), absences: 0, stalls: 2, seed: 20_261_122 };

/// A server with people who are written to alone, and teams of two who take no direct message.
struct School {
    discord: Arc<FakeDiscord>,
    cast: Cast,
    candidates: Vec<Person>,
    teams: Vec<(Vec<Person>, Channel)>,
    data: tempfile::TempDir,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_reminder_comes_once_through_power_cuts_and_a_failing_discord() {
    let plan = Plan::from_environment(&SHORT);
    let began = Instant::now();
    let school = School::open(&plan).await;
    let window = Window::in_seconds(8 + i64::from(plan.reminders / 60), &plan);
    let expected = seed(database_in(school.data.path()).expose_secret(), &school.cast, &plan, window).await;
    assert!(Timestamp::now() < window.from, "seeding took longer than it may");
    let stalled = school.lives_and_dies(&plan, window).await;
    let mut report = school.comes_to_rest(&expected).await;
    (report.kills, report.seed, report.took) = (plan.kills, plan.seed, began.elapsed());
    report.faults = format!("{}, {stalled} stalls, {} long absences", school.faults(), plan.absences);
    println!("{report}");
    report.assert_exact();
    school.nothing_else_went_wrong();
}

impl School {
    async fn open(plan: &Plan) -> Self {
        let discord = FakeDiscord::builder().nonces_last(NONCES).start().await;
        let guild = discord.guild("École");
        let general = guild.channel("general");
        let trainer = guild.member("prof");
        let (alone, pairs) = (plan.reminders.div_ceil(80).max(12), plan.reminders.div_ceil(500).max(2));
        let candidates: Vec<Person> = (0..alone).map(|rank| guild.member(&format!("candidat {rank}"))).collect();
        let teams: Vec<(Vec<Person>, Channel)> = (0..pairs).map(|rank| team(&guild, rank)).collect();
        // As Discord has it: 50 requests a second in all, 5 messages in 5 s in each channel.
        discord.limit_globally(50, Duration::from_secs(1));
        discord.limit(CREATE, 5, Duration::from_secs(5));
        let id = |person: &Person| person.id().to_string();
        let cast = Cast {
            network: ConnectorName::new("discord"),
            space: SpaceId::new(guild.id().to_string()),
            announcements: RoomId::new(general.id().to_string()),
            trainer: id(&trainer),
            candidates: candidates.iter().map(id).collect(),
            teams: teams
                .iter()
                .map(|(members, room)| (members.iter().map(id).collect(), RoomId::new(room.id().to_string())))
                .collect(),
        };
        let data = tempfile::tempdir().expect("a temporary folder");
        Self { discord: Arc::new(discord), cast, candidates, teams, data }
    }

    fn program(&self) -> Program {
        crate::discord::start(&self.discord, self.data.path(), &[("VIGIE_LOG", "warn")])
    }

    /// Kills it again and again while everything falls due; says how often it stalled.
    async fn lives_and_dies(&self, plan: &Plan, window: Window) -> u64 {
        let sky = Arc::new(Sky::default());
        let weather = tokio::spawn(weather(Arc::clone(&self.discord), Dice::new(plan.seed ^ 1), Arc::clone(&sky)));
        let mut dice = Dice::new(plan.seed ^ 2);
        let life = u64::try_from(plan.life().as_millis()).unwrap_or(1_000);
        let mut stalled = 0;
        let until_due = window.from.duration_since(Timestamp::now());
        let mut program = self.program();
        // Not much is due before; a few kills fall there all the same.
        tokio::time::sleep(Duration::try_from(until_due).unwrap_or_default() / 2).await;
        for kill in 1..=plan.kills {
            let lives = Duration::from_millis(dice.between(life / 4, life * 7 / 4));
            if plan.stalls > 0 && kill % (plan.kills / plan.stalls).max(1) == 0 {
                stalled += u64::from(self.stalls(&program, &mut dice).await);
            }
            let absent =
                plan.absences > 0 && kill % (plan.kills / plan.absences).max(1) == plan.kills / plan.absences / 2;
            if absent {
                // What leaves now is taken, and nobody hears of it.
                self.discord.fault(Matcher::on(CREATE).times(40), Fault::CutAfter);
                self.until_asked(20, Duration::from_secs(15)).await;
            } else {
                tokio::time::sleep(lives).await;
            }
            if dice.one_in(2) {
                // In the very moment in which something leaves.
                self.until_asked(1, Duration::from_secs(1)).await;
                tokio::time::sleep(Duration::from_millis(dice.below(30))).await;
            }
            tokio::task::block_in_place(|| drop(program.kill()));
            if absent {
                sky.calm.store(true, Ordering::Relaxed);
                tokio::time::sleep(ABSENCE).await;
                sky.calm.store(false, Ordering::Relaxed);
            }
            program = self.program();
        }
        sky.over.store(true, Ordering::Relaxed);
        weather.await.expect("the weather changes without a panic");
        let left = window.until.duration_since(Timestamp::now());
        tokio::time::sleep(Duration::try_from(left).unwrap_or_default()).await;
        self.discord.clear_faults();
        self.discord.limit_globally(50, Duration::from_secs(1));
        self.until_all_heard().await;
        let stopped = tokio::task::spawn_blocking(move || program.stop()).await.expect("it stops");
        assert!(stopped.0.success(), "{}", stopped.1);
        stalled
    }

    /// The process stands still, or its disk takes nothing, for some seconds. Whether it did.
    async fn stalls(&self, program: &Program, dice: &mut Dice) -> bool {
        let time = Duration::from_millis(dice.between(1_000, 4_000));
        if dice.one_in(2) {
            stall::stand_still(program.id(), time).await;
            return true;
        }
        // Longer than SQLite waits: the program is told that it can't write.
        stall::hold(&self.data.path().join("vigie.db"), time + Duration::from_secs(4)).await
    }

    /// Waits for so many more messages to be asked for, not for ever.
    async fn until_asked(&self, more: usize, most: Duration) {
        let count = || self.discord.count_requests(CREATE);
        let enough = count() + more;
        let mut changes = self.discord.changes();
        let asked = async { while count() < enough && changes.changed().await.is_ok() {} };
        // When nothing is due, nothing is asked for.
        let _ = tokio::time::timeout(most, asked).await;
    }

    /// Waits until nothing new was heard for a while; what was put off for long is waited for.
    async fn until_all_heard(&self) {
        let mut before = usize::MAX;
        let mut quiet = 0;
        while quiet < 4 {
            tokio::time::sleep(Duration::from_secs(5)).await;
            let now = self.heard().len();
            quiet = if now == before { quiet + 1 } else { 0 };
            before = now;
        }
    }

    /// What everybody reads, in its order.
    fn heard(&self) -> Vec<Heard> {
        let mut heard = Vec::new();
        for person in &self.candidates {
            let to = person.id().to_string();
            let said = person.dm().messages();
            heard.extend(said.iter().filter_map(|seen| Some(Heard { number: number(&seen.text())?, to: to.clone() })));
        }
        for (members, room) in &self.teams {
            for seen in room.messages() {
                let Some(number) = number(&seen.text()) else { continue };
                let meant = members.iter().filter(|person| seen.pings(person.id()));
                heard.extend(meant.map(|person| Heard { number, to: person.id().to_string() }));
            }
        }
        heard
    }

    /// Counts what arrived, and looks whether the ledger says the same.
    async fn comes_to_rest(&self, expected: &[Expected]) -> Report {
        let mut report = Report { network: "the fake Discord", ..Report::default() };
        report.count(expected, &self.heard());
        let store = Store::open(database_in(self.data.path()).expose_secret()).await.expect("nobody else has it");
        let counts = store.ledger_counts(Timestamp::now()).await.expect("told");
        store.close().await;
        let sent = u64::try_from(expected.len()).expect("a count");
        assert_eq!(counts.states, [("sent".to_owned(), sent)], "{report}: the ledger says otherwise");
        report
    }

    /// What befell it, counted by what was answered.
    fn faults(&self) -> String {
        let requests = self.discord.requests();
        let count = |of: &dyn Fn(Option<u16>) -> bool| requests.iter().filter(|request| of(request.status)).count();
        let limited = count(&|status| status == Some(429));
        let failed = count(&|status| status.is_some_and(|status| status >= 500));
        let cut = count(&|status| status.is_none());
        let looked = self.discord.count_requests(READ);
        format!("{limited} answers 429, {failed} 5xx, {cut} connections cut, {looked} looks for a message of its own")
    }

    /// A process that was killed knows nothing of limits that were told to it: those are no fault of its own.
    fn nothing_else_went_wrong(&self) {
        let complaints: BTreeSet<String> = self.discord.take_complaints().into_iter().collect();
        let others: Vec<&String> =
            complaints.iter().filter(|what| !what.contains("before the end of its rate limit")).collect();
        assert!(others.is_empty(), "{others:#?}");
    }
}

/// Two who take no direct message, and their team's channel.
fn team(guild: &Guild, rank: u32) -> (Vec<Person>, Channel) {
    let member = |who: &str| guild.member(&format!("{who} {rank}")).closes_direct_messages();
    (vec![member("équipier"), member("équipière")], guild.channel(&format!("équipe {rank}")))
}

/// What is told to the weather.
#[derive(Default)]
struct Sky {
    /// Nobody is there whom a fault could befall.
    calm: AtomicBool,
    /// The day is over.
    over: AtomicBool,
}

/// Faults, as they come on a bad day.
async fn weather(discord: Arc<FakeDiscord>, mut dice: Dice, sky: Arc<Sky>) {
    while !sky.over.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(dice.between(150, 1_500))).await;
        if sky.calm.load(Ordering::Relaxed) {
            continue;
        }
        let fault = match dice.below(8) {
            0 => Fault::RateLimited { retry_after: Duration::from_millis(dice.between(100, 2_000)) },
            1 => Fault::RateLimitedGlobally { retry_after: Duration::from_millis(dice.between(50, 500)) },
            2 => Fault::Status(502),
            3 => Fault::Status(500),
            4 => Fault::CutBefore,
            5 | 6 => Fault::CutAfter,
            _ => Fault::AnsweredLate(Duration::from_millis(dice.between(100, 3_000))),
        };
        let on = match dice.below(10) {
            0 => READ,
            1 => "POST /users/@me/channels",
            _ => CREATE,
        };
        let times = usize::try_from(dice.between(1, 4)).unwrap_or(1);
        discord.fault(Matcher::on(on).times(times), fault);
    }
}
