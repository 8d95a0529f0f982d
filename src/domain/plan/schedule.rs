//! Earliest and latest dates, slack, the critical path and the tightest chain.
//!
//! The critical-path method over open milestones, on the axis of [`calendar`]: work starts at `now`, or when the brief
//! starts if that is later; a milestone takes the work that is left, shared by its people; it starts when all it needs is
//! done. It must end by its own date or the brief's deadline, whichever is first, and early enough for what needs it.
//! Without any date, the end of the longest chain is the date. Members of a cycle, which no command lets in, are laid as
//! though the cycle were cut somewhere.
//!
//! Two questions have two answers. Which milestones decide when the project can end at the earliest? Those of the critical
//! path, which leave no float to that end. Which dates are the hardest to keep? Those at the end of the tightest chain.

use super::calendar;
use super::dues::dues;
use super::order::Needs;
use super::{Plan, Task};
use crate::domain::timing::Lapse;
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
    /// By when it must be done, by its own date, the brief's deadline or the defence.
    pub due: Option<Timestamp>,
    /// Latest start that keeps every date.
    pub must_start: Timestamp,
    /// Latest end that keeps every date.
    pub must_end: Timestamp,
    /// Whether it makes the project end no earlier: it is on a critical path.
    pub is_critical: bool,
    /// Latest end that keeps every date, on the axis of the earliest.
    latest_end: i64,
    /// Rank of the need that ends last.
    driver: Option<usize>,
}

/// What a milestone leaves until its latest end, or by how much it misses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Float {
    /// Nothing.
    None,
    /// So many minutes of work.
    Left(i64),
    /// So much of the calendar: nobody reads a lack of working hours as a delay.
    Late(Lapse),
}

impl Row {
    /// Earliest start.
    #[must_use]
    pub fn earliest_start(&self) -> i64 {
        self.earliest_end - self.work
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
    let dues = dues(plan, &tasks, &order, needs);
    let blank = |(task, due): (&&Task, &Option<Timestamp>)| {
        let work = i64::from(task.minutes_left_each());
        let end = Timestamp::MAX;
        Row {
            number: task.number,
            work,
            earliest_end: work,
            due: *due,
            must_start: end,
            must_end: end,
            is_critical: false,
            latest_end: i64::MAX,
            driver: None,
        }
    };
    let mut rows: Vec<Row> = tasks.iter().zip(&dues).map(blank).collect();
    for &rank in &order {
        let driver = needs(rank).into_iter().max_by_key(|need| (rows[*need].earliest_end, tasks[*need].number));
        rows[rank].driver = driver;
        rows[rank].earliest_end += driver.map_or(0, |need| rows[need].earliest_end);
    }
    let mut schedule = Schedule { origin, rows, ranks: HashMap::new(), order };
    schedule.look_back(needs);
    schedule.ranks = ranks;
    schedule
}

/// The work that must still be done before an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Until {
    instant: Timestamp,
    work: i64,
}

impl Until {
    /// The latest instant at which so much work still fits.
    fn latest(self) -> Timestamp {
        calendar::after(self.instant, -self.work)
    }
}

impl Schedule {
    /// Everything that is reckoned from the end.
    ///
    /// Work that fits before a date is counted from that date, and not summed up from instants: seven hours fit at the end of
    /// one day and seven at the beginning of the next.
    fn look_back(&mut self, needs: impl Fn(usize) -> Vec<usize>) {
        let last = self.rows.iter().map(|row| row.earliest_end).max().unwrap_or(0);
        let room = |due: Timestamp| calendar::room(self.origin, due);
        let horizon = self.rows.iter().filter_map(|row| row.due).map(room).chain([last]).max().unwrap_or(0);
        let end = self.rows.iter().filter_map(|row| row.due).chain([self.at(last)]).max().unwrap_or(self.origin);
        let mut until: Vec<Until> =
            self.rows.iter().map(|row| Until { instant: row.due.unwrap_or(end), work: 0 }).collect();
        let mut tails = vec![0; self.rows.len()];
        let latest: Vec<i64> = self.rows.iter().map(|row| row.due.map_or(horizon, room)).collect();
        for &rank in self.order.iter().rev() {
            let before = Until { work: until[rank].work + self.rows[rank].work, ..until[rank] };
            let row = &mut self.rows[rank];
            row.latest_end = row.latest_end.min(latest[rank]);
            (row.must_end, row.must_start) = (until[rank].latest(), before.latest());
            row.is_critical = last > 0 && row.earliest_end + tails[rank] == last;
            let (start, tail) = (row.latest_end - row.work, tails[rank] + row.work);
            for need in needs(rank) {
                self.rows[need].latest_end = self.rows[need].latest_end.min(start);
                tails[need] = tails[need].max(tail);
                if before.latest() < until[need].latest() {
                    until[need] = before;
                }
            }
        }
    }

    /// The milestones, each after what it needs.
    #[must_use]
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

    /// What a milestone leaves, or by how much it is late. One whose work hardly fits is late only once its latest end is before
    /// its earliest.
    #[must_use]
    pub fn float(&self, row: &Row) -> Float {
        let earliest = self.at(row.earliest_end);
        match row.slack() {
            minutes @ 1.. => Float::Left(minutes),
            ..=-1 if row.must_end < earliest => Float::Late(Lapse::between(earliest, row.must_end)),
            _ => Float::None,
        }
    }

    /// The longest chain of work, in order: it decides when the project can end at the earliest. None where no milestone has
    /// any work left. Where several are as long, one of them; [`Row::is_critical`] tells all.
    #[must_use]
    pub fn critical_path(&self) -> Vec<u32> {
        let last = self.rows().filter(|row| row.is_critical).max_by_key(|row| row.earliest_end);
        last.map_or_else(Vec::new, |row| self.chain(row.number, usize::MAX))
    }

    /// The chain that leaves the least slack, in order: it ends at the milestone with the least, the last of them to end,
    /// and goes back each time to the need that ends last.
    #[must_use]
    pub fn tightest(&self) -> Vec<u32> {
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
