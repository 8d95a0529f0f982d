//! The check of a plan stays quick however the plan is made: long chains, stars, every need used.

use jiff::{SignedDuration, Timestamp};
use std::time::{Duration, Instant};
use vigie::domain::person::PersonKey;
use vigie::domain::plan::{Plan, Task, check, cycle_by_adding};

const MILESTONES: u32 = 5_000;

/// Milestones of which each needs what `needs` says, due an hour after one another.
fn plan(needs: impl Fn(u32) -> Vec<u32>) -> Plan {
    let due = |number: u32| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(i64::from(number));
    let task = |number| Task {
        number,
        due: Some(due(number)),
        minutes: Some(180),
        people: vec![PersonKey(1), PersonKey(2)],
        needs: needs(number),
        ..Task::default()
    };
    let members = vec![PersonKey(1), PersonKey(2)];
    Plan { tasks: (1..=MILESTONES).map(task).collect(), members, ..Plan::default() }
}

#[test]
fn five_thousand_milestones_are_checked_quickly() {
    let plans = [
        ("a chain", plan(|number| vec![number - 1])),
        ("a star", plan(|number| if number > 1 { vec![1] } else { Vec::new() })),
        ("the same need again", plan(|number| vec![number / 2; 20])),
        ("all needs used", plan(|number| (1..=20).map(|back| number.saturating_sub(back)).collect())),
        ("one that needs all", plan(|number| if number == MILESTONES { (1..number).collect() } else { Vec::new() })),
        ("a cycle", plan(|number| vec![number % MILESTONES + 1])),
    ];
    for (shape, plan) in plans {
        let started = Instant::now();
        let found = check(&plan, Timestamp::UNIX_EPOCH);
        let cycle = cycle_by_adding(&plan.tasks, 1, MILESTONES);
        // Unoptimised, on a busy machine; it takes some tenths of a second.
        assert!(started.elapsed() < Duration::from_secs(3), "{shape}: {:?}", started.elapsed());
        assert!(!found.is_empty() && cycle.is_some_and(|cycle| cycle.len() > 1), "{shape}");
    }
}
