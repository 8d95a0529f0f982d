//! What each person should have received, and when: played beside the program, from what is promised alone.

use super::rules::{Person, Rule, Step};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// A thing that people are reminded of.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    pub(super) kind: Kind,
    /// Done, or deleted.
    pub(super) over: bool,
    /// Who said that they saw it.
    pub(super) seen: BTreeSet<usize>,
}

/// What it is, and whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A milestone of the team, of one of them or of all.
    Milestone { of: Option<usize>, due: Timestamp },
    /// What somebody asked for once.
    Once { of: usize, at: Timestamp },
    /// What somebody asked for again and again.
    Round { of: usize, from: Timestamp, rule: Rule },
    /// What the team asked for until each has seen it.
    UntilSeen { at: Timestamp },
}

impl Kind {
    /// Whose own it is; none: the team's.
    pub(super) fn own(self) -> Option<usize> {
        match self {
            Self::Once { of, .. } | Self::Round { of, .. } => Some(of),
            Self::Milestone { .. } | Self::UntilSeen { .. } => None,
        }
    }

    fn due(self) -> Option<Timestamp> {
        match self {
            Self::Milestone { due, .. } => Some(due),
            _ => None,
        }
    }
}

/// Who wants it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Space,
    Team,
    Person(usize),
}

/// How many a choice is among, of steps, quiet hours, zones.
pub(super) const CHOICES: usize = 4;

/// Steps as the store keeps them, and as the model does.
pub(super) fn policy(choice: usize) -> (&'static str, Vec<Step>) {
    match choice % CHOICES {
        0 => (
            "-7d@09:00 -3d@09:00 -1d@09:00 -2h +1d@09:00",
            vec![Step::Day(7, 9, 0), Step::Day(3, 9, 0), Step::Day(1, 9, 0), Step::Minutes(120), Step::Day(-1, 9, 0)],
        ),
        1 => ("-1d@02:30 -45m +1d@02:30", vec![Step::Day(1, 2, 30), Step::Minutes(45), Step::Day(-1, 2, 30)]),
        2 => ("-2d@19:59 -0d@08:00 -26h", vec![Step::Day(2, 19, 59), Step::Day(0, 8, 0), Step::Minutes(26 * 60)]),
        _ => ("", Vec::new()),
    }
}

/// Quiet hours as the store keeps them, and in minutes of the day.
pub(super) fn quiet(choice: usize) -> (&'static str, Option<(i32, i32)>) {
    match choice % CHOICES {
        0 => ("20:00-08:00", Some((1_200, 480))),
        1 => ("", None),
        2 => ("22:15-09:30", Some((1_335, 570))),
        _ => ("12:00-14:00", Some((720, 840))),
    }
}

/// The zones in which people are.
pub(super) const ZONES: [&str; CHOICES] =
    ["Europe/Paris", "Indian/Reunion", "America/Martinique", "Australia/Lord_Howe"];

/// One person's reminder of one thing: the rank of both.
pub(super) type Pair = (usize, usize);

/// Something that had to be said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    pub(super) pair: Pair,
    /// The last step that it says.
    pub(super) step: Timestamp,
    /// How many steps it stands for.
    pub(super) steps: usize,
    /// When it was due.
    pub(super) rung: Timestamp,
    /// When it should have gone, and whether to the person; none where it never should.
    pub(super) sent: Option<(Timestamp, Place)>,
}

/// Where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Direct,
    TeamRoom,
}

/// What is true, and what was to be said so far.
pub(super) struct Model {
    pub(super) now: Timestamp,
    pub(super) things: Vec<Thing>,
    pub(super) members: BTreeSet<usize>,
    pub(super) closed: BTreeSet<usize>,
    pub(super) said: Vec<Said>,
    policies: BTreeMap<Level, usize>,
    quiets: BTreeMap<Level, usize>,
    holidays: BTreeMap<Level, bool>,
    zones: BTreeMap<usize, usize>,
    again: BTreeMap<Pair, Timestamp>,
    /// What waits for an hour: which of what is said, and until when.
    held: Vec<(usize, Timestamp)>,
    /// Since when each pair is, or isn't, to be reminded.
    pub(super) log: BTreeMap<Pair, Vec<(Timestamp, bool)>>,
}

impl Model {
    pub(super) fn at(now: Timestamp) -> Self {
        Self {
            now,
            things: Vec::new(),
            members: [0, 1].into(),
            closed: BTreeSet::new(),
            said: Vec::new(),
            policies: BTreeMap::new(),
            quiets: BTreeMap::new(),
            holidays: BTreeMap::new(),
            zones: BTreeMap::new(),
            again: BTreeMap::new(),
            held: Vec::new(),
            log: BTreeMap::new(),
        }
    }

    pub(super) fn wish_policy(&mut self, level: Level, choice: usize) {
        self.policies.insert(level, choice);
    }

    pub(super) fn wish_quiet(&mut self, level: Level, choice: usize) {
        self.quiets.insert(level, choice);
    }

    pub(super) fn wish_holidays(&mut self, level: Level, respected: bool) {
        self.holidays.insert(level, respected);
    }

    pub(super) fn move_to_zone(&mut self, person: usize, choice: usize) {
        self.zones.insert(person, choice);
    }

    pub(super) fn snooze(&mut self, pair: Pair, until: Timestamp) {
        self.again.insert(pair, until);
    }

    /// The nearest level that says something of a thing to somebody.
    fn nearest<T: Copy>(said: &BTreeMap<Level, T>, thing: &Thing, person: usize) -> Option<T> {
        let team = if thing.kind.own().is_some() { None } else { Some(Level::Team) };
        let levels = [Some(Level::Person(person)), team, Some(Level::Space)];
        levels.into_iter().flatten().find_map(|level| said.get(&level).copied())
    }

