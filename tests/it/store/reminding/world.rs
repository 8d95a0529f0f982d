//! The program beside the model: the same things done to both, and time that passes for both.

use super::model::{CHOICES, Kind, Level, Model, Pair, Place, Said, Thing, ZONES, policy, quiet};
use super::rules::Rule;
use crate::store::recorder::{Recorder, Trouble};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use vigie::app::reminders::{Means, Reminders};
use vigie::domain::key::{MilestoneKey, ReminderKey, TeamKey, TenantKey};
use vigie::domain::occasion::{OccasionKey, OccasionKind};
use vigie::domain::person::PersonKey;
use vigie::store::{
    Acting, Addition, Alarm, Begun, Change, Delivery, DeliveryState, Drafting, Entry, Founding, HOLIDAYS, Ledger, Mark,
    MilestoneDraft, Nags, NetworkSpace, POLICY, Publishing, QUIET, ReminderDraft, Reminding, Seating, Store, Text,
    When, WishLevel, Write,
};
use vigie_chat::{Connector, ConnectorName, Destination, Person, PersonId, RoomId, SpaceId};

/// Accounts of the two members, by rank.
const ACCOUNTS: [&str; 2] = ["alice", "bob"];

/// Where the team is, in which nothing is said but what reaches nobody.
const ROOM: &str = "team";

/// What goes wrong in one history at most.
const MOST_TROUBLES: usize = 8;

/// One thing done, or time that passes. Ranks are taken among what there is.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    Run { minutes: i64 },
    Sleep { minutes: i64 },
    Milestone { of: Option<usize>, minutes: i64 },
    Move { thing: usize, minutes: i64 },
    Done { thing: usize },
    Reopen { thing: usize },
    Delete { thing: usize },
    Once { of: usize, minutes: i64 },
    Round { of: usize, minutes: i64, rule: Rule },
    UntilSeen { minutes: i64 },
    Seen { thing: usize, by: usize },
    Snooze { said: usize, minutes: i64 },
    Policy { level: Level, choice: usize },
    Quiet { level: Level, choice: usize },
    Holidays { level: Level, choice: usize },
    Zone { of: usize, choice: usize },
    Leave,
    Return,
    Close { of: usize },
    Open { of: usize },
    Trouble(Trouble),
}

/// How a thing of the model is known to the program.
#[derive(Debug, Clone, Copy)]
enum Known {
    Milestone(MilestoneKey),
    Reminder(ReminderKey),
}

pub(super) struct World {
    pub(super) model: Model,
    pub(super) network: Arc<Recorder>,
    store: Store,
    engine: Reminders,
    tenant: TenantKey,
    team: TeamKey,
    members: [PersonKey; 2],
    known: Vec<Known>,
    /// Whether anything went wrong on purpose: what comes is then late.
    pub(super) troubled: bool,
    troubles: usize,
}

fn engine(store: &Store, network: &Arc<Recorder>) -> Reminders {
    let clock = Arc::clone(network);
    Reminders::new(Means {
        store: store.clone(),
        networks: Arc::new([Arc::clone(network) as Arc<dyn Connector>]),
        clock: Arc::new(move || clock.now()),
        zone: TimeZone::get(ZONES[0]).expect("a zone"),
        contact: None,
    })
}

fn when(at: Timestamp) -> When {
    let wall = at.in_tz(ZONES[0]).expect("a zone").datetime();
    When { wall, zone: ZONES[0].to_owned(), at }
}

