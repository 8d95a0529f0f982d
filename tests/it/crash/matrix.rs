//! On a real Synapse: the same device and transaction id are one event, however long ago.
//!
//! Without python3 the test says that it skips; it fails when `VIGIE_REQUIRE_ALL=1`.

use super::dice::Dice;
use super::plan::Plan;
use super::report::{Expected, Heard, Report, number};
use super::seed::{Cast, Window, seed};
use super::stall;
use crate::matrix::School;
use homeserver::{Person, Standing};
use jiff::Timestamp;
use ruma::{OwnedUserId, RoomId as MatrixRoom};
use secrecy::ExposeSecret as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use vigie::app::run::database_in;
use vigie::store::Store;
use vigie_chat::{ConnectorName, RoomId, SpaceId};

/// The run that every `cargo test` makes.
const SHORT: Plan =
    Plan { kills: 4, reminders: 40, span: Duration::from_secs(30), absences: 0, stalls: 1, seed: 20_261_122 };

/// How many are reminded.
const CANDIDATES: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_reminder_comes_once_through_power_cuts_on_a_real_homeserver() {
    let plan = Plan { absences: 0, ..Plan::from_environment(&SHORT) };
    let Some(school) = School::open().await else { return };
    let began = Instant::now();
    let mut candidates = Vec::with_capacity(CANDIDATES);
    for rank in 0..CANDIDATES {
        candidates.push(school.server.person(&format!("promo{rank}")).await.expect("a candidate logs in"));
    }
    let candidates = Arc::new(candidates);
    // Each program is told so: the device must be there before it is first killed.
    let program = school.program(&[("VIGIE_LOG", "warn")]);
    let room = school.room().await;
    let (status, log) = tokio::task::spawn_blocking(move || program.stop()).await.expect("it stops");
    assert!(status.success(), "{log}");

    let database = database_in(school.data.path());
    let window = Window::in_seconds(10 + i64::from(plan.reminders / 40), &plan);
    let expected = seed(database.expose_secret(), &cast(&school, &room, &candidates), &plan, window).await;
    assert!(Timestamp::now() < window.from, "seeding took longer than it may");
    let over = Arc::new(AtomicBool::new(false));
    let accepting = tokio::spawn(accept_all(Arc::clone(&candidates), Arc::clone(&over)));
    let stalled = lives_and_dies(&school, &plan, window, (&candidates, &expected)).await;
    over.store(true, Ordering::Relaxed);
    accepting.await.expect("people accept without a panic");

    let mut report = Report { network: "a real Synapse", kills: plan.kills, seed: plan.seed, ..Report::default() };
    report.count(&expected, &heard(&candidates, &school.account.user_id));
    report.unreadable = unreadable(&candidates).len();
    report.faults = format!("{stalled} stalls");
    report.took = began.elapsed();
    println!("{report}");
    let store = Store::open(database.expose_secret()).await.expect("nobody else has it");
    let counts = store.ledger_counts(Timestamp::now()).await.expect("told");
    store.close().await;
    println!("the ledger: {:?}; what can't be read: {:#?}", counts.states, unreadable(&candidates));
    report.assert_exact();
    let sent = u64::try_from(expected.len()).expect("a count");
    assert_eq!(counts.states, [("sent".to_owned(), sent)], "the ledger says otherwise");
}

fn cast(school: &School, room: &MatrixRoom, candidates: &[Person]) -> Cast {
    Cast {
        network: ConnectorName::new("matrix"),
        space: SpaceId::new(room.as_str()),
        announcements: RoomId::new(room.as_str()),
        trainer: school.trainer.id().to_string(),
        candidates: candidates.iter().map(|person| person.id().to_string()).collect(),
        teams: Vec::new(),
    }
}

/// Kills it again and again while everything falls due; says how often it stalled.
async fn lives_and_dies(
    school: &School,
    plan: &Plan,
    window: Window,
    (candidates, expected): (&[Person], &[Expected]),
) -> u64 {
    let mut dice = Dice::new(plan.seed ^ 2);
    let life = u64::try_from(plan.life().as_millis()).unwrap_or(1_000);
    let mut stalled = 0;
    let mut program = school.program(&[("VIGIE_LOG", "warn")]);
    let until_due = Duration::try_from(window.from.duration_since(Timestamp::now())).unwrap_or_default();
    tokio::time::sleep(until_due).await;
    for kill in 1..=plan.kills {
        if plan.stalls > 0 && kill % (plan.kills / plan.stalls).max(1) == 0 {
            let time = Duration::from_millis(dice.between(1_000, 4_000));
            if dice.one_in(2) {
                stall::stand_still(program.id(), time).await;
                stalled += 1;
            } else {
                let database = school.data.path().join("vigie.db");
                stalled += u64::from(stall::hold(&database, time + Duration::from_secs(4)).await);
            }
        }
        tokio::time::sleep(Duration::from_millis(dice.between(life / 4, life * 7 / 4))).await;
        tokio::task::block_in_place(|| drop(program.kill()));
        program = school.program(&[("VIGIE_LOG", "warn")]);
    }
    let bot = &school.account.user_id;
    let until = Instant::now() + plan.span + Duration::from_mins(2);
    while heard(candidates, bot).len() < expected.len() && Instant::now() < until {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    // What comes twice comes now.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let (status, log) = tokio::task::spawn_blocking(move || program.stop()).await.expect("it stops");
    assert!(status.success(), "{log}");
    stalled
}

/// People accept whatever the bot invites them to.
async fn accept_all(candidates: Arc<Vec<Person>>, over: Arc<AtomicBool>) {
    while !over.load(Ordering::Relaxed) {
        for person in candidates.iter() {
            for (room, standing) in person.rooms() {
                if standing == Standing::Invited {
                    // An invitation may have been taken back, or be answered already.
                    let _ = person.accepts(&room).await;
                }
            }
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

/// What came and can't be decrypted, with the reason.
fn unreadable(candidates: &[Person]) -> Vec<String> {
    let rooms = candidates.iter().flat_map(|person| {
        person.rooms().into_iter().filter_map(move |(room, _)| Some((room.clone(), person.view(&room)?.messages)))
    });
    let told = rooms.flat_map(|(room, messages)| {
        let unread = messages.into_iter().filter(homeserver::Message::is_undecryptable);
        unread.map(move |message| format!("{room} {} {:?}", message.id, message.reading)).collect::<Vec<_>>()
    });
    told.collect()
}

/// What everybody reads, in the order of each room.
fn heard(candidates: &[Person], bot: &OwnedUserId) -> Vec<Heard> {
    let mut heard = Vec::new();
    for person in candidates {
        for (room, _) in person.rooms() {
            let messages = person.view(&room).map(|view| view.messages).unwrap_or_default();
            let said = messages.iter().filter(|message| message.sender == *bot);
            let numbers = said.filter_map(|message| number(&message.body));
            heard.extend(numbers.map(|number| Heard { number, to: person.id().to_string() }));
        }
    }
    heard
}
