//! What a plan asks of each person.

use super::{Finding, Plan, Schedule, Task, calendar};
use crate::domain::person::PersonKey;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A share is uneven from half as much again as an equal one…
const UNEVEN: (u64, u64) = (3, 2);
/// …and two hours more, so that small plans aren't blamed.
const UNEVEN_BY: u64 = 120;

/// Who can't do their work in time, and who has much more than the others.
pub(super) fn check(plan: &Plan, schedule: &Schedule) -> Vec<Finding> {
    let mut found = Vec::new();
    // Whoever has left is asked for nothing more.
    let mut of_person: BTreeMap<PersonKey, Vec<&Task>> =
        plan.members.iter().map(|person| (*person, Vec::new())).collect();
    for task in &plan.tasks {
        for person in &task.people {
            if let Some(tasks) = of_person.get_mut(person) {
                tasks.push(task);
            }
        }
    }
    let share = plan.minutes() / u64::try_from(plan.members.len().max(1)).unwrap_or(1);
    for (person, tasks) in of_person {
        found.extend(overloaded(person, &tasks, schedule));
        let minutes: u64 = tasks.iter().map(|task| planned_each(task)).sum();
        if plan.members.len() > 1 && minutes * UNEVEN.1 > share * UNEVEN.0 && minutes > share + UNEVEN_BY {
            found.push(Finding::Uneven { person, minutes, share });
        }
    }
    found
}

fn planned_each(task: &Task) -> u64 {
    let people = u64::try_from(task.people.len()).unwrap_or(u64::MAX).max(1);
    u64::from(task.minutes.unwrap_or(0)).div_ceil(people)
}

/// The date that lacks the most room for all that a person must do by then. Dates that have gone by are told otherwise, and
/// their work still counts. A date that one milestone alone overfills is told of that milestone.
fn overloaded(person: PersonKey, tasks: &[&Task], schedule: &Schedule) -> Option<Finding> {
    let open = tasks.iter().filter(|task| task.minutes_left() > 0);
    let mut dated: Vec<(Timestamp, &Task)> =
        open.filter_map(|task| Some((schedule.row(task.number)?.due?, *task))).collect();
    dated.sort_by_key(|(due, task)| (*due, task.number));
    let (mut work, mut count, mut worst) = (0, 0, None::<(i64, Finding)>);
    for (due, task) in dated {
        work += i64::from(task.minutes_left_each());
        count += 1;
        let room = calendar::room(schedule.origin, due);
        let lacking = work - room;
        if room >= 0 && lacking > 0 && count > 1 && worst.as_ref().is_none_or(|(most, _)| lacking > *most) {
            worst = Some((lacking, Finding::Overloaded { person, number: task.number, work, room }));
        }
    }
    worst.map(|(_, finding)| finding)
}