impl World {
    pub(super) async fn at(now: Timestamp) -> Self {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let (connector, space) = (ConnectorName::new("test"), SpaceId::new("a"));
        let place = NetworkSpace { connector: &connector, space: &space };
        let mut met = Vec::new();
        for who in ["carol", "alice", "bob"] {
            met.push(store.meet(place, &Person::new(who, who), now).await.expect("met"));
        }
        let (tenant, trainer, members) = (met[0].tenant, met[0].person, [met[1].person, met[2].person]);
        let network = Arc::new(Recorder::at(now));
        let engine = engine(&store, &network);
        let (model, known, team) = (Model::at(now), Vec::new(), TeamKey(0));
        let mut world =
            Self { model, network, store, engine, tenant, team, members, known, troubled: false, troubles: 0 };
        let store = world.store.clone();
        let mut write = world.begin(&store, trainer).await;
        let text = Text { content: "{}", title: "MSPR", deadline_at: None, cohort: None };
        let Drafting::Drafted(brief) = write.draft(text).await.expect("drafted") else { panic!("too many") };
        let published = write.publish(brief, 1, &connector, &RoomId::new("r")).await.expect("published");
        assert!(matches!(published, Publishing::Published { .. }), "{published:?}");
        let founding = write.found_team(brief, members[0], "Un", Entry::Open).await.expect("founded");
        let Founding::Founded { team, .. } = founding else { panic!("{founding:?}") };
        assert!(write.set_room(team, Some(&(connector, RoomId::new(ROOM)))).await.expect("set"));
        write.commit().await.expect("committed");
        world.team = team;
        let mut write = world.begin(&store, members[1]).await;
        assert!(matches!(write.join(team, 4).await.expect("joined"), Seating::Joined { .. }));
        write.commit().await.expect("committed");
        world.settle().await;
        world
    }

