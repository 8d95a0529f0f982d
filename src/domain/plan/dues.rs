//! By when each milestone must be done.

use super::{Plan, Task};
use jiff::Timestamp;
use std::collections::HashSet;

/// When each of these milestones must be done, in their order: by its own date, and by the brief's deadline. What is for the
/// defence, as its date between the two says, must be done by its own date alone; what has no date and comes after such a
/// one, by the defence.
///
/// `order` has ranks of `tasks`, each after those it needs, which `needs` tells.
pub(super) fn dues(
    plan: &Plan,
    tasks: &[&Task],
    order: &[usize],
    needs: impl Fn(usize) -> Vec<usize>,
) -> Vec<Option<Timestamp>> {
    let mut for_defence: HashSet<usize> = HashSet::new();
    let mut dues = vec![None; tasks.len()];
    for &rank in order {
        let is_after = match tasks[rank].due {
            Some(due) => is_for_defence(due, plan.deadline, plan.defence),
            None => needs(rank).iter().any(|need| for_defence.contains(need)),
        };
        if is_after {
            for_defence.insert(rank);
        }
        let limit = if is_after { plan.defence } else { plan.deadline };
        dues[rank] = tasks[rank].due.into_iter().chain(limit).min();
    }
    dues
}

/// Whether a date is for the defence: after the deadline, and no later than the defence.
#[must_use]
pub fn is_for_defence(due: Timestamp, deadline: Option<Timestamp>, defence: Option<Timestamp>) -> bool {
    deadline.is_some_and(|deadline| due > deadline) && defence.is_some_and(|defence| due <= defence)
}