    pub(super) fn habits(&self, (thing, person): Pair) -> Person {
        let thing = &self.things[thing];
        let zone = ZONES[self.zones.get(&person).copied().unwrap_or_default() % CHOICES];
        Person {
            zone: TimeZone::get(zone).expect("a zone"),
            quiet: quiet(Self::nearest(&self.quiets, thing, person).unwrap_or_default()).1,
            holidays: Self::nearest(&self.holidays, thing, person).unwrap_or_default(),
        }
    }

    /// Whether somebody is to be reminded of something now.
    pub(super) fn is_on(&self, (thing, person): Pair) -> bool {
        let thing = &self.things[thing];
        if thing.over || thing.seen.contains(&person) {
            return false;
        }
        match thing.kind {
            Kind::Once { of, .. } | Kind::Round { of, .. } => of == person,
            Kind::Milestone { of: Some(of), .. } if self.members.contains(&of) => of == person,
            Kind::Milestone { .. } | Kind::UntilSeen { .. } => self.members.contains(&person),
        }
    }

    fn pairs(&self) -> Vec<Pair> {
        let all = (0..self.things.len()).flat_map(|thing| [(thing, 0), (thing, 1)]);
        all.filter(|pair| self.is_on(*pair)).collect()
    }

    /// Notes who is to be reminded of what from now on; what isn't any more is put off no longer.
    pub(super) fn changed(&mut self) {
        for pair in (0..self.things.len()).flat_map(|thing| [(thing, 0), (thing, 1)]) {
            let on = self.is_on(pair);
            if !on {
                self.again.remove(&pair);
            }
            let log = self.log.entry(pair).or_default();
            if log.last().is_none_or(|(_, former)| *former != on) {
                log.push((self.now, on));
            }
        }
    }

    /// Whether somebody was to be reminded of something at an instant; of one at which that changed, before or after it.
    pub(super) fn was_on(&self, pair: Pair, at: Timestamp) -> bool {
        let log = self.log.get(&pair).map(Vec::as_slice).unwrap_or_default();
        let before = log.iter().rev().find(|(since, _)| *since < at).is_some_and(|(_, on)| *on);
        before || log.iter().any(|(since, on)| *since == at && *on)
    }

    /// Every instant in a span at which something is said, by what is true now.
    fn instants(&self, pair: Pair, after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let habits = self.habits(pair);
        let mut all = match self.things[pair.0].kind {
            Kind::Milestone { due, .. } => {
                let choice = Self::nearest(&self.policies, &self.things[pair.0], pair.1).unwrap_or_default();
                habits.steps(&policy(choice).1, due)
            }
            Kind::Once { at, .. } => vec![habits.open_from(at)],
            Kind::Round { from, rule, .. } => {
                let first = from.max(after - SignedDuration::from_hours(26));
                if first > until { Vec::new() } else { habits.round(rule, first, until) }
            }
            Kind::UntilSeen { at } => habits.until_seen(at),
        };
        all.retain(|at| after < *at && *at <= until);
        all
    }

    /// Time passes while the program runs: everything is said when it comes.
    pub(super) fn run_until(&mut self, target: Timestamp) {
        let planned: Vec<(Pair, Vec<Timestamp>)> =
            self.pairs().into_iter().map(|pair| (pair, self.instants(pair, self.now, target))).collect();
        loop {
            let steps = planned.iter().flat_map(|(_, all)| all.iter().copied()).filter(|at| *at > self.now);
            let others = self.again.values().chain(self.held.iter().map(|(_, at)| at)).copied();
            let Some(next) = steps.chain(others).min().filter(|next| *next <= target) else { break };
            let due = |all: &[Timestamp]| all.iter().copied().filter(|at| self.now < *at && *at <= next).collect();
            let due: Vec<(Pair, Vec<Timestamp>)> = planned.iter().map(|(pair, all)| (*pair, due(all))).collect();
            self.look(next, due);
        }
        self.now = target;
    }

    /// Time passes while the program doesn't run: it looks again at the end of it.
    pub(super) fn sleep_until(&mut self, target: Timestamp) {
        let due = self.pairs().into_iter().map(|pair| (pair, self.instants(pair, self.now, target))).collect();
        self.look(target, due);
    }

    fn look(&mut self, now: Timestamp, due: Vec<(Pair, Vec<Timestamp>)>) {
        self.now = now;
        for (pair, mut said) in due {
            if let Some(again) = self.again.get(&pair).copied().filter(|again| *again <= now) {
                self.again.remove(&pair);
                said.push(again);
            }
            let Some(step) = said.iter().copied().max() else { continue };
            self.said.push(Said { pair, step, steps: said.len(), rung: now, sent: None });
            self.held.push((self.said.len() - 1, now));
        }
        for (said, until) in std::mem::take(&mut self.held) {
            if until > now {
                self.held.push((said, until));
                continue;
            }
            let pair = self.said[said].pair;
            let open = self.habits(pair).may_go(now, self.things[pair.0].kind.due());
            if !self.is_on(pair) {
                continue;
            }
            if open > now {
                self.held.push((said, open));
                continue;
            }
            self.said[said].sent = match (self.closed.contains(&pair.1), self.things[pair.0].kind.own()) {
                (false, _) => Some((now, Place::Direct)),
                (true, None) => Some((now, Place::TeamRoom)),
                (true, Some(_)) => None,
            };
        }
    }

    /// Whether something may be said at an instant: outside quiet hours, or because of a deadline that comes before they end.
    pub(super) fn may_be_said(&self, pair: Pair, at: Timestamp) -> bool {
        self.habits(pair).may_go(at, self.things[pair.0].kind.due()) == at
    }
}
