//! Earliest and latest dates, slack and the critical path.
//!
//! The critical-path method over open milestones, on the axis of [`calendar`]: work starts at `now`, or when the brief
//! starts if that is later; a milestone takes the work that is left, shared by its people; it starts when all it needs is
//! done. It must end by its own date or the brief's deadline, whichever is first, and early enough for what needs it.
//! Without any date, the end of the longest chain is the date. Members of a cycle, which no command lets in, are laid as
//! though the cycle were cut somewhere.

use super::calendar;
use super::order::Needs;
use super::{Plan, Task};
use jiff::Timestamp;
use std::collections::HashMap;

/// When one open milestone can and must be worked on. Work is in minutes since the schedule's origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The milestone.
    pub number: u32,
    /// Minutes of work from its start to its end.
    pub work: i64,
    /// Earliest end.
    pub earliest_end: i64,
    /// Latest end that keeps every date.
    pub latest_end: i64,
    /// Rank of the need that ends last.
    driver: Option<usize>,
}

impl Row {
    /// Earliest start.
    #[must_use]
    pub fn earliest_start(&self) -> i64 {
        self.earliest_end - self.work
    }

    /// Latest start that keeps every date.
    #[must_use]
    pub fn latest_start(&self) -> i64 {
        self.latest_end - self.work
    }

    /// Minutes of work by which it can slip without making any date late; negative when a date can't be met.
    #[must_use]
    pub fn slack(&self) -> i64 {
        self.latest_end - self.earliest_end
    }
}

/// The open milestones of a plan, laid against the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Where work starts.
    pub origin: Timestamp,
    rows: Vec<Row>,
    ranks: HashMap<u32, usize>,
    order: Vec<usize>,
}

/// Lays the open milestones of a plan against the calendar.
#[must_use]
pub fn schedule(plan: &Plan, now: Timestamp) -> Schedule {
    let origin = plan.starts_at.map_or(now, |start| start.max(now));
    let tasks: Vec<&Task> = plan.tasks.iter().filter(|task| task.is_open()).collect();
    let (order, _) = Needs::of(tasks.iter().copied()).sorted();
    let mut ranks = HashMap::with_capacity(tasks.len());
    for (rank, task) in tasks.iter().enumerate() {
        ranks.entry(task.number).or_insert(rank);
    }
    let mut place = vec![0; tasks.len()];
    for (at, rank) in order.iter().enumerate() {
        place[*rank] = at;
    }
    // Needs that come earlier in the order; in a cycle, that leaves at least one out.
    let needs = |rank: usize| {
        let known = tasks[rank].needs.iter().filter_map(|need| ranks.get(need).copied());
        known.filter(|need| place[*need] < place[rank]).collect::<Vec<_>>()
    };
    let blank = |task: &&Task| {
        let work = i64::from(task.minutes_left_each());
        Row { number: task.number, work, earliest_end: work, latest_end: i64::MAX, driver: None }
    };
    let mut rows: Vec<Row> = tasks.iter().map(blank).collect();
    for &rank in &order {
        let driver = needs(rank).into_iter().max_by_key(|need| (rows[*need].earliest_end, tasks[*need].number));
        rows[rank].driver = driver;
        rows[rank].earliest_end += driver.map_or(0, |need| rows[need].earliest_end);
    }
    let dues: Vec<Option<i64>> =
        tasks.iter().map(|task| due(task, plan.deadline).map(|due| calendar::room(origin, due))).collect();
    let horizon = rows.iter().map(|row| row.earliest_end).chain(dues.iter().flatten().copied()).max().unwrap_or(0);
    for &rank in order.iter().rev() {
        let end = rows[rank].latest_end.min(dues[rank].unwrap_or(horizon));
        rows[rank].latest_end = end;
        let start = rows[rank].latest_start();
        for need in needs(rank) {
            rows[need].latest_end = rows[need].latest_end.min(start);
        }
    }
    Schedule { origin, rows, ranks, order }
}

/// When a milestone must be done: by its own date, and by the brief's deadline.
pub(super) fn due(task: &Task, deadline: Option<Timestamp>) -> Option<Timestamp> {
    task.due.into_iter().chain(deadline).min()
}

impl Schedule {
    /// The milestones, each after what it needs.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &Row> {
        self.order.iter().map(|rank| &self.rows[*rank])
    }

    /// One milestone, if it is open.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.ranks.get(&number).map(|rank| &self.rows[*rank])
    }

    /// The instant at which so many minutes of work since the origin can be done.
    #[must_use]
    pub fn at(&self, work: i64) -> Timestamp {
        calendar::after(self.origin, work)
    }

    /// The chain that leaves the least slack, in order: it ends at the milestone with the least, the last of them to end,
    /// and goes back each time to the need that ends last.
    #[must_use]
    pub fn critical_path(&self) -> Vec<u32> {
        let last = self.rows.iter().min_by_key(|row| (row.slack(), -row.earliest_end, row.number));
        last.map_or_else(Vec::new, |row| self.chain(row.number, usize::MAX))
    }

    /// The milestones that make this one start no earlier, in order and with itself: the `most` nearest.
    #[must_use]
    pub fn chain(&self, number: u32, most: usize) -> Vec<u32> {
        let first = self.ranks.get(&number).copied();
        let back = std::iter::successors(first, |rank| self.rows[*rank].driver);
        let mut chain: Vec<u32> = back.take(most).map(|rank| self.rows[rank].number).collect();
        chain.reverse();
        chain
    }
}