    async fn begin<'a>(&self, store: &'a Store, person: PersonKey) -> Write<'a> {
        let acting = Acting { tenant: self.tenant, person, now: self.network.now(), cause: None };
        match store.write(&acting).await.expect("begun") {
            Begun::New(write) => write,
            Begun::Repeated => unreachable!("no event caused it"),
        }
    }

    /// A round. Where the process ends in the middle of it, another one goes on.
    async fn settle(&mut self) {
        for _ in 0..100 {
            tokio::select! {
                biased;
                round = self.engine.settle() => {
                    round.expect("the store answers");
                    return;
                }
                () = self.network.crashed.notified() => {}
            }
            self.engine = engine(&self.store, &self.network);
        }
        panic!("it ends again and again");
    }

    /// Time passes while the program runs.
    async fn run(&mut self, target: Timestamp) {
        for _ in 0..5_000 {
            let next = self.engine.next().await.expect("the store answers");
            let Some(next) = next.filter(|next| *next <= target) else {
                self.network.turn_to(target);
                return self.settle().await;
            };
            assert!(next > self.network.now(), "it would look again at once, in vain: {next}");
            self.network.turn_to(next);
            self.settle().await;
        }
        panic!("it looks again and again");
    }

    /// Does something, or has time pass; what was said meanwhile was said at an hour at which it might be.
    pub(super) async fn does(&mut self, deed: &Deed) {
        let before = self.network.taken().len();
        self.lives(deed).await;
        for one in self.network.taken().into_iter().skip(before) {
            let row = self.row(&one.key).await;
            let pair = self.pair(row.of);
            assert!(self.model.may_be_said(pair, one.at), "not at this hour: {row:?} {one:?}");
        }
    }

    /// The row of the ledger that a message was sent for.
    async fn row(&self, key: &str) -> Delivery {
        let (token, _) = key.split_once('-').expect("a token and a stage");
        self.store.delivery_by_token(token).await.expect("read").expect("it is in the ledger")
    }

    fn pair(&self, of: OccasionKey) -> Pair {
        let all = (0..self.known.len()).flat_map(|thing| [(thing, 0), (thing, 1)]);
        all.into_iter().find(|pair| self.key(*pair) == of).expect("it is one of the things")
    }

    async fn lives(&mut self, deed: &Deed) {
        match *deed {
            Deed::Run { minutes } => {
                let target = self.model.now + SignedDuration::from_mins(minutes);
                self.run(target).await;
                self.model.run_until(target);
                return;
            }
            Deed::Sleep { minutes } => {
                let target = self.model.now + SignedDuration::from_mins(minutes);
                self.network.turn_to(target);
                self.settle().await;
                self.model.sleep_until(target);
                return;
            }
            Deed::Close { of } => {
                self.network.close(&PersonId::new(ACCOUNTS[of % 2]));
                self.model.closed.insert(of % 2);
                return;
            }
            Deed::Open { of } => {
                self.network.reopen(&PersonId::new(ACCOUNTS[of % 2]));
                self.model.closed.remove(&(of % 2));
                return;
            }
            Deed::Trouble(trouble) => {
                // Ten in a row lead to the next place. What had left without an answer by then is said there once more:
                // nobody can know.
                if self.troubles < MOST_TROUBLES {
                    self.troubles += 1;
                    self.troubled = true;
                    self.network.trouble(trouble);
                }
                return;
            }
            _ => {}
        }
        self.changes(deed).await;
        self.model.changed();
        self.settle().await;
    }

    /// Does something to the store and to the model.
    #[expect(clippy::too_many_lines, reason = "one arm a deed, and nothing but arms")]
    async fn changes(&mut self, deed: &Deed) {
        let store = self.store.clone();
        let now = self.model.now;
        let at = |minutes: i64| now + SignedDuration::from_mins(minutes);
        let mut write = self.begin(&store, self.members[0]).await;
        match *deed {
            Deed::Milestone { of, minutes } => {
                let due = at(minutes);
                // Somebody who left is responsible for nothing.
                let of = of.map(|of| of % 2).filter(|of| self.model.members.contains(of));
                let people = of.map(|of| self.members[of]).into_iter().collect();
                let title = format!("Jalon {}", self.known.len());
                let draft = MilestoneDraft { title, due: Some(when(due)), people, ..MilestoneDraft::default() };
                let added = write.add_milestones(self.team, &[draft]).await.expect("added");
                let Addition::Added(added) = added else { panic!("{added:?}") };
                self.new_thing(Kind::Milestone { of, due }, Known::Milestone(added[0].key));
            }
            Deed::Once { of, minutes } => {
                let (of, at) = (of % 2, at(minutes));
                drop(write);
                self.asks(of, Kind::Once { of, at }, at).await;
                return;
            }
            Deed::Round { of, minutes, rule } => {
                let (of, from) = (of % 2, at(minutes));
                drop(write);
                self.asks(of, Kind::Round { of, from, rule }, from).await;
                return;
            }
            Deed::UntilSeen { minutes } => {
                let at = at(minutes);
                drop(write);
                self.asks(0, Kind::UntilSeen { at }, at).await;
                return;
            }
            Deed::Move { thing, minutes } => {
                if let Some((rank, key)) = self.milestone(thing)
                    && let Some(seen) = write.milestone(key).await.expect("read")
                {
                    let draft = MilestoneDraft { due: Some(when(at(minutes))), ..seen.draft };
                    let change = write.change_milestone(key, seen.revision, &draft).await.expect("asked");
                    // Who left can't be named any more: it is refused, and the date stays.
                    if change == Change::Made
                        && let Kind::Milestone { due, .. } = &mut self.model.things[rank].kind
                    {
                        *due = at(minutes);
                    }
                }
            }
            Deed::Done { thing } => self.mark(&mut write, thing, Mark::Done).await,
            Deed::Reopen { thing } => self.mark(&mut write, thing, Mark::Open).await,
            Deed::Delete { thing } => {
                if let Some(rank) = thing.checked_rem(self.known.len()) {
                    match self.known[rank] {
                        Known::Milestone(key) => {
                            if let Some(seen) = write.milestone(key).await.expect("read") {
                                write.delete_milestone(key, seen.revision).await.expect("deleted");
                            }
                        }
                        Known::Reminder(key) => {
                            let owner = self.members[self.model.things[rank].kind.own().unwrap_or_default()];
                            drop(write);
                            write = self.begin(&store, owner).await;
                            write.forget_reminder(key).await.expect("deleted");
                        }
                    }
                    self.model.things[rank].over = true;
                }
            }
            Deed::Seen { thing, by } => {
                if let Some((rank, Known::Reminder(key))) = self.pick(thing)
                    && self.model.is_on((rank, by % 2))
                {
                    drop(write);
                    write = self.begin(&store, self.members[by % 2]).await;
                    write.acknowledge(key).await.expect("noted");
                    self.model.things[rank].seen.insert(by % 2);
                }
            }
            Deed::Snooze { said, minutes } => {
                let pair = said.checked_rem(self.model.said.len()).map(|said| self.model.said[said].pair);
                if let Some(pair) = pair.filter(|pair| self.model.is_on(*pair)) {
                    let of = self.key(pair);
                    let none = Alarm { of, team: self.team_of(pair.0), step: None, again: None };
                    let alarm = write.alarm(of).await.expect("read").unwrap_or(none);
                    write.set_alarms(&[Alarm { again: Some(at(minutes)), ..alarm }]).await.expect("set");
                    self.model.snooze(pair, at(minutes));
                }
            }
            Deed::Policy { level, choice } => {
                write.wish(self.level(level), POLICY, Some(policy(choice).0)).await.expect("wished");
                self.model.wish_policy(level, choice);
            }
            Deed::Quiet { level, choice } => {
                write.wish(self.level(level), QUIET, Some(quiet(choice).0)).await.expect("wished");
                self.model.wish_quiet(level, choice);
            }
            Deed::Holidays { level, choice } => {
                let respected = choice.is_multiple_of(2);
                let value = if respected { "metropole" } else { "ignored" };
                write.wish(self.level(level), HOLIDAYS, Some(value)).await.expect("wished");
                self.model.wish_holidays(level, respected);
            }
            Deed::Zone { of, choice } => {
                drop(write);
                write = self.begin(&store, self.members[of % 2]).await;
                write.set_zone(Some(ZONES[choice % CHOICES])).await.expect("set");
                self.model.move_to_zone(of % 2, choice);
            }
            Deed::Leave => {
                write.leave(self.team, self.members[1]).await.expect("left");
                self.model.members.remove(&1);
            }
            Deed::Return => {
                drop(write);
                write = self.begin(&store, self.members[1]).await;
                write.join(self.team, 4).await.expect("joined");
                self.model.members.insert(1);
            }
            Deed::Run { .. } | Deed::Sleep { .. } | Deed::Close { .. } | Deed::Open { .. } | Deed::Trouble(_) => {}
        }
        write.commit().await.expect("committed");
    }

    fn new_thing(&mut self, kind: Kind, known: Known) {
        self.known.push(known);
        self.model.things.push(Thing { kind, over: false, seen: BTreeSet::new() });
    }

    async fn asks(&mut self, of: usize, kind: Kind, at: Timestamp) {
        let store = self.store.clone();
        let mut write = self.begin(&store, self.members[of]).await;
        let rule = match kind {
            Kind::Round { rule, .. } => {
                let days = if rule.working { "b" } else { "d" };
                Some(format!("{days}@{:02}:{:02}", rule.hour, rule.minute))
            }
            _ => None,
        };
        let draft = ReminderDraft {
            team: kind.own().is_none().then_some(self.team),
            what: Some(format!("Rappel {}", self.known.len())),
            when: when(at),
            rule,
            nags: if matches!(kind, Kind::UntilSeen { .. }) { Nags::UntilSeen } else { Nags::No },
        };
        let reminding = write.remind(&draft).await.expect("asked");
        let Reminding::Noted(reminder) = reminding else { panic!("{reminding:?}") };
        write.commit().await.expect("committed");
        self.new_thing(kind, Known::Reminder(reminder.key));
    }

    async fn mark(&mut self, write: &mut Write<'_>, thing: usize, mark: Mark<'_>) {
        if let Some((rank, key)) = self.milestone(thing)
            && let Some(seen) = write.milestone(key).await.expect("read")
        {
            write.mark_milestone(key, seen.revision, mark).await.expect("marked");
            self.model.things[rank].over = mark == Mark::Done;
        }
    }

    fn pick(&self, thing: usize) -> Option<(usize, Known)> {
        let rank = thing.checked_rem(self.known.len())?;
        Some((rank, self.known[rank]))
    }

    fn milestone(&self, thing: usize) -> Option<(usize, MilestoneKey)> {
        match self.pick(thing)? {
            (rank, Known::Milestone(key)) => Some((rank, key)),
            (_, Known::Reminder(_)) => None,
        }
    }

    fn level(&self, level: Level) -> WishLevel {
        match level {
            Level::Space => WishLevel::Space,
            Level::Team => WishLevel::Team(self.team),
            Level::Person(of) => WishLevel::Person(self.members[of % 2]),
        }
    }

    fn team_of(&self, thing: usize) -> Option<TeamKey> {
        self.model.things[thing].kind.own().is_none().then_some(self.team)
    }

    fn key(&self, (thing, person): Pair) -> OccasionKey {
        let (kind, subject) = match self.known[thing] {
            Known::Milestone(key) => (OccasionKind::Milestone, key.0),
            Known::Reminder(key) => (OccasionKind::Asked, key.0),
        };
        OccasionKey { tenant: self.tenant, kind, subject, person: self.members[person] }
    }

    /// Lets everything come to its end, and compares.
    pub(super) async fn compare(&mut self) {
        self.network.calm();
        self.does(&Deed::Run { minutes: 3 * 24 * 60 }).await;
        let rows = self.store.ledger(Ledger::Newest, 10_000).await.expect("read");
        let mut said: BTreeMap<(OccasionKey, Timestamp), Said> = BTreeMap::new();
        for one in &self.model.said {
            assert_eq!(
                said.insert((self.key(one.pair), one.step), one.clone()),
                None,
                "the model says it twice: {one:?}"
            );
        }
        let written: BTreeSet<(OccasionKey, Timestamp)> = rows.iter().map(|row| (row.of, row.step)).collect();
        assert_eq!(written.len(), rows.len(), "written twice: {rows:?}");
        assert_eq!(written, said.keys().copied().collect(), "what had to be said");
        let mut taken: BTreeMap<(OccasionKey, Timestamp), (Timestamp, Place, String)> = BTreeMap::new();
        for one in self.network.taken() {
            let row = self.row(&one.key).await;
            let place = match &one.to {
                Destination::Direct(person) => {
                    let own =
                        ACCOUNTS.iter().position(|account| *account == person.as_str()).map(|of| self.members[of]);
                    assert_eq!(own, Some(row.of.person), "it went to somebody else");
                    Place::Direct
                }
                Destination::Room(room) => {
                    assert_eq!(room.as_str(), ROOM);
                    Place::TeamRoom
                }
            };
            let former = taken.insert((row.of, row.step), (one.at, place, one.text));
            assert_eq!(former, None, "it was said twice: {row:?}");
        }
        if !self.troubled {
            assert_eq!(self.network.repeated(), 0, "nothing had to be said again");
        }
        for row in &rows {
            self.judge(row, &said[&(row.of, row.step)], taken.get(&(row.of, row.step)));
        }
    }

    /// What became of one thing that had to be said.
    fn judge(&self, row: &Delivery, said: &Said, taken: Option<&(Timestamp, Place, String)>) {
        let shown = || format!("{said:?}, {:?}: {row:?}, {taken:?}", self.model.things[said.pair.0]);
        if let Some((at, place, text)) = taken {
            assert!(*at >= said.rung && *at >= said.step, "before its time: {}", shown());
            assert!(self.model.was_on(said.pair, *at), "after the end: {}", shown());
            assert!(*place == Place::Direct || self.team_of(said.pair.0).is_some(), "not in private: {}", shown());
            let late = at.duration_since(said.step) > SignedDuration::from_mins(10);
            assert_eq!(text.contains("En retard"), late, "{text} {}", shown());
            assert_eq!(text.contains("manqué"), late && said.steps > 1, "{text} {}", shown());
        }
        if self.troubled {
            match row.state {
                DeliveryState::Sent => assert!(taken.is_some(), "noted as sent, and wasn't: {}", shown()),
                DeliveryState::Dropped => {
                    let log = &self.model.log[&said.pair];
                    assert!(log.iter().any(|(at, on)| !on && *at >= said.rung), "lost: {}", shown());
                }
                DeliveryState::Failed => {
                    assert!(self.team_of(said.pair.0).is_none(), "nobody was told: {}", shown());
                    assert_eq!(row.why.as_deref().and_then(|why| why.split(' ').next_back()), Some("direct_closed"));
                }
                _ => panic!("it isn't ended: {}", shown()),
            }
        } else {
            assert_eq!(taken.map(|(at, place, _)| (*at, *place)), said.sent, "{}", shown());
            if let Some((at, _)) = said.sent {
                assert!(row.ended == Some(at) && row.state == DeliveryState::Sent, "{}", shown());
            }
        }
    }
}
