//! The check of a plan: everything that is or will be wrong, most important first.

use super::dues::is_for_defence;
use super::order::Needs;
use super::{Finding, Origin, Plan, Schedule, State, Task, calendar, people, schedule};
use crate::domain::person::PersonKey;
use crate::domain::timing::{Lapse, is_past};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// Most milestones of a chain that a finding names.
const CHAIN: usize = 5;

/// Checks a plan as it stands at `now`. What follows from something already said isn't said again: a milestone that is late
/// isn't also "going to be", and a chain that won't fit is told at the first milestone where it doesn't.
#[must_use]
pub fn check(plan: &Plan, now: Timestamp) -> Vec<Finding> {
    let open: Vec<&Task> = plan.tasks.iter().filter(|task| task.is_open()).collect();
    let mut found = Vec::new();
    found.extend(of_dates(plan, &open, now));
    found.extend(of_order(plan));
    let schedule = schedule(plan, now);
    let deadline_passed = plan.deadline.is_some_and(|deadline| is_past(deadline, now));
    if !deadline_passed {
        found.extend(will_be_late(&open, &schedule, now));
        found.extend(people::check(plan, &schedule));
    }
    found.extend(of_deliverables(plan));
    found.extend(of_budget(plan));
    let blocked = open.iter().filter(|task| task.state == State::Blocked);
    found.extend(blocked.map(|task| Finding::Blocked { number: task.number }));
    found.extend(of_gaps(plan, &open));
    found.sort_by_cached_key(Finding::rank);
    found
}

/// Dates that have gone by, and dates after the brief's deadline.
fn of_dates(plan: &Plan, open: &[&Task], now: Timestamp) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(deadline) = plan.deadline.filter(|deadline| is_past(*deadline, now)).filter(|_| !open.is_empty()) {
        found.push(Finding::DeadlinePassed { by: Lapse::between(deadline, now), open: numbers(open, |_| true) });
    }
    for task in open {
        let Some(due) = task.due else { continue };
        let number = task.number;
        if is_past(due, now) {
            found.push(Finding::Late { number, by: Lapse::between(due, now) });
        }
        let deadline = plan
            .deadline
            .filter(|deadline| is_past(*deadline, due) && !is_for_defence(due, plan.deadline, plan.defence));
        if let Some(deadline) = deadline {
            found.push(Finding::AfterDeadline { number, by: Lapse::between(deadline, due) });
        }
    }
    found
}

/// Cycles, and dates that contradict the order of needs.
fn of_order(plan: &Plan) -> Vec<Finding> {
    let open: Vec<&Task> = plan.tasks.iter().filter(|task| task.is_open()).collect();
    let (order, cycles) = Needs::of(open.iter().copied()).sorted();
    let mut found: Vec<Finding> = cycles
        .into_iter()
        .map(|ranks| {
            let tasks: Vec<&Task> = ranks.into_iter().map(|rank| open[rank]).collect();
            Finding::Cycle { numbers: numbers(&tasks, |_| true) }
        })
        .collect();
    // For each milestone: its own date, or the latest of what it needs where it has none, and whose it is.
    let mut dates: HashMap<u32, (Timestamp, u32)> = HashMap::with_capacity(open.len());
    for task in order.into_iter().map(|rank| open[rank]) {
        let needed = task.needs.iter().filter_map(|need| dates.get(need)).max().copied();
        if let (Some(due), Some((before, needs))) = (task.due, needed)
            && before > due
        {
            found.push(Finding::OutOfOrder { number: task.number, needs, by: Lapse::between(due, before) });
        }
        if let Some(date) = task.due.map(|due| (due, task.number)).or(needed) {
            dates.entry(task.number).or_insert(date);
        }
    }
    found
}

fn is_past_own(task: &Task, now: Timestamp) -> bool {
    task.due.is_some_and(|due| is_past(due, now))
}

/// Milestones whose chain of work ends after their date, where nothing on that chain was told already.
fn will_be_late(open: &[&Task], schedule: &Schedule, now: Timestamp) -> Vec<Finding> {
    let tasks: HashMap<u32, &Task> = open.iter().rev().map(|task| (task.number, *task)).collect();
    let mut told: HashSet<u32> = HashSet::new();
    let mut found = Vec::new();
    for row in schedule.rows() {
        let Some(task) = tasks.get(&row.number) else { continue };
        let chain = schedule.chain(row.number, CHAIN);
        let before = chain.len().checked_sub(2).map(|rank| chain[rank]);
        let follows = before.is_some_and(|before| told.contains(&before));
        let room = row.due.map(|due| calendar::room(schedule.origin, due));
        let lacks = room.filter(|room| row.earliest_end > *room && !is_past_own(task, now));
        if lacks.is_some() || (follows && row.due.is_none()) {
            told.insert(row.number);
        }
        if let Some(room) = lacks.filter(|_| !follows) {
            found.push(Finding::WillBeLate { number: row.number, chain, work: row.earliest_end, room });
        }
    }
    found
}

fn of_deliverables(plan: &Plan) -> Vec<Finding> {
    let own: Vec<&Task> = plan.tasks.iter().filter(|task| task.origin == Origin::Team).collect();
    let wanted: Vec<_> = plan.deliverables.iter().filter(|wanted| !wanted.is_handed_in).collect();
    // Where everything is handed in, there is nothing left to plan.
    let all_handed_in = wanted.is_empty() && !plan.deliverables.is_empty();
    if own.is_empty() {
        return if all_handed_in { Vec::new() } else { vec![Finding::NothingPlanned] };
    }
    let planned: HashSet<u32> = own.iter().filter_map(|task| task.deliverable).collect();
    let without = wanted.into_iter().filter(|wanted| wanted.is_required && !planned.contains(&wanted.number));
    without.map(|wanted| Finding::NothingForDeliverable { deliverable: wanted.number }).collect()
}

fn of_budget(plan: &Plan) -> Option<Finding> {
    let (planned, budget) = (plan.minutes(), u64::from(plan.budget?.total(plan.members.len())));
    (planned > budget).then_some(Finding::OverBudget { planned, budget })
}

fn of_gaps(plan: &Plan, open: &[&Task]) -> Vec<Finding> {
    // What comes from the brief isn't the team's to complete.
    let own = |task: &Task| task.origin == Origin::Team;
    let date = numbers(open, |task| own(task) && task.due.is_none());
    // Whoever has left the team does no more of its work.
    let members: HashSet<PersonKey> = plan.members.iter().copied().collect();
    let person = numbers(open, |task| own(task) && !task.people.iter().any(|person| members.contains(person)));
    let hours = numbers(open, |task| own(task) && task.minutes.is_none());
    let mut found = Vec::new();
    if !date.is_empty() {
        found.push(Finding::WithoutDate { numbers: date });
    }
    if !person.is_empty() {
        found.push(Finding::WithoutPerson { numbers: person });
    }
    if !hours.is_empty() {
        found.push(Finding::WithoutHours { numbers: hours });
    }
    found
}

fn numbers(tasks: &[&Task], keep: impl Fn(&Task) -> bool) -> Vec<u32> {
    let mut numbers: Vec<u32> = tasks.iter().filter(|task| keep(task)).map(|task| task.number).collect();
    numbers.sort_unstable();
    numbers
}
