//! A school whose people asked to be reminded, each of many things.

use super::dice::Dice;
use super::plan::Plan;
use super::report::{Expected, WORDS};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use vigie::app::clock;
use vigie::app::reminders::{Means, Reminders};
use vigie::domain::key::TeamKey;
use vigie::store::{
    Acting, Begun, Drafting, Entry, Founding, Met, Nags, NetworkSpace, QUIET, ReminderDraft, Reminding, Store, Text,
    When, WishLevel, Write,
};
use vigie_chat::{ConnectorName, Person, RoomId, SpaceId};

const ZONE: &str = "Europe/Paris";

/// Who is there, by the ids of their network.
pub(super) struct Cast {
    pub(super) network: ConnectorName,
    pub(super) space: SpaceId,
    /// A room of the space, and who publishes the brief of the teams.
    pub(super) announcements: RoomId,
    pub(super) trainer: String,
    /// Each is written to alone.
    pub(super) candidates: Vec<String>,
    /// Their people take no direct message: they are reminded in the team's room.
    pub(super) teams: Vec<(Vec<String>, RoomId)>,
}

/// When things fall due.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

impl Window {
    /// Beginning so many seconds from now.
    pub(super) fn in_seconds(seconds: i64, plan: &Plan) -> Self {
        let from = Timestamp::now() + SignedDuration::from_secs(seconds);
        Self { from, until: from + plan.span }
    }

    fn roll(self, dice: &mut Dice) -> Timestamp {
        let span = u64::try_from(self.until.duration_since(self.from).as_millis()).unwrap_or(1);
        // Some fall due at the same instant.
        let after = if dice.one_in(20) { span / 2 } else { dice.below(span) };
        self.from + std::time::Duration::from_millis(after)
    }
}

/// Has everybody ask for their reminders, and works out most of when they ring.
pub(super) async fn seed(url: &str, cast: &Cast, plan: &Plan, window: Window) -> Vec<Expected> {
    let store = Store::open(url).await.expect("the store opens");
    let mut dice = Dice::new(plan.seed);
    let mut expected = Vec::new();
    let trainer = meet(&store, cast, &cast.trainer).await;
    let mut write = writing(&store, trainer).await;
    // No hour is quiet: the test runs when it runs.
    write.wish(WishLevel::Space, QUIET, Some("")).await.expect("noted");
    write.commit().await.expect("committed");
    let for_teams = if cast.teams.is_empty() { 0 } else { plan.reminders / 5 };
    let mut askers = Vec::new();
    for (members, room) in &cast.teams {
        let captain = meet(&store, cast, &members[0]).await;
        let team = team(&store, cast, trainer, (members, room)).await;
        askers.push((captain, Some(team), members.clone()));
    }
    let teams = askers.len();
    for candidate in &cast.candidates {
        askers.push((meet(&store, cast, candidate).await, None, vec![candidate.clone()]));
    }
    let mut number = 0;
    for (rank, (met, team, hearers)) in askers.iter().enumerate() {
        let (share, among, of) = match team {
            Some(_) => (for_teams, teams, rank),
            None => (plan.reminders - for_teams, askers.len() - teams, rank - teams),
        };
        let (share, among, of) = (share as usize, among, of);
        let heard = share * (of + 1) / among - share * of / among;
        let mut write = writing(&store, *met).await;
        for _ in 0..heard / hearers.len() {
            number += 1;
            let due = window.roll(&mut dice);
            asks(&mut write, *team, number, due).await;
            expected.extend(hearers.iter().map(|to| Expected { number, to: to.clone(), due }));
        }
        write.commit().await.expect("committed");
        // The program works the last tenth out itself, between two kills.
        if rank == askers.len() * 9 / 10 {
            work_out(&store).await;
        }
    }
    store.close().await;
    expected
}

async fn asks(write: &mut Write<'_>, team: Option<TeamKey>, number: u32, due: Timestamp) {
    let zone = TimeZone::get(ZONE).expect("it is known");
    let when = When { wall: due.to_zoned(zone).datetime(), zone: ZONE.to_owned(), at: due };
    let what = Some(format!("{WORDS}{number:05}."));
    let asked = ReminderDraft { team, what, when, rule: None, nags: Nags::No };
    let noted = write.remind(&asked).await.expect("the store answers");
    assert!(matches!(noted, Reminding::Noted(_)), "{noted:?}");
}

/// Works out when what was asked for rings. Nothing is due yet.
async fn work_out(store: &Store) {
    let means = Means {
        store: store.clone(),
        networks: Arc::default(),
        clock: clock::machine(),
        zone: TimeZone::get(ZONE).expect("it is known"),
        contact: None,
    };
    let round = Reminders::new(means).settle().await.expect("it is worked out");
    assert_eq!(round.rung, 0, "something fell due while it was worked out: the window begins too early");
}

async fn meet(store: &Store, cast: &Cast, who: &str) -> Met {
    let place = NetworkSpace { connector: &cast.network, space: &cast.space };
    store.meet(place, &Person::new(who, who), Timestamp::now()).await.expect("met")
}

async fn writing(store: &Store, met: Met) -> Write<'_> {
    let acting = Acting { tenant: met.tenant, person: met.person, now: Timestamp::now(), cause: None };
    match store.write(&acting).await.expect("begun") {
        Begun::New(write) => write,
        Begun::Repeated => unreachable!("it has no cause"),
    }
}

/// A team of a brief of its own, with a room.
async fn team(store: &Store, cast: &Cast, trainer: Met, (members, room): (&[String], &RoomId)) -> TeamKey {
    let mut write = writing(store, trainer).await;
    let deadline = Timestamp::now() + SignedDuration::from_hours(24 * 60);
    let text = Text { content: "{}", title: "MSPR", deadline_at: Some(deadline), cohort: None };
    let Drafting::Drafted(brief) = write.draft(text).await.expect("drafted") else { panic!("too many drafts") };
    write.publish(brief, 1, &cast.network, &cast.announcements).await.expect("published");
    write.commit().await.expect("committed");
    let mut founded = None;
    for member in members {
        let met = meet(store, cast, member).await;
        let mut write = writing(store, met).await;
        match founded {
            None => {
                let founding = write.found_team(brief, met.person, "Les Vigies", Entry::Open).await.expect("founded");
                let Founding::Founded { team, .. } = founding else { panic!("{founding:?}") };
                let own = (cast.network.clone(), room.clone());
                write.set_room(team, Some(&own)).await.expect("noted");
                founded = Some(team);
            }
            Some(team) => {
                write.join(team, 4).await.expect("joined");
            }
        }
        write.commit().await.expect("committed");
    }
    founded.expect("a team has members")
}
