use super::order::sorted;
use super::*;
use crate::domain::timing::Lapse;
use jiff::SignedDuration;
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};

const ALICE: PersonKey = PersonKey(1);
const BOB: PersonKey = PersonKey(2);

fn now() -> Timestamp {
    "2026-11-23T08:00:00Z".parse().expect("an instant")
}

fn in_hours(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

/// A milestone of the team's with all that a check asks for: three hours of Alice's, due in so many hours.
fn task(number: u32, hours: i64, needs: &[u32]) -> Task {
    Task {
        number,
        title: format!("Jalon {number}"),
        due: Some(in_hours(hours)),
        minutes: Some(180),
        people: vec![ALICE],
        needs: needs.to_vec(),
        ..Task::default()
    }
}

fn plan(tasks: Vec<Task>) -> Plan {
    Plan { tasks, members: vec![ALICE], ..Plan::default() }
}

fn hours(hours: i64) -> Lapse {
    Lapse::of_minutes(hours * 60)
}

#[test]
fn a_sound_plan_has_no_finding() {
    let tasks = vec![task(1, 48, &[]), task(2, 96, &[1]), Task { state: State::Done, ..task(3, -48, &[]) }];
    let plan = Plan { deadline: Some(in_hours(200)), budget: Some(Budget::Team(1_800)), ..plan(tasks) };
    assert_eq!(check(&plan, now()), []);
}

#[test]
fn what_is_late_and_what_will_be() {
    let mut tasks = vec![task(1, -2, &[]), task(2, 4, &[1]), task(3, 5, &[2]), task(4, 500, &[3])];
    assert_eq!(check(&plan(tasks.clone()), now()).first(), Some(&Finding::Late { number: 1, by: hours(2) }));
    // Three hours left on each: the second ends after six hours, and the third follows from it.
    let late: Vec<Finding> =
        check(&plan(tasks.clone()), now()).into_iter().filter(|f| matches!(f, Finding::WillBeLate { .. })).collect();
    assert_eq!(late, [Finding::WillBeLate { number: 2, chain: vec![1, 2], work: 360, room: 240 }]);
    // Work that is logged is work that is done.
    tasks[0].spent_minutes = 170;
    assert!(!check(&plan(tasks), now()).iter().any(|f| matches!(f, Finding::WillBeLate { number: 2, .. })));
}

#[test]
fn a_date_is_the_whole_of_its_minute() {
    let plan = plan(vec![Task { minutes: Some(0), ..task(1, 0, &[]) }]);
    assert_eq!(check(&plan, now() + SignedDuration::from_secs(59)), []);
    let late = check(&plan, now() + SignedDuration::from_secs(60));
    assert_eq!(late, [Finding::Late { number: 1, by: Lapse::of_minutes(1) }]);
}

#[test]
fn dates_follow_the_order_of_needs() {
    let undated = Task { due: None, ..task(2, 0, &[1]) };
    let found = check(&plan(vec![task(1, 72, &[]), undated, task(3, 48, &[2])]), now());
    assert_eq!(found[0], Finding::OutOfOrder { number: 3, needs: 1, by: hours(24) });
    assert_eq!(found.last(), Some(&Finding::WithoutDate { numbers: vec![2] }));
    // What is done is in nobody's way.
    let done = Task { state: State::Done, ..task(1, 72, &[]) };
    assert_eq!(check(&plan(vec![done, task(2, 48, &[1])]), now()), []);
}

#[test]
fn the_deadline_of_the_brief_holds() {
    let late = Plan { deadline: Some(in_hours(24)), ..plan(vec![task(1, 48, &[])]) };
    assert_eq!(check(&late, now())[0], Finding::AfterDeadline { number: 1, by: hours(24) });
    let past = Plan { deadline: Some(in_hours(-24)), ..plan(vec![Task { due: None, ..task(1, 0, &[]) }]) };
    assert_eq!(check(&past, now())[0], Finding::DeadlinePassed { by: hours(24), open: vec![1] });
    let undated = Plan { deadline: Some(in_hours(2)), ..plan(vec![Task { due: None, ..task(1, 0, &[]) }]) };
    assert!(matches!(check(&undated, now())[0], Finding::WillBeLate { number: 1, work: 180, room: 120, .. }));
}

#[test]
fn required_deliverables_are_planned_for() {
    let wanted = |number, is_required, is_handed_in| Wanted { number, title: String::new(), is_required, is_handed_in };
    let deliverables =
        vec![wanted(1, true, false), wanted(2, true, false), wanted(3, false, false), wanted(4, true, true)];
    let from_brief = Task { origin: Origin::Brief, deliverable: Some(2), people: Vec::new(), ..task(9, 100, &[]) };
    let own = Task { deliverable: Some(1), ..task(1, 48, &[]) };
    let with = |tasks| check(&Plan { deliverables: deliverables.clone(), ..plan(tasks) }, now());
    assert_eq!(with(vec![own, from_brief.clone()]), [Finding::NothingForDeliverable { deliverable: 2 }]);
    assert_eq!(with(vec![from_brief]), [Finding::NothingPlanned]);
    let handed_in = Plan { deliverables: vec![wanted(4, true, true)], ..plan(Vec::new()) };
    assert_eq!(check(&handed_in, now()), []);
}

#[test]
fn hours_against_the_budget() {
    let tasks =
        || vec![Task { minutes: Some(1_000), ..task(1, 500, &[]) }, Task { minutes: Some(801), ..task(2, 500, &[]) }];
    let with = |budget| check(&Plan { budget: Some(budget), ..plan(tasks()) }, now());
    assert_eq!(with(Budget::Team(1_800)), [Finding::OverBudget { planned: 1_801, budget: 1_800 }]);
    assert_eq!(with(Budget::EachPerson(1_801)), []);
    assert_eq!(Budget::EachPerson(1_800).total(4), 7_200);
}

#[test]
fn nobody_has_more_than_fits() {
    // Each fits alone; together they are nine hours in a day of seven.
    let found = check(&plan(vec![task(1, 20, &[]), task(2, 22, &[]), task(3, 24, &[])]), now());
    assert_eq!(found, [Finding::Overloaded { person: ALICE, number: 3, work: 540, room: 420 }]);
    let shared = |number| Task { people: vec![ALICE, BOB], ..task(number, 24, &[]) };
    let two = Plan { members: vec![ALICE, BOB], ..plan(vec![shared(1), shared(2), shared(3)]) };
    assert_eq!(check(&two, now()), []);
}

#[test]
fn a_share_that_is_much_greater_is_told() {
    let of = |number, person, minutes| Task { people: vec![person], minutes: Some(minutes), ..task(number, 400, &[]) };
    let team = |tasks| Plan { members: vec![ALICE, BOB], ..plan(tasks) };
    let uneven = check(&team(vec![of(1, ALICE, 900), of(2, BOB, 100)]), now());
    assert_eq!(uneven, [Finding::Uneven { person: ALICE, minutes: 900, share: 500 }]);
    assert_eq!(check(&team(vec![of(1, ALICE, 110), of(2, BOB, 10)]), now()), []);
}

#[test]
fn whoever_left_is_responsible_for_nothing() {
    let much = Task { people: vec![BOB], ..task(1, 24, &[]) };
    let left = check(&plan(vec![much.clone(), Task { number: 2, ..much.clone() }, Task { number: 3, ..much }]), now());
    assert_eq!(left, [Finding::WithoutPerson { numbers: vec![1, 2, 3] }]);
    let tasks = vec![Task { people: vec![BOB], ..task(1, 48, &[]) }, Task { minutes: None, ..task(2, 48, &[]) }];
    let expect = [Finding::WithoutPerson { numbers: vec![1] }, Finding::WithoutHours { numbers: vec![2] }];
    assert_eq!(check(&plan(tasks), now()), expect);
}

#[test]
fn the_most_important_comes_first() {
    let blocked = Task { state: State::Blocked, people: Vec::new(), ..task(5, 200, &[]) };
    let tasks = vec![task(1, -10, &[]), task(2, -20, &[]), blocked, Task { due: None, ..task(4, 0, &[]) }];
    let found = check(&plan(tasks), now());
    assert!(found.is_sorted_by_key(Finding::severity), "{found:?}");
    assert_eq!(found[0], Finding::Late { number: 2, by: hours(20) });
    assert!(found.contains(&Finding::Blocked { number: 5 }));
}

#[test]
fn the_cycle_is_named_in_order() {
    let tasks = [task(1, 9, &[]), task(2, 9, &[1]), task(3, 9, &[2]), task(4, 9, &[1, 3])];
    assert_eq!(cycle_by_adding(&tasks, 1, 4), Some(vec![4, 1]));
    assert_eq!(cycle_by_adding(&tasks, 1, 3), Some(vec![3, 1, 2]));
    assert_eq!(cycle_by_adding(&tasks, 2, 2), Some(vec![2]));
    assert_eq!(cycle_by_adding(&tasks, 4, 2), None);
    assert_eq!(cycle_by_adding(&tasks, 4, 99), None);
}

#[test]
fn a_cycle_in_the_data_is_told_and_harms_nothing() {
    let tasks = vec![task(1, 90, &[3]), task(2, 90, &[1]), task(3, 90, &[2]), task(4, 90, &[4, 77]), task(5, 90, &[4])];
    assert_eq!(
        sorted(&tasks).map_err(|cycles| cycles.into_iter().collect::<HashSet<_>>()),
        Err([vec![1, 2, 3], vec![4]].into())
    );
    let found = check(&plan(tasks), now());
    assert_eq!(found[..2], [Finding::Cycle { numbers: vec![1, 2, 3] }, Finding::Cycle { numbers: vec![4] }]);
}

#[test]
fn the_critical_path_is_the_longest_and_the_tightest_leaves_the_least_slack() {
    let mut tasks =
        vec![task(1, 300, &[]), task(2, 300, &[1]), task(3, 300, &[]), task(4, 300, &[2, 3]), task(5, 300, &[4])];
    tasks[2].minutes = Some(600);
    let laid = schedule(&plan(tasks.clone()), now());
    assert_eq!((laid.critical_path(), laid.tightest()), (vec![3, 4, 5], vec![3, 4, 5]));
    // A date that is close makes another chain the tight one. It doesn't make the project longer.
    tasks[1].due = Some(in_hours(7));
    let laid = schedule(&plan(tasks.clone()), now());
    assert_eq!((laid.critical_path(), laid.tightest()), (vec![3, 4, 5], vec![1, 2]));
    let row = laid.row(2).expect("an open milestone");
    assert_eq!((row.earliest_start(), row.earliest_end, row.slack()), (180, 360, 60));
    assert_eq!((row.must_start, row.must_end), (in_hours(4), in_hours(7)));
    // Of chains that are as long, all are critical.
    tasks[2].minutes = Some(360);
    let laid = schedule(&plan(tasks), now());
    assert!(laid.rows().all(|row| row.is_critical));
}

#[test]
fn nothing_is_critical_where_no_work_is_known() {
    let empty = |number, needs: &[u32]| Task { minutes: None, ..task(number, 90, needs) };
    let laid = schedule(&plan(vec![empty(1, &[]), empty(2, &[1])]), now());
    assert_eq!((laid.critical_path(), laid.tightest()), (Vec::new(), vec![1]));
}

#[test]
fn the_latest_end_is_the_date_itself_whatever_the_hour() {
    // From Monday at 9.30 to Tuesday at 9 no more fits than by Monday evening; the date is Tuesday all the same.
    for due in [1, 7, 20, 24, 90, 500] {
        let after = Task { minutes: Some(60), ..task(2, due, &[1]) };
        let laid = schedule(&plan(vec![task(1, 900, &[]), after]), now());
        let row = |number| laid.row(number).expect("an open milestone");
        assert_eq!((row(2).must_start, row(2).must_end), (in_hours(due - 1), in_hours(due)));
        assert_eq!(row(1).must_end, in_hours(due - 1));
    }
    // Two days of work one after the other need the night between them, also counted from the end.
    let long = |number, needs: &[u32]| Task { minutes: Some(420), ..task(number, 900, needs) };
    let last = Task { due: Some(in_hours(100)), ..long(3, &[2]) };
    let laid = schedule(&plan(vec![long(1, &[]), long(2, &[1]), last]), now());
    assert_eq!(laid.row(1).map(|row| row.must_start), Some(in_hours(100 - 48 - 7)));
}

#[test]
fn what_is_for_the_defence_may_come_after_the_deadline() {
    let support = task(1, 200, &[]);
    let rehearsal = Task { due: None, ..task(2, 0, &[1]) };
    let dossier = Task { due: None, ..task(3, 0, &[]) };
    let tasks = vec![support, rehearsal, dossier];
    let with = |defence| Plan { deadline: Some(in_hours(100)), defence, ..plan(tasks.clone()) };
    let due = |plan: &Plan| [1, 2, 3].map(|number| schedule(plan, now()).row(number).and_then(|row| row.due));
    let (deadline, defence) = (Some(in_hours(100)), Some(in_hours(300)));
    assert_eq!(due(&with(defence)), [Some(in_hours(200)), defence, deadline]);
    let is_told = |plan: &Plan| check(plan, now()).iter().any(|found| matches!(found, Finding::AfterDeadline { .. }));
    assert!(!is_told(&with(defence)));
    // Without a defence, or with an earlier one, it is too late.
    for defence in [None, Some(in_hours(199))] {
        assert_eq!(due(&with(defence)), [deadline; 3]);
        assert!(is_told(&with(defence)));
    }
}

#[test]
fn without_dates_the_longest_chain_has_no_slack() {
    let undated = |number, needs: &[u32]| Task { due: None, ..task(number, 0, needs) };
    let schedule = schedule(&plan(vec![undated(1, &[]), undated(2, &[1]), undated(3, &[])]), now());
    let slack = |number| schedule.row(number).map(schedule::Row::slack);
    assert_eq!([slack(1), slack(2), slack(3)], [Some(0), Some(0), Some(180)]);
    assert_eq!((schedule.critical_path(), schedule.tightest()), (vec![1, 2], vec![1, 2]));
    assert_eq!(schedule.row(2).map(|row| row.must_end), Some(in_hours(6)));
}

#[test]
fn work_begins_with_the_brief() {
    let plan = Plan { starts_at: Some(in_hours(24)), ..plan(vec![task(1, 26, &[])]) };
    assert!(matches!(check(&plan, now())[0], Finding::WillBeLate { number: 1, work: 180, room: 120, .. }));
}

#[test]
fn a_chain_of_thousands_is_laid_end_to_end() {
    let chain = (1..=5_000).map(|n| Task { due: None, ..task(n, 0, &[n - 1]) }).collect();
    let plan = Plan { deadline: Some(in_hours(24)), ..plan(chain) };
    let schedule = schedule(&plan, now());
    assert_eq!(schedule.row(5_000).map(|row| row.earliest_end), Some(900_000));
    assert_eq!(schedule.critical_path().len(), 5_000);
    let late: Vec<Finding> =
        check(&plan, now()).into_iter().filter(|f| matches!(f, Finding::WillBeLate { .. })).collect();
    // The deadline is said once, at the first milestone that goes past it.
    assert_eq!(late, [Finding::WillBeLate { number: 3, chain: vec![1, 2, 3], work: 540, room: 420 }]);
    assert_eq!(cycle_by_adding(&plan.tasks, 1, 5_000).map(|cycle| cycle.len()), Some(5_000));
}

/// Milestones that only need earlier ones.
fn acyclic() -> impl Strategy<Value = Vec<Task>> {
    let one = (
        prop::option::of(-50i64..400),
        prop::option::of(0u32..900),
        0u8..4,
        prop::collection::vec(any::<u32>(), 0..4),
        0u32..300,
    );
    prop::collection::vec(one, 0..25).prop_map(|all| {
        let make = |(rank, (due, minutes, state, needs, spent_minutes)): (u32, (_, _, _, Vec<u32>, _))| Task {
            due: Option::map(due, in_hours),
            minutes,
            spent_minutes,
            state: match state {
                0 => State::Done,
                1 => State::Blocked,
                _ => State::Open,
            },
            people: if state == 2 { vec![ALICE, BOB] } else { vec![ALICE] },
            ..task(
                rank + 1,
                0,
                &needs.iter().filter_map(|need| need.checked_rem(rank)).map(|n| n + 1).collect::<Vec<_>>(),
            )
        };
        (0..).zip(all).map(make).collect()
    })
}

/// Milestones that may need any others, themselves and unknown ones.
fn whatever() -> impl Strategy<Value = Vec<Task>> {
    let one = (1u32..15, -50i64..400, prop::collection::vec(1u32..17, 0..4));
    prop::collection::vec(one, 0..15)
        .prop_map(|all| all.into_iter().map(|(number, due, needs)| task(number, due, &needs)).collect())
}

/// Whether milestones need each other, by taking away again and again those that need nothing.
fn has_cycle(tasks: &[Task]) -> bool {
    let known: HashSet<u32> = tasks.iter().map(|task| task.number).collect();
    let mut left: HashMap<u32, HashSet<u32>> = HashMap::new();
    for task in tasks {
        left.insert(task.number, task.needs.iter().copied().filter(|need| known.contains(need)).collect());
    }
    while let Some(free) = left.iter().find(|(_, needs)| needs.is_empty()).map(|(number, _)| *number) {
        left.remove(&free);
        for needs in left.values_mut() {
            needs.remove(&free);
        }
    }
    !left.is_empty()
}

proptest! {
    #[test]
    fn the_order_has_needs_first(tasks in acyclic()) {
        let order = sorted(&tasks).expect("no cycle");
        let place: HashMap<u32, usize> = order.iter().enumerate().map(|(place, number)| (*number, place)).collect();
        prop_assert_eq!(place.len(), tasks.len());
        for task in &tasks {
            prop_assert!(task.needs.iter().all(|need| place[need] < place[&task.number]));
        }
    }

    #[test]
    fn a_cycle_is_found_exactly_when_there_is_one(mut tasks in acyclic(), from: u32, needs: u32) {
        prop_assume!(!tasks.is_empty());
        let count = u32::try_from(tasks.len()).expect("a few");
        let (from, needs) = (from % count + 1, needs % count + 1);
        let cycle = cycle_by_adding(&tasks, from, needs);
        tasks[usize::try_from(from - 1).expect("a few")].needs.push(needs);
        prop_assert_eq!(cycle.is_some(), has_cycle(&tasks));
        prop_assert_eq!(cycle.is_some(), sorted(&tasks).is_err());
        if let Some(cycle) = cycle {
            prop_assert_eq!((cycle[0], cycle.iter().collect::<HashSet<_>>().len()), (needs, cycle.len()));
            for (rank, number) in cycle.iter().enumerate() {
                let next = cycle[(rank + 1) % cycle.len()];
                let next = tasks.iter().find(|task| task.number == next).expect("a milestone");
                prop_assert!(next.needs.contains(number), "{:?}", cycle);
            }
        }
    }

    #[test]
    fn the_schedule_keeps_the_order_and_the_dates(tasks in acyclic(), deadline in prop::option::of(-10i64..500)) {
        let plan = Plan { deadline: deadline.map(in_hours), ..plan(tasks) };
        let schedule = schedule(&plan, now());
        let open = plan.tasks.iter().filter(|task| task.is_open()).count();
        prop_assert_eq!(schedule.rows().count(), open);
        for task in plan.tasks.iter().filter(|task| task.is_open()) {
            let row = schedule.row(task.number).expect("an open milestone");
            for need in task.needs.iter().filter_map(|need| schedule.row(*need)) {
                prop_assert!(need.earliest_end <= row.earliest_start());
                prop_assert!(need.must_end <= row.must_start);
                prop_assert!(!row.is_critical || need.earliest_end < row.earliest_start() || need.is_critical);
            }
            let due = task.due.into_iter().chain(plan.deadline).min();
            prop_assert_eq!(row.due, due);
            prop_assert!(row.must_start <= row.must_end && due.is_none_or(|due| row.must_end <= due));
            let is_needed = |other: &Task| other.is_open() && other.needs.contains(&task.number);
            if !plan.tasks.iter().any(is_needed) {
                prop_assert!(due.is_none_or(|due| row.must_end == due));
            }
            // Where there is time left, the latest is no sooner than the earliest.
            prop_assert!(row.slack() < 0 || schedule.at(row.earliest_end) <= row.must_end);
        }
        let longest = schedule.critical_path();
        let end = schedule.rows().map(|row| row.earliest_end).max().unwrap_or(0);
        prop_assert_eq!(longest.is_empty(), end == 0);
        for pair in longest.windows(2) {
            let [first, then] = [pair[0], pair[1]].map(|number| schedule.row(number).expect("it is open"));
            prop_assert!(first.is_critical && then.is_critical && first.earliest_end == then.earliest_start());
        }
        prop_assert_eq!(longest.last().and_then(|last| schedule.row(*last)).map_or(0, |row| row.earliest_end), end);
        let least = schedule.rows().map(schedule::Row::slack).min();
        let path = schedule.tightest();
        // Nothing on the tightest chain has more slack than the least there is, and each of it needs the one before.
        for number in &path {
            prop_assert_eq!(schedule.row(*number).map(schedule::Row::slack), least);
        }
        for pair in path.windows(2) {
            let after = plan.tasks.iter().find(|task| task.number == pair[1]).expect("a milestone");
            prop_assert!(after.needs.contains(&pair[0]));
        }
        if plan.deadline.is_none() && plan.tasks.iter().all(|task| task.due.is_none()) {
            prop_assert!(least.is_none_or(|least| least == 0));
        }
        // A date that can't be met is a negative slack, and the other way round.
        let missed = plan.tasks.iter().filter(|task| task.is_open()).any(|task| {
            let end = schedule.row(task.number).map_or(0, |row| row.earliest_end);
            task.due.into_iter().chain(plan.deadline).any(|due| end > calendar::room(now(), due))
        });
        prop_assert_eq!(missed, least.is_some_and(|least| least < 0));
    }

    #[test]
    fn a_check_never_panics_and_is_in_order(tasks in whatever(), deadline in prop::option::of(-90i64..90)) {
        let plan = Plan { deadline: deadline.map(in_hours), members: vec![ALICE, BOB], ..plan(tasks) };
        let found = check(&plan, now());
        prop_assert!(found.is_sorted_by_key(Finding::severity));
        let late = plan.tasks.iter().filter(|task| task.due.is_some_and(|due| due < now())).count();
        prop_assert_eq!(found.iter().filter(|finding| matches!(finding, Finding::Late { .. })).count(), late);
        let _ = schedule(&plan, now()).critical_path();
    }
}
